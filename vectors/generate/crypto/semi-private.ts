/** SemiPrivateMessages, opened by a member and by external receivers. semiprivatemessage-07 §3 and §4 */
import { hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  commit,
  contentToBeSigned,
  ExternalReceiver,
  encodeRatchetTree,
  FramedContent,
  FramedContentTBS,
  GroupContext,
  type MLSMessage,
  openKeys,
  PartialContextHashInput,
  type PerMessageKeyAndNonces,
  propose,
  SemiPrivateMessage,
  type SendOptions,
} from "../../../spec-model/mls/index.ts";
import type { JsonObject, VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";
import { crafted, type Deviation } from "./craft.ts";
import { application, type Group, topicUpdate } from "./group.ts";
import { flipped, type Scene } from "./keys.ts";

const wireFormat = "mls_semiprivate_message";
const receiverRules = ["receiver-decrypts", "partial-context", "padding-and-hash", "signature"].map(
  (rule) => `semiprivatemessage-3.3-${rule}`,
);
const memberRules = ["member-decrypts", "partial-context", "padding-and-hash", "signature"].map(
  (rule) => `semiprivatemessage-3.2-${rule}`,
);

interface Sent {
  readonly slug: string;
  readonly comment: string;
  readonly message: SemiPrivateMessage;
}

export function semiPrivateGroups(scenes: readonly Scene[], groups: readonly Group[]): VectorGroup[] {
  return scenes.flatMap((scene, index) => {
    const group = groups[index];
    return group === undefined ? [] : groupsOf(scene, group);
  });
}

function groupsOf(scene: Scene, group: Group): VectorGroup[] {
  const sent = messages(scene, group);
  const shared = {
    cipherSuite: scene.suite.id,
    groupContext: hex(GroupContext.encode(group.alice.groupContext)),
    ratchetTree: hex(encodeRatchetTree(group.alice.tree)),
  };
  const about = `cipher suite ${scene.suite.id}`;
  const received = sent.flatMap((each) =>
    group.receivers.map((_, which) => byReceiver(scene, group, each, which)),
  );
  const read = sent.map((each) => byMember(scene, group, each));
  const both = wrongForBoth(scene, group, sent);
  return [
    {
      operation: "semi-private.open-as-receiver",
      comment: `Messages of ${about} at the receivers that the group lists`,
      input: shared,
      tests: [
        ...received,
        ...received
          .slice(0, 1)
          .flatMap((parent) => [
            ...both.map((each) => wrongMessage(parent, each)),
            ...wrongForReceivers(scene, group, sent, parent),
          ]),
      ],
    },
    {
      operation: "semi-private.open-as-member",
      comment: `Messages of ${about} at another member`,
      input: shared,
      tests: [
        ...read,
        ...read
          .slice(0, 1)
          .flatMap((parent) => [
            ...both.map((each) => wrongMessage(parent, each)),
            ...wrongForMembers(scene, group, sent, parent),
          ]),
      ],
    },
    ...hashGroups(scene, group, sent),
  ];
}

function semiPrivateIn(message: MLSMessage): SemiPrivateMessage {
  if (message.wireFormat !== wireFormat) throw new Error(`${message.wireFormat}`);
  return message.semiprivateMessage;
}

function messages(scene: Scene, group: Group): Sent[] {
  const proposal = (
    slug: string,
    comment: string,
    text: string,
    options: Partial<SendOptions> = {},
  ): Sent => {
    const random = scene.random(`semi-private ${slug}`);
    const { message } = propose(
      group.alice,
      topicUpdate(text),
      { wireFormat, ...options },
      application,
      random,
    );
    return { slug, comment, message: semiPrivateIn(message) };
  };
  const random = scene.random("semi-private commit");
  const made = commit(
    group.alice,
    { wireFormat, proposals: [topicUpdate("Plans")], forcePath: true },
    application,
    random,
  );
  const first = propose(group.alice, topicUpdate("One"), { wireFormat }, application, random);
  const second = propose(first.state, topicUpdate("Two"), { wireFormat }, application, random);
  return [
    proposal("proposal", "a proposal", "Plans"),
    proposal("padded", "a proposal with 100 octets of padding", "Plans", { paddingLength: 100 }),
    proposal("authenticated", "a proposal with authenticated data", "Plans", {
      authenticatedData: utf8("seen by everybody"),
    }),
    { slug: "commit", comment: "a commit with a path", message: semiPrivateIn(made.message) },
    {
      slug: "second",
      comment: "the second message of its sender, before the first",
      message: semiPrivateIn(second.message),
    },
  ];
}

/** What the first receiver finds in the message: all that can be known of it. */
function openedKeys(scene: Scene, group: Group, message: SemiPrivateMessage): PerMessageKeyAndNonces {
  const [entry] = message.keysForExternalReceivers;
  const [receiver] = group.receivers;
  if (entry === undefined || receiver === undefined) throw new Error("no receivers");
  return openKeys(scene.suite, receiver.privateKey, message, entry);
}

/** Made by what a member would read, not by the operation that the case is for. */
function contentOf(scene: Scene, group: Group, { slug }: Sent): FramedContent {
  const base = {
    groupId: group.alice.groupContext.groupId,
    epoch: group.alice.groupContext.epoch,
    sender: { senderType: "member" as const, leafIndex: group.alice.leafIndex },
    authenticatedData: slug === "authenticated" ? utf8("seen by everybody") : noBytes,
  };
  if (slug !== "commit") {
    const text = slug === "second" ? "Two" : "Plans";
    return { ...base, contentType: "proposal", proposal: topicUpdate(text) };
  }
  const random = scene.random("semi-private commit");
  const options = {
    wireFormat: "mls_public_message",
    proposals: [topicUpdate("Plans")],
    forcePath: true,
  } as const;
  const { message } = commit(group.alice, options, application, random);
  if (message.wireFormat !== "mls_public_message") throw new Error("not public");
  return message.publicMessage.content;
}

function byReceiver(scene: Scene, group: Group, each: Sent, which: number): VectorCase {
  const own = group.receivers[which];
  if (own === undefined) throw new Error(`no receiver ${which}`);
  const { key, nonce, reuseGuard, senderLeafIndex } = openedKeys(scene, group, each.message);
  return positive({
    id: `semi-private-receiver-${scene.mark}-${each.slug}-${which + 1}`,
    comment: `${each.comment}, at receiver ${which + 1} of the group's list`,
    requirements: receiverRules,
    outcome: "valid",
    input: {
      message: hex(SemiPrivateMessage.encode(each.message)),
      receiver: hex(ExternalReceiver.encode(own.receiver)),
      privateKey: hex(own.privateKey),
    },
    output: {
      content: hex(FramedContent.encode(contentOf(scene, group, each))),
      key: hex(key),
      nonce: hex(nonce),
      reuseGuard: hex(reuseGuard),
      senderLeafIndex,
    },
    view: viewOf(each.message),
  });
}

function viewOf(message: SemiPrivateMessage) {
  return {
    contentType: message.contentType,
    partialContextHash: hex(message.partialContextHash),
    framedContentTbsHash: hex(message.framedContentTbsHash),
  };
}

/** The root of the secret tree, which no member has used yet. */
function encryptionSecretOf({ alice }: Group): Uint8Array {
  const [[, secret] = [], more] = [...alice.secretTree.nodeSecrets];
  if (secret === undefined || more !== undefined) throw new Error("the secret tree is not whole any more");
  return secret;
}

function byMember(scene: Scene, group: Group, each: Sent): VectorCase {
  return positive({
    id: `semi-private-member-${scene.mark}-${each.slug}`,
    comment: `${each.comment}, at another member`,
    requirements: memberRules,
    outcome: "valid",
    input: {
      message: hex(SemiPrivateMessage.encode(each.message)),
      leafIndex: group.bob.leafIndex,
      senderDataSecret: hex(group.bob.secrets.senderDataSecret),
      encryptionSecret: hex(encryptionSecretOf(group)),
    },
    output: {
      content: hex(FramedContent.encode(contentOf(scene, group, each))),
      senderLeafIndex: group.alice.leafIndex,
      generation: each.slug === "second" ? 1 : 0,
    },
    view: viewOf(each.message),
  });
}

interface Wrong {
  readonly slug: string;
  readonly flag: string;
  readonly path: string;
  readonly op: string;
  readonly message: SemiPrivateMessage;
}

function wrongMessage(parent: VectorCase, { slug, flag, path, op, message }: Wrong): VectorCase {
  const change = { message: hex(SemiPrivateMessage.encode(message)) };
  return negative(parent, { slug, flag, path, op, outcome: "invalid", change });
}

function wrongForBoth(scene: Scene, group: Group, [first]: readonly Sent[]): Wrong[] {
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

function wrongForReceivers(
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

function wrongForMembers(
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

function hashGroups(scene: Scene, group: Group, sent: readonly Sent[]): VectorGroup[] {
  const input = { cipherSuite: scene.suite.id };
  const { suite, mark } = scene;
  const partial = sent.map((each) => {
    const { nonce, senderLeafIndex } = openedKeys(scene, group, each.message);
    const hashInput = hex(PartialContextHashInput.encode({ nonce, senderLeafIndex }));
    return positive({
      id: `semi-private-partial-context-hash-${mark}-${each.slug}`,
      comment: each.comment,
      requirements: ["semiprivatemessage-3.2-partial-context", "semiprivatemessage-3.3-partial-context"],
      outcome: "hash",
      input: { senderLeafIndex, nonce: hex(nonce) },
      output: { hashInput, hash: hex(each.message.partialContextHash) },
    });
  });
  const { groupContext } = group.alice;
  const content = sent.map((each) => {
    const framed = contentOf(scene, group, each);
    const tbs = FramedContentTBS.encode(contentToBeSigned(wireFormat, framed, groupContext));
    return positive({
      id: `semi-private-content-hash-${mark}-${each.slug}`,
      comment: each.comment,
      requirements: ["semiprivatemessage-3.1-same-content"],
      outcome: "hash",
      input: { content: hex(FramedContent.encode(framed)) },
      output: { framedContentTbs: hex(tbs), hash: hex(each.message.framedContentTbsHash) },
    });
  });
  const references = group.receivers.map(({ receiver }, index) =>
    positive({
      id: `semi-private-receiver-reference-${mark}-${index + 1}`,
      comment: `receiver ${index + 1} of the group's list`,
      requirements: ["semiprivatemessage-3-for-each-receiver"],
      outcome: "hash",
      input: { receiver: hex(ExternalReceiver.encode(receiver)) },
      output: { hash: hex(suite.hash(ExternalReceiver.encode(receiver))) },
    }),
  );
  const encoded = hex(GroupContext.encode(groupContext));
  return [
    {
      operation: "semi-private.partial-context-hash",
      comment: "The hash of sender and nonce",
      input,
      tests: partial,
    },
    {
      operation: "semi-private.content-hash",
      comment: "The hash of what is signed",
      input: { ...input, groupContext: encoded },
      tests: content,
    },
    {
      operation: "semi-private.receiver-reference",
      comment: "How a message names a receiver",
      input,
      tests: references,
    },
  ];
}
