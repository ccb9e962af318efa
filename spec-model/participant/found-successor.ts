/** Founding the room that goes on where a ReInit has closed a group. RFC 9420 §11.2, protocol-06 §5.4.1 */
import { attempt, isRefused, RoomError, roomOfGroup } from "../room/index.ts";
import { emit } from "../turn.ts";
import type { ClientTurn } from "./client-state.ts";
import { found } from "./create-room.ts";
import { roomOf } from "./rooms.ts";

/**
 * Makes `room` with the parameters that the ReInit of the room `of` has announced, and gives it to the own provider.
 * Its people come with the first commit: the wish `gather`.
 */
export function foundSuccessor(turn: ClientTurn, room: string, of: string): void {
  const founded = attempt(() => {
    const agreed = roomOf(turn, of).member?.reInit;
    if (agreed === undefined || roomOfGroup(agreed.groupId) !== room) {
      throw new RoomError("successorOf", "RFC 9420 §11.2", `${of} was not closed in favour of ${room}`);
    }
    if (agreed.cipherSuite !== turn.state.suite) {
      throw new RoomError(
        "successorSuite",
        "RFC 9420 §11.2",
        `cipher suite ${agreed.cipherSuite} was announced`,
      );
    }
    found(turn, room, agreed.groupId, agreed.extensions);
  });
  if (!isRefused(founded)) return;
  emit(turn, { type: "decided", text: `cannot found the room: ${founded.text}`, draft: founded.where });
}
