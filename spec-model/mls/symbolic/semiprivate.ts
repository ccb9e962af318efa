/** SemiPrivateMessage (semiprivatemessage-07 §4) over the symbolic ratchets: boxes, and the real layer's checks. */
import type { RandomSource } from "../../random.ts";
import type { Retention } from "../application.ts";
import { ratchetFor } from "../content-encryption.ts";
import type { CipherSuite } from "../crypto/index.ts";
import { demand } from "../errors.ts";
import { memberAt, type RatchetTree } from "../ratchet-tree.ts";
import type { MessageKey } from "../secret-tree.ts";
import { demandReceivers, openContent, sealContent } from "../semiprivate-message.ts";
import type { AuthenticatedContent, GroupContext, SemiPrivateMessage } from "../structures/index.ts";
import { fingerprint } from "./fingerprint.ts";
import type { SymbolicMember } from "./member.ts";
import { type OpenedMessage, openSenderData, type ReadingKeys, sealSenderData } from "./protection.ts";
import { keyOfGeneration, nextKey, type Ratchets } from "./ratchets.ts";

/** A box under the next key of the member's handshake ratchet, and that key in a box for every external receiver. */
export function protectSemiPrivate(
  suite: CipherSuite,
  member: SymbolicMember,
  message: AuthenticatedContent,
  paddingLength: number,
  random: RandomSource,
): { message: SemiPrivateMessage; ratchets: Ratchets } {
  const { groupContext, leafIndex, keys } = member;
  demandReceivers(message, groupContext);
  const { key, generation, ratchets } = nextKey(member.ratchets, leafIndex, "handshake");
  const { sealed, reuseGuard } = sealContent(
    suite,
    leafIndex,
    withNonce(key),
    message,
    groupContext,
    paddingLength,
    random,
  );
  const fields = { leafIndex, generation, reuseGuard };
  const encryptedSenderData = sealSenderData(keys.senderDataSecret, sealed, sealed.ciphertext, fields);
  return { message: { ...sealed, encryptedSenderData }, ratchets };
}

/** Opens another member's message; its signature is still to be verified. semiprivatemessage-07 §4.2 */
export function unprotectSemiPrivate(
  suite: CipherSuite,
  keys: ReadingKeys,
  tree: RatchetTree,
  message: SemiPrivateMessage,
  context: GroupContext,
  retention: Retention,
): OpenedMessage {
  const { leafIndex, generation, reuseGuard } = openSenderData(keys.senderDataSecret, message);
  memberAt(tree, leafIndex, "unknownSender");
  demand(leafIndex !== keys.leafIndex, "ownMessage");
  const kind = ratchetFor(message.contentType);
  const drawn = keyOfGeneration(keys.ratchets, leafIndex, kind, generation, retention);
  const opened = openContent(suite, message, withNonce(drawn.key), reuseGuard, leafIndex, context);
  return { message: opened, ratchets: drawn.ratchets, generation };
}

/** A message key with the nonce that belongs to it. */
export function withNonce(key: Uint8Array): MessageKey {
  return { key, nonce: fingerprint("messageKey", key, nonceNumber).subarray(0, nonceLength) };
}

/** Apart from the numbers that make a ratchet's key and its next secret. */
const nonceNumber = 2;
const nonceLength = 12;
