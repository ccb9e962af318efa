/** A trace as canonical bytes: JSON Lines in UTF-8 with one order of fields, so that equal runs have equal digests. */
import { sha256 } from "@noble/hashes/sha2.js";
import { hex, utf8 } from "../../spec-model/bytes.ts";
import { eventShapes, type TraceEvent } from "./events.ts";
import { headerShape, type TraceHeader } from "./header.ts";
import type { Shape } from "./shape.ts";
import type { Trace } from "./trace.ts";

/**
 * The lines of `trace`, each ended by a line feed. Throws TypeError where the trace holds what no trace may hold:
 * that is a mistake of the program that recorded it.
 */
export function writeTrace(trace: Trace): string {
  const lines = [writeHeader(trace.header), ...trace.events.map(writeEvent)];
  return `${lines.join("\n")}\n`;
}

function writeHeader(header: TraceHeader): string {
  return written(headerShape, header, "the header");
}

function writeEvent(event: TraceEvent): string {
  const shape = eventShapes.get(event.type);
  if (shape === undefined) throw new TypeError(`a trace has no events of type ${event.type}`);
  return written(shape, event, event.type);
}

/** SHA-256 over the UTF-8 octets of a written trace, in hexadecimal: what two equal runs have in common. */
export function traceDigest(text: string): string {
  return hex(sha256(utf8(text)));
}

function written<T>(shape: Shape<T>, value: T, path: string): string {
  const problem = shape.problem(value, path);
  if (problem !== undefined) throw new TypeError(problem);
  return shape.write(value);
}
