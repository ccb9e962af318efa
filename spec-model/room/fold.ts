/** The room as accepted changes make it, before any commit: what later events are judged against. protocol-06 §7.1 */
import type { Change, RoomFacts } from "./facts.ts";

export function roomAfter(room: RoomFacts, changes: readonly Change[]): RoomFacts {
  return changes.reduce(applyChange, room);
}

function applyChange(room: RoomFacts, change: Change): RoomFacts {
  const { participants, members } = room;
  switch (change.kind) {
    case "addParticipant":
      return { ...room, participants: [...participants, { user: change.user, role: change.role }] };
    case "removeParticipant":
      return { ...room, participants: participants.filter((each) => each.user !== change.user) };
    case "changeRole":
      return {
        ...room,
        participants: participants.map((each) =>
          each.user === change.user ? { ...each, role: change.to } : each,
        ),
      };
    case "removeClient":
      return { ...room, members: members.filter((each) => each.client !== change.client) };
    default:
      // An added client is a member only with the commit, which gives it its leaf.
      return room;
  }
}
