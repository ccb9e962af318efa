/** What an update does to the participant list. protocol-06 §7.5 */
import type { Change, Participant } from "./facts.ts";
import { unlistedRole } from "./policy/state.ts";
import { ParticipantListData, type ParticipantListUpdate } from "./structures/index.ts";

/** Why an update of the list is no update of this list. */
export interface ListRefusal {
  readonly refused: string;
}

/** The changes that `update` makes to `list`; its indices are positions in `list`, whatever else it does. */
export function listChanges(
  list: readonly Participant[],
  update: ParticipantListUpdate,
): readonly Change[] | ListRefusal {
  const changes: Change[] = [];
  for (const { userIndex, roleIndex } of update.changedRoleParticipants) {
    const participant = list[userIndex];
    if (participant === undefined) return outOfRange(list, userIndex);
    if (roleIndex === unlistedRole)
      return { refused: "a role change to role 0, which stands for not listed" };
    changes.push({ kind: "changeRole", user: participant.user, from: participant.role, to: roleIndex });
  }
  for (const index of update.removedIndices) {
    const participant = list[index];
    if (participant === undefined) return outOfRange(list, index);
    changes.push({ kind: "removeParticipant", user: participant.user, role: participant.role });
  }
  for (const { user, roleIndex } of update.addedParticipants) {
    if (roleIndex === unlistedRole) return { refused: "an addition in role 0, which stands for not listed" };
    changes.push({ kind: "addParticipant", user, role: roleIndex });
  }
  return changes;
}

/**
 * What an index means where a commit has several updates, or an update several removals: a position in the list as it
 * was before the commit; in the list as the updates before have left it; or as every single removal has left it.
 */
export type IndexReading = "epoch" | "afterUpdates" | "afterRemovals";

/**
 * The list after all updates of one commit. Each refers to the list as it was before the commit, and no two touch
 * the same user. Refuses indices out of range, additions of the listed and users touched twice.
 */
export function applyListUpdates(
  list: readonly Participant[],
  updates: readonly ParticipantListUpdate[],
  reading: IndexReading = "epoch",
): readonly Participant[] | ListRefusal {
  if (reading !== "epoch") return oneAfterAnother(list, updates, reading);
  const changes: Change[] = [];
  for (const update of updates) {
    const made = listChanges(list, update);
    if ("refused" in made) return made;
    changes.push(...made);
  }
  const touched = new Set<string>();
  for (const change of changes) {
    const user = "user" in change ? change.user : "";
    if (touched.has(user)) return { refused: `${user} is changed twice` };
    touched.add(user);
    if (change.kind === "addParticipant" && list.some((participant) => participant.user === user)) {
      return { refused: `${user} is in the list already` };
    }
  }
  return changed(list, changes);
}

/** The other readings: what an index denotes depends on what comes before it. */
function oneAfterAnother(
  list: readonly Participant[],
  updates: readonly ParticipantListUpdate[],
  reading: "afterUpdates" | "afterRemovals",
): readonly Participant[] | ListRefusal {
  let now = list;
  for (const update of updates.flatMap((each) => (reading === "afterRemovals" ? apart(each) : [each]))) {
    const changes = listChanges(now, update);
    if ("refused" in changes) return changes;
    now = changed(now, changes);
  }
  return now;
}

/** The update as one for each removal, and one for what comes before and after all of them. */
function apart({
  changedRoleParticipants,
  removedIndices,
  addedParticipants,
}: ParticipantListUpdate): ParticipantListUpdate[] {
  const none = { changedRoleParticipants: [], removedIndices: [], addedParticipants: [] };
  return [
    { ...none, changedRoleParticipants },
    ...removedIndices.map((index) => ({ ...none, removedIndices: [index] })),
    { ...none, addedParticipants },
  ];
}

function changed(list: readonly Participant[], changes: readonly Change[]): Participant[] {
  const kept = list.flatMap((participant) => {
    const change = changes.find((each) => "user" in each && each.user === participant.user);
    if (change?.kind === "removeParticipant") return [];
    return change?.kind === "changeRole" ? [{ user: participant.user, role: change.to }] : [participant];
  });
  const added = changes.flatMap((change) =>
    change.kind === "addParticipant" ? [{ user: change.user, role: change.role }] : [],
  );
  return [...kept, ...added];
}

/** The content of the `participant_list` component, and back. Throws DecodeError for other bytes. */
export function decodeParticipants(data: Uint8Array): Participant[] {
  return ParticipantListData.decode(data).participants.map(({ user, roleIndex }) => ({
    user,
    role: roleIndex,
  }));
}

export function encodeParticipants(list: readonly Participant[]): Uint8Array {
  return ParticipantListData.encode({
    participants: list.map(({ user, role }) => ({ user, roleIndex: role })),
  });
}

function outOfRange(list: readonly Participant[], index: number): ListRefusal {
  return { refused: `index ${index} in a list of ${list.length}` };
}
