/** Implementations that make one mistake in their seat. Up to the last step of a case they do what the model does. */
import type { AnyStateMachine } from "xstate";
import { deviationOf } from "../../simulator/variants/index.ts";
import type { Deviation } from "../../spec-model/deviation.ts";
import { FanoutMessage } from "../../spec-model/fan-out/index.ts";
import {
  cipherSuite,
  type MlsApplication,
  type MlsLayer,
  type Provider,
} from "../../spec-model/mls/index.ts";
import { attempt, isRefused } from "../../spec-model/room/index.ts";
import { clientPlayer, providerPlayer } from "../adapters/typescript/flows/play.ts";
import { octetsOf } from "../adapters/typescript/input.ts";
import type { Json, JsonObject } from "../format/case.ts";
import {
  type ClientFlowStep,
  type ClientStep,
  type FlowChange,
  isDelivery,
  type ProviderFlowStep,
  stepsToPlay,
} from "../format/flow-steps.ts";
import { comparable } from "../verify/free-members.ts";
import type { LoadedCase } from "../verify/index.ts";
import { blindFounders, credulousFollowers } from "./flow-founders.ts";
import { blindClients, blindProviders } from "./flow-readers.ts";
import { lenientPrimitives } from "./lenient-primitives.ts";

interface FlowMutant {
  readonly id: string;
  readonly says: string;
  readonly survives: (each: LoadedCase) => boolean;
}

/** What a mutant does in the last step, as it is compared; undefined where it comes to no end. */
type LastStep = (each: LoadedCase) => Json | undefined;

/** A guard of a machine that is never true: the branch that it opens is missing. */
const missing: readonly (readonly [machine: string, guard: string, says: string])[] = [
  ["hub room", "isRepeated", "a hub that recognises no request that it has answered before"],
  ["hub room", "isForAnotherEpoch", "a hub that does not look at the epoch of an update"],
  ["hub room", "isFromTheFuture", "a hub that takes messages of epochs to come"],
  ["hub room", "isUnauthorised", "a hub that asks no policy"],
  ["follower room", "isNotFromHub", "a follower that takes events from any provider"],
  ["follower room", "isRepeated", "a follower that hands out an event as often as it comes"],
];

export const flowMutants: readonly FlowMutant[] = [
  ...Object.entries(blindProviders).map(([says, see]) =>
    mutant(`provider that ${says}`, says, isProvider, (each) => {
      const seen = withRequest(each, see);
      return seen && lastOf(each, {}, seen);
    }),
  ),
  ...Object.entries(blindClients).map(([says, see]) =>
    mutant(`client that ${says}`, says, isClient, (each) => {
      const seen = see(lastStep(each), originalStep(each));
      return seen && lastOfClient(each, ({ seat }) => ({ seat, step: seen }));
    }),
  ),
  ...Object.entries(blindFounders).map(([says, see]) =>
    mutant(`client that ${says}`, says, isSeatOfClient, (each) => {
      const seen = see(lastStep(each), originalStep(each));
      return seen && lastOfClient(each, ({ seat }) => ({ seat, step: seen }));
    }),
  ),
  ...Object.entries(credulousFollowers).map(([says, deviation]) =>
    mutant(`client that ${says}`, says, isClient, (each) =>
      lastOfClient(each, ({ seat, step }) => ({ seat, step, deviation })),
    ),
  ),
  mutant(
    "provider that verifies no signatures",
    "takes any signature of requests and of handshakes",
    isProvider,
    (each) => lastOf(each, credulous),
  ),
  mutant(
    "hub that verifies no signatures and reads no GroupInfo",
    "takes any signature of a commit, and the GroupInfo that comes with it",
    isProvider,
    (each) => lastOf(each, { ...credulous, delivery: { groupInfo: "unread" } }),
  ),
  mutant(
    "client that decrypts without authenticating",
    "does not look at tags of ciphertexts",
    isClient,
    (each) => lastOfClient(each, ({ seat, step }) => ({ seat, step, deviation: unauthenticated })),
  ),
  mutant(
    "client that counts along",
    "takes the epoch of any message for the one that it is in",
    isClient,
    countingAlong,
  ),
  mutant(
    "flow of a seat that remembers nothing of the step before",
    "has answered or shown something, and does not know of it any more",
    ({ flags }) => flags.includes("Repeated"),
    beforeOriginal,
  ),
  ...missing.map(([machine, guard, says]) => {
    const deviation = without(machine, guard);
    return mutant(`${machine} without ${guard}`, says, isProviders, (each) => lastOf(each, deviation));
  }),
  mutant(
    "client that keeps nothing for later",
    "drops a message of an epoch that has not begun",
    isClient,
    forgetful,
  ),
];

function mutant(
  id: string,
  says: string,
  isAbout: (each: LoadedCase) => boolean,
  last: LastStep,
): FlowMutant {
  return {
    id,
    says,
    survives(each) {
      if (!each.operation.startsWith("flow.") || each.fault === undefined || !isAbout(each)) return false;
      const done = last(each);
      return done !== undefined && JSON.stringify(done) !== JSON.stringify(each.output?.["last"]);
    },
  };
}

function isProviders({ operation, flags }: LoadedCase): boolean {
  return operation !== "flow.client" && flags.some((flag) => decidedByMachines.has(flag));
}

