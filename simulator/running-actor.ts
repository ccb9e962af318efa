/** The model's actors behind one face: whoever an actor is, the world gives it inputs and takes its outputs. */
import type { ActorStep, Certificate, Input, Moment, Output } from "../spec-model/actor.ts";
import type { RoomView } from "./properties/index.ts";

/** An actor with its state. */
export interface RunningActor {
  /** A client's URI or a provider's domain. */
  readonly id: string;
  /** What it shows at its end of connections, where that is not a certificate for its own domain. protocol-06 §4.1 */
  readonly certificate?: Certificate;
  /**
   * Takes a step, keeps the state it leads to, and gives what the actor wants done. An actor that gives a promise is
   * not given another input before the promise is kept.
   */
  take(input: Input<never>, moment: Moment): readonly Output[] | Promise<readonly Output[]>;
  /** The state as plain data, for the end of the trace. */
  summary(): Readonly<Record<string, Json>>;
  /** The state itself, for those who know what it is: properties look into it. */
  state(): unknown;
  /** Puts another state in the place of the first one: variants differ in it. */
  adapt?(change: (state: never) => unknown): void;
  /** What the actor shows of its rooms, for those who compare; missing where it shows nothing. */
  rooms?(): readonly RoomView[];
  /** Whether a client has no connection: it will catch up when it returns. */
  isAway?(): boolean;
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** An actor from its first state and its step function, which may be asynchronous. */
export function running<State, Intention>(
  id: string,
  first: State,
  step: (
    state: State,
    input: Input<Intention>,
    moment: Moment,
  ) => ActorStep<State> | Promise<ActorStep<State>>,
  summary: (state: State) => Readonly<Record<string, Json>>,
  client?: {
    readonly rooms: (state: State) => readonly RoomView[];
    readonly isAway: (state: State) => boolean;
  },
): RunningActor {
  let state = first;
  const keep = (taken: ActorStep<State>) => {
    state = taken.state;
    return taken.outputs;
  };
  return {
    id,
    take(input, moment) {
      const taken = step(state, input as Input<Intention>, moment);
      return taken instanceof Promise ? taken.then(keep) : keep(taken);
    },
    summary: () => summary(state),
    state: () => state,
    adapt: (change) => {
      state = change(state as never) as State;
    },
    ...(client === undefined ? {} : { rooms: () => client.rooms(state), isAway: () => client.isAway(state) }),
  };
}
