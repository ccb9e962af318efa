/** What a client on ts-mls shows. */
import { equalBytes, hex } from "../../../spec-model/bytes.ts";
import { emit, keepRoom, type SeatTurn, type Shown } from "./client-state.ts";

/** Puts a message on the timeline; the trace tells it with what it refers to, as it does for the model's clients. */
export function show(turn: SeatTurn, room: string, message: Shown): void {
  const seat = turn.state.rooms[room];
  if (seat === undefined) return;
  keepRoom(turn, { ...seat, timeline: [...seat.timeline, message] });
  const { messageId, sender, acceptedMs } = message;
  const text = told(seat.timeline, message);
  emit(turn, { type: "shown", room, messageId: hex(messageId), sender, acceptedMs, text });
}

function told(timeline: readonly Shown[], message: Shown): string {
  const { text, inReplyTo, replaces, kind } = message;
  const textOf = (id: Uint8Array) =>
    timeline.find((shown) => equalBytes(shown.messageId, id))?.text ?? "an unknown message";
  if (replaces !== undefined) return `"${text}" instead of "${textOf(replaces)}"`;
  if (inReplyTo === undefined) return `"${text}"`;
  return `${kind === "reaction" ? text : `"${text}"`} on "${textOf(inReplyTo)}"`;
}
