/** SemiPrivateMessages, opened by a member and by external receivers. semiprivatemessage-07 §3 and §4 */
import { hex } from "../../../spec-model/bytes.ts";
import {
  ExternalReceiver,
  encodeRatchetTree,
  FramedContent,
  GroupContext,
  SemiPrivateMessage,
} from "../../../spec-model/mls/index.ts";
import type { VectorCase, VectorGroup } from "../../format/case.ts";
import { positive } from "../cases.ts";
import type { Group } from "./group.ts";
import type { Scene } from "./keys.ts";
import { hashGroups } from "./semi-private-hashes.ts";
import { contentOf, encryptionSecretOf, messages, openedKeys, type Sent } from "./semi-private-sent.ts";
import {
  notAgreed,
  wrongForBoth,
  wrongForMembers,
  wrongForReceivers,
  wrongMessage,
} from "./semi-private-wrong.ts";

const receiverRules = ["receiver-decrypts", "partial-context", "padding-and-hash", "signature"].map(
  (rule) => `semiprivatemessage-3.3-${rule}`,
);
const memberRules = ["member-decrypts", "partial-context", "padding-and-hash", "signature"].map(
  (rule) => `semiprivatemessage-3.2-${rule}`,
);

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
            ...notAgreed(scene, group, sent, parent),
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
            ...notAgreed(scene, group, sent, parent),
          ]),
      ],
    },
    ...hashGroups(scene, group, sent),
  ];
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

function viewOf(message: SemiPrivateMessage) {
  return {
    contentType: message.contentType,
    partialContextHash: hex(message.partialContextHash),
    framedContentTbsHash: hex(message.framedContentTbsHash),
  };
}
