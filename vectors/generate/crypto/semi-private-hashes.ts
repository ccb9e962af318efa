/** What SemiPrivateMessages are bound by: hashes of sender and nonce, of the content, of receivers. semiprivatemessage-07 §4.1 */
import { hex } from "../../../spec-model/bytes.ts";
import {
  contentToBeSigned,
  ExternalReceiver,
  FramedContent,
  FramedContentTBS,
  GroupContext,
  PartialContextHashInput,
} from "../../../spec-model/mls/index.ts";
import type { VectorGroup } from "../../format/case.ts";
import { positive } from "../cases.ts";
import type { Group } from "./group.ts";
import type { Scene } from "./keys.ts";
import { contentOf, openedKeys, type Sent, wireFormat } from "./semi-private-sent.ts";

export function hashGroups(scene: Scene, group: Group, sent: readonly Sent[]): VectorGroup[] {
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
