/** Members whose commits are well-formed and bad: what the hub can fault, and what only members find. RFC 9420 §12.4 */
import type { CommitOptions, Member, MlsLayer, Proposal } from "../../../spec-model/mls/index.ts";
import { members } from "../../../spec-model/mls/index.ts";
import type { RandomSource } from "../../../spec-model/random.ts";
import { participantsIn, rolesIn, roomFacts } from "../../../spec-model/room/index.ts";
import { componentIds, ParticipantListUpdate } from "../../../spec-model/room/structures/index.ts";
import type { Habit } from "../alteration.ts";
import { adversariesOf, another, committing, type Row } from "./adversary.ts";

const rows: readonly Row[] = [
  [
    "client-confirms-wrongly",
    "puts a wrong confirmation tag into its commits and into their GroupInfos (SEMANTICS S41)",
    "the hub has no secrets and accepts it; every other member refuses it and is left in the epoch before; nobody reads more than before",
    ["processable"],
    () => craftingAll((options) => ({ ...options, crafted: { confirmationTag: another } })),
  ],
  [
    "client-shuts-members-out",
    "encrypts garbage for some of the members to the path of its commits, as a member or as a joiner (SEMANTICS S41)",
    "the hub accepts it; those members refuse it and are left in the epoch before, the others go on without noticing; no client tells who it was",
    ["processable"],
    shutsOut,
  ],
  [
    "client-promotes-itself",
    "puts the highest role for itself into each of its commits",
    "the hub refuses the commit, and every member would",
    ["commits"],
    committing(
      (commit) => (member, options, app, random) =>
        commit(
          member,
          { ...options, proposals: [...(options.proposals ?? []), ...promotion(member)] },
          app,
          random,
        ),
    ),
  ],
  [
    "client-leaves-proposals-out",
    "commits nothing of what others have proposed",
    "the hub refuses the commit; where nobody else commits, what is pending stays so",
    ["commits"],
    committing(
      (commit) => (member, options, app, random) =>
        commit(member, { ...options, references: [] }, app, random),
    ),
  ],
];

export const committers = adversariesOf("client", rows);

type Crafting = Pick<CommitOptions, "crafted">;

/** The same for a member's commits and for external ones. */
function craftingAll(craft: <T extends Crafting>(options: T) => T): Habit {
  return {
    mls: (layer) => ({
      ...layer,
      commit: (member, options, app, random) => layer.commit(member, craft(options), app, random),
      externalCommit: (options, app, random) => layer.externalCommit(craft(options), app, random),
    }),
  };
}

function shutsOut(): Habit {
  return { mls: (layer) => ({ ...layer, commit: commitWithout(layer), externalCommit: joinWithout(layer) }) };
}

function commitWithout(layer: MlsLayer): MlsLayer["commit"] {
  return (member, options, app, random) => {
    const others = leavesOf(member.tree).filter((leaf) => leaf !== member.leafIndex);
    const crafted = { shutsOut: some(others, random) };
    return layer.commit(member, { ...options, forcePath: true, crafted }, app, random);
  };
}

function joinWithout(layer: MlsLayer): MlsLayer["externalCommit"] {
  return (options, app, random) => {
    const crafted = { shutsOut: some(leavesOf(options.ratchetTree ?? []), random) };
    return layer.externalCommit({ ...options, crafted }, app, random);
  };
}

function leavesOf(tree: Member["tree"]): number[] {
  return members(tree).map(({ leafIndex }) => leafIndex);
}

/** About half of them, and one at least. */
function some(leaves: readonly number[], random: RandomSource): ReadonlySet<number> {
  const drawn = leaves.filter(() => (random.bytes(1)[0] ?? 0) % 2 === 1);
  return new Set(drawn.length === 0 ? leaves.slice(0, 1) : drawn);
}

function promotion({ groupContext, tree, leafIndex }: Member): Proposal[] {
  const own = roomFacts(groupContext, tree).members.find(({ leaf }) => leaf === leafIndex)?.user;
  const userIndex = participantsIn(groupContext).findIndex(({ user }) => user === own);
  const highest = Math.max(...rolesIn(groupContext).map(({ index }) => index));
  const update = ParticipantListUpdate.encode({
    changedRoleParticipants: [{ userIndex, roleIndex: highest }],
    removedIndices: [],
    addedParticipants: [],
  });
  return userIndex === -1
    ? []
    : [{ proposalType: "app_data_update", componentId: componentIds.participant_list, op: "update", update }];
}
