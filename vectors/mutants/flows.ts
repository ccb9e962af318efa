/** Implementations that make one mistake in their seat. Up to the last step of a case they do what the model does. */
import type { AnyStateMachine } from "xstate";
import type { Deviation } from "../../spec-model/deviation.ts";
import { clientPlayer, providerPlayer } from "../adapters/typescript/flows/play.ts";
import type { Json, JsonObject } from "../format/case.ts";
import { type FlowChange, type ProviderFlowStep, stepsToPlay } from "../format/flow-steps.ts";
import { comparable } from "../verify/free-members.ts";
import type { LoadedCase } from "../verify/index.ts";

interface FlowMutant {
  readonly id: string;
  readonly says: string;
  readonly survives: (each: LoadedCase) => boolean;
}

/** What a mutant does in the last step, as it is compared; undefined where it comes to no end. */
type LastStep = (each: LoadedCase) => Json | undefined;

/** By flag: who does not see what the flag is about goes on as if it were not there. */
const blindnesses: readonly (readonly [flag: string, says: string])[] = [
  ["TrailingOctet", "reads a message and does not look behind it"],
  ["Truncated", "makes up what is missing at the end of a message"],
  ["From", "believes whoever is at the other end, whatever the request says"],
  ["Path", "goes by the last part of a path that it knows"],
  ["Hub", "takes a room's events from anybody"],
  ["Signature", "verifies no signatures"],
  ["Group", "takes every message for one of the room that it comes in"],
  ["Epoch", "takes every message for one of the current epoch"],
  ["Sender", "lets everybody speak"],
  ["Type", "takes every encrypted message for one of a user"],
  ["Tag", "computes no tags"],
  ["Ciphertext", "decrypts without authenticating"],
  ["Frank", "shows messages whatever their frank"],
  ["Repeated", "does again what it is asked or told again"],
];

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
  ...blindnesses.map(([flag, says]) =>
    mutant(`flow without seeing ${flag}`, says, ({ flags }) => flags.includes(flag), withoutFault),
  ),
  ...missing.map(([machine, guard, says]) => {
    const deviation = without(machine, guard);
    return mutant(`${machine} without ${guard}`, says, isProviders, (each) => lastOf(each, deviation));
  }),
  mutant(
    "client that keeps nothing for later",
    "drops a message of an epoch that has not begun",
    ({ operation }) => operation === "flow.client",
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

/** The others are refused before a machine hears of them. */
const decidedByMachines = new Set(["Repeated", "Stale", "Epoch", "Sender", "Hub"]);

/** What is done where the step is as it was before the fault. */
function withoutFault({ operation, input }: LoadedCase): Json | undefined {
  const { at, remove, insert } = input["change"] as unknown as FlowChange;
  const original = remove === 0 ? at - 1 : insert.length === 0 ? at + 1 : at;
  const { change: _, play: __, ...whole } = input;
  return comparableLast(operation, { ...whole, play: original + 1 }, (given) =>
    operation === "flow.client"
      ? clientPlayer.outputsOf(given).at(-1)
      : providerPlayer.outputsOf(given).at(-1),
  );
}

function lastOf({ operation, input }: LoadedCase, deviation: Deviation): Json | undefined {
  return comparableLast(operation, input, (given) => {
    try {
      return providerPlayer.lastOutput(given, (seat, step) => ({ seat, step, deviation }));
    } catch {
      // Without the guard the machine gets to where it cannot go on: nobody would ship that.
      return undefined;
    }
  });
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
