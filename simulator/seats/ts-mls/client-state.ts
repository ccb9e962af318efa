/** What a client on ts-mls knows: its keys, and its rooms. */
import type { KeyPackage, PrivateKeyPackage, ClientState as TsGroup } from "ts-mls";
import type { Output } from "../../../spec-model/actor.ts";
import { type CipherSuiteId, cipherSuite, type KeyPair } from "../../../spec-model/mls/index.ts";
import type { OwnProvider } from "../../../spec-model/participant/index.ts";
import type { RandomSource } from "../../../spec-model/random.ts";

export interface TsMlsClient {
  readonly client: string;
  readonly user: string;
  readonly provider: OwnProvider;
  readonly suite: CipherSuiteId;
  readonly signature: KeyPair;
  /** Published KeyPackages that no Welcome has answered yet, by KeyPackageRef. */
  readonly keyPackages: Readonly<Record<string, OwnPackage>>;
  readonly rooms: Readonly<Record<string, SeatRoom>>;
  /** Messages that the hub has not answered. */
  readonly asks: Readonly<Record<string, Sent>>;
  readonly asked: number;
}

export interface OwnPackage {
  readonly publicPackage: KeyPackage;
  readonly privatePackage: PrivateKeyPackage;
}

export interface SeatRoom {
  readonly room: string;
  readonly group: TsGroup;
  /** FanoutMessages of epochs to come. */
  readonly early: readonly Uint8Array[];
  readonly timeline: readonly Shown[];
  /** The SHA-256 of own messages: they come back. */
  readonly sent: readonly string[];
  /** Where the client could follow the room no further. */
  readonly stopped?: Stop;
}

/** The first handshake message that ts-mls does not take, and what kept it from it. */
export interface Stop {
  /** The epoch that the client stays in. */
  readonly epoch: number;
  /** The SHA-256 of the MLSMessage. */
  readonly message: string;
  /**
   * `undecodable`: ts-mls gives no message for the octets. `misread`: it gives another one than they encode.
   * `refused`: it decodes the message, and does not accept it.
   */
  readonly code: "undecodable" | "misread" | "refused";
  /** The section that defines what ts-mls lacks, or the one that says how handshakes are processed. */
  readonly where: string;
  readonly text: string;
}

export interface Shown {
  readonly messageId: Uint8Array;
  readonly sender: string;
  readonly acceptedMs: number;
  readonly text: string;
  readonly kind: "message" | "reaction";
  readonly inReplyTo?: Uint8Array;
  readonly replaces?: Uint8Array;
}

export interface Sent extends Omit<Shown, "acceptedMs"> {
  readonly room: string;
}

/** One step while it is being taken: lives for that step, and is changed in place. */
export interface SeatTurn {
  state: TsMlsClient;
  readonly now: number;
  readonly random: RandomSource;
  readonly outputs: Output[];
}

export function emit(turn: SeatTurn, ...outputs: readonly Output[]): void {
  turn.outputs.push(...outputs);
}

export function newTsMlsClient(
  identity: { readonly client: string; readonly user: string },
  provider: OwnProvider,
  suite: CipherSuiteId,
  random: RandomSource,
): TsMlsClient {
  const signature = cipherSuite(suite).signature.generateKeyPair(random);
  return { ...identity, provider, suite, signature, keyPackages: {}, rooms: {}, asks: {}, asked: 0 };
}

/** Replaces a room in the turn's state. */
export function keepRoom(turn: SeatTurn, room: SeatRoom): void {
  turn.state = { ...turn.state, rooms: { ...turn.state.rooms, [room.room]: room } };
}
