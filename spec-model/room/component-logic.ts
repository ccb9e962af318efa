/** What AppDataUpdate proposals do to a room's components. mls-extensions §4.7, protocol-06 §7.5 and §7.6 */
import type { ComponentLogic } from "../mls/index.ts";
import { type Codec, DecodeError } from "../wire/index.ts";
import { applyListUpdates, decodeParticipants, encodeParticipants } from "./participant-list.ts";
import { componentIds, ParticipantListUpdate, RoomMetaData } from "./structures/index.ts";

/** The components that a MIMI room knows, for the MLS layer. */
export const roomComponentLogic: ReadonlyMap<number, ComponentLogic> = new Map<number, ComponentLogic>([
  [componentIds.participant_list, participantList],
  [componentIds.room_metadata, replacedOnce(RoomMetaData, "room metadata")],
]);

function participantList(current: Uint8Array | undefined, updates: readonly Uint8Array[]) {
  return unlessMalformed(() => {
    const list = current === undefined ? [] : decodeParticipants(current);
    const next = applyListUpdates(
      list,
      updates.map((update) => ParticipantListUpdate.decode(update)),
    );
    return "refused" in next ? next : encodeParticipants(next);
  });
}

/** A component whose value is replaced as a whole, at most once a commit. */
function replacedOnce(structure: Codec<unknown>, name: string): ComponentLogic {
  return (_current, updates) =>
    unlessMalformed(() => {
      const [update, second] = updates;
      if (update === undefined || second !== undefined) return { refused: `${name} changed more than once` };
      structure.decode(update);
      return update;
    });
}

function unlessMalformed(apply: () => Uint8Array | { readonly refused: string }) {
  try {
    return apply();
  } catch (error) {
    if (error instanceof DecodeError) return { refused: error.message };
    throw error;
  }
}
