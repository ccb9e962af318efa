/** The story and the end state of a run on a terminal: aligned, and coloured where the terminal allows. */

import type { StoryLine } from "../simulator/report/index.ts";
import type { Json, Trace } from "../simulator/trace/index.ts";
import { bold, cyan, dim, green, magenta, red, yellow } from "./colours.ts";

const colours: Readonly<Record<StoryLine["tone"], (text: string) => string>> = {
  chapter: bold,
  intention: cyan,
  local: dim,
  provider: (text) => text,
  decision: green,
  epoch: magenta,
  shown: yellow,
  check: green,
  trouble: red,
};

export function printStory(lines: readonly StoryLine[]): void {
  const width = Math.max(...lines.map((line) => line.who.length));
  for (const { tone, time, who, text } of lines) {
    if (tone === "chapter") console.log(`\n${colours.chapter(text)}`);
    else console.log(`${dim(time.padStart(11))}  ${colours[tone](`${who.padEnd(width)}  ${text}`)}`);
  }
}

/** One block an actor, as the trace's last line has it. */
export function printEndState(trace: Trace): void {
  const end = trace.events.findLast((event) => event.type === "end");
  if (end?.type !== "end") return;
  const labels = new Map(trace.header.actors.map((actor) => [actor.id, actor.label]));
  console.log(bold("Where everybody ends"));
  for (const { actor, state } of end.states) {
    console.log(`  ${bold(labels.get(actor) ?? actor)}`);
    for (const [key, value] of Object.entries(state)) printValue(key, value, "    ");
  }
}

function printValue(key: string, value: Json, indent: string): void {
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) console.log(`${indent}${dim(key)} ${inWords(item)}`);
  } else console.log(`${indent}${dim(key)} ${inWords(value)}`);
}

function inWords(value: Json): string {
  if (Array.isArray(value)) return (value as readonly Json[]).map(inWords).join(", ");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([key, each]) => `${key} ${inWords(each)}`)
    .join("; ");
}
