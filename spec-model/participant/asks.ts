/** What a client asks its provider for. MIMI leaves this way to the provider; the bodies are the draft's. */
import type { LocalMessage } from "../actor.ts";
import { emit } from "../turn.ts";
import type { Ask, ClientTurn } from "./client-state.ts";

type Operation = Extract<LocalMessage, { type: "ask" }>["operation"];

/** Sends a request to the own provider and remembers what its answer is for. */
export function ask(
  turn: ClientTurn,
  operation: Operation,
  room: string,
  body: Uint8Array,
  label: string,
  awaited: Ask,
): void {
  const id = remember(turn, awaited);
  const message = { type: "ask" as const, id, operation, room, body };
  emit(turn, { type: "local", to: turn.state.provider.domain, message, label });
}

/** The name under which the answer to `awaited` will come. */
export function remember(turn: ClientTurn, awaited: Ask): string {
  const id = String(turn.state.asked + 1);
  turn.state = { ...turn.state, asked: turn.state.asked + 1, asks: { ...turn.state.asks, [id]: awaited } };
  return id;
}
