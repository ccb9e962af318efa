/** One step of an actor while it is being taken: the state so far, what has been put out, and the moment's randomness. */
import type { AnyStateMachine, EventFrom, SnapshotFrom } from "xstate";
import type { ActorStep, Moment, Output } from "./actor.ts";
import type { Deviation } from "./deviation.ts";
import { begin, type Effect, type Step, stateName, step } from "./machine.ts";
import type { MlsLayer } from "./mls/index.ts";
import { expandEntropy, type RandomSource } from "./random.ts";

/**
 * Lives for one step and is changed in place; the state within it is not. `takeTurn` makes a pure function of it.
 */
export interface Turn<State> {
  state: State;
  readonly now: number;
  readonly random: RandomSource;
  /** The MLS that the actor runs on: real, or symbolic. */
  readonly mls: MlsLayer;
  readonly outputs: Output[];
  readonly deviation?: Deviation | undefined;
}

/** The step that `act` takes from `state` at `moment`. */
export function takeTurn<State>(
  state: State,
  moment: Moment,
  mls: MlsLayer,
  act: (turn: Turn<State>) => void,
): ActorStep<State> {
  const turn: Turn<State> = {
    state,
    now: moment.now,
    random: expandEntropy(moment.entropy, "step"),
    mls: moment.deviation?.mls?.(mls) ?? mls,
    outputs: [],
    deviation: moment.deviation,
  };
  act(turn);
  return { state: turn.state, outputs: turn.outputs };
}

export function emit<State>(turn: Turn<State>, ...outputs: readonly Output[]): void {
  turn.outputs.push(...outputs);
}

/** Steps a machine and records the transition; `instance` is the room, user or peer that the machine is about. */
export function advance<M extends AnyStateMachine, State>(
  turn: Turn<State>,
  machine: M,
  snapshot: SnapshotFrom<M>,
  event: EventFrom<M>,
  instance: string,
): Step<M> {
  const next = step(machine, snapshot, event, turn.deviation?.machine);
  emit(turn, {
    type: "moved",
    machine: machine.id,
    instance,
    event: (event as { type: string }).type,
    from: stateName(snapshot as { value: unknown }),
    to: stateName(next.snapshot as { value: unknown }),
    effects: next.effects.map((effect: Effect) => effect.type),
  });
  return next;
}

/** A machine's first snapshot. */
export function first<M extends AnyStateMachine>(machine: M, input: unknown): SnapshotFrom<M> {
  return begin(machine, input).snapshot;
}
