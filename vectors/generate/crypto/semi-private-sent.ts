/** The SemiPrivateMessages that are sent, and what is in them. semiprivatemessage-07 §4 */
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  commit,
  type FramedContent,
  type MLSMessage,
  openKeys,
  type PerMessageKeyAndNonces,
  propose,
  type SemiPrivateMessage,
  type SendOptions,
} from "../../../spec-model/mls/index.ts";
import { application, type Group, topicUpdate } from "./group.ts";
import type { Scene } from "./keys.ts";

export const wireFormat = "mls_semiprivate_message";

export interface Sent {
  readonly slug: string;
  readonly comment: string;
  readonly message: SemiPrivateMessage;
}

export function messages(scene: Scene, group: Group): Sent[] {
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

/** Made by what a member would read, not by the operation that the case is for. */
export function contentOf(scene: Scene, group: Group, { slug }: Sent): FramedContent {
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

/** What the first receiver finds in the message: all that can be known of it. */
export function openedKeys(scene: Scene, group: Group, message: SemiPrivateMessage): PerMessageKeyAndNonces {
  const [entry] = message.keysForExternalReceivers;
  const [receiver] = group.receivers;
  if (entry === undefined || receiver === undefined) throw new Error("no receivers");
  return openKeys(scene.suite, receiver.privateKey, message, entry);
}

/** The root of the secret tree, which no member has used yet. */
export function encryptionSecretOf({ alice }: Group): Uint8Array {
  const [[, secret] = [], more] = [...alice.secretTree.nodeSecrets];
  if (secret === undefined || more !== undefined) throw new Error("the secret tree is not whole any more");
  return secret;
}

function semiPrivateIn(message: MLSMessage): SemiPrivateMessage {
  if (message.wireFormat !== wireFormat) throw new Error(`${message.wireFormat}`);
  return message.semiprivateMessage;
}
