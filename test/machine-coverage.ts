/**
 * Which states and transitions of a machine a test has reached, and which it has not: the definition is read from the
 * machine itself, so that a new branch that no test takes shows up.
 */
import type { AnyStateMachine, AnyStateNode, EventFrom, SnapshotFrom } from "xstate";
import { begin, type Step, stateName, step } from "../spec-model/machine.ts";

type Definition = ReturnType<AnyStateMachine["getTransitionData"]>[number];

/** A machine that counts what its steps go through. */
export interface CountingMachine<M extends AnyStateMachine> {
  /** The machine's first snapshot and the effects it begins with; counted. */
  begin(input?: unknown): Step<M>;
  /** As spec-model/machine.ts's `step`; counted. */
  step(snapshot: SnapshotFrom<M>, event: EventFrom<M>): Step<M>;
  /** The snapshot after all `events`, and the effects of the last one. */
  run(events: readonly EventFrom<M>[], input?: unknown): Step<M>;
  /** States no step has been in, by their dotted names. */
  unvisited(): string[];
  /** Branches no step has taken: `asked --answered [isForSomeClients]--> partlyClaimed`. */
  untaken(): string[];
}

/** Counts over everything that is done with what it gives. */
export function counting<M extends AnyStateMachine>(machine: M): CountingMachine<M> {
  const states = new Set(leaves(machine.root).map(pathOf));
  const branches = new Map(allNodes(machine.root).flatMap(branchesOf));
  const visit = (snapshot: SnapshotFrom<M>) => {
    for (const name of stateName(snapshot as { value: unknown }).split(" & ")) states.delete(name);
  };
  const counted: CountingMachine<M> = {
    begin(input) {
      const first = begin(machine, input);
      visit(first.snapshot);
      return first;
    },
    step(snapshot, event) {
      for (const taken of machine.getTransitionData(snapshot as never, event as never))
        branches.delete(taken);
      const next = step(machine, snapshot, event);
      visit(next.snapshot);
      return next;
    },
    run(events, input) {
      let next = counted.begin(input);
      for (const event of events) next = counted.step(next.snapshot, event);
      return next;
    },
    unvisited: () => [...states],
    untaken: () => [...branches.values()],
  };
  return counted;
}

function branchesOf(node: AnyStateNode): [Definition, string][] {
  return [...node.transitions.values()].flat().map((branch) => {
    const guard = branch.guard === undefined ? "" : ` [${guardName(branch.guard)}]`;
    const targets = branch.target?.map(pathOf).join(" & ") ?? "the same state";
    return [branch as Definition, `${pathOf(node)} --${branch.eventType}${guard}--> ${targets}`];
  });
}

function guardName(guard: unknown): string {
  if (typeof guard === "string") return guard;
  return (guard as { type?: string }).type ?? (guard as { name?: string }).name ?? "guard";
}

function pathOf(node: AnyStateNode): string {
  return node.path.length === 0 ? "anywhere" : node.path.join(".");
}

function allNodes(node: AnyStateNode): AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(allNodes)];
}

function leaves(node: AnyStateNode): AnyStateNode[] {
  return allNodes(node).filter((each) => Object.keys(each.states).length === 0);
}
