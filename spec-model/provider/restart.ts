/**
 * A server that stops and goes on. Everything but the requests under way is written down before any answer or message
 * of a step leaves the server: a 201 or a success is a promise. protocol-06 §5.3 to §5.5
 */
import { deliver, durableState, restoredFrom } from "../hub/index.ts";
import { emit } from "../turn.ts";
import { linksOf } from "./messages.ts";
import type { ProviderTurn } from "./state.ts";

export function crash(turn: ProviderTurn): void {
  emit(turn, { type: "decided", text: "stops, and loses what it has not written down" });
  turn.state = { ...turn.state, isDown: true };
}

/**
 * Goes on from what was written down. Who waits for an answer waits in vain and asks again; what followers have not
 * acknowledged is sent again, and they recognise what they have had.
 */
export function restart(turn: ProviderTurn): void {
  emit(turn, { type: "decided", text: "goes on from what it has written down", draft: "protocol-06 §5.5" });
  const hosted = Object.values(turn.state.hosted).map((room) =>
    restoredFrom(turn, turn.state.keys, durableState(room)),
  );
  turn.state = {
    ...turn.state,
    isDown: false,
    awaiting: {},
    hosted: Object.fromEntries(hosted.map((room) => [room.room, room])),
  };
  for (const room of hosted) {
    for (const provider of Object.keys(room.deliveries)) {
      const before = turn.state.hosted[room.room] ?? room;
      const next = deliver(turn, linksOf(turn), before, provider, { type: "restarted" });
      turn.state = { ...turn.state, hosted: { ...turn.state.hosted, [room.room]: next } };
    }
  }
}
