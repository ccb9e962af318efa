/** A machine as Graphviz DOT: states as boxes, transitions as edges; what stays in a state is listed inside its box. */
import type { AnyStateMachine } from "xstate";
import { describeMachine, type StateShown, type TransitionShown } from "./describe.ts";

/**
 * DOT for `machine`: nested states are clusters, a dot marks where a state begins, a double border where it ends.
 * Transitions between the same two states share an edge.
 */
export function machineToDot(machine: AnyStateMachine): string {
  const root = describeMachine(machine);
  const name = machine.id;
  const lines = [
    `digraph ${quoted(name)} {`,
    '  graph [compound=true, rankdir=TB, nodesep=0.5, ranksep=0.6, bgcolor=white, fontname="Arial", fontsize=13, style=rounded, color="#8d96a0"]',
    '  node [shape=box, style="rounded,filled", fillcolor="#f3f5f7", color="#57606a", fontname="Arial", fontsize=12]',
    '  edge [color="#57606a", fontname="Arial", fontsize=10, arrowsize=0.7]',
    ...insideOf(root, "  "),
    ...edgesOf(root, root),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

/** The nodes and clusters below `state`. The root has no box of its own, unless it is all there is to see. */
function insideOf(state: StateShown, indent: string): readonly string[] {
  const isAlone = state.path.length === 0 && state.states.length === 0;
  if (isAlone) return [node(state, indent)];
  const start = [
    `${indent}${startOf(state)} [shape=point, width=0.12, fillcolor="#57606a", label=""]`,
    ...(state.initial === undefined
      ? []
      : [`${indent}${startOf(state)} -> ${edgeEnd(state, state.initial)}${clippedAt(state, state.initial)}`]),
  ];
  const own = state.transitions.length > 0 && state.path.length === 0 ? [anywhere(state, indent)] : [];
  return [...start, ...own, ...state.states.flatMap((child) => boxOf(child, indent))];
}

/** An arrow into a state with states inside ends at its border, not across its text. */
function clippedAt(root: StateShown, target: readonly string[]): string {
  return isCluster(root, target) ? ` [lhead=${quoted(clusterOf(target))}]` : "";
}

function boxOf(state: StateShown, indent: string): readonly string[] {
  if (state.states.length === 0) return [node(state, indent)];
  const style = state.kind === "parallel" ? ', style="rounded,dashed"' : "";
  return [
    `${indent}subgraph ${quoted(clusterOf(state.path))} {`,
    `${indent}  graph [label=${table(state)}${style}]`,
    ...insideOf(state, `${indent}  `),
    `${indent}}`,
  ];
}

function node(state: StateShown, indent: string): string {
  const border = state.kind === "final" ? ", peripheries=2" : "";
  return `${indent}${nodeOf(state.path)} [label=${table(state)}${border}]`;
}

/** What the machine does in whatever state it is. */
function anywhere(state: StateShown, indent: string): string {
  return `${indent}"in any state" [style="rounded,dashed", label=${table(state, "in any state")}]`;
}

/** The state's name, with what happens in it below: entry, exit and the transitions that stay in it. */
function table(state: StateShown, title = state.path.at(-1) ?? "machine"): string {
  const lines = [
    ...state.entry.map((action) => `entry / ${action}`),
    ...state.exit.map((action) => `exit / ${action}`),
    ...staying(state).map(label),
  ];
  const rows = lines.map(
    (line) => `<tr><td align="left"><font point-size="10">${html(line)}</font></td></tr>`,
  );
  const name = `<tr><td><b>${html(title)}</b></td></tr>`;
  return `<<table border="0" cellborder="0" cellspacing="0" cellpadding="2">${name}${rows.join("")}</table>>`;
}

/** One line for each pair of states between which there are transitions. */
function edgesOf(state: StateShown, root: StateShown): readonly string[] {
  const byTarget = new Map<string, { target: readonly string[]; labels: string[] }>();
  for (const transition of state.transitions) {
    for (const target of transition.targets) {
      const edge = byTarget.get(target.join(".")) ?? { target, labels: [] };
      byTarget.set(target.join("."), edge);
      edge.labels.push(label(transition));
    }
  }
  const from = state.path.length === 0 && root.states.length > 0 ? '"in any state"' : edgeStart(state);
  const own = [...byTarget.values()].map(({ target, labels }) => {
    const tail =
      state.states.length > 0 && state.path.length > 0 ? `, ltail=${quoted(clusterOf(state.path))}` : "";
    const head = isCluster(root, target) ? `, lhead=${quoted(clusterOf(target))}` : "";
    const text = labels.map((line) => `&#160;${html(line)}&#160;<br align="left"/>`).join("");
    return `  ${from} -> ${edgeEnd(root, target)} [label=<${text}>${tail}${head}]`;
  });
  return [...own, ...state.states.flatMap((child) => edgesOf(child, root))];
}

function staying({ transitions }: StateShown): readonly TransitionShown[] {
  return transitions.filter(({ targets }) => targets.length === 0);
}

function label({ event, guard, actions }: TransitionShown): string {
  const condition = guard === "" ? "" : ` [${guard}]`;
  return `${event}${condition}${actions.length > 0 ? ` / ${actions.join(", ")}` : ""}`.trim();
}

function edgeStart(state: StateShown): string {
  return state.states.length > 0 ? startOf(state) : nodeOf(state.path);
}

/** Edges to a state with states in it end at the dot where it begins. */
function edgeEnd(within: StateShown, target: readonly string[]): string {
  return isCluster(within, target) ? quoted(`${target.join(".")} start`) : nodeOf(target);
}

function isCluster(within: StateShown, target: readonly string[]): boolean {
  return within.states.some(
    (child) =>
      (child.states.length > 0 && child.path.join(".") === target.join(".")) || isCluster(child, target),
  );
}

function nodeOf(path: readonly string[]): string {
  return quoted(path.join(".") || "machine");
}

function startOf({ path }: StateShown): string {
  return quoted(`${path.join(".")} start`);
}

function clusterOf(path: readonly string[]): string {
  return `cluster ${path.join(".")}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function html(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
