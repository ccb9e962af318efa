/** What a client knows: its keys, its claims of others' key material, and its rooms. */
import type { SnapshotFrom } from "xstate";
import type { claimMachine } from "../introduction/index.ts";
import type { CipherSuiteId, KeyPackage, KeyPair, Member, OwnKeyPackage } from "../mls/index.ts";
import type { Turn } from "../turn.ts";
import type { participantRoomMachine } from "./room-machine.ts";

export interface ClientState {
  readonly client: string;
  readonly user: string;
  /** The client's own provider, with the keys that rooms it hosts name. */
  readonly provider: OwnProvider;
  readonly suite: CipherSuiteId;
  readonly signature: KeyPair;
  /** Published KeyPackages that no Welcome has answered yet, by KeyPackageRef. */
  readonly keyPackages: Readonly<Record<string, OwnKeyPackage>>;
  readonly claims: Readonly<Record<string, Claim>>;
  readonly rooms: Readonly<Record<string, ClientRoom>>;
  /** What was asked of the provider and has not been answered. */
  readonly asks: Readonly<Record<string, Ask>>;
  readonly asked: number;
}

export interface OwnProvider {
  readonly domain: string;
  readonly signatureKey: Uint8Array;
  readonly frankingKey: Uint8Array;
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
  /** The own commit that waits for the hub's word. */
  readonly prepared: Prepared | undefined;
  /** The private key that the GroupInfo asked for will be encrypted to. */
  readonly groupInfoKey: Uint8Array | undefined;
  /** FanoutMessages of epochs to come. */
  readonly buffered: readonly Uint8Array[];
  readonly timeline: readonly ShownMessage[];
  /** Own messages on their way, by the SHA-256 of their MLSMessage: they may come back. */
  readonly sent: readonly string[];
}

export interface Prepared {
  /** The SHA-256 of the commit's MLSMessage, hex. */
  readonly commit: string;
  /** The member in the epoch that the commit begins. */
  readonly accepted: Member;
  /** The member where the commit is refused; undefined where it was to join by it. */
  readonly refused: Member | undefined;
}

/** A message on the client's timeline. */
export interface ShownMessage {
  readonly messageId: Uint8Array;
  readonly sender: string;
  readonly acceptedMs: number;
  readonly text: string;
  readonly kind: "message" | "reaction";
  readonly inReplyTo: Uint8Array | undefined;
  readonly replaces?: Uint8Array;
}

export type Ask =
  | { readonly kind: "createRoom" | "groupInfo"; readonly room: string }
  | { readonly kind: "update"; readonly room: string; readonly claim: string | undefined }
  /** The leaver's state before it proposed, to go back to where the hub refuses. */
  | { readonly kind: "leave"; readonly room: string; readonly before: Member }
  | { readonly kind: "keyMaterial"; readonly room: string; readonly claim: string; readonly user: string }
  | { readonly kind: "submitMessage"; readonly room: string; readonly said: SentMessage };

/** An own message until the hub has accepted it: then it is shown. */
export interface SentMessage extends Omit<ShownMessage, "acceptedMs"> {
  readonly franked: boolean;
}

export type ClientTurn = Turn<ClientState>;

/** Replaces a room in the turn's state. */
export function keepRoom(turn: ClientTurn, room: ClientRoom): void {
  turn.state = { ...turn.state, rooms: { ...turn.state.rooms, [room.room]: room } };
}
