/** What there is before a story about introductions begins: who has consented to what, who can be found, and how. */
import type { Scope } from "../../spec-model/consent/index.ts";
import type { ProfileEntry } from "../../spec-model/discovery/index.ts";
import type { IntroductionPolicy } from "../../spec-model/introduction/index.ts";

/** A server that is no messaging provider, as the diagrams show it. */
export interface ServerSetting {
  readonly label: string;
  readonly domain: string;
}

/** A company that assigns identifiers, and the users that have them. */
export interface IssuerSetting extends ServerSetting {
  readonly assigned: Readonly<Record<string, string>>;
}

export interface IntroductionSetting {
  readonly consents: readonly Scope[];
  /** By user URI. */
  readonly profiles?: Readonly<Record<string, readonly ProfileEntry[]>>;
  /** What providers do otherwise than by default; by domain. */
  readonly policies?: Readonly<Record<string, Partial<IntroductionPolicy>>>;
  readonly discovery?: { readonly provider: ServerSetting; readonly issuers: readonly IssuerSetting[] };
}
