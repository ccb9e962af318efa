/** What a client hears of consent. protocol-06 §5.7 */
import { ConsentEntry, type Scope, scopeOf } from "../consent/index.ts";
import { attempt, isRefused } from "../room/index.ts";
import { emit } from "../turn.ts";
import type { ClientTurn } from "./client-state.ts";
import { hearConsent } from "./introductions.ts";

/** The own provider says what somebody else wants or has decided. */
export function receiveConsentNews(turn: ClientTurn, body: Uint8Array): void {
  const entry = attempt(() => ConsentEntry.decode(body));
  if (isRefused(entry)) {
    emit(turn, { type: "noticed", ...entry });
    return;
  }
  const scope = scopeOf(entry);
  emit(turn, { type: "decided", text: told(entry.consentOperation, scope), draft: "protocol-06 §5.7" });
  if (scope.requester !== turn.state.user) return;
  if (entry.consentOperation === "grant") hearConsent(turn, scope, "granted");
  if (entry.consentOperation === "revoke") hearConsent(turn, scope, "revoked");
}

function told(operation: ConsentEntry["consentOperation"], { requester, target, room }: Scope): string {
  const where = room ?? "any room";
  switch (operation) {
    case "request":
      return `shows that ${requester} asks to add ${target} to ${where}`;
    case "cancel":
      return `no longer shows that ${requester} asks to add ${target} to ${where}`;
    case "grant":
      return `learns that ${target} may be added to ${where}`;
    case "revoke":
      return `learns that ${target} may not be added to ${where}`;
  }
}
