/**
 * Runs XState machines as pure functions: state in, state and effects out. An effect is what an action with a name
 * says, as plain data; the machine never carries it out.
 */
import { type AnyStateMachine, createActor, type EventFrom, type SnapshotFrom } from "xstate";
import { remembered } from "./remembered.ts";

/** What a machine wants the world to do: the action's name, and its parameters. */
export interface Effect {
  readonly type: string;
  readonly [parameter: string]: unknown;
}

export interface Step<M extends AnyStateMachine> {
  readonly snapshot: SnapshotFrom<M>;
  readonly effects: readonly Effect[];
}

/** The machine's first state, for an input it declares. */
export function begin<M extends AnyStateMachine>(machine: M, input: unknown): Step<M> {
  const actions: Executable[] = [];
  const snapshot = machine.getInitialSnapshot(collecting(machine, actions), input as never);
  return { snapshot: snapshot as SnapshotFrom<M>, effects: effectsOf(actions) };
}

/**
 * The state after `event`, and what the machine wants done. Where `runAs` gives another machine, with the same states,
 * that one takes the step.
 */
export function step<M extends AnyStateMachine>(
  machine: M,
  snapshot: SnapshotFrom<M>,
  event: EventFrom<M>,
  runAs?: (machine: AnyStateMachine) => AnyStateMachine,
): Step<M> {
  const other = runAs?.(machine) ?? machine;
  if (other !== machine) {
    const taken = step(other, snapshotOf(other, snapshot as never), event as never);
    return { snapshot: snapshotOf(machine, taken.snapshot as never), effects: taken.effects };
  }
  const actions: Executable[] = [];
  const next = machine.transition(snapshot as never, event as never, collecting(machine, actions));
  return { snapshot: next as unknown as SnapshotFrom<M>, effects: effectsOf(actions) };
}

type Executable = { readonly type: string; readonly params?: unknown };

function collecting(machine: AnyStateMachine, actions: Executable[]) {
  return { ...scopeOf(machine), actionExecutor: (action: Executable) => actions.push(action) } as never;
}

/**
 * What XState's `transition` and `initialTransition` surround a step with. They make that anew for every step, an actor
 * and all; machines that spawn nothing and send nothing leave it as it is, so that one serves all steps of a machine.
 */
const scopeOf = remembered((machine: AnyStateMachine) => {
  const self = createActor(machine);
  const nothing = () => {};
  const named = { self, id: "", sessionId: "", system: self.system };
  return { ...named, defer: nothing, logger: nothing, stopChild: nothing, emit: nothing };
});

/** Which state a machine is in: a name, or names within names. */
export type StateValue = string | { readonly [outer: string]: StateValue | undefined };

/** A machine's snapshot from its state and context: as if it had come there by itself. */
export function snapshotOf<M extends AnyStateMachine>(
  machine: M,
  state: { readonly value: StateValue; readonly context: unknown },
): SnapshotFrom<M> {
  return machine.resolveState(state as never) as SnapshotFrom<M>;
}

/** A state's name, nested states joined by dots: `live.quiet`. */
export function stateName(snapshot: { readonly value: unknown }): string {
  return nameOf(snapshot.value);
}

function nameOf(value: unknown): string {
  if (typeof value === "string") return value;
  return Object.entries(value as Record<string, unknown>)
    .map(([outer, inner]) => `${outer}.${nameOf(inner)}`)
    .join(" & ");
}

function effectsOf(actions: readonly { readonly type: string; readonly params?: unknown }[]): Effect[] {
  return actions.map((action) => ({ ...(action.params as object | undefined), type: action.type }));
}
