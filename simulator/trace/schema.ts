/** The published JSON Schema (2020-12) of a line of a trace, generated from the shapes. */
import { eventShapes } from "./events.ts";
import { headerShape, traceFormat } from "./header.ts";
import type { JsonSchema } from "./shape.ts";

/** The schema: its root describes any one line of a trace, its $defs each kind of line. */
export function traceSchema(): JsonSchema {
  const events = [...eventShapes].map(([type, shape]) => [type, shape.schema] as const);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `One line of a trace (${traceFormat})`,
    description:
      "A trace is JSON Lines: a header, then events. Beyond this schema: a line is written without spaces and with its " +
      "fields in the order given here (other names in the order of their UTF-16 code units); seq counts from 0; at, in " +
      "microseconds of virtual time, does not go back; actors are in the header; a message is sent once and delivered or " +
      "dropped at most once; the last event is an end event, and only the last; state nests at most 64 levels deep.",
    oneOf: [ref("header"), ...events.map(([type]) => ref(type))],
    $defs: Object.fromEntries([["header", headerShape.schema], ...events]),
  };
}

function ref(definition: string): JsonSchema {
  return { $ref: `#/$defs/${definition}` };
}
