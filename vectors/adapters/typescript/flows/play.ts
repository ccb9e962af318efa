/** Plays transcripts. What several cases of a flow have in common is played once: seats are immutable. */
import type { Deviation } from "../../../../spec-model/deviation.ts";
import type { Json, JsonObject } from "../../../format/case.ts";
import {
  type ClientFlowOutput,
  type ClientSeatSetup,
  type ClientStep,
  type ProviderFlowOutput,
  type ProviderFlowStep,
  type ProviderSeatSetup,
  stepsToPlay,
} from "../../../format/flow-steps.ts";
import { clientSeat, stepClientSeat } from "./client-seat.ts";
import { providerSeat, stepProviderSeat } from "./provider-seat.ts";

/** How a kind of seat is taken, and what a step does there. */
export interface SeatKind<Seat, Step, Output> {
  take(setup: Json): Seat;
  step(
    seat: Seat,
    step: Step,
    salt: string,
    deviation?: Deviation,
  ): { readonly seat: Seat; readonly output: Output };
}

/** The seats after each step of a flow, the one before the first among them, and what was done in the steps. */
interface Played<Seat, Output> {
  readonly seats: readonly Seat[];
  readonly outputs: readonly Output[];
}

/** What is done in each step of a case. */
export interface Player<Seat, Step, Output> {
  outputsOf(input: JsonObject, salt?: string): readonly Output[];
  /** The last step of the case alone, by a seat that deviates from the model in this step; undefined where it does not. */
  lastOutput(
    input: JsonObject,
    alter: (seat: Seat, step: Step) => LastStep<Seat, Step> | undefined,
  ): Output | undefined;
}

/** With what the last step is taken. */
export interface LastStep<Seat, Step> {
  readonly seat: Seat;
  readonly step: Step;
  readonly deviation?: Deviation | undefined;
}

export function player<Seat, Step, Output>(kind: SeatKind<Seat, Step, Output>): Player<Seat, Step, Output> {
  const known = new WeakMap<object, Played<Seat, Output>>();
  const play = (before: Played<Seat, Output>, steps: readonly Step[], salt: string): Played<Seat, Output> => {
    const seats = [...before.seats];
    const outputs = [...before.outputs];
    for (const step of steps) {
      const taken = kind.step(seats[seats.length - 1] as Seat, step, `${salt} ${outputs.length}`);
      seats.push(taken.seat);
      outputs.push(taken.output);
    }
    return { seats, outputs };
  };
  const beginning = ({ setup }: JsonObject): Played<Seat, Output> => ({
    seats: [kind.take(setup ?? null)],
    outputs: [],
  });
  // The unchanged flow, by the list of its steps: the cases of a group share it.
  const whole = (input: JsonObject): Played<Seat, Output> => {
    const steps = input["steps"] as readonly Step[] & object;
    const before = known.get(steps);
    if (before !== undefined) return before;
    const played = play(beginning(input), steps, defaultSalt);
    known.set(steps, played);
    return played;
  };
  const played = (input: JsonObject, salt: string): Played<Seat, Output> => {
    const steps = stepsToPlay<Step>(input);
    if (salt !== defaultSalt) return play(beginning(input), steps, salt);
    const original = input["steps"] as readonly Step[];
    const differing = steps.findIndex((step, i) => step !== original[i]);
    const common = differing === -1 ? steps.length : differing;
    const all = whole(input);
    const prefix = { seats: all.seats.slice(0, common + 1), outputs: all.outputs.slice(0, common) };
    return play(prefix, steps.slice(common), salt);
  };
  return {
    outputsOf: (input, salt = defaultSalt) => played(input, salt).outputs,
    lastOutput(input, alter) {
      const steps = stepsToPlay<Step>(input);
      const last = steps.at(-1);
      const seat = played({ ...input, play: steps.length - 1 }, defaultSalt).seats.at(-1);
      if (last === undefined || seat === undefined) return undefined;
      const taken = alter(seat, last);
      if (taken === undefined) return undefined;
      return kind.step(taken.seat, taken.step, defaultSalt, taken.deviation).output;
    },
  };
}

const defaultSalt = "vectors";

export const providerPlayer = player<
  ReturnType<typeof providerSeat>,
  ProviderFlowStep,
  readonly ProviderFlowOutput[]
>({
  take: (setup) => providerSeat(setup as unknown as ProviderSeatSetup),
  step(seat, step, salt, deviation) {
    const taken = stepProviderSeat(seat, step, salt, deviation);
    return { seat: taken.seat, output: taken.outputs };
  },
});

export const clientPlayer = player<ReturnType<typeof clientSeat>, ClientStep, ClientFlowOutput>({
  take: (setup) => clientSeat(setup as unknown as ClientSeatSetup),
  step: (seat, step, _salt, deviation) => stepClientSeat(seat, step, deviation),
});
