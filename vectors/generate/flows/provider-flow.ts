/** A provider's seat in a recorded run as a flow: its setup, its transcript, and what it did. */
import type { Output } from "../../../spec-model/actor.ts";
import { hex } from "../../../spec-model/bytes.ts";
import { directoryDocument } from "../../../spec-model/endpoints/index.ts";
import { GroupInfoRequest } from "../../../spec-model/group-info/index.ts";
import type { KeyPair } from "../../../spec-model/mls/index.ts";
import type { ClientState } from "../../../spec-model/participant/index.ts";
import type { ProviderState } from "../../../spec-model/provider/index.ts";
import {
  namedOutputs,
  type ProviderSeat,
  providerSeat,
} from "../../adapters/typescript/flows/provider-seat.ts";
import type { Json, JsonObject } from "../../format/case.ts";
import { messageToJson, plainJson } from "../../format/flow-messages.ts";
import {
  type FreeMember,
  type HexKeyPair,
  inOrder,
  type ProviderFlowOutput,
  type ProviderFlowStep,
  type ProviderSeatSetup,
} from "../../format/flow-steps.ts";
import { comparable } from "../../verify/free-members.ts";
import type { RecordedStep, Recording } from "./record.ts";

export interface ProviderFlow {
  readonly setup: ProviderSeatSetup;
  readonly steps: readonly ProviderFlowStep[];
  /** As they are compared. */
  readonly outputs: readonly (readonly ProviderFlowOutput[])[];
}

/** The flow of the provider at `domain`. Steps in which nothing reaches it, because it is down, are left out. */
export function providerFlow(recording: Recording, domain: string): ProviderFlow {
  const recorded = recording.actors.get(domain);
  if (recorded === undefined) throw new Error(`nobody is called ${domain}`);
  const setup = setupOf(recorded.first as ProviderState);
  const secrets = {
    keys: groupInfoKeys(recording),
    encapsulated: encapsulatedExchanges(recorded.steps),
  };
  let seat: ProviderSeat = providerSeat(setup);
  const steps: ProviderFlowStep[] = [];
  const outputs: (readonly ProviderFlowOutput[])[] = [];
  for (const each of recorded.steps) {
    if ((each.before as ProviderState).isDown && !isRestart(each)) continue;
    const step = stepOf(seat, each, secrets);
    const named = namedOutputs(seat, each.outputs);
    seat = named.seat;
    steps.push(step);
    outputs.push(
      comparable(inOrder(named.outputs) as Json, step.free ?? []) as unknown as ProviderFlowOutput[],
    );
  }
  return { setup, steps, outputs };
}

function setupOf({
  domain,
  keys,
  gateway,
  accounts,
  policy,
  consents,
  assetHosts,
  roomEnvelope,
  directory,
}: ProviderState): ProviderSeatSetup {
  return {
    domain,
    directory: directoryDocument(directory),
    cipherSuite: gateway.suite,
    signature: pair(keys.signature),
    franking: pair(keys.franking),
    receiver: pair(keys.receiver),
    gateway: { keyId: gateway.keyId, ...pair(gateway.keys) },
    hubKey: hex(keys.hubKey),
    accounts: plainJson(Object.values(accounts)) as Json[],
    consents: Object.values(consents).map(
      ({ context }) => plainJson(context.scope) as unknown as ProviderSeatSetup["consents"][number],
    ),
    policy: plainJson(policy) as JsonObject,
    assetHosts: plainJson(assetHosts) as JsonObject,
    ...(roomEnvelope === undefined ? {} : { roomEnvelope: plainJson(roomEnvelope) as JsonObject }),
  };
}

function isRestart({ input }: RecordedStep): boolean {
  return input.type === "intention" && (input.intention as { readonly type: string }).type === "restart";
}

/** What is needed to say in which answers implementations differ. */
interface Secrets {
  readonly keys: ReadonlyMap<string, string>;
  /** Exchanges whose answer is encrypted to whoever has asked. */
  readonly encapsulated: ReadonlySet<string>;
}

function encapsulatedExchanges(steps: readonly RecordedStep[]): ReadonlySet<string> {
  const requests = steps.flatMap(({ input }) => (input.type === "request" ? [input] : []));
  const sealed = requests.filter(({ request }) => request.path.includes("ohttp") && request.body.length > 0);
  return new Set(sealed.map(({ id }) => id));
}

