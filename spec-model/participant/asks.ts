/** What a client asks its provider for. MIMI leaves this way to the provider; the bodies are the draft's. */
import type { LocalMessage } from "../actor.ts";
import { stateName } from "../machine.ts";
import { advance, emit, first } from "../turn.ts";
import type { Ask, ClientTurn, OpenRequest } from "./client-state.ts";
import { answerTimeoutMs, requestMachine } from "./request-machine.ts";

type Operation = Extract<LocalMessage, { type: "ask" }>["operation"];

/** The status of an answer that never came, as HTTP has it for gateways. */
export const noAnswer = 504;

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
  const machine = first(requestMachine, { name: operation, repeatable: operation !== "keyMaterial" });
  keep(turn, id, { machine, message, label });
  sendOut(turn, id, { machine, message, label });
}

/** The name under which the answer to `awaited` will come. */
export function remember(turn: ClientTurn, awaited: Ask): string {
  const id = String(turn.state.asked + 1);
  turn.state = { ...turn.state, asked: turn.state.asked + 1, asks: { ...turn.state.asks, [id]: awaited } };
  return id;
}

/** An answer has come, or its time has passed. Gives whether it is the last word on the request. */
export function settleRequest(turn: ClientTurn, id: string, status: number | "timeout"): boolean {
  const open = turn.state.requests[id];
  if (open === undefined) return true;
  if (status !== "timeout") emit(turn, { type: "cancelWake", id: `timeout ${id}` });
  const event = status === "timeout" ? { type: "timeout" as const } : { type: "answered" as const, status };
  return stepRequest(turn, id, open, event);
}

/** The time has come to send a request again. */
export function retryRequest(turn: ClientTurn, id: string): void {
  const open = turn.state.requests[id];
  if (open !== undefined) stepRequest(turn, id, open, { type: "retryDue" });
}

/** The connection is back: whatever is open is waited for from now on. */
export function waitAgain(turn: ClientTurn): void {
  for (const [id, { machine }] of Object.entries(turn.state.requests)) {
    const what = stateName(machine) === "awaitingAnswer" ? "timeout" : "retry";
    emit(turn, { type: "cancelWake", id: `${what} ${id}` });
    emit(turn, { type: "wake", id: `${what} ${id}`, afterMs: answerTimeoutMs });
  }
}

function stepRequest(
  turn: ClientTurn,
  id: string,
  open: OpenRequest,
  event: Parameters<typeof advance<typeof requestMachine, ClientTurn["state"]>>[3],
): boolean {
  const instance = `${open.machine.context.name} ${id}`;
  const { snapshot, effects } = advance(turn, requestMachine, open.machine, event, instance);
  const next = { ...open, machine: snapshot };
  keep(turn, id, snapshot.status === "done" ? undefined : next);
  for (const effect of effects) {
    if (effect.type === "send") sendOut(turn, id, next);
    if (effect.type === "wait") {
      emit(turn, { type: "wake", id: `retry ${id}`, afterMs: effect["afterMs"] as number });
    }
    if (effect.type === "takeAnswer") emit(turn, { type: "cancelWake", id: `retry ${id}` });
  }
  return snapshot.status === "done";
}

function sendOut(turn: ClientTurn, id: string, { message, label }: OpenRequest): void {
  emit(turn, { type: "local", to: turn.state.provider.domain, message, label });
  emit(turn, { type: "wake", id: `timeout ${id}`, afterMs: answerTimeoutMs });
}

function keep(turn: ClientTurn, id: string, open: OpenRequest | undefined): void {
  const { [id]: _, ...others } = turn.state.requests;
  turn.state = { ...turn.state, requests: open === undefined ? others : { ...others, [id]: open } };
}
