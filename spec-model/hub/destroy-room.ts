/** A room that comes to an end by the word of one who may end it. room-policy-04 §8.6 */
import { noBytes } from "../bytes.ts";
import { advance, emit, type Turn } from "../turn.ts";
import { type HostedRoom, surroundingsOf } from "./hosted-room.ts";
import type { Asker, HubLinks } from "./links.ts";
import { noticeRule } from "./notice.ts";
import { hubRoomMachine } from "./room-machine.ts";

/** No message of MIMI's says that a room is gone: who asks for it from now on is told that there is none. */
export function destroyRoom(
  turn: Turn<unknown>,
  links: HubLinks,
  hosted: HostedRoom,
  asker: Asker,
  user: string,
): HostedRoom {
  const surroundings = surroundingsOf(turn, links, hosted);
  const event = { type: "destroy" as const, request: "destroy", user, surroundings };
  const { snapshot, effects } = advance(turn, hubRoomMachine, hosted.machine, event, hosted.room);
  for (const effect of effects) {
    if (effect.type !== "answer") continue;
    noticeRule(turn, effect);
    const isDone = effect["code"] === "success";
    if (isDone) emit(turn, { type: "decided", text: `ends ${hosted.room}`, draft: "room-policy-04 §8.6" });
    links.answer(asker, isDone ? 200 : 403, noBytes, "room");
  }
  return { ...hosted, machine: snapshot };
}
