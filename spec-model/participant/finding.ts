/** Being found and finding others through a discovery provider. user-discovery requirements R1 to R10 */
import type {
  BlindedToken,
  ControlProof as Proof,
  Token,
  TrustedIssuers,
} from "../discovery/mappings/index.ts";
import {
  authoriseMapping,
  blindTokens,
  ControlProof,
  ControlRequest,
  finishTokens,
  isGenuineMapping,
  Mapping,
  openAnswer,
  Removal,
  removeOwn,
  type Service,
  sealLookup,
  TokenRequest,
  TokenResponse,
} from "../discovery/mappings/index.ts";
import type { FoundService } from "../introduction/index.ts";
import type { KeyPair } from "../mls/index.ts";
import { attempt, isRefused, RoomError } from "../room/index.ts";
import { emit } from "../turn.ts";
import type { Ask, ClientTurn } from "./client-state.ts";
import { askProvider, askServer } from "./server-asks.ts";

/** Whom a client asks about identifiers, and whom it believes. */
export interface DiscoveryTrust {
  readonly provider: { readonly domain: string; readonly sealKey: Uint8Array };
  readonly issuers: TrustedIssuers;
}

export interface Finding {
  readonly trust: DiscoveryTrust | undefined;
  /** With this key the user signs what leads to it; made when it is first needed. */
  readonly holder: KeyPair | undefined;
  /** Tokens for lookups to come. */
  readonly tokens: readonly Token[];
}

export const nothingFound: Finding = { trust: undefined, holder: undefined, tokens: [] };

/** What a lookup is for: an introduction by name, or the user's curiosity. */
export interface LookupPurpose {
  readonly identifier: string;
  readonly introduction: string | undefined;
}

/** What a lookup has led to; undefined: to nothing that can be used. */
export type Discovered =
  | { readonly isMapped: boolean; readonly services: readonly FoundService[] }
  | undefined;

/** How many tokens a client gets at a time. */
const tokensAtOnce = 4;

/** First the issuer proves that the identifier is the user's; then the user's own word goes to the discovery provider. */
export function beFound(turn: ClientTurn, identifier: string, issuer: string, services: Service[]): void {
  const holder = holderKeys(turn);
  const body = ControlRequest.encode({ identifier, holderKey: holder.publicKey });
  askServer(turn, "proveControl", issuer, body, "Prove control", { kind: "proveControl", services });
}

export function receiveProof(
  turn: ClientTurn,
  { services }: Extract<Ask, { kind: "proveControl" }>,
  status: number,
  body: Uint8Array,
): void {
  const { trust } = turn.state.finding;
  const proof = status === 200 ? attempt(() => ControlProof.decode(body)) : undefined;
  if (trust === undefined || proof === undefined || isRefused(proof)) {
    emit(turn, { type: "decided", text: `gets no proof of control: ${status}`, draft: "user-discovery R1" });
    return;
  }
  const mapping = Mapping.encode(authorised(turn, proof, services));
  const label = "Authorise mapping";
  askServer(turn, "authoriseMapping", trust.provider.domain, mapping, label, { kind: "mapping" });
}

export function stopBeingFound(turn: ClientTurn, identifier: string): void {
  const { trust } = turn.state.finding;
  if (trust === undefined) return;
  const order = { identifier, until: BigInt(turn.now) };
  const body = Removal.encode(removeOwn(suiteOf(turn), holderKeys(turn), order));
  askServer(turn, "removeMapping", trust.provider.domain, body, "Remove mapping", { kind: "mapping" });
}

export function receiveMappingAnswer(turn: ClientTurn, status: number): void {
  if (status === 201) return;
  const text = `the discovery provider does not take the mapping: ${status}`;
  emit(turn, { type: "decided", text, draft: "user-discovery R1" });
}

