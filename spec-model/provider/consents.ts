/** Consent at a provider: own users' wishes and decisions, and what other providers say of theirs. protocol-06 §5.7 */
import type { EventFrom } from "xstate";
import { noBytes } from "../bytes.ts";
import {
  ConsentEntry,
  consentCacheMachine,
  consentMachine,
  consentOf,
  entryFor,
  isDeniedForAnyRoom,
  mayRequest,
  mayUpdate,
  nextOrder,
  type Scope,
  scopeName,
  scopeOf,
} from "../consent/index.ts";
import type { Asker } from "../hub/index.ts";
import { domainOfUri } from "../identifiers/index.ts";
import type { Effect } from "../machine.ts";
import { attempt, holderOfUri, isRefused, RoomError } from "../room/index.ts";
import { advance, emit, first } from "../turn.ts";
import { answer, post, respond } from "./messages.ts";
import type { Awaiting, ProviderTurn } from "./state.ts";

type Operation = ConsentEntry["consentOperation"];
type OwnClient = Extract<Asker, { kind: "client" }>;
interface FromPeer {
  readonly id: string;
  readonly from: string;
  readonly body: Uint8Array;
}

/** An own client wants to ask somebody for consent, or to take that back. */
export function askForConsent(turn: ProviderTurn, asker: OwnClient, body: Uint8Array): void {
  const entry = readOwn(turn, asker, body, "requester", ["request", "cancel"]);
  if (entry === undefined) return;
  const scope = scopeOf(entry);
  const type = entry.consentOperation === "request" ? "ask" : "takeBack";
  const effects = stepCache(turn, scope, { type });
  if (effects.some(({ type }) => type === "refuseCancel")) {
    answer(turn, asker, 404, noBytes, "");
    return;
  }
  const operation: Operation | undefined = effects.some((effect) => effect.type === "sendRequest")
    ? "request"
    : effects.some((effect) => effect.type === "sendCancel")
      ? "cancel"
      : undefined;
  if (operation === undefined) {
    // There is consent already: the answer is the news.
    answer(turn, asker, 201, noBytes, "");
    tell(turn, scope.requester, entryFor(scope, "grant"));
    return;
  }
  sendToTarget(turn, asker, scope, operation);
}

function sendToTarget(turn: ProviderTurn, asker: OwnClient, scope: Scope, operation: Operation): void {
  const provider = domainOfUri(scope.target);
  if (provider === turn.state.domain) {
    const status = takeRequest(turn, scope, operation);
    requestAnswered(turn, { kind: "consentRequest", asker, scope }, status);
    return;
  }
  const body = ConsentEntry.encode(entryFor(scope, operation));
  const content = { body, summary: `ConsentEntry ${operation}` };
  const awaiting: Awaiting = { kind: "consentRequest", asker, scope };
  if (post(turn, provider, "requestConsent", provider, content, awaiting)) return;
  requestAnswered(turn, awaiting, undefined);
}

/** The target's provider has answered, or has not: that says no more than that the request was received. §5.7 */
export function requestAnswered(
  turn: ProviderTurn,
  { asker, scope }: Extract<Awaiting, { kind: "consentRequest" }>,
  status: number | undefined,
): void {
  stepCache(turn, scope, { type: "answered", status });
  answer(turn, asker, status ?? 504, noBytes, "");
}

/** requestConsent of another provider. */
export function receiveConsentRequest(turn: ProviderTurn, peer: FromPeer): void {
  const entry = readForeign(turn, peer, ["request", "cancel"], mayRequest);
  if (entry === undefined) return;
  const status = takeRequest(turn, scopeOf(entry), entry.consentOperation);
  respond(turn, peer.id, { status, body: noBytes }, "");
}

/** A request or cancel reaches the target's provider; gives the status to answer with. */
function takeRequest(turn: ProviderTurn, scope: Scope, operation: Operation): number {
  if (turn.state.accounts[scope.target] === undefined) return statusForStranger(turn);
  const event =
    operation === "request"
      ? { type: operation, isDeniedForAnyRoom: isDeniedForAnyRoom(turn.state.consents, scope) }
      : { type: "cancel" as const };
  const effects = stepConsent(turn, scope, event);
  for (const effect of effects) {
    if (effect.type === "showRequest") tell(turn, scope.target, entryFor(scope, "request"));
    if (effect.type === "withdrawRequest") tell(turn, scope.target, entryFor(scope, "cancel"));
    if (effect.type === "conveyGrant") convey(turn, scope, entryFor(scope, "grant"));
  }
  return 201;
}

/** An own client says what its user has decided about somebody. */
export function decideConsent(turn: ProviderTurn, asker: OwnClient, body: Uint8Array): void {
  const entry = readOwn(turn, asker, body, "target", ["grant", "revoke"]);
  if (entry === undefined) return;
  const scope = scopeOf(entry);
  const type = entry.consentOperation === "grant" ? "grant" : "revoke";
  const effects = stepConsent(turn, scope, { type, order: nextOrder(turn.state.consents) });
  answer(turn, asker, 201, noBytes, "");
  for (const effect of effects) {
    if (effect.type === "conveyGrant") convey(turn, scope, entryFor(scope, "grant"));
    if (effect.type === "conveyRevocation") convey(turn, scope, entryFor(scope, "revoke"));
  }
}

