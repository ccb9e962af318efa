/** A machine with a mistake in it: the same states and events, one branch or one action missing. */
import { type AnyStateMachine, StateMachine } from "xstate";
import type { MachineChange } from "./alteration.ts";

/** The machine as `changes` make it; itself where none is about it. Throws RangeError where a change finds nothing. */
export function alteredMachine(machine: AnyStateMachine, changes: readonly MachineChange[]): AnyStateMachine {
  const own = changes.filter((change) => change.machine === machine.id);
  if (own.length === 0) return machine;
  const config = own.reduce((before, change) => {
    const after = inNode(before, change);
    if (JSON.stringify(after) !== JSON.stringify(before)) return after;
    throw new RangeError(`the machine "${machine.id}" has nothing to change for ${JSON.stringify(change)}`);
  }, machine.config as Node);
  return new StateMachine(config as never, machine.implementations as never) as AnyStateMachine;
}

interface Node {
  readonly on?: Readonly<Record<string, Branch | readonly Branch[]>>;
  readonly states?: Readonly<Record<string, Node>>;
}

type Branch = string | { readonly guard?: Named; readonly actions?: Named | readonly Named[] };
type Named = string | { readonly type: string };

function inNode(node: Node, change: MachineChange): Node {
  const on = mapValues(node.on, (branches, event) =>
    change.on !== undefined && change.on !== event ? branches : listOf(branches).flatMap(inBranch(change)),
  );
  const states = mapValues(node.states, (inner) => inNode(inner, change));
  return { ...node, ...(on === undefined ? {} : { on }), ...(states === undefined ? {} : { states }) };
}

function inBranch(change: MachineChange): (branch: Branch) => readonly Branch[] {
  return (branch) => {
    if (typeof branch === "string") return [branch];
    const { guard, ...rest } = branch;
    if ("without" in change) return guard !== undefined && nameOf(guard) === change.without ? [] : [branch];
    if ("always" in change) return guard !== undefined && nameOf(guard) === change.always ? [rest] : [branch];
    const actions = listOf(branch.actions ?? []).filter((action) => nameOf(action) !== change.leavesOut);
    return [{ ...branch, actions }];
  };
}

function nameOf(named: Named): string {
  return typeof named === "string" ? named : named.type;
}

function listOf<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

function mapValues<A, B>(
  record: Readonly<Record<string, A>> | undefined,
  change: (value: A, key: string) => B,
): Readonly<Record<string, B>> | undefined {
  if (record === undefined) return undefined;
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}
