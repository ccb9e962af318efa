/** What a machine diagram shows of an XState machine: its states, and its transitions with event, guard and actions. */
import type { AnyStateMachine, AnyStateNode } from "xstate";

/** A state as it is drawn. `path` names it within its machine; the root's is empty. */
export interface StateShown {
  readonly path: readonly string[];
  readonly kind: "atomic" | "compound" | "parallel" | "final" | "history";
  readonly initial: readonly string[] | undefined;
  readonly entry: readonly string[];
  readonly exit: readonly string[];
  readonly states: readonly StateShown[];
  readonly transitions: readonly TransitionShown[];
}

/** A transition as it is drawn: "event [guard] / actions". Without targets it stays in its state. */
export interface TransitionShown {
  readonly event: string;
  readonly guard: string;
  readonly actions: readonly string[];
  readonly targets: readonly (readonly string[])[];
}

/** The root state of `machine`, as it is drawn. */
export function describeMachine(machine: AnyStateMachine): StateShown {
  return describeState(machine.root);
}

function describeState(node: AnyStateNode): StateShown {
  const explicit = [...node.transitions.values()].flat();
  const transitions = [...explicit, ...(node.always ?? [])].map(
    (transition): TransitionShown => ({
      event: eventName(transition.eventType),
      guard: guardName(transition.guard),
      actions: transition.actions.map(actionName),
      targets: (transition.target ?? []).map(({ path }) => path),
    }),
  );
  return {
    path: node.path,
    kind: node.type,
    initial: node.type === "compound" ? node.initial.target[0]?.path : undefined,
    entry: node.entry.filter((action) => !isTimer(action)).map(actionName),
    exit: node.exit.filter((action) => !isTimer(action)).map(actionName),
    states: Object.values(node.states).map(describeState),
    transitions,
  };
}

function eventName(type: string): string {
  if (type === "*") return "any other";
  const [, delay] = /^xstate\.after\.([^.]+)\./.exec(type) ?? [];
  if (delay !== undefined) return `after ${delay}`;
  return type.replace(/^xstate\.(done|error)\.(state|actor)\./, "$1 ");
}

/** The name of a guard: of one defined in setup(), of a function, or of a combination of guards. */
function guardName(guard: unknown): string {
  if (guard === undefined) return "";
  if (typeof guard === "string") return guard;
  if (typeof guard === "function") {
    const parts = "guards" in guard && Array.isArray(guard.guards) ? guard.guards.map(guardName) : [];
    if (guard.name === "not") return `not ${parts.join("")}`;
    return parts.length > 0 ? parts.join(` ${guard.name} `) : guard.name || "condition";
  }
  return typed(guard);
}

function actionName(action: unknown): string {
  if (typeof action === "string") return action;
  if (typeof action === "function") {
    const type = "type" in action && typeof action.type === "string" ? action.type : action.name;
    return type.replace(/^xstate\./, "") || "action";
  }
  return typed(action);
}

/** XState starts and stops the timer of an "after" transition with actions of its own. */
function isTimer(action: unknown): boolean {
  if (typeof action !== "function") return false;
  const { event, sendId } = action as { event?: { type?: unknown }; sendId?: unknown };
  return [event?.type, sendId].some((id) => typeof id === "string" && id.startsWith("xstate.after."));
}

/** "refuse(wrongEpoch)" for {type: "refuse", params: "wrongEpoch"}. */
function typed(value: unknown): string {
  if (typeof value !== "object" || value === null || !("type" in value)) return String(value);
  const params = "params" in value ? value.params : undefined;
  return params === undefined || typeof params === "function"
    ? `${value.type}`
    : `${value.type}(${shortly(params)})`;
}

function shortly(params: unknown): string {
  if (typeof params !== "object" || params === null) return String(params);
  return Object.values(params).map(shortly).join(", ");
}
