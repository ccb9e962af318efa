/** Commits of proposals that cannot stand like this, each with one fault. RFC 9420 §12.2, mls-extensions §6.3 */
import { utf8 } from "../../../spec-model/bytes.ts";
import type { Commit, MLSMessage, Proposal } from "../../../spec-model/mls/index.ts";
import type { JsonObject } from "../../format/case.ts";
import { topicUpdate } from "./group.ts";
import { byValue, extensions, type Wrong } from "./handshake-fault.ts";
import {
  able,
  committed,
  foundHandshakeGroup,
  type HandshakeGroup,
  inputOf,
  proposedByBob,
  proposedByHub,
  resigned,
} from "./handshake-group.ts";
import { adding, componentPsk, referenceOf } from "./handshake-proposals.ts";

export function ofLeaving(group: HandshakeGroup): Wrong[] {
  const { scene } = group;
  const selfRemove: Proposal = { proposalType: "self_remove" };
  const leaving = proposedByBob(group, selfRemove).message;
  const remove: Proposal = { proposalType: "remove", removed: group.bob.leafIndex };
  const honest = committed(group, "removal of Bob", [remove]);
  const covering = (by: HandshakeGroup, pending: MLSMessage) => ({
    type: "reference" as const,
    reference: referenceOf(by.scene, pending),
  });
  const wrong = (
    slug: string,
    flag: string,
    op: string,
    rule: string,
    change: Partial<Commit>,
    more: JsonObject = {},
    from: MLSMessage = honest,
    by = group,
  ): Wrong => ({
    parent: "self-remove",
    slug,
    flag,
    path: "Commit.proposals",
    op,
    message: resigned(by, from, () => change),
    requirements: extensions(rule),
    change: more,
  });
  const unable = foundHandshakeGroup(scene, { ...able, proposals: ["app_data_update", "app_ephemeral"] });
  const theirs = proposedByBob(unable, selfRemove).message;
  const theirRemoval = committed(unable, "removal of Bob", [remove]);
  return [
    wrong(
      "by-value",
      "List",
      "the SelfRemove is in the commit itself",
      "6.3.1-by-reference",
      byValue(selfRemove),
    ),
    wrong(
      "and-remove",
      "List",
      "the commit removes Bob as well, in front of his SelfRemove",
      "6.3.1-remove-invalid",
      { proposals: [{ type: "proposal", proposal: remove }, covering(group, leaving)] },
    ),
    wrong(
      "and-remove-behind",
      "List",
      "the commit removes Bob as well, behind his SelfRemove",
      "6.3.1-remove-invalid",
      { proposals: [covering(group, leaving), { type: "proposal", proposal: remove }] },
    ),
    wrong("no-path", "NoPath", "the commit has no path", "6.3.1-needs-path", {
      proposals: [covering(group, leaving)],
      path: undefined,
    }),
    wrong(
      "unknown-reference",
      "List",
      "the SelfRemove has not come",
      "6.3.1-by-reference",
      { proposals: [covering(group, leaving)] },
      { pending: [] },
    ),
    wrong(
      "unsupported",
      "Unsupported",
      "Cathy's client does not list self_remove",
      "6.3.1-supported-by-all",
      { proposals: [covering(unable, theirs)] },
      inputOf(unable, [theirs]),
      theirRemoval,
      unable,
    ),
    {
      parent: "external-proposal",
      slug: "self-remove",
      flag: "Source",
      path: "FramedContent.proposal",
      op: "an external sender sends a SelfRemove",
      message: proposedByHub(group, selfRemove),
      requirements: extensions("6.3.1-not-external"),
    },
  ];
}

export function ofOthers(group: HandshakeGroup): Wrong[] {
  const { scene } = group;
  const removal = committed(group, "removal", [{ proposalType: "remove", removed: group.cathy }]);
  const addition = committed(group, "addition", [adding(scene)]);
  const update_ = committed(group, "change", [topicUpdate("Chess")]);
  const psk = componentPsk(scene, "twice");
  const wrong = (
    parent: string,
    slug: string,
    flag: string,
    op: string,
    message: MLSMessage,
    ...rules: string[]
  ): Wrong => ({
    parent,
    slug,
    flag,
    path: "Commit.proposals",
    op,
    message,
    requirements: extensions(...rules),
  });
  const psks = committed(group, "pre-shared key", [psk]);
  return [
    wrong(
      "remove",
      "no-path",
      "NoPath",
      "the commit has no path",
      resigned(group, removal, () => ({ path: undefined })),
    ),
    wrong(
      "remove",
      "blank",
      "List",
      "the commit removes a leaf that nobody has",
      resigned(group, removal, () => byValue({ proposalType: "remove", removed: 3 })),
    ),
    wrong(
      "remove",
      "herself",
      "List",
      "the commit removes its committer",
      resigned(group, removal, () => byValue({ proposalType: "remove", removed: group.alice.leafIndex })),
    ),
    wrong(
      "add",
      "unable",
      "Unsupported",
      "Dave's client lacks a required type of proposals",
      resigned(group, addition, () => byValue(adding(scene, { ...able, proposals: [] }))),
    ),
    wrong(
      "add",
      "twice",
      "Twice",
      "the commit adds Dave's client twice",
      resigned(group, addition, ({ proposals }) => ({ proposals: [...proposals, ...proposals] })),
    ),
    wrong(
      "component-psk",
      "twice",
      "Twice",
      "the commit has the key twice",
      resigned(group, psks, () => byValue(psk, psk)),
      "4.5-component-psk",
    ),
    wrong(
      "component-psk",
      "short-nonce",
      "Nonce",
      "psk_nonce is an octet short",
      resigned(group, psks, () => byValue(shortNonce(psk))),
      "4.5-component-psk",
    ),
    wrong(
      "update",
      "external-init",
      "List",
      "a member's commit has an ExternalInit",
      resigned(group, update_, ({ proposals }) => ({
        proposals: [
          ...proposals,
          {
            type: "proposal",
            proposal: { proposalType: "external_init", kemOutput: scene.hpkeOf("x").publicKey },
          },
        ],
      })),
    ),
    wrong(
      "update",
      "re-init",
      "List",
      "a ReInit stands beside other proposals",
      resigned(group, update_, ({ proposals }) => ({
        proposals: [
          ...proposals,
          {
            type: "proposal",
            proposal: {
              proposalType: "reinit",
              groupId: utf8("x"),
              version: "mls10",
              cipherSuite: scene.suite.id,
              extensions: [],
            },
          },
        ],
      })),
    ),
    wrong(
      "path",
      "no-path",
      "NoPath",
      "a commit without proposals has no path",
      resigned(group, committed(group, "empty", [], true), () => ({ path: undefined })),
    ),
  ];
}

function shortNonce(proposal: Proposal): Proposal {
  if (proposal.proposalType !== "psk") throw new Error("no pre-shared key");
  return { ...proposal, psk: { ...proposal.psk, pskNonce: proposal.psk.pskNonce.subarray(1) } };
}
