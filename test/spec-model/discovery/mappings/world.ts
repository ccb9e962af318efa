/** A discovery provider, an issuer of telephone numbers, Bob who has one, and Alice's provider that relays for her. */
import type { HttpRequest, Input, LocalMessage, Output } from "../../../../spec-model/actor.ts";
import { noBytes, utf8 } from "../../../../spec-model/bytes.ts";
import {
  authoriseMapping,
  blindTokens,
  ControlProof,
  ControlRequest,
  type DiscoveryProviderState,
  discoveryPaths,
  finishTokens,
  type IdentifierProviderState,
  Mapping,
  newDiscoveryProvider,
  newIdentifierProvider,
  openAnswer,
  type Service,
  sealLookup,
  stepDiscoveryProvider,
  stepIdentifierProvider,
  type Token,
  TokenRequest,
  TokenResponse,
} from "../../../../spec-model/discovery/mappings/index.ts";
import { cipherSuite, type KeyPair } from "../../../../spec-model/mls/index.ts";
import { expandEntropy } from "../../../../spec-model/random.ts";

export const suite = cipherSuite(1);
export const random = expandEntropy(utf8("test"), "discovery world");
export const number = "+12125551212";
export const bob = "mimi://b.example/u/bob";
export const bobClient = "mimi://b.example/d/bob/ClientB1";
export const start = 1_767_225_600_000;

export function issuerOf(assigned: IdentifierProviderState["assigned"]): IdentifierProviderState {
  const settings = { discoveryProvider: "dp.example", assigned };
  return newIdentifierProvider("phone.example", suite, expandEntropy(utf8("issuer"), "keys"), settings);
}

export const issuer = issuerOf({ [number]: { user: bob, since: start - 1000 } });
export const trusted = { [issuer.domain]: issuer.keys.publicKey };

export function discoveryProvider(limits: { tokensPerProvider?: number; periodMs?: number } = {}) {
  return newDiscoveryProvider("dp.example", suite, random, { trusted, ...limits });
}

export const newHolder = (): KeyPair => suite.signature.generateKeyPair(random);

const momentAt = (now: number) => ({ now, entropy: random.bytes(32) });
const asked = (
  operation: "proveControl" | "authoriseMapping" | "removeMapping",
  body: Uint8Array,
): LocalMessage => ({
  type: "askServer",
  id: "1",
  operation,
  domain: "",
  body,
});
const answerIn = (outputs: readonly Output[]) => {
  for (const output of outputs) {
    if (output.type === "local" && output.message.type === "answer") return output.message;
    if (output.type === "response") return output.response;
  }
  throw new Error("nothing was answered");
};

/** The issuer's answer to a client that wants a proof. */
export function proofFrom(
  state: IdentifierProviderState,
  client: string,
  holder: KeyPair,
  identifier = number,
) {
  const body = ControlRequest.encode({ identifier, holderKey: holder.publicKey });
  const input: Input<never> = { type: "local", from: client, message: asked("proveControl", body) };
  const { status, body: proof } = answerIn(stepIdentifierProvider(state, input, momentAt(start)).outputs);
  return { status, proof: status === 200 ? ControlProof.decode(proof) : undefined };
}

export function mappingOf(
  holder: KeyPair,
  services: Service[],
  authorised = start,
  proof = proofFrom(issuer, bobClient, holder).proof,
): Mapping {
  if (proof === undefined) throw new Error("no proof");
  return authoriseMapping(suite, holder, { proof, services, authorised: BigInt(authorised) });
}

/** A client's request to the discovery provider. */
export function tell(
  state: DiscoveryProviderState,
  operation: "authoriseMapping" | "removeMapping",
  body: Uint8Array,
): { state: DiscoveryProviderState; status: number } {
  const input: Input<never> = { type: "local", from: bobClient, message: asked(operation, body) };
  const step = stepDiscoveryProvider(state, input, momentAt(start));
  return { state: step.state, status: answerIn(step.outputs).status };
}

/** A provider's request to the discovery provider. */
export function relay(
  state: DiscoveryProviderState,
  path: string,
  body: Uint8Array,
  from = "a.example",
  now = start,
): { state: DiscoveryProviderState; status: number; body: Uint8Array; outputs: readonly Output[] } {
  const request: HttpRequest = { method: "POST", path, host: state.domain, from: `mimi@${from}`, body };
  const step = stepDiscoveryProvider(
    state,
    { type: "request", id: "1", from, certificate: [from], request },
    momentAt(now),
  );
  return { state: step.state, outputs: step.outputs, ...answerIn(step.outputs) };
}

/** So many tokens for a user of `from`. */
export function tokens(state: DiscoveryProviderState, count: number, from = "a.example", now = start) {
  const blinded = blindTokens(count, random);
  const body = TokenRequest.encode({ blinded: blinded.map((each) => each.blinded) });
  const answered = relay(state, discoveryPaths.discoveryTokens, body, from, now);
  if (answered.status !== 200) return { ...answered, tokens: undefined, request: body };
  const { period, evaluated } = TokenResponse.decode(answered.body);
  return { ...answered, tokens: finishTokens(blinded, period, evaluated), request: body };
}

export function lookUp(state: DiscoveryProviderState, identifier: string, token: Token, now = start) {
  const sealed = sealLookup(suite, state.sealKeys.publicKey, { identifier, token }, random);
  if (sealed === undefined) throw new Error("not sealed");
  const answered = relay(state, discoveryPaths.discoveryLookup, sealed.body, "a.example", now);
  const answer = openAnswer(suite, sealed.replyKeys.privateKey, answered.body);
  return { ...answered, sealed: sealed.body, answer };
}

/** One lookup with a token of its own. */
export function lookUpOnce(state: DiscoveryProviderState, identifier = number) {
  const got = tokens(state, 1);
  const token = got.tokens?.[0] ?? { period: 0n, input: noBytes, output: noBytes };
  return lookUp(got.state, identifier, token);
}

export const encoded = (mapping: Mapping) => Mapping.encode(mapping);
