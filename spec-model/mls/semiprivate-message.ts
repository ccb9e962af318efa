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
  type SenderDataFields,
  sealSenderData,
} from "./content-encryption.ts";
import { contentToBeSigned } from "./content-signature.ts";
import { type CipherSuite, sameEntropyFor } from "./crypto/index.ts";
import { decoded, demand, present } from "./errors.ts";
import type { GroupView, PendingProposal } from "./group-view.ts";
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
  demandReceivers(message, context);
  const { leafIndex } = keys;
  const drawn = nextKey(suite, keys.secretTree, leafIndex, "handshake");
  const { sealed, reuseGuard } = sealContent(
    suite,
    leafIndex,
    drawn,
    message,
    context,
    paddingLength,
    random,
  );
  const fields = { leafIndex, generation: drawn.generation, reuseGuard };
  const { ciphertext } = sealed;
  const encryptedSenderData = sealSenderData(suite, keys.senderDataSecret, sealed, ciphertext, fields);
  return { message: { ...sealed, encryptedSenderData }, secretTree: drawn.tree };
}

/** Refuses application data, and a group that has nobody outside who could read the message. */
export function demandReceivers(message: AuthenticatedContent, context: GroupContext): void {
  demand(message.content.contentType !== "application", "applicationInSemiPrivate");
  demand(externalReceivers(context.extensions).length > 0, "noExternalReceivers");
}

/** All of the message but the sender data, and the reuse guard that was drawn for it. semiprivatemessage-07 §4.1 */
export function sealContent(
  suite: CipherSuite,
  leafIndex: number,
  { key, nonce }: MessageKey,
  message: AuthenticatedContent,
  context: GroupContext,
  paddingLength: number,
  random: RandomSource,
): { sealed: Omit<SemiPrivateMessage, "encryptedSenderData">; reuseGuard: Uint8Array } {
  const reuseGuard = random.bytes(4);
  const head = headOf(message.content);
  const bound = { ...head, partialContextHash: partialContextHash(suite, leafIndex, nonce) };
  const secret = PerMessageKeyAndNonces.encode({ key, nonce, reuseGuard, senderLeafIndex: leafIndex });
  const receivers = externalReceivers(context.extensions);
  const aad = {
    ...bound,
    keysForExternalReceivers: sealForReceivers(suite, receivers, bound, secret, random),
    framedContentTbsHash: tbsHash(suite, message, context),
  };
  const plaintext = contentPlaintext(message, paddingLength);
  const guarded = guardedNonce(nonce, reuseGuard);
  const ciphertext = suite.aead.seal(key, guarded, SemiPrivateContentAAD.encode(aad), plaintext);
  return { sealed: { ...aad, ciphertext }, reuseGuard };
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
  const fields = senderFields(suite, keys, message);
  memberAt(tree, fields.leafIndex, "unknownSender");
  demand(fields.leafIndex !== keys.leafIndex, "ownMessage");
  return openedAs(suite, keys, fields, message, context, retention);
}

/**
 * Decrypts a message of one's own, for whoever has sent it and kept nothing but the epoch's secrets: its key is the next
 * of one's own ratchet. Refuses what others have sent (`unknownSender`). semiprivatemessage-07 §4.2
 */
export function reopenSemiPrivate(
  suite: CipherSuite,
  keys: MessageKeys,
  message: SemiPrivateMessage,
  context: GroupContext,
  retention: Retention,
): OpenedMessage {
  const fields = senderFields(suite, keys, message);
  demand(fields.leafIndex === keys.leafIndex, "unknownSender", "not of one's own");
  return openedAs(suite, keys, fields, message, context, retention);
}

function senderFields(
  suite: CipherSuite,
  { senderDataSecret }: MessageKeys,
  message: SemiPrivateMessage,
): SenderDataFields {
  return openSenderData(suite, senderDataSecret, message, message.ciphertext, message.encryptedSenderData);
}

function openedAs(
  suite: CipherSuite,
  keys: MessageKeys,
  { leafIndex, generation, reuseGuard }: SenderDataFields,
  message: SemiPrivateMessage,
  context: GroupContext,
  retention: Retention,
): OpenedMessage {
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
  const keys = openKeys(suite, privateKey, message, present(own, "notForReceiver"));
  return openContent(suite, message, keys, keys.reuseGuard, keys.senderLeafIndex, context);
}

/**
 * The proposal that a message carries, where the group knows it already. Nobody can decrypt its own message, nor a
 * message twice; but the message shows the hash of the content that was signed.
 */
export function knownProposalIn(
  suite: CipherSuite,
  { groupContext, pendingProposals }: GroupView,
  { framedContentTbsHash }: SemiPrivateMessage,
): PendingProposal | undefined {
  return [...pendingProposals.values()].find(
    ({ message }) =>
      message.wireFormat === wireFormat &&
      suite.sameDigest(framedContentTbsHash, tbsHash(suite, message, groupContext)),
  );
}

/** The keys for one receiver. Refuses a private key of another (`receiverDecryption`). semiprivatemessage-07 §4.3 */
export function openKeys(
  suite: CipherSuite,
  privateKey: Uint8Array,
  message: SemiPrivateMessage,
  { encryptedKeysAndNonces }: KeyForExternalReceiver,
): PerMessageKeyAndNonces {
  const bound = SemiPrivateMessageContext.encode(message);
  const secret = decryptWithLabel(
    suite,
    privateKey,
    label,
    bound,
    encryptedKeysAndNonces,
    "receiverDecryption",
  );
  return decoded(PerMessageKeyAndNonces, secret);
}

/** The content under a message's key, with all that the key's holder can check of it. semiprivatemessage-07 §4.2 */
export function openContent(
  suite: CipherSuite,
  message: SemiPrivateMessage,
  messageKey: MessageKey,
  reuseGuard: Uint8Array,
  leafIndex: number,
  context: GroupContext,
): AuthenticatedContent {
  const partial = partialContextHash(suite, leafIndex, messageKey.nonce);
  demand(suite.sameDigest(message.partialContextHash, partial), "partialContextHash");
  const content = contentUnder(suite, message, messageKey, reuseGuard, leafIndex);
  demand(content.content.contentType !== "application", "applicationInSemiPrivate");
  const sameForAll = suite.sameDigest(message.framedContentTbsHash, tbsHash(suite, content, context));
  demand(sameForAll, "framedContentTbsHash");
  return content;
}

/** What the ciphertext holds, whatever the message says of it. Refuses another key (`contentDecryption`). */
export function contentUnder(
  suite: CipherSuite,
  message: SemiPrivateMessage,
  { key, nonce }: MessageKey,
  reuseGuard: Uint8Array,
  leafIndex: number,
): AuthenticatedContent {
  const aad = SemiPrivateContentAAD.encode(message);
  const opened = suite.aead.open(key, guardedNonce(nonce, reuseGuard), aad, message.ciphertext);
  return contentFromPlaintext(present(opened, "contentDecryption"), wireFormat, message, leafIndex);
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
