/** A discovery provider: one pure step for whatever reaches it. user-discovery requirements R1 to R10 */
import { sha256 } from "@noble/hashes/sha2.js";
import type { EventFrom, SnapshotFrom } from "xstate";
import type { ActorStep, HttpRequest, Input, LocalMessage, Moment } from "../../actor.ts";
import { hex, noBytes } from "../../bytes.ts";
import {
  type CipherSuite,
  type CipherSuiteId,
  type KeyPair,
  type MlsLayer,
  realMls,
} from "../../mls/index.ts";
import type { RandomSource } from "../../random.ts";
import { attempt, isRefused, type Refused } from "../../room/index.ts";
import { advance, emit, first, type Turn, takeTurn } from "../../turn.ts";
import { identifierMachine } from "./identifier-machine.ts";
import { openLookup, sealAnswer } from "./lookup.ts";
import { discoveryPaths } from "./paths.ts";
import { isGenuineMapping, isGenuineRemoval, type TrustedIssuers } from "./signed.ts";
import {
  type Lookup,
  type LookupAnswer,
  Mapping,
  Removal,
  TokenRequest,
  TokenResponse,
} from "./structures.ts";
import { isGenuineToken, signBlindly, tokenName } from "./tokens.ts";

export interface DiscoveryProviderState {
  readonly domain: string;
  readonly suite: CipherSuiteId;
  /** Lookups are sealed to it. */
  readonly sealKeys: KeyPair;
  readonly tokenSeed: Uint8Array;
  readonly trusted: TrustedIssuers;
  /** How many tokens a provider's users get together in a period, and how long that is. R8 */
  readonly tokensPerProvider: number;
  readonly periodMs: number;
  readonly identifiers: Readonly<Record<string, SnapshotFrom<typeof identifierMachine>>>;
  /** Mappings with the proofs they came with, by their names. R4 */
  readonly mappings: Readonly<Record<string, Mapping>>;
  /** For each provider the tokens it has had in the latest period it asked in. */
  readonly issued: Readonly<Record<string, { readonly period: number; readonly count: number }>>;
  readonly spent: readonly string[];
}

type DiscoveryTurn = Turn<DiscoveryProviderState>;
interface Answered {
  readonly status: number;
  readonly body: Uint8Array;
  readonly summary: string;
}

export function newDiscoveryProvider(
  domain: string,
  suite: CipherSuite,
  random: RandomSource,
  settings: {
    readonly trusted: TrustedIssuers;
    readonly tokensPerProvider?: number;
    readonly periodMs?: number;
  },
): DiscoveryProviderState {
  return {
    domain,
    suite: suite.id,
    sealKeys: suite.hpke.generateKeyPair(random),
    tokenSeed: random.bytes(32),
    tokensPerProvider: 1000,
    periodMs: 86_400_000,
    identifiers: {},
    mappings: {},
    issued: {},
    spent: [],
    ...settings,
  };
}

/** What the discovery provider does with `input` at `moment`. Pure; never throws for what it is sent. */
export function stepDiscoveryProvider(
  state: DiscoveryProviderState,
  input: Input<never>,
  moment: Moment,
  mls: MlsLayer = realMls,
): ActorStep<DiscoveryProviderState> {
  return takeTurn(state, moment, mls, (turn) => {
    if (input.type === "request") fromServer(turn, input.id, input.from, input.request);
    else if (input.type === "local") fromRecipient(turn, input.from, input.message);
  });
}

/** A messaging provider relays a lookup or asks for tokens; an issuer has mappings removed. */
function fromServer(turn: DiscoveryTurn, id: string, from: string, { path, body }: HttpRequest): void {
  const { status, summary, ...answered } =
    path === discoveryPaths.discoveryTokens
      ? giveTokens(turn, from, body)
      : path === discoveryPaths.discoveryLookup
        ? lookUp(turn, body)
        : path === discoveryPaths.removeMapping
          ? remove(turn, body)
          : nothing(404);
  emit(turn, { type: "response", id, summary, response: { status, body: answered.body } });
}

/** A recipient's client brings a mapping, or takes mappings back. */
function fromRecipient(turn: DiscoveryTurn, from: string, message: LocalMessage): void {
  if (message.type !== "askServer") return;
  const { id, operation, body: asked } = message;
  const { status, body, summary } =
    operation === "authoriseMapping"
      ? authorise(turn, asked)
      : operation === "removeMapping"
        ? remove(turn, asked)
        : nothing(404);
  const label = summary === "" ? `${status}` : summary;
  emit(turn, { type: "local", to: from, message: { type: "answer", id, status, body }, label });
}

function authorise(turn: DiscoveryTurn, body: Uint8Array): Answered {
  const mapping = attempt(() => Mapping.decode(body));
  if (isRefused(mapping)) return malformed(turn, mapping);
  const { proof, authorised } = mapping;
  const reference = hex(sha256(body));
  const known = {
    reference,
    holder: hex(proof.holderKey),
    assigned: Number(proof.assigned),
    authorised: Number(authorised),
  };
  const isGenuine = isGenuineMapping(suiteOf(turn), turn.state.trusted, mapping);
  const answered = stepIdentifier(turn, proof.identifier, { type: "authorise", mapping: known, isGenuine });
  if (answered.status === 201) {
    turn.state = { ...turn.state, mappings: { ...turn.state.mappings, [reference]: mapping } };
    const text = `keeps a mapping of ${proof.identifier}, with the proof that its holder authorised it`;
    emit(turn, { type: "decided", text, draft: "user-discovery R1" });
  }
  forgetRemoved(turn, proof.identifier);
  return answered;
}

