/** A scenario: who is there, and what they want, chapter by chapter. It says nothing of how the protocol does it. */
import type { IdentifierProviderIntention } from "../../spec-model/discovery/mappings/index.ts";
import type { ClientIntention, ProviderIntention } from "../../spec-model/participant/index.ts";
import type { PolicyEnvelope } from "../../spec-model/room/index.ts";
import type { AssetServer } from "./asset-server.ts";
import type { IntroductionSetting } from "./introduction-setting.ts";

export interface ClientSetting {
  /** As the diagrams show it: `ClientA1`. */
  readonly label: string;
  readonly client: string;
  readonly user: string;
  /** Who is behind the client and the user, where these are pseudonyms. protocol-06 §6 */
  readonly behind?: {
    readonly client: string;
    readonly user: string;
    /** `blank`: an identity link with nothing in it, to compare what the hub sees by octets. */
    readonly link?: "sealed" | "blank";
  };
  /** Whether the client supports handshakes that followers cannot read. protocol-06 §5.3 */
  readonly handshakes?: "semiprivate";
  /** The MLS implementation that the client runs on, where it is not the model's own. */
  readonly stack?: "ts-mls";
}

export interface ProviderSetting {
  /** As the diagrams show it: `ServerA`. */
  readonly label: string;
  readonly domain: string;
  /** Which policies it admits for the rooms that it hosts; any where there is none. arch-03 §4.4 */
  readonly envelope?: PolicyEnvelope;
}

/** One actor's intention, with the sentence that tells it. */
export type Moment = {
  readonly actor: string;
  readonly says: string;
  /** How long after the moments that it begins with; they are at rest otherwise when the next ones come. */
  readonly afterMs?: number;
} & (
  | { readonly intention: ClientIntention }
  | { readonly intention: ProviderIntention }
  | { readonly intention: IdentifierProviderIntention }
);

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
  /** The servers that keep the providers' assets. */
  readonly assets?: readonly AssetServer[];
  readonly chapters: readonly Chapter[];
  /** Where this is missing, everybody has consented to everybody else before the story begins. */
  readonly introduction?: IntroductionSetting;
  /** How it has to end, on every schedule. */
  readonly outcomes?: readonly Outcome[];
}

/** Something that is true when everything has come to rest. */
export type Outcome =
  /** Who is in the participant list at the hub, and with which role. */
  | {
      readonly kind: "participants";
      readonly room: string;
      readonly roles: readonly { readonly user: string; readonly role: number }[];
    }
  /** Which clients are in the group, at the hub and by their own knowledge. */
  | { readonly kind: "members"; readonly room: string; readonly clients: readonly string[] }
  /** Who has downloaded from an asset server, in order. */
  | { readonly kind: "downloads"; readonly server: string; readonly by: readonly string[] }
  /** Which of the keys of a hub that has had several signs the room's franks. */
  | { readonly kind: "franking"; readonly room: string; readonly key: "newest key" | "older key" | "no key" }
  /** The abuse reports that the room's hub has counted, with the number of messages that it has verified. */
  | {
      readonly kind: "reports";
      readonly room: string;
      readonly reports: readonly {
        readonly reporter: string;
        readonly alleged: string;
        readonly messages: number;
      }[];
    }
  /** Whom a client of a minimal-metadata room knows to be behind the pseudonyms in it. */
  | {
      readonly kind: "knows";
      readonly client: string;
      readonly room: string;
      readonly people: readonly { readonly user: string; readonly real: string }[];
    }
  /** The state of the room at its hub: `destroyed`. */
  | { readonly kind: "roomState"; readonly room: string; readonly state: string }
  /** The state of the room at a client: `removed`. */
  | { readonly kind: "clientState"; readonly client: string; readonly room: string; readonly state: string }
  /** Where a client's introduction of whoever has an identifier stands: `introduced`, `unreachable`. */
  | {
      readonly kind: "introduction";
      readonly client: string;
      readonly identifier: string;
      readonly state: string;
    }
  /** What a client shows of a room, in order. */
  | {
      readonly kind: "shows";
      readonly client: string;
      readonly room: string;
      readonly texts: readonly string[];
    }
  /** The codes of everything that anybody noticed to be wrong, each once; none where this is not said. */
  | { readonly kind: "noticed"; readonly codes: readonly string[] };
