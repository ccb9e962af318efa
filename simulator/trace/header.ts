/** The first line of a trace: what was run, with which choices, and who takes part. */
import {
  boolean,
  either,
  type Infer,
  integer,
  list,
  name,
  object,
  oneOf,
  optional,
  record,
  text,
} from "./shape.ts";

/** The name of the format, in every trace's first line. */
export const traceFormat = "mimi-trace/1";

const actorShape = object({
  id: name,
  kind: oneOf("client", "provider"),
  domain: name,
  user: optional(name),
  label: name,
});

/**
 * One who takes part. `id` is what other lines name it by, `label` what a person reads ("ClientA1", "ServerA");
 * `domain` is its provider's; `user` is the MIMI URI of a client's user.
 */
export type Actor = Infer<typeof actorShape>;

const scalar = either(boolean, either(integer(Number.MIN_SAFE_INTEGER), text));

export const headerShape = object({
  trace: oneOf(traceFormat),
  scenario: name,
  title: text,
  seed: either(integer(0), text),
  version: text,
  drafts: list(name),
  variants: record(text),
  options: record(scalar),
  actors: list(actorShape),
});

/**
 * The first line of a trace. `drafts` are the revisions modelled ("protocol-06"), `variants` the choices that differ
 * from the default model by name, `options` whatever else the run depends on, `version` that of the toolkit.
 */
export type TraceHeader = Infer<typeof headerShape>;