/** The private keys that GroupInfo was asked to be encrypted to, by their public keys. */
function groupInfoKeys({ actors }: Recording): ReadonlyMap<string, string> {
  const steps = [...actors.values()].flatMap((actor) => actor.steps);
  return new Map(
    steps.flatMap(({ outputs, after }) =>
      outputs.flatMap((output): [string, string][] => {
        if (output.type !== "local" || output.message.type !== "ask") return [];
        const { operation, room, body } = output.message;
        const key = (after as ClientState).rooms?.[room]?.groupInfoKey;
        if (operation !== "groupInfo" || key === undefined) return [];
        return [[hex(GroupInfoRequest.decode(body).groupInfoPublicKey), hex(key)]];
      }),
    ),
  );
}

function stepOf(seat: ProviderSeat, recorded: RecordedStep, secrets: Secrets): ProviderFlowStep {
  const { at, input, after } = recorded;
  const names = new Map(Object.entries(seat.exchanges).map(([name, id]) => [id, name]));
  const free = freeIn(recorded, secrets);
  const common = { at, ...(free.length === 0 ? {} : { free }) };
  switch (input.type) {
    case "request": {
      const { method, path, host, from, body } = input.request;
      return {
        ...common,
        kind: "request",
        exchange: input.id,
        peer: input.from,
        method,
        host,
        path,
        from,
        body: hex(body),
      };
    }
    case "response": {
      const { status, body, retryAfter } = input.response;
      const exchange = names.get(input.id) ?? input.id;
      const wait = retryAfter === undefined ? {} : { retryAfter };
      return { ...common, kind: "answer", exchange, status, body: hex(body), ...wait };
    }
    case "noResponse":
      return { ...common, kind: "noAnswer", exchange: names.get(input.id) ?? input.id };
    case "local":
      return { ...common, kind: "client", client: input.from, message: messageToJson(input.message) };
    case "wake": {
      const [room = "", provider = ""] = JSON.parse(input.id) as string[];
      return { ...common, kind: "retry", room, provider };
    }
    case "intention": {
      const wish = plainJson(input.intention) as JsonObject;
      const { hubKey, franking } = (after as ProviderState).keys;
      if (wish["type"] === "rotateHubKey")
        return { ...common, kind: "operator", wish: { ...wish, hubKey: hex(hubKey) } };
      if (wish["type"] === "rotateFrankingKey")
        return { ...common, kind: "operator", wish: { ...wish, franking: pair(franking) } };
      return { ...common, kind: "operator", wish };
    }
  }
}

/** What in the answers of a step a right implementation may have otherwise. */
function freeIn({ input, outputs }: RecordedStep, { keys, encapsulated }: Secrets): FreeMember[] {
  if (outputs.some((output) => output.type === "response" && encapsulated.has(output.id))) {
    return [{ structure: "encapsulated response", because: "it is encrypted with fresh randomness" }];
  }
  const asked = askedIn(input);
  if (asked === undefined || !outputs.some(isAnswer)) return [];
  if (asked.operation === "update") {
    return [{ structure: "UpdateRoomResponse", because: "its description is for people" }];
  }
  if (asked.operation !== "groupInfo") return [];
  const openWith = keys.get(publicKeyIn(asked.body));
  if (openWith === undefined) return [];
  return [
    {
      structure: "GroupInfoResponse",
      because: "it is encrypted to a fresh key, and signed with that",
      openWith,
    },
  ];
}

function publicKeyIn(body: Uint8Array): string {
  try {
    return hex(GroupInfoRequest.decode(body).groupInfoPublicKey);
  } catch {
    return "";
  }
}

function askedIn(
  input: RecordedStep["input"],
): { readonly operation: string; readonly body: Uint8Array } | undefined {
  if (input.type === "local" && input.message.type === "ask") return input.message;
  if (input.type !== "request") return undefined;
  const { path, body } = input.request;
  const operation = ["update", "groupInfo"].find((name) => path.includes(`/${name}/`));
  return operation === undefined ? undefined : { operation, body };
}

function isAnswer(output: Output): boolean {
  return output.type === "response" || (output.type === "local" && output.message.type === "answer");
}

function pair({ publicKey, privateKey }: KeyPair): HexKeyPair {
  return { publicKey: hex(publicKey), privateKey: hex(privateKey) };
}
