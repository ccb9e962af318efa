/** Implementations that make one mistake in their seat. Up to the last step of a case they do what the model does. */
import type { Deviation } from "../../spec-model/deviation.ts";
import { FanoutMessage } from "../../spec-model/fan-out/index.ts";
import { attempt, isRefused } from "../../spec-model/room/index.ts";
import { clientPlayer, providerPlayer } from "../adapters/typescript/flows/play.ts";
import { octetsOf } from "../adapters/typescript/input.ts";
import type { Json, JsonObject } from "../format/case.ts";
import {
  type ClientStep,
  type FlowChange,
  isDelivery,
  type ProviderFlowStep,
  stepsToPlay,
} from "../format/flow-steps.ts";
import { comparable } from "../verify/free-members.ts";
import type { LoadedCase } from "../verify/index.ts";
import { asExpectedRefusals } from "../verify/refusals.ts";
import { blindClients, filledUp as filledUpEvent, seenBy } from "./blind-clients.ts";
import { blindProviders, filledUp } from "./blind-providers.ts";
import { credulous, trustful, unauthenticated, without } from "./flow-deviations.ts";
import { blindSenders, credulousFollowers } from "./flow-makers.ts";

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
    mutant(`provider that ${says}`, says, isProvider, (each) =>
      lastOf(each, (seat, step) => {
        const seen = step.kind === "request" ? see(step, seat) : undefined;
        return seen && { seat, step: seen };
      }),
    ),
  ),
  ...Object.entries(blindClients).map(([says, see]) =>
    mutant(`client that ${says}`, says, isClient, (each) =>
      lastOfClient(each, (seat, step) => {
        const seen = seenBy(see, step, seat);
        return seen && { seat, step: seen };
      }),
    ),
  ),
  ...Object.entries(blindSenders).map(([says, see]) =>
    mutant(`client that ${says}`, says, isClient, (each) =>
      lastOfClient(each, (seat, step) => {
        const seen = see(step);
        return seen && { seat, step: seen };
      }),
    ),
  ),
  ...Object.entries(credulousFollowers).map(([says, deviation]) =>
    mutant(`client that ${says}`, says, isClient, (each) =>
      lastOfClient(each, (seat, step) => ({ seat, step, deviation })),
    ),
  ),
  mutant(
    "provider that verifies no signatures",
    "takes any signature of requests and of handshakes",
    isProvider,
    deviating(credulous),
  ),
  mutant(
    "hub that verifies no signatures and reads no GroupInfo",
    "takes any signature of a commit, and the GroupInfo that comes with it",
    isProvider,
    deviating({ ...credulous, delivery: { groupInfo: "unread" } }),
  ),
  mutant(
    "provider that verifies no signatures, and makes up what is missing of a body",
    "takes what its decoder makes up for what has been sent",
    isProvider,
    (each) =>
      lastOf(each, (seat, step) => {
        const seen = step.kind === "request" ? filledUp(step) : undefined;
        return seen && { seat, step: seen, deviation: credulous };
      }),
  ),
  mutant(
    "provider that delivers Welcomes by their KeyPackages alone",
    "does not ask for which room it has handed them out",
    isProvider,
    (each) =>
      lastOf(each, (seat, step) => {
        const policy = { ...seat.state.policy, consentAt: "claim" } as const;
        return { seat: { ...seat, state: { ...seat.state, policy } }, step };
      }),
  ),
  mutant(
    "client that decrypts without authenticating",
    "does not look at tags of ciphertexts",
    isClient,
    (each) => lastOfClient(each, (seat, step) => ({ seat, step, deviation: unauthenticated })),
  ),
  mutant(
    "client that verifies no signatures",
    "takes any signature of members, of whoever lets it in, and of franks",
    isClient,
    (each) => lastOfClient(each, (seat, step) => ({ seat, step, deviation: credulous })),
  ),
  mutant(
    "client that trusts its hub",
    "verifies no signatures, compares no tags, looks at no franks, and decrypts without authenticating",
    isClient,
    (each) => lastOfClient(each, (seat, step) => ({ seat: unfranked(seat), step, deviation: trustful })),
  ),
  mutant(
    "client that trusts its hub, and makes up what is missing of a message",
    "takes what its decoder makes up for what the hub has sent",
    isClient,
    (each) =>
      lastOfClient(each, (seat, step) => {
        const seen = seenBy(filledUpEvent, step, seat);
        return seen && { seat: unfranked(seat), step: seen, deviation: trustful };
      }),
  ),
  mutant("client that shows messages, franked or not", "does not look at franks", isClient, (each) =>
    lastOfClient(each, (seat, step) => ({ seat: unfranked(seat), step })),
  ),
  mutant(
    "client that counts along",
    "takes the epoch of any message for the one that it is in",
    isClient,
    countingAlong,
  ),
  mutant(
    "seat that has stored nothing of the step before",
    "has answered or shown something, and comes back from a crash as it was before",
    ({ flags }) => flags.includes("Repeated"),
    asBefore,
  ),
  ...missing.map(([machine, guard, says]) => {
    const deviation = without(machine, guard);
    return mutant(`${machine} without ${guard}`, says, isProviders, deviating(deviation));
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
      const expected = each.output?.["last"];
      if (done === undefined) return false;
      return JSON.stringify(asExpectedRefusals(expected, done)) !== JSON.stringify(expected);
    },
  };
}

