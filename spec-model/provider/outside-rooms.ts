/** What own clients ask outside of rooms: for consent, for users of other providers, for a discovery provider. */
import type { LocalMessage } from "../actor.ts";
import { noBytes } from "../bytes.ts";
import { withSearchability } from "../discovery/index.ts";
import { discoveryPaths, TokenRequest } from "../discovery/mappings/index.ts";
import type { Asker } from "../hub/index.ts";
import { attempt, holderOfUri, isRefused } from "../room/index.ts";
import { askForConsent, decideConsent } from "./consents.ts";
import { receiveIdentifierQuery } from "./identifier-query.ts";
import { answer, post, send } from "./messages.ts";
import type { Awaiting, ProviderTurn } from "./state.ts";

type ServerAsk = Extract<LocalMessage, { type: "askServer" }>;

export function receiveServerAsk(turn: ProviderTurn, client: string, ask: ServerAsk): void {
  const { operation, domain, body } = ask;
  const asker = { kind: "client", client, ask: ask.id, domain: turn.state.domain } as const;
  switch (operation) {
    case "requestConsent":
      askForConsent(turn, asker, body);
      break;
    case "updateConsent":
      decideConsent(turn, asker, body);
      break;
    case "identifierQuery":
      queryIdentifier(turn, asker, domain, body);
      break;
    case "discoveryTokens":
      if (countTokens(turn, client, body)) relay(turn, asker, operation, domain, body);
      else answer(turn, asker, 429, noBytes, "");
      break;
    case "discoveryLookup":
      relay(turn, asker, operation, domain, body);
      break;
    default:
      // Mappings and proofs of control are between the user and the servers they are for.
      answer(turn, asker, 404, noBytes, "");
  }
}

/** How searchable an own user is from now on. protocol-06 §5.8 */
export function setSearchability(
  turn: ProviderTurn,
  client: string,
  { searchable, field }: Extract<LocalMessage, { type: "setSearchability" }>,
): void {
  const account = turn.state.accounts[holderOfUri(client)?.user ?? ""];
  if (account === undefined) return;
  const profile = withSearchability(account.profile, searchable, field);
  turn.state = {
    ...turn.state,
    accounts: { ...turn.state.accounts, [account.user]: { ...account, profile } },
  };
}

function queryIdentifier(
  turn: ProviderTurn,
  asker: Extract<Asker, { kind: "client" }>,
  domain: string,
  body: Uint8Array,
): void {
  if (domain === turn.state.domain) {
    receiveIdentifierQuery(turn, asker, body);
    return;
  }
  const awaiting: Awaiting = { kind: "relayedOutside", asker, operation: "identifierQuery" };
  if (post(turn, domain, "identifierQuery", domain, { body, summary: "IdentifierRequest" }, awaiting)) return;
  answer(turn, asker, 502, noBytes, "");
}

/** The provider knows its users, and the discovery provider does not: it counts. False: that is too many. R8 */
function countTokens(turn: ProviderTurn, client: string, body: Uint8Array): boolean {
  const request = attempt(() => TokenRequest.decode(body));
  if (isRefused(request)) return false;
  const user = holderOfUri(client)?.user ?? "";
  const day = Math.floor(turn.now / 86_400_000);
  const before = turn.state.tokensAsked[user];
  const count = (before?.day === day ? before.count : 0) + request.blinded.length;
  if (count > turn.state.policy.tokensPerUser) return false;
  turn.state = {
    ...turn.state,
    tokensAsked: { ...turn.state.tokensAsked, [user]: { day, count } },
  };
  return true;
}

/** Passes on what it cannot read: the discovery provider learns which provider asks, not which user. */
function relay(
  turn: ProviderTurn,
  asker: Extract<Asker, { kind: "client" }>,
  operation: "discoveryTokens" | "discoveryLookup",
  domain: string,
  body: Uint8Array,
): void {
  const path = discoveryPaths[operation];
  const request = { method: "POST" as const, path, body, summary: "sealed" };
  send(turn, domain, path.slice(1), request, { kind: "relayedOutside", asker, operation });
}
