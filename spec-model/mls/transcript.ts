/** Transcript hashes: what makes an epoch depend on everything that led to it (RFC 9420 §8.2). */

import { concat } from "../bytes.ts";
import { encodedAfter } from "../wire/index.ts";
import type { CipherSuite } from "./crypto/index.ts";
import {
  type AuthenticatedContent,
  ConfirmedTranscriptHashInput,
  InterimTranscriptHashInput,
} from "./structures/index.ts";

/** The interim transcript hash of an epoch. RFC 9420 §8.2 */
export function interimTranscriptHash(
  suite: CipherSuite,
  confirmedTranscriptHash: Uint8Array,
  confirmationTag: Uint8Array,
): Uint8Array {
  return suite.hash(concat(confirmedTranscriptHash, InterimTranscriptHashInput.encode({ confirmationTag })));
}

/** The confirmed transcript hash after a commit; its confirmation tag does not count. RFC 9420 §8.2 */
export function confirmedTranscriptHash(
  suite: CipherSuite,
  interimBefore: Uint8Array,
  commit: AuthenticatedContent,
): Uint8Array {
  const { wireFormat, content, auth } = commit;
  const input = { wireFormat, content, signature: auth.signature };
  return suite.hash(encodedAfter(interimBefore, ConfirmedTranscriptHashInput, input));
}