function isProvider({ operation }: LoadedCase): boolean {
  return operation !== "flow.client";
}

function isSeatOfClient({ operation }: LoadedCase): boolean {
  return operation === "flow.client";
}

/** What reaches a client that does not decide what it does with it beforehand. */
function isClient(each: LoadedCase): boolean {
  return isSeatOfClient(each) && isDelivery(lastStep<ClientStep>(each));
}

/** The others are refused before a machine hears of them. */
const decidedByMachines = new Set(["Repeated", "Stale", "Epoch", "Sender", "Hub"]);

/** What a seat does with a repeated step that has not learnt from the one that it repeats. */
function beforeOriginal({ operation, input }: LoadedCase): Json | undefined {
  const { at } = input["change"] as unknown as FlowChange;
  const { change: _, play: __, ...whole } = input;
  return comparableLast(operation, { ...whole, play: at }, (given) =>
    operation === "flow.client"
      ? clientPlayer.outputsOf(given).at(-1)
      : providerPlayer.outputsOf(given).at(-1),
  );
}

/** The step with the fault. */
function lastStep<Step>({ input }: LoadedCase): Step {
  return stepsToPlay<Step>(input).at(-1) as Step;
}

/** The step of the unchanged flow in whose place the one with the fault has come. */
function originalStep<Step>({ input }: LoadedCase): Step {
  const { at, remove } = input["change"] as unknown as FlowChange;
  return (input["steps"] as readonly Json[])[remove === 0 ? at - 1 : at] as Step;
}

function withRequest(each: LoadedCase, see: (typeof blindProviders)[string]): ProviderFlowStep | undefined {
  const [given, original] = [lastStep<ProviderFlowStep>(each), originalStep<ProviderFlowStep>(each)];
  return given.kind === "request" && original.kind === "request" ? see(given, original) : undefined;
}

function lastOf(
  { operation, input }: LoadedCase,
  deviation: Deviation,
  seen?: ProviderFlowStep,
): Json | undefined {
  return comparableLast(operation, input, (given) => {
    try {
      return providerPlayer.lastOutput(given, (seat, step) => ({ seat, step: seen ?? step, deviation }));
    } catch {
      // Without what is missing the machine gets to where it cannot go on: nobody would ship that.
      return undefined;
    }
  });
}

type ClientTurn = Parameters<Parameters<typeof clientPlayer.lastOutput>[1]>;

function lastOfClient(
  { operation, input }: LoadedCase,
  alter: (given: {
    seat: ClientTurn[0];
    step: ClientTurn[1];
  }) => ReturnType<Parameters<typeof clientPlayer.lastOutput>[1]>,
): Json | undefined {
  return comparableLast(operation, input, (given) =>
    clientPlayer.lastOutput(given, (seat, step) => alter({ seat, step })),
  );
}

/** The epoch is on the outside of what a client cannot read yet. */
function countingAlong(each: LoadedCase): Json | undefined {
  const last = each.output?.["last"] as JsonObject | undefined;
  const fanned = attempt(() => FanoutMessage.decode(octetsOf(lastStep<ClientFlowStep>(each).message)));
  if (last === undefined || isRefused(fanned) || fanned.message.wireFormat !== "mls_private_message")
    return undefined;
  const { epoch } = fanned.message.privateMessage;
  return last["epoch"] === null ? undefined : { ...last, epoch: String(epoch) };
}

function forgetful({ operation, input }: LoadedCase): Json | undefined {
  return comparableLast(operation, input, (given) =>
    clientPlayer.lastOutput(given, (seat, step) => {
      const rooms = Object.entries(seat.rooms).map(([uri, room]) => [uri, { ...room, buffered: [] }]);
      return { seat: { ...seat, rooms: Object.fromEntries(rooms) }, step };
    }),
  );
}

function comparableLast(
  operation: string,
  input: JsonObject,
  play: (input: JsonObject) => unknown,
): Json | undefined {
  const done = play(input);
  if (done === undefined) return undefined;
  const last = JSON.parse(JSON.stringify(done)) as Json;
  if (operation === "flow.client") return last;
  return comparable(last, stepsToPlay<ProviderFlowStep>(input).at(-1)?.free ?? []);
}

const credulous = over(lenientPrimitives["takes any signature"]);
const unauthenticated = over(lenientPrimitives["decrypts without looking at the tag"]);

/** MLS and all the rest of an actor's cryptography over other primitives. */
function over(provider: Provider | undefined): Deviation {
  const application = (app: MlsApplication) => (provider === undefined ? app : { ...app, provider });
  const { mls: asking } = deviationOf([{ application }]);
  const known = new Map<MlsLayer, MlsLayer>();
  return {
    mls(layer) {
      const suite = (number: number) => cipherSuite(number, provider) ?? layer.suite(number);
      const inner = asking?.(layer) ?? layer;
      const before = known.get(layer) ?? { ...inner, suite };
      known.set(layer, before);
      return before;
    },
  };
}

function without(id: string, guard: string): Deviation {
  const known = new Map<AnyStateMachine, AnyStateMachine>();
  return {
    machine(machine) {
      if (machine.id !== id) return machine;
      const altered = known.get(machine) ?? machine.provide({ guards: { [guard]: () => false } } as never);
      known.set(machine, altered);
      return altered;
    },
  };
}
