/** A lookup through a relay: the relay sees who asks, the discovery provider what is asked for, neither both. R6, R7 */
import { noBytes, utf8 } from "../../bytes.ts";
import type { CipherSuite, KeyPair } from "../../mls/index.ts";
import type { RandomSource } from "../../random.ts";
import { Lookup, LookupAnswer, Sealed, type Token } from "./structures.ts";

const askInfo = utf8("mimi-toolkit discovery lookup");
const answerInfo = utf8("mimi-toolkit discovery answer");

/** Answers are as long as a multiple of this. */
export const paddedTo = 4096;

/** The octets for the relay, and the key that the answer will be sealed to; undefined: the provider's key is none. */
export function sealLookup(
  suite: CipherSuite,
  providerKey: Uint8Array,
  content: { readonly identifier: string; readonly token: Token },
  random: RandomSource,
): { readonly body: Uint8Array; readonly replyKeys: KeyPair } | undefined {
  const replyKeys = suite.hpke.generateKeyPair(random);
  const lookup = Lookup.encode({ ...content, replyKey: replyKeys.publicKey });
  const sealed = suite.hpke.seal(providerKey, askInfo, noBytes, lookup, random);
  return sealed === undefined ? undefined : { body: Sealed.encode(sealed), replyKeys };
}

/** What the discovery provider reads; undefined where it is not sealed to it. Throws DecodeError. */
export function openLookup(suite: CipherSuite, privateKey: Uint8Array, body: Uint8Array): Lookup | undefined {
  const opened = suite.hpke.open(privateKey, askInfo, noBytes, Sealed.decode(body));
  return opened === undefined ? undefined : Lookup.decode(opened);
}

export function sealAnswer(
  suite: CipherSuite,
  replyKey: Uint8Array,
  answer: Omit<LookupAnswer, "padding">,
  random: RandomSource,
): Uint8Array | undefined {
  const padding = new Uint8Array(paddingAfter(LookupAnswer.encode({ ...answer, padding: noBytes }).length));
  const plaintext = LookupAnswer.encode({ ...answer, padding });
  const sealed = suite.hpke.seal(replyKey, answerInfo, noBytes, plaintext, random);
  return sealed === undefined ? undefined : Sealed.encode(sealed);
}

/** What the sender reads; undefined where it is not sealed to it. Throws DecodeError. */
export function openAnswer(
  suite: CipherSuite,
  privateKey: Uint8Array,
  body: Uint8Array,
): LookupAnswer | undefined {
  const opened = suite.hpke.open(privateKey, answerInfo, noBytes, Sealed.decode(body));
  return opened === undefined ? undefined : LookupAnswer.decode(opened);
}

/** Octets to add to an answer with an empty padding. From 64 octets on, the length in front takes one octet more. */
function paddingAfter(bare: number): number {
  const octets = paddedTo - ((bare + 1) % paddedTo);
  return octets < 64 ? octets + paddedTo : octets;
}