function remove(turn: DiscoveryTurn, body: Uint8Array): Answered {
  const removal = attempt(() => Removal.decode(body));
  if (isRefused(removal)) return malformed(turn, removal);
  const { identifier, author, until } = removal;
  const proofs = mappingsOf(turn.state, identifier).map(({ proof }) => proof);
  const isGenuine = isGenuineRemoval(suiteOf(turn), turn.state.trusted, removal, proofs);
  const event = { type: "remove" as const, author, until: Number(until), isGenuine };
  const answered = stepIdentifier(turn, identifier, event);
  forgetRemoved(turn, identifier);
  return answered;
}

/** All mappings of an identifier, with their proofs. R3 */
export function mappingsOf(state: DiscoveryProviderState, identifier: string): Mapping[] {
  const known = state.identifiers[identifier]?.context.mappings ?? [];
  return known.flatMap(({ reference }) => state.mappings[reference] ?? []);
}

function lookUp(turn: DiscoveryTurn, body: Uint8Array): Answered {
  const lookup = attempt(() => openLookup(suiteOf(turn), turn.state.sealKeys.privateKey, body));
  if (isRefused(lookup)) return malformed(turn, lookup);
  if (lookup === undefined) return nothing(400);
  const answer = answerTo(turn, lookup);
  const sealed = sealAnswer(suiteOf(turn), lookup.replyKey, answer, turn.random);
  return sealed === undefined ? nothing(400) : { status: 200, body: sealed, summary: "sealed" };
}

function answerTo(turn: DiscoveryTurn, { identifier, token }: Lookup): Omit<LookupAnswer, "padding"> {
  const { tokenSeed, spent } = turn.state;
  const name = tokenName(token);
  const isGood = isGenuineToken(tokenSeed, BigInt(periodOf(turn)), token) && !spent.includes(name);
  if (!isGood) {
    emit(turn, {
      type: "decided",
      text: "does not look up without a fresh token",
      draft: "user-discovery R8",
    });
    return { code: "tokenRefused", mappings: [] };
  }
  turn.state = { ...turn.state, spent: [...spent, name] };
  const mappings = mappingsOf(turn.state, identifier);
  const text = `answers a lookup of ${identifier} with ${mappings.length} mappings; it does not know whose it is`;
  emit(turn, { type: "decided", text, draft: "user-discovery R6" });
  return { code: "answered", mappings };
}

function giveTokens(turn: DiscoveryTurn, provider: string, body: Uint8Array): Answered {
  const request = attempt(() => TokenRequest.decode(body));
  if (isRefused(request)) return malformed(turn, request);
  const period = periodOf(turn);
  const before = turn.state.issued[provider];
  const count = (before?.period === period ? before.count : 0) + request.blinded.length;
  if (count > turn.state.tokensPerProvider) return nothing(429);
  const evaluated = signBlindly(turn.state.tokenSeed, BigInt(period), request.blinded);
  if (evaluated === undefined) return nothing(400);
  turn.state = { ...turn.state, issued: { ...turn.state.issued, [provider]: { period, count } } };
  const response = TokenResponse.encode({ period: BigInt(period), evaluated });
  return { status: 200, body: response, summary: "TokenResponse" };
}

function stepIdentifier(
  turn: DiscoveryTurn,
  identifier: string,
  event: EventFrom<typeof identifierMachine>,
): Answered {
  const before = turn.state.identifiers[identifier] ?? first(identifierMachine, { identifier });
  const { snapshot, effects } = advance(turn, identifierMachine, before, event, identifier);
  turn.state = { ...turn.state, identifiers: { ...turn.state.identifiers, [identifier]: snapshot } };
  return nothing(effects.some(({ type }) => type === "accept") ? 201 : 403);
}

/** What is no longer answered with is not kept either. R9 */
function forgetRemoved(turn: DiscoveryTurn, identifier: string): void {
  const kept = new Set(
    turn.state.identifiers[identifier]?.context.mappings.map(({ reference }) => reference),
  );
  const mappings = Object.entries(turn.state.mappings).filter(
    ([reference, { proof }]) => proof.identifier !== identifier || kept.has(reference),
  );
  turn.state = { ...turn.state, mappings: Object.fromEntries(mappings) };
}

function periodOf(turn: DiscoveryTurn): number {
  return Math.floor(turn.now / turn.state.periodMs);
}

function suiteOf(turn: DiscoveryTurn): CipherSuite {
  return turn.mls.suite(turn.state.suite);
}

function malformed(turn: DiscoveryTurn, refused: Refused): Answered {
  emit(turn, { type: "noticed", ...refused });
  return nothing(400);
}

function nothing(status: number): Answered {
  return { status, body: noBytes, summary: "" };
}
