/** A machine with a change in it: the same states and events, a branch or an action missing or another one. */
import { type AnyStateMachine, StateMachine } from "xstate";
import type { MachineArgs, MachineChange } from "./alteration.ts";

/** The machine as `changes` make it; itself where none is about it. Throws RangeError where a change finds nothing. */
export function alteredMachine(machine: AnyStateMachine, changes: readonly MachineChange[]): AnyStateMachine {
  return changes.filter((change) => change.machine === machine.id).reduce(withChange, machine);
}

function withChange(machine: AnyStateMachine, change: MachineChange): AnyStateMachine {
  if ("decides" in change) return withGuard(machine, change.decides, change.by);
  let found = 0;
  const inNode = (node: Node): Node => {
    const on = mapValues(node.on, (branches, event) =>
      change.on !== undefined && change.on !== event ? branches : listOf(branches).flatMap(inBranch),
    );
    const states = mapValues(node.states, inNode);
    return { ...node, ...(on === undefined ? {} : { on }), ...(states === undefined ? {} : { states }) };
  };
  const inBranch = (branch: Branch): readonly Branch[] => {
    const after = changedBranch(branch, change);
    if (after !== undefined) found++;
    return after ?? [branch];
  };
  const config = inNode(machine.config as Node);
  if (found > 0)
    return new StateMachine(config as never, machine.implementations as never) as AnyStateMachine;
  throw new RangeError(`the machine "${machine.id}" has nothing to change for ${JSON.stringify(change)}`);
}

interface Node {
  readonly on?: Readonly<Record<string, Branch | readonly Branch[]>>;
  readonly states?: Readonly<Record<string, Node>>;
}

type Branch = string | { readonly guard?: Named; readonly actions?: Named | readonly Named[] };
type Named = string | { readonly type: string; readonly params?: Params };
type Params = object | ((args: MachineArgs) => object);

/** What stands in the place of a branch; undefined where the change is not about it. */
function changedBranch(branch: Branch, change: MachineChange): readonly Branch[] | undefined {
  if (typeof branch === "string") return undefined;
  const { guard, ...rest } = branch;
  const name = guard === undefined ? undefined : nameOf(guard);
  if (change.guarded !== undefined && change.guarded !== name) return undefined;
  if ("without" in change) return name === change.without ? [] : undefined;
  if ("always" in change) return name === change.always ? [rest] : undefined;
  const before = listOf(branch.actions ?? []);
  const actions =
    "leavesOut" in change
      ? before.filter((action) => nameOf(action) !== change.leavesOut)
      : before.map((action) => ("changes" in change ? withParams(action, change) : action));
  const isSame = actions.length === before.length && actions.every((action, i) => action === before[i]);
  return isSame ? undefined : [{ ...branch, actions }];
}

function withParams(action: Named, change: Extract<MachineChange, { changes: string }>): Named {
  if (typeof action === "string" || action.type !== change.changes) return action;
  const { params = {} } = action;
  const usual = (args: MachineArgs) => (typeof params === "function" ? params(args) : params);
  return {
    ...action,
    params: (args) => change.to(usual(args) as Readonly<Record<string, unknown>>, args) as object,
  };
}

/** Guards are functions by name: one of them is another function. */
function withGuard(
  machine: AnyStateMachine,
  name: string,
  by: (usual: boolean, args: MachineArgs) => boolean,
): AnyStateMachine {
  const usual: unknown = machine.implementations.guards[name];
  if (typeof usual !== "function") throw new RangeError(`the machine "${machine.id}" has no guard ${name}`);
  const guard = (args: MachineArgs, params: unknown) => by(usual(args, params) === true, args);
  return machine.provide({ guards: { [name]: guard } as never });
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
