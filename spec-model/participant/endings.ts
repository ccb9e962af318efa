/** How a room ends for a client: removed from it, the room gone, its group closed. protocol-06 §5.5 */
import { emit } from "../turn.ts";
import { type ClientTurn, keepRoom } from "./client-state.ts";
import { roomOf } from "./rooms.ts";

/** The provider need not deliver to this client any more, and the group's secrets are wiped. */
export function leaveLocally(turn: ClientTurn, room: string, why: string): void {
  const nothing = { member: undefined, prepared: undefined, buffered: [], unsent: [] };
  keepRoom(turn, { ...roomOf(turn, room), ...nothing });
  emit(turn, { type: "decided", text: `${why} and deletes the group's secrets`, draft: "protocol-06 §5.5" });
  const to = turn.state.provider.domain;
  emit(turn, { type: "departed", room });
  emit(turn, { type: "local", to, message: { type: "left", room }, label: "left" });
}

/** The hub has not taken the room that this client has created: there is none. protocol-06 §3.1 */
export function forsakeLocally(turn: ClientTurn, room: string): void {
  const nothing = { member: undefined, prepared: undefined, buffered: [], unsent: [] };
  keepRoom(turn, { ...roomOf(turn, room), ...nothing });
  const text = "gives its group up, as the hub has not taken the room";
  emit(turn, { type: "decided", text, draft: "protocol-06 §3.1" });
  emit(turn, { type: "departed", room });
}

/** Nothing can be sent any more; the state stays, because the successor group rests on it. RFC 9420 §11.2 */
export function closeLocally(turn: ClientTurn): void {
  const text = "takes the group for closed: a ReInit has announced another one";
  emit(turn, { type: "decided", text, draft: "RFC 9420 §11.2" });
}
