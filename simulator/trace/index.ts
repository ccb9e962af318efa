/** The trace: the product of a run, with its format, writer and strict reader. */
export type { EventType, TraceEvent, TraceEventBody } from "./events.ts";
export type { Actor, TraceHeader } from "./header.ts";
export { traceFormat } from "./header.ts";
export { readTrace, TraceError } from "./read.ts";
export { traceSchema } from "./schema.ts";
export type { Json, JsonSchema } from "./shape.ts";
export type { Trace, TraceRecorder } from "./trace.ts";
export { createRecorder } from "./trace.ts";
export { traceDigest, writeTrace } from "./write.ts";
