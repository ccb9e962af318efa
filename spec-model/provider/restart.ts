/**
 * A server that stops and goes on. Everything but the requests under way is written down before any answer or message
 * of a step leaves the server: a 201 or a success is a promise. protocol-06 §5.3 to §5.5
 */
import { FanoutMessage } from "../fan-out/index.ts";
import { type DurableRoom, deliver, durableState, restoredFrom } from "../hub/index.ts";
import { stateName } from "../machine.ts";
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
  const { times, acknowledges } = turn.deviation?.delivery ?? {};
  const hosted = Object.values(turn.state.hosted).map((room) => {
    const durable = durableState(room);
    const kept = times === "madeAgain" ? { ...durable, log: withoutTimes(durable, turn.now) } : durable;
    return restoredFrom(turn, turn.state.keys, kept);
  });
  turn.state = {
    ...turn.state,
    ...(acknowledges === "received" ? { mail: {} } : {}),
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
  callBack(turn);
}

/**
 * The log of a hub that has kept messages alone: those still to be sent get the time of the restart, and no frank, as
 * who had sent them is not known any more.
 */
function withoutTimes({ log, deliveries }: DurableRoom, now: number): DurableRoom["log"] {
  const open = new Set(
    Object.values(deliveries).flatMap(({ context }) => [...context.inFlight, ...context.queued]),
  );
  return Object.fromEntries(
    Object.entries(log).map(([item, bytes]) => {
      if (!open.has(item)) return [item, bytes];
      const message = FanoutMessage.decode(bytes);
      const later = { ...message, timestamp: BigInt(now) };
      return [item, FanoutMessage.encode("frank" in later ? { ...later, frank: undefined } : later)];
    }),
  );
}

/** Clients that came back meanwhile have found nobody: those that notice a server that goes on connect again. */
function callBack(turn: ProviderTurn): void {
  for (const [client, link] of Object.entries(turn.state.clientLinks)) {
    if (stateName(link) === "away")
      emit(turn, { type: "local", to: client, message: { type: "connect" }, label: "is there again" });
  }
}
