/** SemiPrivateMessage: a handshake that members and the group's external receivers can read (semiprivatemessage-07). */
import { equalBytes } from "../bytes.ts";
import type { RandomSource } from "../random.ts";
import { dictionaryOf } from "./app-data.ts";
import type { Retention } from "./application.ts";
import {
  contentFromPlaintext,
  contentPlaintext,
  guardedNonce,
  headOf,
  type MessageHead,
  openSenderData,
  ratchetFor,
  sealSenderData,
} from "./content-encryption.ts";
import { contentToBeSigned } from "./content-signature.ts";
import { type CipherSuite, sameEntropyFor } from "./crypto/index.ts";
import { decoded, demand, present } from "./errors.ts";
import { decryptWithLabel, encryptWithLabel } from "./labelled.ts";
import type { MessageKeys, OpenedMessage } from "./private-message.ts";
import { memberAt, type RatchetTree } from "./ratchet-tree.ts";
import { keyOfGeneration, type MessageKey, nextKey, type SecretTree } from "./secret-tree.ts";
import {
  type AuthenticatedContent,
  componentIds,
  type Extension,
  ExternalReceiver,
  ExternalReceivers,
  FramedContentTBS,
  type GroupContext,
  type KeyForExternalReceiver,
  PartialContextHashInput,
  PerMessageKeyAndNonces,
  SemiPrivateContentAAD,
  type SemiPrivateMessage,
  SemiPrivateMessageContext,
} from "./structures/index.ts";

const wireFormat = "mls_semiprivate_message";
const label = "SemiPrivateMessageReceiver";

/** The receivers that the group has agreed on. */
export function externalReceivers(extensions: readonly Extension[]): ExternalReceiver[] {
  const data = dictionaryOf(extensions).get(componentIds.external_receivers);
  return data === undefined ? [] : decoded(ExternalReceivers, data);
}

/** Encrypts under the next key of the member's handshake ratchet, and that key to every external receiver. */
export function protectSemiPrivate(
  suite: CipherSuite,
  keys: MessageKeys,
  message: AuthenticatedContent,
  context: GroupContext,
  paddingLength: number,
  random: RandomSource,
): { message: SemiPrivateMessage; secretTree: SecretTree } {
  demand(message.content.contentType !== "application", "applicationInSemiPrivate");
  const receivers = externalReceivers(context.extensions);
  demand(receivers.length > 0, "noExternalReceivers");
  const { leafIndex } = keys;
  const drawn = nextKey(suite, keys.secretTree, leafIndex, "handshake");
  const reuseGuard = random.bytes(4);
  const head = headOf(message.content);
  const bound = { ...head, partialContextHash: partialContextHash(suite, leafIndex, drawn.nonce) };
  const secret = PerMessageKeyAndNonces.encode({
    key: drawn.key,
    nonce: drawn.nonce,
    reuseGuard,
    senderLeafIndex: leafIndex,
  });
  const aad = {
    ...bound,
    keysForExternalReceivers: sealForReceivers(suite, receivers, bound, secret, random),
    framedContentTbsHash: tbsHash(suite, message, context),
  };
  const nonce = guardedNonce(drawn.nonce, reuseGuard);
  const plaintext = contentPlaintext(message, paddingLength);
  const ciphertext = suite.aead.seal(drawn.key, nonce, SemiPrivateContentAAD.encode(aad), plaintext);
  const fields = { leafIndex, generation: drawn.generation, reuseGuard };
  const encryptedSenderData = sealSenderData(suite, keys.senderDataSecret, head, ciphertext, fields);
  return { message: { ...aad, encryptedSenderData, ciphertext }, secretTree: drawn.tree };
}

