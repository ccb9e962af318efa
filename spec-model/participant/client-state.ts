/** What a client knows: its keys, its claims of others' key material, and its rooms. */
import type { SnapshotFrom } from "xstate";
import type { LocalMessage } from "../actor.ts";
import type { ExternalPart, MessageDerivedValues, MimiContent, TimelineMessage } from "../content/index.ts";
import type { BlindedToken, Service } from "../discovery/mappings/index.ts";
import type { Evidence, FrankingVariants } from "../franking/index.ts";
import type { claimMachine } from "../introduction/index.ts";
import type { CipherSuiteId, Credential, KeyPackage, KeyPair, Member, OwnKeyPackage } from "../mls/index.ts";
import type { Turn } from "../turn.ts";
import type { ClientAssets } from "./downloads-state.ts";
import type { Finding, LookupPurpose } from "./finding.ts";
import type { Introduction } from "./introductions.ts";
import type { Persona } from "./persona.ts";
import type { requestMachine } from "./request-machine.ts";
import type { participantRoomMachine } from "./room-machine.ts";

export interface ClientState {
  readonly client: string;
  readonly user: string;
  /** The client's own provider, with the keys that rooms it hosts name. */
  readonly provider: OwnProvider;
  readonly suite: CipherSuiteId;
  readonly signature: KeyPair;
  /** What the client's leaves and requests show of it. */
  readonly credential: Credential;
  /** Where `client` and `user` are pseudonyms: who is behind them. protocol-06 §6 */
  readonly persona: Persona | undefined;
  /** Published KeyPackages that no Welcome has answered yet, by KeyPackageRef. */
  readonly keyPackages: Readonly<Record<string, OwnKeyPackage>>;
  readonly claims: Readonly<Record<string, Claim>>;
  readonly rooms: Readonly<Record<string, ClientRoom>>;
  /** What was asked of the provider and has not been answered. */
  readonly asks: Readonly<Record<string, Ask>>;
  readonly asked: number;
  /** The requests behind the asks, by the same names. */
  readonly requests: Readonly<Record<string, OpenRequest>>;
  /** Introductions that the user has begun, by identifier and room. */
  readonly introductions: Readonly<Record<string, Introduction>>;
  /** What is needed to find others and to be found. */
  readonly finding: Finding;
  readonly assets: ClientAssets;
  /** Whether there is a connection to the provider. */
  readonly connected: boolean;
  /** Whether the client can send and read handshakes that are hidden from followers. semiprivatemessage-07 §3 */
  readonly handshakes?: "semiprivate";
  /** How the client reads what the draft leaves open about franks, where not as the model does. */
  readonly franking?: Partial<FrankingVariants>;
}

/** A request that is repeated where no answer comes. */
export interface OpenRequest {
  readonly machine: SnapshotFrom<typeof requestMachine>;
  readonly message: LocalMessage;
  readonly label: string;
}

export interface OwnProvider {
  readonly domain: string;
  readonly signatureKey: Uint8Array;
  readonly frankingKey: Uint8Array;
  /** SemiPrivateMessages of rooms that it hosts are encrypted to it. semiprivatemessage-07 §3 */
  readonly receiverKey?: Uint8Array;
}

/** A code to show, and the role to enter the list with where the user is not in it yet. room-policy-04 §8.1.1 */
export interface Joining {
  readonly code: string;
  readonly role: number | undefined;
}

/** Another user's key material, claimed for one room. */
export interface Claim {
  readonly machine: SnapshotFrom<typeof claimMachine>;
  readonly keyPackages: readonly KeyPackage[];
}

export interface ClientRoom {
  readonly room: string;
  readonly machine: SnapshotFrom<typeof participantRoomMachine>;
  readonly member: Member | undefined;
  /** While the room moves to another group: the state in the one that a ReInit has closed. RFC 9420 §11.2 */
  readonly previous?: Member | undefined;
  /** The own update that waits for the hub's word. */
  readonly prepared: Prepared | undefined;
  /** The private key that the GroupInfo asked for will be encrypted to. */
  readonly groupInfoKey: Uint8Array | undefined;
  /** How the user means to come in by itself. */
  readonly joining: Joining;
  /** FanoutMessages of epochs to come. */
  readonly buffered: readonly Uint8Array[];
  /** Everything that was kept; what is shown of it is content's `timelineOf`. content-09 §5 */
  readonly messages: readonly TimelineMessage[];
  /** What proves messages to the hub, by message ID. protocol-06 §5.4.1.3 */
  readonly evidence: Readonly<Record<string, Evidence>>;
  /** What others' messages do not say themselves, by message ID. content-09 §4.6 */
  readonly derived: Readonly<Record<string, MessageDerivedValues>>;
  /** Own messages on their way, by the SHA-256 of their MLSMessage: the hub sends them back. */
  readonly sent: Readonly<Record<string, UnsentMessage>>;
  /** Own messages that could not be sent yet: proposals have to be committed first, or an epoch has to be caught up. */
  readonly unsent: readonly UnsentMessage[];
}

/** An own message before it is encrypted. */
export interface UnsentMessage {
  /** Hexadecimal. */
  readonly messageId: string;
  readonly content: MimiContent;
  readonly encoded: Uint8Array;
  /** The epoch that it has to wait for. */
  readonly notBefore: number;
}

export interface Prepared {
  /** The SHA-256 of the update's first MLSMessage, hex. */
  readonly update: string;
  /** The member in the epoch that the commit begins; undefined for proposals. */
  readonly accepted: Member | undefined;
  /** The update as it was sent, to send it again. */
  readonly body: Uint8Array;
  readonly label: string;
  readonly claim: string | undefined;
}

export type Ask =
  | { readonly kind: "createRoom" | "destroyRoom"; readonly room: string }
  | { readonly kind: "groupInfo"; readonly room: string }
  | { readonly kind: "reportAbuse"; readonly room: string }
  | { readonly kind: "upload"; readonly room: string; readonly part: ExternalPart }
  /** The key of the hub's gateway, or the asset itself. */
  | { readonly kind: "download"; readonly download: string; readonly step: "key" | "asset" }
  | {
      readonly kind: "update";
      readonly room: string;
      readonly update: string;
      readonly claim: string | undefined;
    }
  | { readonly kind: "keyMaterial"; readonly room: string; readonly claim: string; readonly user: string }
  | { readonly kind: "submitMessage"; readonly room: string; readonly said: SentMessage }
  | OutsideRoomsAsk;

/** What was asked outside of rooms. */
type OutsideRoomsAsk =
  | {
      readonly kind: "consent";
      readonly user: string;
      readonly operation: "request" | "cancel" | "grant" | "revoke";
    }
  | { readonly kind: "identifierQuery"; readonly introduction: string | undefined }
  | { readonly kind: "proveControl"; readonly services: Service[] }
  | { readonly kind: "mapping" }
  | ({ readonly kind: "tokens"; readonly blinded: readonly BlindedToken[] } & LookupPurpose)
  | ({ readonly kind: "lookup"; readonly replyKeys: KeyPair } & LookupPurpose);

/** An own message until the hub has accepted it: then it is shown. */
export interface SentMessage extends UnsentMessage {
  readonly franked: boolean;
}

export type ClientTurn = Turn<ClientState>;

/** Replaces a room in the turn's state. */
export function keepRoom(turn: ClientTurn, room: ClientRoom): void {
  turn.state = { ...turn.state, rooms: { ...turn.state.rooms, [room.room]: room } };
}
