/** What a provider's server knows: rooms it is the hub of, rooms it follows, its users' key material, open requests. */
import type { SnapshotFrom } from "xstate";
import type { AbuseVariants, reportMachine } from "../abuse/index.ts";
import type { LocalMessage } from "../actor.ts";
import type { AssetHosts, AssetVariants, fetchMachine, GatewayKey, ResponseKeys } from "../assets/index.ts";
import type { ConsentLedger, consentCacheMachine, Scope } from "../consent/index.ts";
import type { SearchableUser } from "../discovery/index.ts";
import type { Directory } from "../endpoints/index.ts";
import type { clientLinkMachine, FollowedRoom } from "../follower/index.ts";
import type { FrankingVariants } from "../franking/index.ts";
import type { Asker, HostedRoom, HubKeys } from "../hub/index.ts";
import type { IntroductionPolicy } from "../introduction/index.ts";
import type { stockMachine } from "../key-material/index.ts";
import type { CipherSuiteId } from "../mls/index.ts";
import type { PolicyEnvelope } from "../room/index.ts";
import type { Turn } from "../turn.ts";

export interface ProviderState {
  readonly domain: string;
  readonly keys: HubKeys;
  /** Where this provider's own endpoints are. */
  readonly directory: Directory;
  /** Directories of other providers, by domain. protocol-06 §5.1 */
  readonly peers: Readonly<Record<string, Directory>>;
  readonly hosted: Readonly<Record<string, HostedRoom>>;
  readonly followed: Readonly<Record<string, FollowedRoom>>;
  /** Key material by user. */
  readonly stocks: Readonly<Record<string, SnapshotFrom<typeof stockMachine>>>;
  /** KeyPackages by reference: whose they are, and their bytes. Kept after they are claimed, to route Welcomes. */
  readonly keyPackages: Readonly<Record<string, { readonly client: string; readonly bytes: Uint8Array }>>;
  /** This provider's own users, by URI. */
  readonly accounts: Readonly<Record<string, Account>>;
  readonly policy: IntroductionPolicy;
  /** Which policies rooms may have that are hosted here. arch-03 §4.4 */
  readonly roomEnvelope?: PolicyEnvelope;
  /** What own users have decided about others: it counts here. protocol-06 §5.7 */
  readonly consents: ConsentLedger;
  /** What others have decided about own users, as far as this provider has been told; by scope. */
  readonly consentCache: Readonly<Record<string, SnapshotFrom<typeof consentCacheMachine>>>;
  /** The ways to own clients that have been away, and what is kept for those that are. */
  readonly clientLinks: Readonly<Record<string, SnapshotFrom<typeof clientLinkMachine>>>;
  readonly mail: Readonly<Record<string, { readonly message: LocalMessage; readonly label: string }>>;
  readonly mailed: number;
  /** Abuse reports about rooms hosted here, by room. protocol-06 §5.9 */
  readonly reports: Readonly<Record<string, SnapshotFrom<typeof reportMachine>>>;
  /** The secrets that this provider has franked with before, newest first, with the end of their use. §5.4.1.2 */
  readonly pastHubKeys: readonly { readonly hubKey: Uint8Array; readonly untilMs: number }[];
  /** How this provider reads what the draft leaves open about franks and reports, where not as the model does. */
  readonly franking?: Partial<FrankingVariants>;
  readonly abuse?: Partial<AbuseVariants>;
  /** Hosts of assets by the provider whose they are, the own ones among them: what a hub fetches. §5.10.2 */
  readonly assetHosts: AssetHosts;
  /** The key of this provider's OHTTP gateway, and the suite that goes with it. §5.10.3 */
  readonly gateway: GatewayKey & { readonly suite: CipherSuiteId };
  readonly fetches: Readonly<Record<string, Fetch>>;
  /** Downloads kept for others, by URL. */
  readonly assetCache: Readonly<Record<string, { readonly body: Uint8Array; readonly untilMs: number }>>;
  readonly assetVariants?: Partial<AssetVariants>;
  /** The latest time that this server's clock has shown: its time does not go back. protocol-06 §5.4 */
  readonly latestMs: number;
  /** Whether it takes the time from its clock, even where that goes back: a variant. */
  readonly followsClock?: boolean;
  /** Whether the server has stopped. */
  readonly isDown: boolean;
  /** How many tokens for lookups each own user has asked for, on the day it last did. user-discovery R8 */
  readonly tokensAsked: Readonly<Record<string, { readonly day: number; readonly count: number }>>;
  /** What to do with the answer to each request that is under way. */
  readonly awaiting: Readonly<Record<string, Awaiting & { readonly to: string }>>;
  readonly requestsSent: number;
}

export type ProviderTurn = Turn<ProviderState>;

/** A user of the provider, as others may find it. */
export interface Account extends SearchableUser {
  /** The clients that hear of what concerns the user. */
  readonly clients: readonly string[];
}

/** A download under way at a hub, and how its outcome goes back. */
export interface Fetch {
  readonly machine: SnapshotFrom<typeof fetchMachine>;
  readonly reply:
    | { readonly kind: "proxied"; readonly asker: Asker }
    | { readonly kind: "encapsulated"; readonly asker: Asker; readonly keys: ResponseKeys };
}

export type Awaiting =
  /** As a hub: an asset server has been asked. */
  | { readonly kind: "fetchedAsset"; readonly fetch: string }
  /** An own client's download goes through another provider's hub. */
  | {
      readonly kind: "proxiedDownload";
      readonly asker: Extract<Asker, { kind: "client" }>;
      readonly url: string;
    }
  /** An own client's request was passed on to a room's hub; the answer goes back to the client. */
  | {
      readonly kind: "relayed";
      readonly asker: Extract<Asker, { kind: "client" }>;
      readonly operation: string;
      readonly room: string;
      readonly body: Uint8Array;
    }
  /** As a hub: key material for a room is being fetched from the target's provider. */
  | { readonly kind: "keyMaterial"; readonly asker: Asker; readonly provider: string; readonly room: string }
  /** As a hub: events of a room were sent to a follower. */
  | {
      readonly kind: "notified";
      readonly room: string;
      readonly provider: string;
      /** The places in the log of what was sent. */
      readonly items: readonly string[];
    }
  | { readonly kind: "directory"; readonly of: string; readonly attempt: number }
  /** An own client's request to a server that is not a room's hub; the answer goes back to the client. */
  | {
      readonly kind: "relayedOutside";
      readonly asker: Extract<Asker, { kind: "client" }>;
      readonly operation: string;
    }
  /** An own user has asked for consent. */
  | {
      readonly kind: "consentRequest";
      readonly asker: Extract<Asker, { kind: "client" }>;
      readonly scope: Scope;
    }
  /** An own user's decision was conveyed: nothing follows from the answer. */
  | { readonly kind: "conveyed" };
