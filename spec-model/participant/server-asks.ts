/** Requests of a client that are not about a room: to its own provider, or past it to others. */
import type { OutsideRooms } from "../actor.ts";
import { emit } from "../turn.ts";
import { remember } from "./asks.ts";
import type { Ask, ClientTurn } from "./client-state.ts";

type ServerAsk = Extract<OutsideRooms, { type: "askServer" }>;

/** Asks the own provider, which passes on what is for the server of another `domain`. */
export function askProvider(
  turn: ClientTurn,
  operation: ServerAsk["operation"],
  domain: string,
  body: Uint8Array,
  label: string,
  awaited: Ask,
): void {
  ask(turn, turn.state.provider.domain, operation, domain, body, label, awaited);
}

/** Asks a server itself: an issuer of identifiers, or as a recipient a discovery provider. */
export function askServer(
  turn: ClientTurn,
  operation: ServerAsk["operation"],
  domain: string,
  body: Uint8Array,
  label: string,
  awaited: Ask,
): void {
  ask(turn, domain, operation, domain, body, label, awaited);
}

function ask(
  turn: ClientTurn,
  to: string,
  operation: ServerAsk["operation"],
  domain: string,
  body: Uint8Array,
  label: string,
  awaited: Ask,
): void {
  const id = remember(turn, awaited);
  emit(turn, {
    type: "local",
    to,
    message: { type: "askServer", id, operation, domain, body },
    label,
  });
}
