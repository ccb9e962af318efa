/** A scenario: who is there, and what they want, chapter by chapter. It says nothing of how the protocol does it. */
import type { ClientIntention, ProviderIntention } from "../../spec-model/participant/index.ts";

export interface ClientSetting {
  /** As the diagrams show it: `ClientA1`. */
  readonly label: string;
  readonly client: string;
  readonly user: string;
  /** The MLS implementation that the client runs on, where it is not the model's own. */
  readonly stack?: "ts-mls";
}

export interface ProviderSetting {
  /** As the diagrams show it: `ServerA`. */
  readonly label: string;
  readonly domain: string;
}

/** One actor's intention, with the sentence that tells it. */
export type Moment =
  | { readonly actor: string; readonly says: string; readonly intention: ClientIntention }
  | { readonly actor: string; readonly says: string; readonly intention: ProviderIntention };

export interface Chapter {
  readonly title: string;
  /** The section it follows, e.g. `protocol-06 §3.2`. */
  readonly draft: string;
  /** Moments one after the other; those in one list begin at the same time. */
  readonly moments: readonly (readonly Moment[])[];
}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly providers: readonly ProviderSetting[];
  readonly clients: readonly ClientSetting[];
  readonly chapters: readonly Chapter[];
}
