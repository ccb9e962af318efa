/** Implementations that make one mistake in participant lists. protocol-06 §7.5 */
import { hex } from "../../spec-model/bytes.ts";
import { ParticipantListData, ParticipantListUpdate } from "../../spec-model/room/structures/index.ts";
import type { Codec } from "../../spec-model/wire/index.ts";
import { octetsIn } from "../adapters/typescript/input.ts";
import type { JsonObject } from "../format/case.ts";
import { lenientReader } from "./lenient-reader.ts";
import { answered, mutant, type StateMutant, updatesIn } from "./state-mutant.ts";

const participants = "participants.update";

/** Changes of a list that are made although they should not be. */
export function participantMutants(): StateMutant[] {
  const mended =
    (change: (list: Listed, updates: readonly Change[]) => readonly Change[]) => (input: JsonObject) => {
      const { participants: list } = ParticipantListData.decode(octetsIn(input, "list"));
      const updates = updatesIn(input).map((octets) => ParticipantListUpdate.decode(octets));
      const changed = change(list, updates).map((update) => hex(ParticipantListUpdate.encode(update)));
      return answered(participants, { ...input, updates: changed });
    };
  return [
    mutant(
      participants,
      "list with any index",
      "ignores indices of nobody",
      mended((list, updates) =>
        updates.map((update) => ({
          ...update,
          changedRoleParticipants: update.changedRoleParticipants.filter(
            ({ userIndex }) => userIndex < list.length,
          ),
          removedIndices: update.removedIndices.filter((index) => index < list.length),
        })),
      ),
    ),
    mutant(
      participants,
      "list change by change",
      "makes changes one after the other, several of one user among them",
      mended(onceEach),
    ),
    mutant(
      participants,
      "list with users twice",
      "adds whoever is to be added",
      mended((_, updates) =>
        updates.map((update, which) => ({
          ...update,
          addedParticipants: update.addedParticipants.map(({ roleIndex }, index) => ({
            user: `mimi://new.example/u/${which}-${index}`,
            roleIndex,
          })),
        })),
      ),
    ),
    mutant(
      participants,
      "list with any role",
      "takes role 0 for a role like others",
      mended((_, updates) =>
        updates.map((update) => ({
          ...update,
          changedRoleParticipants: update.changedRoleParticipants.map(({ userIndex, roleIndex }) => ({
            userIndex,
            roleIndex: Math.max(1, roleIndex),
          })),
          addedParticipants: update.addedParticipants.map(({ user, roleIndex }) => ({
            user,
            roleIndex: Math.max(1, roleIndex),
          })),
        })),
      ),
    ),
    lenientReader(
      participants,
      () => [ParticipantListData as Codec<unknown>, ParticipantListUpdate as Codec<unknown>],
      "list",
    ),
  ];
}

type Listed = ParticipantListData["participants"];

type Change = ParticipantListUpdate;

/** Of the changes of one user the first, over all updates: as if the others had found what they wanted. */
function onceEach(list: Listed, updates: readonly Change[]): Change[] {
  const touched = new Set<string>();
  const isFirst = (user: string | undefined) => {
    if (user === undefined || touched.has(user)) return user === undefined;
    touched.add(user);
    return true;
  };
  return updates.map((update) => ({
    changedRoleParticipants: update.changedRoleParticipants.filter(({ userIndex }) =>
      isFirst(list[userIndex]?.user),
    ),
    removedIndices: update.removedIndices.filter((index) => isFirst(list[index]?.user)),
    addedParticipants: update.addedParticipants.filter(({ user }) => isFirst(user)),
  }));
}
