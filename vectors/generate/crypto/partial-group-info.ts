/** GroupInfos put together from a PartialGroupInfo by who follows the handshakes. ratchet-tree-options-03 §4 */
import { hex, noBytes } from "../../../spec-model/bytes.ts";
import {
  commit,
  encodeRatchetTree,
  GroupContext,
  GroupInfo,
  groupInfo,
  type MemberState,
  PartialGroupInfo,
  partialGroupInfo,
  ratchetTreeExtension,
} from "../../../spec-model/mls/index.ts";
import type { JsonObject, VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";
import { application, type Group, topicUpdate } from "./group.ts";
import { flipped, type Scene } from "./keys.ts";

const requirements = [
  "ratchet-tree-options-4-reconstructs",
  "ratchet-tree-options-4-presence",
  "ratchet-tree-options-4-signature",
];

export function partialGroupInfoGroups(scenes: readonly Scene[], groups: readonly Group[]): VectorGroup[] {
  return scenes.flatMap((scene, index) => {
    const group = groups[index];
    return group === undefined ? [] : [groupOf(scene, group)];
  });
}

function groupOf(scene: Scene, group: Group): VectorGroup {
  const random = scene.random("partial group info");
  const options = {
    wireFormat: "mls_semiprivate_message",
    proposals: [topicUpdate("Plans")],
    forcePath: true,
  } as const;
  const { state } = commit(group.alice, options, application, random);
  const kinds = [
    ["no-tree", "no GroupInfo has the tree", false, false],
    ["removed", "the GroupInfo before had the tree, this one has not", false, true],
    ["added", "this GroupInfo has the tree, the one before had not", true, false],
    ["present", "both GroupInfos have the tree", true, true],
  ] as const;
  const tests = kinds.map(([slug, comment, hasTree, hadTree]) => {
    const whole = groupInfo(state, application, hasTree ? [ratchetTreeExtension(state.tree)] : []);
    const partial = partialGroupInfo(whole, hadTree);
    return positive({
      id: `partial-group-info-${scene.mark}-${slug}`,
      comment,
      requirements,
      outcome: "valid",
      input: { partial: hex(PartialGroupInfo.encode(partial)) },
      output: { groupInfo: hex(GroupInfo.encode(whole)) },
      view: { presence: partial.ratchetTreePresence },
    });
  });
  return {
    operation: "group-info.complete",
    comment: `An epoch of cipher suite ${scene.suite.id}`,
    input: {
      cipherSuite: scene.suite.id,
      groupContext: hex(GroupContext.encode(state.groupContext)),
      ratchetTree: hex(encodeRatchetTree(state.tree)),
      confirmationTag: hex(state.confirmationTag),
      signer: state.leafIndex,
    },
    tests: [...tests, ...wrong(group, state, tests)],
  };
}

function wrong(group: Group, state: MemberState, [without, , withTree]: readonly VectorCase[]): VectorCase[] {
  if (without === undefined || withTree === undefined) return [];
  const partial = partialGroupInfo(groupInfo(state, application), false);
  const before = partialGroupInfo(groupInfo(group.alice, application), false);
  const refused = (
    slug: string,
    flag: string,
    path: string,
    op: string,
    change: JsonObject,
    parent = without,
  ) => negative(parent, { slug, flag, path, op, outcome: "invalid", change });
  const inPartial = (
    slug: string,
    flag: string,
    field: string,
    op: string,
    change: Partial<PartialGroupInfo>,
    rules = requirements,
  ) =>
    negative(without, {
      slug,
      flag,
      path: `PartialGroupInfo.${field}`,
      op,
      outcome: "invalid",
      requirements: rules,
      change: { partial: hex(PartialGroupInfo.encode({ ...partial, ...change })) },
    });
  const { signature, groupInfoExtensions } = partial;
  const extra = { extensionType: 0xf0f0, extensionData: noBytes };
  return [
    inPartial("signature", "Signature", "signature", "a bit of the signature is changed", {
      signature: flipped(signature),
    }),
    inPartial("no-signature", "Signature", "signature", "the signature is empty", { signature: noBytes }),
    inPartial("epoch-before", "Signature", "signature", "the signature is that of the epoch before", {
      signature: before.signature,
    }),
    inPartial("no-extensions", "Unsigned", "group_info_extensions", "the extensions are left out", {
      groupInfoExtensions: [],
    }),
    inPartial("more-extensions", "Unsigned", "group_info_extensions", "an extension is added", {
      groupInfoExtensions: [...groupInfoExtensions, extra],
    }),
    inPartial(
      "tree-inside",
      "TreeInside",
      "group_info_extensions",
      "the tree is among the extensions",
      { groupInfoExtensions: [...groupInfoExtensions, ratchetTreeExtension(state.tree)] },
      ["ratchet-tree-options-4-extensions-without-tree"],
    ),
    inPartial("presence", "Presence", "ratchet_tree_presence", "it says that the GroupInfo has the tree", {
      ratchetTreePresence: "added",
    }),
    negative(withTree, {
      slug: "presence",
      flag: "Presence",
      path: "PartialGroupInfo.ratchet_tree_presence",
      op: "it says that the GroupInfo does not have the tree",
      outcome: "invalid",
      change: {
        partial: hex(
          PartialGroupInfo.encode({
            ...partialGroupInfo(groupInfo(state, application, [ratchetTreeExtension(state.tree)]), false),
            ratchetTreePresence: "no_ratchet_tree",
          }),
        ),
      },
    }),
    refused(
      "other-signer",
      "OtherKey",
      "GroupInfo.signer",
      "another member than the committer is the signer",
      {
        signer: group.bob.leafIndex,
      },
    ),
    refused("no-signer", "OtherKey", "GroupInfo.signer", "the signer is no member", { signer: 3 }),
    refused(
      "confirmation-tag",
      "Binding",
      "GroupInfo.confirmation_tag",
      "a bit of the confirmation tag is changed",
      {
        confirmationTag: hex(flipped(state.confirmationTag)),
      },
    ),
    refused("context", "Binding", "GroupInfo.group_context", "the GroupContext is that of the epoch before", {
      groupContext: hex(GroupContext.encode(group.alice.groupContext)),
    }),
    refused(
      "tree-before",
      "Binding",
      "GroupInfo.extensions",
      "the tree is that of the epoch before",
      { ratchetTree: hex(encodeRatchetTree(group.alice.tree)) },
      withTree,
    ),
  ];
}
