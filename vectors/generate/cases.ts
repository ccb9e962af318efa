/** Cases in few words: positives, and negatives that are a positive with one member of its input changed. */
import type { Json, JsonObject, Level, VectorCase } from "../format/case.ts";

export interface Positive {
  readonly id: string;
  readonly comment: string;
  readonly outcome: string | readonly string[];
  readonly input: JsonObject;
  readonly output?: JsonObject;
  readonly view?: Json;
  readonly requirements?: readonly string[];
  readonly level?: Level;
}

export function positive(each: Positive): VectorCase {
  const { id, comment, outcome, input, output, view, requirements = [], level = "MUST" } = each;
  return {
    id,
    comment,
    flags: ["Valid"],
    requirements,
    expect: { level, allow: typeof outcome === "string" ? [outcome] : outcome },
    input,
    ...(output === undefined ? {} : { output }),
    ...(view === undefined ? {} : { view }),
  };
}

export interface Negative {
  /** What is appended to the parent's id. */
  readonly slug: string;
  readonly flag: string;
  /** Where the fault is, in the draft's names. */
  readonly path: string;
  readonly op: string;
  readonly outcome: string | readonly string[];
  /** The members of the parent's input that the fault changes; undefined: left out. */
  readonly change: Readonly<Record<string, Json | undefined>>;
  readonly output?: JsonObject;
  readonly requirements?: readonly string[];
  readonly level?: Level;
}

export function negative(parent: VectorCase, each: Negative): VectorCase {
  const { slug, flag, path, op, outcome, change, output, requirements, level } = each;
  const input = Object.fromEntries(
    Object.entries({ ...parent.input, ...change }).filter(
      (entry): entry is [string, Json] => entry[1] !== undefined,
    ),
  );
  return {
    id: `${parent.id}-${slug}`,
    comment: op,
    flags: [flag],
    requirements: requirements ?? parent.requirements,
    expect: {
      level: level ?? parent.expect.level,
      allow: typeof outcome === "string" ? [outcome] : outcome,
    },
    parent: parent.id,
    fault: { path, op },
    input,
    ...(output === undefined ? {} : { output }),
  };
}