function isProviders({ operation, flags }: LoadedCase): boolean {
  return operation !== "flow.client" && flags.some((flag) => decidedByMachines.has(flag));
}

function isProvider({ operation }: LoadedCase): boolean {
  return operation !== "flow.client";
}

function isClient({ operation }: LoadedCase): boolean {
  return operation === "flow.client";
}

/** The others are refused before a machine hears of them. */
const decidedByMachines = new Set(["Repeated", "Stale", "Epoch", "Sender", "Hub"]);

/** What a seat does with a step that has just been, in the state that it had before. */
function asBefore(each: LoadedCase): Json | undefined {
  const { at } = each.input["change"] as unknown as FlowChange;
  const all = (each.input["steps"] as readonly Json[]).length;
  const insert = stepsToPlay<Json>(each.input).slice(-1);
  const change: FlowChange = { at: at - 1, remove: all - (at - 1), insert };
  const before = { ...each, input: { ...each.input, change } };
  return each.operation === "flow.client"
    ? lastOfClient(before, (seat, step) => ({ seat, step }))
    : lastOf(before, (seat, step) => ({ seat, step }));
}

type ClientSeat = Parameters<ClientTurn>[0];

function unfranked(seat: ClientSeat): ClientSeat {
  return { ...seat, franking: { unfranked: "accept" } };
}

type ProviderTurn = Parameters<typeof providerPlayer.lastOutput>[1];
type ClientTurn = Parameters<typeof clientPlayer.lastOutput>[1];

function deviating(deviation: Deviation): LastStep {
  return (each) => lastOf(each, (seat, step) => ({ seat, step, deviation }));
}

function lastOf({ operation, input }: LoadedCase, alter: ProviderTurn): Json | undefined {
  return comparableLast(operation, input, (given) => {
    try {
      return providerPlayer.lastOutput(given, alter);
    } catch {
      // Without what is missing the machine gets to where it cannot go on: nobody would ship that.
      return undefined;
    }
  });
}

function lastOfClient({ operation, input }: LoadedCase, alter: ClientTurn): Json | undefined {
  return comparableLast(operation, input, (given) => clientPlayer.lastOutput(given, alter));
}

/** The epoch is on the outside of what a client cannot read yet. */
function countingAlong(each: LoadedCase): Json | undefined {
  const epoch = epochOutside(stepsToPlay<ClientStep>(each.input).at(-1));
  if (epoch === undefined) return undefined;
  const last = lastOfClient(each, (seat, step) => ({ seat, step })) as JsonObject | undefined;
  return last === undefined || last["epoch"] === null ? undefined : { ...last, epoch: String(epoch) };
}

function epochOutside(step: ClientStep | undefined): bigint | undefined {
  if (step === undefined || !isDelivery(step)) return undefined;
  const fanned = attempt(() => FanoutMessage.decode(octetsOf(step.message)));
  if (isRefused(fanned) || fanned.message.wireFormat !== "mls_private_message") return undefined;
  return fanned.message.privateMessage.epoch;
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
