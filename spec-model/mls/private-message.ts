/** PrivateMessage: signed and encrypted for the members of an epoch (RFC 9420 §6.3). */
import type { RandomSource } from "../random.ts";
import type { Retention } from "./application.ts";
import {
  contentFromPlaintext,
  contentPlaintext,
  guardedNonce,
  headOf,
  openSenderData,
  ratchetFor,
  sealSenderData,
} from "./content-encryption.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand, present } from "./errors.ts";
import { memberAt, type RatchetTree } from "./ratchet-tree.ts";
import { keyOfGeneration, nextKey, type SecretTree } from "./secret-tree.ts";
import { type AuthenticatedContent, PrivateContentAAD, type PrivateMessage } from "./structures/index.ts";

/** What a member needs to encrypt and decrypt in an epoch. */
export interface MessageKeys {
  readonly leafIndex: number;
  readonly senderDataSecret: Uint8Array;
  readonly secretTree: SecretTree;
}

export interface OpenedMessage {
  readonly message: AuthenticatedContent;
  readonly secretTree: SecretTree;
  readonly generation: number;
}

const reuseGuardLength = 4;

/** Encrypts under the next key of the member's own ratchet. */
export function protectPrivate(
  suite: CipherSuite,
  keys: MessageKeys,
  message: AuthenticatedContent,
  paddingLength: number,
  random: RandomSource,
): { message: PrivateMessage; secretTree: SecretTree } {
  const head = headOf(message.content);
  const { leafIndex } = keys;
  const drawn = nextKey(suite, keys.secretTree, leafIndex, ratchetFor(head.contentType));
  const reuseGuard = random.bytes(reuseGuardLength);
  const nonce = guardedNonce(drawn.nonce, reuseGuard);
  const plaintext = contentPlaintext(message, paddingLength);
  const ciphertext = suite.aead.seal(drawn.key, nonce, PrivateContentAAD.encode(head), plaintext);
  const fields = { leafIndex, generation: drawn.generation, reuseGuard };
  const encryptedSenderData = sealSenderData(suite, keys.senderDataSecret, head, ciphertext, fields);
  return { message: { ...head, encryptedSenderData, ciphertext }, secretTree: drawn.tree };
}

/** Decrypts another member's message; its signature is still to be verified. */
export function unprotectPrivate(
  suite: CipherSuite,
  keys: MessageKeys,
  tree: RatchetTree,
  message: PrivateMessage,
  retention: Retention,
): OpenedMessage {
  const { encryptedSenderData, ciphertext } = message;
  const fields = openSenderData(suite, keys.senderDataSecret, message, ciphertext, encryptedSenderData);
  const { leafIndex, generation, reuseGuard } = fields;
  memberAt(tree, leafIndex, "unknownSender");
  demand(leafIndex !== keys.leafIndex, "ownMessage");
  const kind = ratchetFor(message.contentType);
  const drawn = keyOfGeneration(suite, keys.secretTree, leafIndex, kind, generation, retention);
  const nonce = guardedNonce(drawn.nonce, reuseGuard);
  const opened = suite.aead.open(drawn.key, nonce, PrivateContentAAD.encode(message), ciphertext);
  const plaintext = present(opened, "contentDecryption");
  return {
    message: contentFromPlaintext(plaintext, "mls_private_message", message, leafIndex),
    secretTree: drawn.tree,
    generation,
  };
}
