/** The model's actors behind one face: whoever an actor is, the world gives it inputs and takes its outputs. */
import type { ActorStep, Input, Moment, Output } from "../../spec-model/actor.ts";

/** An actor with its state. */
export interface RunningActor {
  /** A client's URI or a provider's domain. */
  readonly id: string;
  /**
   * Takes a step, keeps the state it leads to, and gives what the actor wants done. An actor that gives a promise is
   * not given another input before the promise is kept.
   */
  take(input: Input<never>, moment: Moment): readonly Output[] | Promise<readonly Output[]>;
  /** The state as plain data, for the end of the trace. */
  summary(): Readonly<Record<string, Json>>;
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
  };
}
