/** SemiPrivateMessages with one fault each, made on the way or by a dishonest sender. semiprivatemessage-07 §3 */
import { hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import { ExternalReceiver, GroupContext, SemiPrivateMessage } from "../../../spec-model/mls/index.ts";
import type { JsonObject, VectorCase } from "../../format/case.ts";
import { negative } from "../cases.ts";
import { crafted, type Deviation } from "./craft.ts";
import type { Group } from "./group.ts";
import { flipped, type Scene } from "./keys.ts";
import { contentOf, encryptionSecretOf, openedKeys, type Sent } from "./semi-private-sent.ts";

interface Wrong {
  readonly slug: string;
  readonly flag: string;
  readonly path: string;
  readonly op: string;
  readonly message: SemiPrivateMessage;
}

export function wrongMessage(parent: VectorCase, { slug, flag, path, op, message }: Wrong): VectorCase {
  const change = { message: hex(SemiPrivateMessage.encode(message)) };
  return negative(parent, { slug, flag, path, op, outcome: "invalid", change });
}

export function wrongForBoth(scene: Scene, group: Group, [first]: readonly Sent[]): Wrong[] {
  if (first === undefined) return [];
  const { message } = first;
  const { epoch } = message;
  const changed = (slug: string, path: string, op: string, change: Partial<SemiPrivateMessage>): Wrong => ({
    slug,
    flag: "Ciphertext",
    path: `SemiPrivateMessage.${path}`,
    op,
    message: { ...message, ...change },
  });
  const receivers = group.receivers.map(({ receiver }) => receiver);
  const honest = contentOf(scene, group, first);
  const byHand = (slug: string, flag: string, path: string, op: string, deviation: Deviation): Wrong => ({
    slug,
    flag,
    path: `SemiPrivateMessage.${path}`,
    op,
    message: crafted(scene, group.alice, receivers, honest, scene.random("semi-private proposal"), deviation),
  });
  const { nonce } = openedKeys(scene, group, message);
  const { groupContext } = group.alice;
  return [
    changed("ciphertext", "ciphertext", "a bit of the ciphertext's first octet is changed", {
      ciphertext: flipped(message.ciphertext, 0),
    }),
    changed("tag", "ciphertext", "a bit of the ciphertext's last octet is changed", {
      ciphertext: flipped(message.ciphertext),
    }),
    changed("authenticated-data", "authenticated_data", "authenticated data is added on the way", {
      authenticatedData: utf8("added"),
    }),
    changed("content-type", "content_type", "the content type is changed on the way", {
      contentType: "commit",
    }),
    changed("group", "group_id", "the group ID is changed on the way", { groupId: flipped(message.groupId) }),
    changed("epoch", "epoch", "the epoch is changed on the way", { epoch: epoch + 1n }),
    changed("partial-context-hash", "partial_context_hash", "a bit of partial_context_hash is changed", {
      partialContextHash: flipped(message.partialContextHash),
    }),
    changed("tbs-hash", "framed_content_tbs_hash", "a bit of framed_content_tbs_hash is changed", {
      framedContentTbsHash: flipped(message.framedContentTbsHash),
    }),
    byHand("other-nonce", "PartialContext", "partial_context_hash", "the sender hashes another nonce", {
      hashedNonce: flipped(nonce),
    }),
    byHand("other-sender", "PartialContext", "partial_context_hash", "the sender hashes another leaf index", {
      hashedSender: group.bob.leafIndex,
    }),
    byHand("two-faced", "ContentHash", "framed_content_tbs_hash", "the sender hashes other content", {
      hashedContext: { ...groupContext, confirmedTranscriptHash: noBytes },
    }),
    byHand("padding", "Padding", "ciphertext", "an octet of the padding is not zero", {
      padding: Uint8Array.of(0, 0, 1, 0),
    }),
    byHand("signature", "Signature", "ciphertext", "the content is not signed by the sender", {
      signature: scene.suite.signature.sign(scene.signatureOf("mallory").privateKey, utf8("something else")),
    }),
    byHand("empty-signature", "Signature", "ciphertext", "the signature in the content is empty", {
      signature: noBytes,
    }),
  ];
}

/** In a group that does not require the wire format: its context is another, and the message is right in it. */
export function notAgreed(
  scene: Scene,
  group: Group,
  [first]: readonly Sent[],
  parent: VectorCase,
): VectorCase[] {
  if (first === undefined) return [];
  const { groupContext } = group.alice;
  const extensions = groupContext.extensions.filter(
    ({ extensionType }) => extensionType !== "required_wire_formats",
  );
  const context = { ...groupContext, extensions };
  const alice = { ...group.alice, groupContext: context };
  const receivers = group.receivers.map(({ receiver }) => receiver);
  const honest = contentOf(scene, group, first);
  const message = crafted(scene, alice, receivers, honest, scene.random("semi-private without agreement"));
  return [
    negative(parent, {
      slug: "not-agreed",
      flag: "Unsupported",
      path: "GroupContext.extensions.required_wire_formats",
      op: "the group does not require the wire format",
      outcome: "invalid",
      requirements: ["semiprivatemessage-3-required"],
      change: {
        message: hex(SemiPrivateMessage.encode(message)),
        groupContext: hex(GroupContext.encode(context)),
      },
    }),
  ];
}

export function wrongForReceivers(
  scene: Scene,
  group: Group,
  [first]: readonly Sent[],
  parent: VectorCase,
): VectorCase[] {
  const [own, other] = group.receivers;
  if (first === undefined || own === undefined || other === undefined) return [];
  const { message } = first;
  const [entry, ...others] = message.keysForExternalReceivers;
  if (entry === undefined) return [];
  const entries = "keys_for_external_receivers";
  const withEntry = (change: Partial<typeof entry>) => ({
    ...message,
    keysForExternalReceivers: [{ ...entry, ...change }, ...others],
  });
  const sealed = entry.encryptedKeysAndNonces;
  const receivers = group.receivers.map(({ receiver }) => receiver);
  const honest = contentOf(scene, group, first);
  const byHand = (deviation: Deviation) =>
    crafted(scene, group.alice, receivers, honest, scene.random("semi-private proposal"), deviation);
  const { key } = openedKeys(scene, group, message);
  const wrong = (slug: string, flag: string, path: string, op: string, made: SemiPrivateMessage) =>
    wrongMessage(parent, { slug, flag, path: `SemiPrivateMessage.${path}`, op, message: made });
  const wrongInput = (slug: string, flag: string, path: string, op: string, change: JsonObject) =>
    negative(parent, { slug, flag, path, op, outcome: "invalid", change });
  return [
    wrong("no-entry", "Receiver", entries, "there is no entry for this receiver", {
      ...message,
      keysForExternalReceivers: others,
    }),
    wrong("no-entries", "Receiver", entries, "there are no entries", {
      ...message,
      keysForExternalReceivers: [],
    }),
    wrong(
      "reference",
      "Receiver",
      `${entries}.external_receiver_ref`,
      "a bit of the reference is changed",
      withEntry({ externalReceiverRef: flipped(entry.externalReceiverRef) }),
    ),
    wrong(
      "entry",
      "Ciphertext",
      `${entries}.encrypted_keys_and_nonces`,
      "a bit of the entry is changed",
      withEntry({ encryptedKeysAndNonces: { ...sealed, ciphertext: flipped(sealed.ciphertext) } }),
    ),
    wrong(
      "kem-output",
      "Ciphertext",
      `${entries}.encrypted_keys_and_nonces`,
      "a bit of the encapsulated key is changed",
      withEntry({ encryptedKeysAndNonces: { ...sealed, kemOutput: flipped(sealed.kemOutput) } }),
    ),
    wrong(
      "receiver-label",
      "Label",
      entries,
      "the entries are encrypted under another label",
      byHand({ receiverLabel: "Welcome" }),
    ),
    wrong(
      "other-key",
      "Ciphertext",
      entries,
      "the sender gives receivers another key than it uses",
      byHand({ forReceivers: { key: flipped(key) } }),
    ),
    wrong(
      "sender-for-receivers",
      "PartialContext",
      entries,
      "the sender gives receivers another leaf index",
      byHand({ forReceivers: { senderLeafIndex: group.bob.leafIndex } }),
    ),
    wrongInput("private-key", "OtherKey", "ExternalReceiver", "the private key is the other receiver's", {
      privateKey: hex(other.privateKey),
    }),
    wrongInput("unlisted", "Receiver", "ExternalReceiver", "the receiver is none of the group's", {
      receiver: hex(
        ExternalReceiver.encode({
          ...own.receiver,
          externalReceiverPublicKey: scene.hpkeOf("nobody").publicKey,
        }),
      ),
      privateKey: hex(scene.hpkeOf("nobody").privateKey),
    }),
  ];
}

export function wrongForMembers(
  scene: Scene,
  group: Group,
  [first]: readonly Sent[],
  parent: VectorCase,
): VectorCase[] {
  if (first === undefined) return [];
  const { message } = first;
  const { encryptedSenderData } = message;
  const changed = (slug: string, op: string, change: Uint8Array) =>
    wrongMessage(parent, {
      slug,
      flag: "Ciphertext",
      path: "SemiPrivateMessage.encrypted_sender_data",
      op,
      message: { ...message, encryptedSenderData: change },
    });
  const { senderDataSecret } = group.bob.secrets;
  const secrets = {
    "sender-data-secret": ["senderDataSecret", senderDataSecret],
    "encryption-secret": ["encryptionSecret", encryptionSecretOf(group)],
  } as const;
  return [
    changed("sender-data", "a bit of the sender data is changed", flipped(encryptedSenderData, 0)),
    changed("no-sender-data", "the sender data is empty", noBytes),
    ...Object.entries(secrets).map(([slug, [member, secret]]) =>
      negative(parent, {
        slug,
        flag: "OtherKey",
        path: "SemiPrivateMessage",
        op: `${slug.replaceAll("-", " ")} of another epoch`,
        outcome: "invalid",
        change: { [member]: hex(scene.suite.hash(secret)) },
      }),
    ),
    negative(parent, {
      slug: "own",
      flag: "Sender",
      path: "SemiPrivateMessage",
      op: "the message is one's own, come back",
      outcome: "invalid",
      change: { leafIndex: group.alice.leafIndex },
    }),
  ];
}
