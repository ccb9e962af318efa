/** What a provider's server knows: rooms it is the hub of, rooms it follows, its users' key material, open requests. */
import type { SnapshotFrom } from "xstate";
import type { Directory } from "../endpoints/index.ts";
import type { FollowedRoom } from "../follower/index.ts";
import type { Asker, HostedRoom, HubKeys } from "../hub/index.ts";
import type { stockMachine } from "../key-material/index.ts";
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
  /** What to do with the answer to each request that is under way. */
  readonly awaiting: Readonly<Record<string, Awaiting>>;
  readonly requestsSent: number;
}

export type ProviderTurn = Turn<ProviderState>;

export type Awaiting =
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
  | { readonly kind: "notified"; readonly room: string; readonly provider: string }
  | { readonly kind: "directory"; readonly of: string };
