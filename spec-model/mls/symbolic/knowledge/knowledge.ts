/**
 * Who can read what. A party's knowledge is what it has and what it has heard; what follows from that by the rules of
 * MLS is derived (./closure.ts) whenever it is asked for. Anybody can be a party: a member, the hub, an adversary that
 * records everything and compromises some.
 */
import { hex } from "../../../bytes.ts";
import type { AuthenticatedContent, HPKECiphertext, MLSMessage } from "../../structures/index.ts";
import { type Closure, closureOf } from "./closure.ts";
import type { EpochPlace, Term } from "./terms.ts";

/** Plain data; never changed in place. */
export interface Knowledge {
  readonly terms: readonly Term[];
  readonly heard: readonly MLSMessage[];
}

export const nothingKnown: Knowledge = { terms: [], heard: [] };

/** The knowledge of somebody who comes to have these terms, too: at the beginning, or by a compromise. */
export function learns(knowledge: Knowledge, ...terms: readonly Term[]): Knowledge {
  return { ...knowledge, terms: [...knowledge.terms, ...terms] };
}

/** The knowledge of somebody who sees these messages go by, too. */
export function hears(knowledge: Knowledge, ...messages: readonly MLSMessage[]): Knowledge {
  return { ...knowledge, heard: [...knowledge.heard, ...messages] };
}

/** Whether somebody with this knowledge can read the content of a message, heard before or not. */
export function canRead(knowledge: Knowledge, message: MLSMessage): boolean {
  return contentFor(knowledge, message) !== undefined;
}

/** The content that somebody with this knowledge finds in a message; undefined where they cannot read it. */
export function contentFor(knowledge: Knowledge, message: MLSMessage): AuthenticatedContent | undefined {
  const heardBefore = knowledge.heard.includes(message);
  return derived(heardBefore ? knowledge : hears(knowledge, message)).contents.get(message);
}

/**
 * Whether somebody with this knowledge has what the members of an epoch have: can read what is sent in it from the start,
 * or can follow into the next epoch.
 */
export function knowsEpoch(knowledge: Knowledge, groupId: Uint8Array, epoch: bigint): boolean {
  const { epochSecrets, initSecrets } = derived(knowledge);
  const place = `${hex(groupId)} ${epoch}`;
  return epochSecrets.has(place) || initSecrets.has(place);
}

/** The init secrets of an epoch that somebody with this knowledge has, in hexadecimal; of a fork, one a branch. */
export function initSecretsIn(knowledge: Knowledge, { group, epoch }: EpochPlace): readonly string[] {
  return (derived(knowledge).initSecrets.get(`${group} ${epoch}`) ?? []).map(hex);
}

/** Whether somebody with this knowledge has the private key, and so can sign, or open what is encrypted to it. */
export function hasKeyOf(knowledge: Knowledge, publicKey: Uint8Array): boolean {
  return derived(knowledge).privateKeys.has(hex(publicKey));
}

/** Whether somebody with this knowledge can open what EncryptWithLabel made. RFC 9420 §5.1.3 */
export function canOpen(knowledge: Knowledge, { kemOutput }: HPKECiphertext): boolean {
  return hasKeyOf(knowledge, kemOutput.subarray(0, publicKeyLength));
}

const publicKeyLength = 32;

function derived(knowledge: Knowledge): Closure {
  const known = closures.get(knowledge);
  if (known !== undefined) return known;
  const closure = closureOf(knowledge.terms, knowledge.heard);
  closures.set(knowledge, closure);
  return closure;
}

const closures = new WeakMap<Knowledge, Closure>();