/** Decrypts as a member; the signature is still to be verified. semiprivatemessage-07 §4.2 */
export function unprotectSemiPrivate(
  suite: CipherSuite,
  keys: MessageKeys,
  tree: RatchetTree,
  message: SemiPrivateMessage,
  context: GroupContext,
  retention: Retention,
): OpenedMessage {
  const { encryptedSenderData, ciphertext } = message;
  const fields = openSenderData(suite, keys.senderDataSecret, message, ciphertext, encryptedSenderData);
  const { leafIndex, generation, reuseGuard } = fields;
  memberAt(tree, leafIndex, "unknownSender");
  demand(leafIndex !== keys.leafIndex, "ownMessage");
  const kind = ratchetFor(message.contentType);
  const drawn = keyOfGeneration(suite, keys.secretTree, leafIndex, kind, generation, retention);
  const opened = openContent(suite, message, drawn, reuseGuard, leafIndex, context);
  return { message: opened, secretTree: drawn.tree, generation };
}

/**
 * Decrypts as an external receiver; the signature is still to be verified. Refuses a message that is not for this
 * receiver (`notForReceiver`) or does not open (`receiverDecryption`). semiprivatemessage-07 §4.3
 */
export function openAsReceiver(
  suite: CipherSuite,
  receiver: ExternalReceiver,
  privateKey: Uint8Array,
  message: SemiPrivateMessage,
  context: GroupContext,
): AuthenticatedContent {
  const reference = receiverRef(suite, receiver);
  const own = message.keysForExternalReceivers.find((k) => equalBytes(k.externalReceiverRef, reference));
  const sealed = present(own, "notForReceiver").encryptedKeysAndNonces;
  const bound = SemiPrivateMessageContext.encode(message);
  const secret = decryptWithLabel(suite, privateKey, label, bound, sealed, "receiverDecryption");
  const keys = decoded(PerMessageKeyAndNonces, secret);
  return openContent(suite, message, keys, keys.reuseGuard, keys.senderLeafIndex, context);
}

function openContent(
  suite: CipherSuite,
  message: SemiPrivateMessage,
  { key, nonce }: MessageKey,
  reuseGuard: Uint8Array,
  leafIndex: number,
  context: GroupContext,
): AuthenticatedContent {
  const partial = partialContextHash(suite, leafIndex, nonce);
  demand(equalBytes(message.partialContextHash, partial), "partialContextHash");
  const aad = SemiPrivateContentAAD.encode(message);
  const opened = suite.aead.open(key, guardedNonce(nonce, reuseGuard), aad, message.ciphertext);
  const plaintext = present(opened, "contentDecryption");
  const content = contentFromPlaintext(plaintext, wireFormat, message, leafIndex);
  demand(content.content.contentType !== "application", "applicationInSemiPrivate");
  const sameForAll = equalBytes(message.framedContentTbsHash, tbsHash(suite, content, context));
  demand(sameForAll, "framedContentTbsHash");
  return content;
}

function sealForReceivers(
  suite: CipherSuite,
  receivers: readonly ExternalReceiver[],
  bound: MessageHead & { partialContextHash: Uint8Array },
  secret: Uint8Array,
  random: RandomSource,
): KeyForExternalReceiver[] {
  const context = SemiPrivateMessageContext.encode(bound);
  const entropy = sameEntropyFor(random);
  return receivers.map((receiver) => ({
    externalReceiverRef: receiverRef(suite, receiver),
    encryptedKeysAndNonces: encryptWithLabel(
      suite,
      receiver.externalReceiverPublicKey,
      label,
      context,
      secret,
      entropy,
    ),
  }));
}

function receiverRef(suite: CipherSuite, receiver: ExternalReceiver): Uint8Array {
  return suite.hash(ExternalReceiver.encode(receiver));
}

function partialContextHash(suite: CipherSuite, senderLeafIndex: number, nonce: Uint8Array): Uint8Array {
  demand(nonce.length === suite.aead.nonceLength, "partialContextHash", "a nonce of another length");
  return suite.hash(PartialContextHashInput.encode({ senderLeafIndex, nonce }));
}

function tbsHash(suite: CipherSuite, message: AuthenticatedContent, context: GroupContext): Uint8Array {
  return suite.hash(FramedContentTBS.encode(contentToBeSigned(message.wireFormat, message.content, context)));
}
