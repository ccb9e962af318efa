/** Members whose GroupInfos and trees describe another epoch than the one their commit begins. protocol-06 §5.3 */
import type { Member } from "../../../spec-model/mls/index.ts";
import { adversariesOf, another, committing, type Row } from "./adversary.ts";

const rows: readonly Row[] = [
  [
    "client-gives-old-group-info",
    "sends the GroupInfo of the epoch before with its commits",
    "the hub refuses the commit: what it follows itself says otherwise",
    ["commits"],
    committing((commit, layer) => (member, options, app, random) => ({
      ...commit(member, options, app, random),
      groupInfo: layer.groupInfo(member, app),
    })),
  ],
  [
    "client-describes-another-tree",
    "signs a GroupInfo with another tree hash",
    "the hub refuses the commit: what it follows itself says otherwise",
    ["commits"],
    committing((commit, layer) => (member, options, app, random) => {
      const made = commit(member, options, app, random);
      const { groupContext } = made.state;
      const treeHash = another(groupContext.treeHash);
      const lying = { ...made.state, groupContext: { ...groupContext, treeHash } };
      return { ...made, groupInfo: layer.groupInfo(lying, app) };
    }),
  ],
  [
    "client-sends-old-tree",
    "sends the ratchet tree of the epoch before with its commits",
    "the hub refuses the commit wherever the tree has changed, as it keeps the tree itself",
    ["commits"],
    committing((commit) => (member, options, app, random) => ({
      ...commit(member, options, app, random),
      ratchetTree: member.tree,
    })),
  ],
  [
    "client-signs-group-info-wrongly",
    "breaks the signature of the GroupInfos that it sends",
    "the hub refuses the commit, as it verifies the signature",
    ["commits"],
    committing((commit) => (...args) => {
      const made = commit(...args);
      const { groupInfo } = made;
      return { ...made, groupInfo: { ...groupInfo, signature: another(groupInfo.signature) } };
    }),
  ],
  [
    "client-locks-the-door",
    "signs GroupInfos with the key for external commits of the epoch before (SEMANTICS S41)",
    "the hub cannot compute that key; it accepts the next external commit, which every member refuses: the room goes on with the joiner alone",
    ["processable"],
    committing((commit, layer) => (member, options, app, random) => {
      const made = commit(member, options, app, random);
      return { ...made, groupInfo: layer.groupInfo({ ...made.state, ...secretsOf(member) }, app) };
    }),
  ],
];

export const describers = adversariesOf("client", rows);

/** What each layer derives the key for external commits from. */
function secretsOf(member: Member): object {
  const kept = ["secrets", "keys"].filter((name) => name in member);
  return Object.fromEntries(kept.map((name) => [name, member[name as keyof Member]]));
}