/** Looks up an identifier; gets tokens before, where there are none left. False: there is nobody to ask. */
export function lookUp(turn: ClientTurn, purpose: LookupPurpose): boolean {
  const { trust, tokens } = turn.state.finding;
  if (trust === undefined) return false;
  const [token, ...others] = tokens;
  if (token === undefined) {
    askForTokens(turn, trust, purpose);
    return true;
  }
  const content = { identifier: purpose.identifier, token };
  const sealed = sealLookup(suiteOf(turn), trust.provider.sealKey, content, turn.random);
  if (sealed === undefined) return false;
  keep(turn, { tokens: others });
  const { body, replyKeys } = sealed;
  const asked = { kind: "lookup", replyKeys, ...purpose } as const;
  askProvider(turn, "discoveryLookup", trust.provider.domain, body, "Look up", asked);
  return true;
}

function askForTokens(turn: ClientTurn, trust: DiscoveryTrust, purpose: LookupPurpose): void {
  const blinded = blindTokens(tokensAtOnce, turn.random);
  const body = TokenRequest.encode({ blinded: blinded.map((each) => each.blinded) });
  const asked = { kind: "tokens", blinded, ...purpose } as const;
  askProvider(turn, "discoveryTokens", trust.provider.domain, body, "Get tokens", asked);
}

/** The tokens are there: goes on with the lookup. False: there are none. */
export function receiveTokens(
  turn: ClientTurn,
  { blinded, ...purpose }: LookupPurpose & { readonly blinded: readonly BlindedToken[] },
  status: number,
  body: Uint8Array,
): boolean {
  const response = status === 200 ? attempt(() => TokenResponse.decode(body)) : undefined;
  if (response === undefined || isRefused(response)) return false;
  const tokens = finishTokens(blinded, response.period, response.evaluated);
  if (tokens === undefined || tokens.length === 0) return false;
  keep(turn, { tokens });
  return lookUp(turn, { identifier: purpose.identifier, introduction: purpose.introduction });
}

/** What the discovery provider has answered, as far as it is genuine. R4 */
export function receiveLookup(
  turn: ClientTurn,
  { replyKeys, identifier }: Extract<Ask, { kind: "lookup" }>,
  status: number,
  body: Uint8Array,
): Discovered {
  const suite = suiteOf(turn);
  const answer = attempt(() => {
    const opened = status === 200 ? openAnswer(suite, replyKeys.privateKey, body) : undefined;
    if (opened?.code === "answered") return opened.mappings;
    throw new RoomError("lookupAnswered", "user-discovery R8", `the lookup was not answered: ${status}`);
  });
  if (isRefused(answer)) {
    emit(turn, { type: "noticed", ...answer });
    return undefined;
  }
  const issuers = turn.state.finding.trust?.issuers ?? {};
  const genuine = answer.filter(
    (mapping) => mapping.proof.identifier === identifier && isGenuineMapping(suite, issuers, mapping),
  );
  const services = genuine.flatMap((mapping) => mapping.services);
  const text = `verifies ${genuine.length} of ${answer.length} mappings: ${listed(services)}`;
  emit(turn, { type: "decided", text, draft: "user-discovery R4" });
  return { isMapped: genuine.length > 0, services };
}

function listed(services: readonly FoundService[]): string {
  if (services.length === 0) return "no service";
  return services.map(({ domain, tags }) => `${domain} (${tags.join(", ")})`).join(", ");
}

function authorised(turn: ClientTurn, proof: Proof, services: Service[]): Mapping {
  const content = { proof, services, authorised: BigInt(turn.now) };
  return authoriseMapping(suiteOf(turn), holderKeys(turn), content);
}

function holderKeys(turn: ClientTurn): KeyPair {
  const holder = turn.state.finding.holder ?? suiteOf(turn).signature.generateKeyPair(turn.random);
  keep(turn, { holder });
  return holder;
}

function keep(turn: ClientTurn, changed: Partial<Finding>): void {
  turn.state = { ...turn.state, finding: { ...turn.state.finding, ...changed } };
}

function suiteOf(turn: ClientTurn) {
  return turn.mls.suite(turn.state.suite);
}
