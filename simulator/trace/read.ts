/** The strict reader of traces: what it accepts, the writer would write in exactly these bytes. */
import { textOf } from "../../spec-model/bytes.ts";
import { eventShapes, type TraceEvent } from "./events.ts";
import { headerShape, traceFormat } from "./header.ts";
import { createRules } from "./rules.ts";
import type { Shape } from "./shape.ts";
import type { Trace } from "./trace.ts";

/** Something that is not a trace. The message names the line (counted from 1) and says what was expected there. */
export class TraceError extends Error {
  override readonly name = "TraceError";
  readonly line: number;

  constructor(line: number, problem: string) {
    super(`line ${line}: ${problem}`);
    this.line = line;
  }
}

/** The trace that `input` (a text, or its UTF-8 octets) writes. Throws TraceError and nothing else. */
export function readTrace(input: string | Uint8Array): Trace {
  const text = typeof input === "string" ? input : textOf(input);
  if (text === undefined) throw new TraceError(firstBadLine(input as Uint8Array), "not valid UTF-8");
  const lines = text.split("\n");
  const last = lines.pop();
  if (last !== "") throw new TraceError(lines.length + 1, "ends without a line feed: the trace was cut off");
  const [first, ...rest] = lines;
  if (first === undefined)
    throw new TraceError(1, `empty: a trace begins with a header, {"trace":"${traceFormat}",...}`);
  const header = parseLine(first, 1, () => headerShape, "the header");
  const rules = createRules(header);
  const events = rest.map((line, i) => {
    const event = parseLine(line, i + 2, shapeOfEvent, "the event");
    const problem = rules.problem(event);
    if (problem !== undefined) throw new TraceError(i + 2, problem);
    return event;
  });
  const unended = rules.unended();
  if (unended !== undefined) throw new TraceError(lines.length + 1, unended);
  return { header, events };
}

function parseLine<T>(
  line: string,
  number: number,
  shapeOf: (value: unknown) => Shape<T> | string,
  path: string,
): T {
  const value = parseJson(line);
  if (value === undefined) throw new TraceError(number, "not JSON");
  const shape = shapeOf(value);
  const problem = typeof shape === "string" ? shape : shape.problem(value, path);
  if (typeof shape === "string" || problem !== undefined) throw new TraceError(number, problem ?? "");
  const canonical = shape.write(value as T);
  if (canonical !== line) throw new TraceError(number, notCanonical(line, canonical));
  return value as T;
}

function shapeOfEvent(value: unknown): Shape<TraceEvent> | string {
  const type = typeof value === "object" && value !== null && "type" in value ? value.type : undefined;
  const shape = typeof type === "string" ? eventShapes.get(type) : undefined;
  return shape ?? `the event's type is none of ${[...eventShapes.keys()].join(", ")}`;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function notCanonical(line: string, canonical: string): string {
  let at = 0;
  while (line[at] === canonical[at]) at++;
  const show = (text: string) =>
    at < text.length ? JSON.stringify(text.slice(at, at + 10)) : "the end of the line";
  return `not in canonical form at column ${at + 1}: ${show(canonical)} expected, ${show(line)} found`;
}

function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    if (textOf(bytes.subarray(start, end)) === undefined) return line;
    line++;
    start = end + 1;
  }
  return line;
}
