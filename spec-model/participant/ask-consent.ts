/** What a user asks of others, and decides about them, on its way to its provider. protocol-06 §5.7 */
import { ConsentEntry, entryFor, type Scope } from "../consent/index.ts";
import { domainOfUri } from "../identifiers/index.ts";
import type { ClientTurn } from "./client-state.ts";
import { askProvider } from "./server-asks.ts";

/** Asks `user` for consent, or takes the request back. */
export function askForConsent(
  turn: ClientTurn,
  operation: "request" | "cancel",
  user: string,
  room: string | undefined,
): void {
  const scope: Scope = { requester: turn.state.user, target: user, room };
  const body = ConsentEntry.encode(entryFor(scope, operation));
  const label = operation === "request" ? "Request consent" : "Cancel request";
  const asked = { kind: "consent", user, operation } as const;
  askProvider(turn, "requestConsent", domainOfUri(user), body, label, asked);
}

/** Says that `user` may add the own user, or may not. */
export function decideConsent(
  turn: ClientTurn,
  operation: "grant" | "revoke",
  user: string,
  room: string | undefined,
): void {
  const scope: Scope = { requester: user, target: turn.state.user, room };
  const body = ConsentEntry.encode(entryFor(scope, operation));
  const label = operation === "grant" ? "Grant consent" : "Revoke consent";
  const asked = { kind: "consent", user, operation } as const;
  askProvider(turn, "updateConsent", domainOfUri(user), body, label, asked);
}
