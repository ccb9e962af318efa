/** Bob's provider, Alice's client that asks for key material, and what the provider sends. */
import type { HttpRequest, LocalMessage, Output } from "../../../spec-model/actor.ts";
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import { ConsentEntry, entryFor, type Scope } from "../../../spec-model/consent/index.ts";
import { directoryAt, type EndpointName, endpointUrl } from "../../../spec-model/endpoints/index.ts";
import { cipherSuite } from "../../../spec-model/mls/index.ts";
import {
  type ClientIntention,
  type ClientState,
  newClient,
  stepClient,
} from "../../../spec-model/participant/index.ts";
import {
  newProvider,
  type ProviderSettings,
  type ProviderState,
  stepProvider,
} from "../../../spec-model/provider/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";

export const alice = "mimi://a.example/u/alice";
export const aliceClient = "mimi://a.example/d/alice/ClientA1";
export const bob = "mimi://b.example/u/bob";
export const bobClients = ["mimi://b.example/d/bob/ClientB1", "mimi://b.example/d/bob/ClientB2"] as const;
export const room = "mimi://a.example/r/club";
export const suite = cipherSuite(1);
export const moment = { now: 1_767_225_600_000, entropy: new Uint8Array(32) };
export const anyRoom: Scope = { requester: alice, target: bob, room: undefined };

export function providerB(settings: ProviderSettings = {}): ProviderState {
  const account = { user: bob, clients: [...bobClients], profile: [] };
  const random = expandEntropy(utf8("b"), "provider");
  const state = newProvider("b.example", suite, random, { accounts: [account], ...settings });
  return { ...state, peers: { "a.example": directoryAt("https://mimi.a.example/v1") } };
}

export interface Told {
  readonly state: ProviderState;
  readonly outputs: readonly Output[];
  /** The status of the answer, if there is one. */
  readonly status: number | undefined;
  readonly body: Uint8Array;
  /** The requests that the provider sends. */
  readonly requests: readonly Extract<Output, { type: "request" }>[];
  /** What it tells its own clients, answers apart. */
  readonly news: readonly { readonly client: string; readonly message: LocalMessage }[];
  readonly noticed: readonly string[];
  readonly decided: readonly string[];
}

function told({ state, outputs }: { state: ProviderState; outputs: readonly Output[] }): Told {
  const answers = outputs.flatMap((output) => {
    if (output.type === "response") return [output.response];
    return output.type === "local" && output.message.type === "answer" ? [output.message] : [];
  });
  return {
    state,
    outputs,
    status: answers[0]?.status,
    body: answers[0]?.body ?? noBytes,
    requests: outputs.filter((output) => output.type === "request"),
    news: outputs.flatMap((output) =>
      output.type === "local" && output.message.type !== "answer"
        ? [{ client: output.to, message: output.message }]
        : [],
    ),
    noticed: outputs.flatMap((output) => (output.type === "noticed" ? [output.code] : [])),
    decided: outputs.flatMap((output) => (output.type === "decided" ? [output.text] : [])),
  };
}

/** Another provider asks. */
export function post(
  state: ProviderState,
  endpoint: EndpointName,
  subject: string,
  body: Uint8Array,
  from = "a.example",
): Told {
  const url = endpointUrl(state.directory, endpoint, subject);
  if (!url.ok) throw url.error;
  const request: HttpRequest = {
    method: "POST",
    path: url.value.path,
    host: state.domain,
    from: `mimi@${from}`,
    body,
  };
  return told(stepProvider(state, { type: "request", id: "1", from, certificate: [from], request }, moment));
}

/** An own client says something. */
export function say(state: ProviderState, client: string, message: LocalMessage): Told {
  return told(stepProvider(state, { type: "local", from: client, message }, moment));
}

/** The server that the provider's own request went to answers it. */
export function respond(state: ProviderState, id: string, status: number, body = noBytes): Told {
  const certificate = [state.awaiting[id]?.to ?? ""];
  return told(stepProvider(state, { type: "response", id, certificate, response: { status, body } }, moment));
}

export function entry(operation: ConsentEntry["consentOperation"], scope: Scope = anyRoom): Uint8Array {
  return ConsentEntry.encode(entryFor(scope, operation));
}

export function askServer(
  operation: Extract<LocalMessage, { type: "askServer" }>["operation"],
  domain: string,
  body: Uint8Array,
): LocalMessage {
  return { type: "askServer", id: "1", operation, domain, body };
}

export function clientNamed(client: string, user: string): ClientState {
  const domain = user.split("/")[2] ?? "";
  const provider = { domain, signatureKey: noBytes, frankingKey: noBytes };
  return newClient({ client, user }, provider, suite, expandEntropy(utf8(client), "client"));
}

/** What a client sends for an intention. */
export function sent(client: ClientState, intention: ClientIntention): LocalMessage {
  for (const output of stepClient(client, { type: "intention", intention }, moment).outputs) {
    if (output.type === "local") return output.message;
  }
  throw new Error("the client says nothing");
}

/** Alice's request for Bob's key material. */
export function claim(target = bob, where = room): Uint8Array {
  const message = sent(clientNamed(aliceClient, alice), {
    type: "fetchKeyMaterial",
    room: where,
    user: target,
  });
  if (message.type !== "ask") throw new Error("no request");
  return message.body;
}

/** The provider with so many KeyPackages of Bob's clients. */
export function stocked(state: ProviderState, ...counts: readonly number[]): ProviderState {
  let next = state;
  counts.forEach((count, i) => {
    const client = bobClients[i] ?? bobClients[0];
    next = say(next, client, sent(clientNamed(client, bob), { type: "publishKeyPackages", count })).state;
  });
  return next;
}