/** updateConsent of another provider: what its user has decided about one of ours. */
export function receiveConsentUpdate(turn: ProviderTurn, peer: FromPeer): void {
  const entry = readForeign(turn, peer, ["grant", "revoke"], mayUpdate);
  if (entry === undefined) return;
  const isKnown = turn.state.accounts[entry.requesterUri.uri] !== undefined;
  respond(turn, peer.id, { status: isKnown ? 201 : statusForStranger(turn), body: noBytes }, "");
  if (isKnown) learn(turn, entry);
}

/** Takes a decision to the requester's provider, which may be this one. */
function convey(turn: ProviderTurn, scope: Scope, entry: ConsentEntry): void {
  const provider = domainOfUri(scope.requester);
  if (provider === turn.state.domain) {
    learn(turn, entry);
    return;
  }
  const content = { body: ConsentEntry.encode(entry), summary: `ConsentEntry ${entry.consentOperation}` };
  post(turn, provider, "updateConsent", provider, content, { kind: "conveyed" });
}

function learn(turn: ProviderTurn, entry: ConsentEntry): void {
  const scope = scopeOf(entry);
  stepCache(turn, scope, { type: entry.consentOperation === "grant" ? "granted" : "revoked" });
  tell(turn, scope.requester, entry);
}

/** All clients of an own user hear of it. */
function tell(turn: ProviderTurn, user: string, entry: ConsentEntry): void {
  const message = { type: "consentNews" as const, body: ConsentEntry.encode(entry) };
  const label = `consent: ${entry.consentOperation}`;
  for (const client of turn.state.accounts[user]?.clients ?? []) {
    emit(turn, { type: "local", to: client, message, label });
  }
}

function stepConsent(
  turn: ProviderTurn,
  scope: Scope,
  event: EventFrom<typeof consentMachine>,
): readonly Effect[] {
  const name = scopeName(scope);
  const before = consentOf(turn.state.consents, scope, turn.state.policy);
  const { snapshot, effects } = advance(turn, consentMachine, before, event, name);
  turn.state = { ...turn.state, consents: { ...turn.state.consents, [name]: snapshot } };
  return effects;
}

function stepCache(
  turn: ProviderTurn,
  scope: Scope,
  event: EventFrom<typeof consentCacheMachine>,
): readonly Effect[] {
  const name = scopeName(scope);
  const before = turn.state.consentCache[name] ?? first(consentCacheMachine, undefined);
  const { snapshot, effects } = advance(turn, consentCacheMachine, before, event, name);
  turn.state = { ...turn.state, consentCache: { ...turn.state.consentCache, [name]: snapshot } };
  return effects;
}

/** A provider that does not reveal whether a user is there answers as if it were. §5.7 */
function statusForStranger(turn: ProviderTurn): number {
  return turn.state.policy.refusals === "uniform" ? 201 : 404;
}

/** An own client's entry, if the client speaks for the user on whose side it stands. */
function readOwn(
  turn: ProviderTurn,
  asker: OwnClient,
  body: Uint8Array,
  side: "requester" | "target",
  operations: readonly Operation[],
): ConsentEntry | undefined {
  const user = holderOfUri(asker.client)?.user;
  const entry = attempt(() => {
    const read = demandOperation(ConsentEntry.decode(body), operations);
    if (scopeOf(read)[side] === user) return read;
    throw new RoomError(
      "speaksForUser",
      "protocol-06 §5.7",
      `${asker.client} does not speak for the ${side}`,
    );
  });
  if (!isRefused(entry)) return entry;
  emit(turn, { type: "noticed", ...entry });
  answer(turn, asker, entry.errorType === "DecodeError" ? 400 : 403, noBytes, "");
  return undefined;
}

/** Another provider's entry, if its users are of the two providers' domains. */
function readForeign(
  turn: ProviderTurn,
  { id, from, body }: FromPeer,
  operations: readonly Operation[],
  mayBeSent: typeof mayRequest,
): ConsentEntry | undefined {
  const entry = attempt(() => {
    const read = demandOperation(ConsentEntry.decode(body), operations);
    if (mayBeSent(scopeOf(read), { sender: from, own: turn.state.domain })) return read;
    throw new RoomError("domainsOfEntry", "protocol-06 §5.7", `${from} has no part in this consent`);
  });
  if (!isRefused(entry)) return entry;
  emit(turn, { type: "noticed", ...entry });
  respond(turn, id, { status: entry.errorType === "DecodeError" ? 400 : 403, body: noBytes }, "");
  return undefined;
}

function demandOperation(entry: ConsentEntry, operations: readonly Operation[]): ConsentEntry {
  if (operations.includes(entry.consentOperation)) return entry;
  const says = `${entry.consentOperation} is not for this endpoint`;
  throw new RoomError("operationOfEndpoint", "protocol-06 §5.7", says);
}
