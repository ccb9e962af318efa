/** What the application that uses MLS (here: MIMI) decides, and lends to every operation. */
import { type CipherSuite, cipherSuite, type Provider } from "./crypto/index.ts";
import { present, refuse } from "./errors.ts";
import type { MlsErrorCode } from "./rules.ts";
import type { Credential, PreSharedKeyID, Sender } from "./structures/index.ts";

/** The application's no, with its reason. */
export interface Refusal {
  readonly refused: string;
}

/**
 * The logic of one component: its data after the updates of one commit, in commit order, each with its sender.
 * `current` is undefined where the group has no data for it yet. mls-extensions §4.7
 */
export type ComponentLogic = (
  current: Uint8Array | undefined,
  updates: readonly Uint8Array[],
  senders: readonly Sender[],
) => Uint8Array | Refusal;

/** What one component thinks of data that travels with a commit. mls-extensions §4.8 */
export type EphemeralLogic = (data: Uint8Array, sender: Sender) => Refusal | undefined;

/** Bounds on what a member keeps so that late messages can still be read. RFC 9420 §9.2 and §15.3 */
export interface Retention {
  /** Past epochs whose application messages can still be decrypted. */
  readonly pastEpochs: number;
  /** Keys of skipped generations kept for each ratchet. */
  readonly skippedKeys: number;
  /** How far ahead of a ratchet a generation may be. */
  readonly forwardGenerations: number;
  /** Past epochs whose resumption PSK is kept. */
  readonly resumptionPsks: number;
}

export const defaultRetention: Retention = {
  pastEpochs: 2,
  skippedKeys: 100,
  forwardGenerations: 1000,
  resumptionPsks: 16,
};

export interface MlsApplication {
  /** Seconds since 1970; lifetimes are not checked without it. RFC 9420 §7.3 */
  readonly now?: bigint;
  /** The longest lifetime, in seconds, that a KeyPackage may have; not checked without it. RFC 9420 §7.2 */
  readonly maximumLifetime?: bigint;
  /** The components whose data AppDataUpdate proposals may change; others are unknown. */
  readonly components?: ReadonlyMap<number, ComponentLogic>;
  /** The components that AppEphemeral proposals may address; others are unknown. */
  readonly ephemeralComponents?: ReadonlyMap<number, EphemeralLogic>;
  /** The Authentication Service: whether the credential belongs to the holder of the key. RFC 9420 §5.3.1 */
  readonly validateCredential?: (credential: Credential, signatureKey: Uint8Array) => Refusal | undefined;
  /** The same for an entry of external_senders. RFC 9420 §5.3.1 */
  readonly validateExternalSender?: (credential: Credential, signatureKey: Uint8Array) => Refusal | undefined;
  /** Whether a leaf's credential may take another's place, in an Update, a path or a resync. RFC 9420 §5.3.1 */
  readonly validateSuccessor?: (before: Credential, after: Credential) => Refusal | undefined;
  /** External and application PSKs, and resumption PSKs of other groups. RFC 9420 §8.4 */
  readonly findPsk?: (id: PreSharedKeyID) => Uint8Array | undefined;
  /** Whether the client is in a group with this ID, so that it does not join another one of it. RFC 9420 §12.4.3.1 */
  readonly participatesIn?: (groupId: Uint8Array) => boolean;
  readonly retention?: Partial<Retention>;
  /** Expired leaves are refused on joining unless this is set; RFC 9420 §7.3 only recommends to refuse them. */
  readonly toleratesExpiredMembers?: boolean;
  /** Default: node:crypto where there is one. */
  readonly provider?: Provider;
}

/** The cipher suite with this number; refuses one that is not modelled (`unsupportedCipherSuite`). */
export function suiteFor(app: MlsApplication, cipherSuiteNumber: number): CipherSuite {
  return present(
    cipherSuite(cipherSuiteNumber, app.provider),
    "unsupportedCipherSuite",
    `${cipherSuiteNumber}`,
  );
}

export function retentionOf(app: MlsApplication): Retention {
  return { ...defaultRetention, ...app.retention };
}

/** Turns the application's no into a refusal with `code`. */
export function unlessRefused(answer: Refusal | undefined, code: MlsErrorCode): void {
  if (answer !== undefined) refuse(code, answer.refused);
}
