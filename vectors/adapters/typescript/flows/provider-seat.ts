/** The model in a provider's seat: pure steps of the model, fed by the transcript. */
import type { Input, Output } from "../../../../spec-model/actor.ts";
import { hex, utf8 } from "../../../../spec-model/bytes.ts";
import type { Deviation } from "../../../../spec-model/deviation.ts";
import { parseDirectory } from "../../../../spec-model/endpoints/index.ts";
import { realMls } from "../../../../spec-model/mls/index.ts";
import type { ProviderIntention } from "../../../../spec-model/participant/index.ts";
import {
  newProvider,
  type ProviderSettings,
  type ProviderState,
  stepProvider,
} from "../../../../spec-model/provider/index.ts";
import { expandEntropy } from "../../../../spec-model/random.ts";
import type { Json, JsonObject } from "../../../format/case.ts";
import { messageFromJson, messageToJson } from "../../../format/flow-messages.ts";
import {
  type HexKeyPair,
  inOrder,
  type ProviderFlowOutput,
  type ProviderFlowStep,
  type ProviderSeatSetup,
} from "../../../format/flow-steps.ts";
import { octetsOf } from "../input.ts";

/** The provider, and how the transcript calls its exchanges. */
export interface ProviderSeat {
  readonly state: ProviderState;
  /** The model's names by the transcript's. */
  readonly exchanges: Readonly<Record<string, string>>;
  /** How many requests have gone to each provider. */
  readonly sent: Readonly<Record<string, number>>;
}

export function providerSeat(setup: ProviderSeatSetup): ProviderSeat {
  const { domain, accounts, consents, policy, assetHosts, roomEnvelope } = setup;
  const settings = { accounts, consents, policy, assetHosts, roomEnvelope } as unknown as ProviderSettings;
  const begun = newProvider(
    domain,
    realMls.suite(setup.cipherSuite),
    expandEntropy(utf8("seat"), "keys"),
    settings,
  );
  const { keyId, ...gateway } = setup.gateway;
  const directory = parseDirectory(setup.directory);
  const state = {
    ...begun,
    directory: directory.ok ? directory.value : begun.directory,
    keys: {
      domain,
      signature: keyPair(setup.signature),
      franking: keyPair(setup.franking),
      receiver: keyPair(setup.receiver),
      hubKey: octetsOf(setup.hubKey),
    },
    gateway: { ...begun.gateway, keyId, keys: keyPair(gateway) },
  };
  return { state, exchanges: {}, sent: {} };
}

/** `salt` is the source of what the provider draws at random: nothing that is compared may depend on it. */
export function stepProviderSeat(
  seat: ProviderSeat,
  step: ProviderFlowStep,
  salt: string,
  deviation?: Deviation,
): {
  readonly seat: ProviderSeat;
  readonly outputs: readonly ProviderFlowOutput[];
  readonly observed: readonly Output[];
} {
  const entropy = expandEntropy(utf8(salt), "flow").bytes(32);
  const taken = stepProvider(seat.state, inputOf(seat, step), { now: step.at, entropy, deviation });
  const named = namedOutputs({ ...seat, state: withGivenKey(taken.state, step) }, taken.outputs);
  return { seat: named.seat, outputs: inOrder(named.outputs), observed: taken.outputs };
}

/** What the provider does, in the words of transcripts. */
export function namedOutputs(
  before: ProviderSeat,
  all: readonly Output[],
): { readonly seat: ProviderSeat; readonly outputs: readonly ProviderFlowOutput[] } {
  let seat = before;
  const outputs = all.flatMap((output): ProviderFlowOutput[] => {
    switch (output.type) {
      case "request": {
        const { to, id, request } = output;
        const count = (seat.sent[to] ?? 0) + 1;
        const exchange = `to ${to} ${count}`;
        seat = {
          ...seat,
          sent: { ...seat.sent, [to]: count },
          exchanges: { ...seat.exchanges, [exchange]: id },
        };
        const { method, path, body } = request;
        return [{ kind: "request", exchange, to, method, path, body: hex(body) }];
      }
      case "response": {
        const { status, body } = output.response;
        return [{ kind: "answer", exchange: output.id, status, body: hex(body) }];
      }
      case "local":
        return [{ kind: "client", to: output.to, message: messageToJson(output.message) }];
      default:
        return [];
    }
  });
  return { seat, outputs };
}

function inputOf(seat: ProviderSeat, step: ProviderFlowStep): Input<ProviderIntention> {
  const exchangeIn = (name: string) => seat.exchanges[name] ?? name;
  switch (step.kind) {
    case "request": {
      const { exchange: id, peer, method, path, host, from, body } = step;
      const request = { method, path, host, from, body: octetsOf(body) };
      return { type: "request", id, from: peer, certificate: [peer], request };
    }
    case "answer": {
      const { exchange, status, body, retryAfter } = step;
      const response = { status, body: octetsOf(body), ...(retryAfter === undefined ? {} : { retryAfter }) };
      // The seat's own exchanges are named by whom they go to: `to b.example 1`.
      const certificate = [exchange.split(" ")[1] ?? ""];
      return { type: "response", id: exchangeIn(exchange), certificate, response };
    }
    case "noAnswer":
      return { type: "noResponse", id: exchangeIn(step.exchange) };
    case "client":
      return { type: "local", from: step.client, message: messageFromJson(step.message) };
    case "operator":
      return { type: "intention", intention: wishOf(step.wish) };
    case "retry":
      return { type: "wake", id: JSON.stringify([step.room, step.provider]) };
  }
}

/** A new franking key is given with the wish for it. */
function wishOf(wish: JsonObject): ProviderIntention {
  const intention = wish as unknown as ProviderIntention;
  if (intention.type !== "rotateFrankingKey") return intention;
  return { ...intention, franking: keyPair(wish["franking"] as unknown as HexKeyPair) };
}

/** A new hub_key is drawn at random: the transcript says which it is. */
function withGivenKey(state: ProviderState, step: ProviderFlowStep): ProviderState {
  const hubKey: Json | undefined = step.kind === "operator" ? (step.wish as JsonObject)["hubKey"] : undefined;
  return hubKey === undefined ? state : { ...state, keys: { ...state.keys, hubKey: octetsOf(hubKey) } };
}

function keyPair({ publicKey, privateKey }: HexKeyPair) {
  return { publicKey: octetsOf(publicKey), privateKey: octetsOf(privateKey) };
}
