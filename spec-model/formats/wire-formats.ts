/** The structures in TLS presentation language as formats. */
import { type NamedStructure, structures } from "../structures.ts";
import { annotate, presentation } from "../wire/index.ts";
import { JsonError } from "./from-json.ts";
import type { Decoded, Format } from "./part.ts";
import { wireFromJson, wireToJson } from "./wire-json.ts";
import { wirePart } from "./wire-tree.ts";

type Annotation = ReturnType<typeof annotate>;

export const wireFormats: readonly Format[] = structures.map((structure) => ({
  name: structure.name,
  source: structure.source,
  says: structure.says,
  decode: (bytes) => decoded(bestAnnotation(structure, bytes)),
  encode: (json) => encoded(structure, json),
  definition: () => presentation(structure.codec, structure.name),
}));

function decoded({ tree, error }: Annotation): Decoded {
  return {
    part: wirePart(tree),
    json: wireToJson(tree),
    error: error && { message: error.message, offset: error.offset },
    diagnostic: undefined,
  };
}

/** In the surroundings in which it reads furthest. */
function bestAnnotation(structure: NamedStructure, bytes: Uint8Array): Annotation {
  const reached = ({ error }: Annotation) => error?.offset ?? Number.POSITIVE_INFINITY;
  const [first, ...others] = enclosings(structure).map((enclosing) =>
    annotate(structure.codec, bytes, enclosing),
  );
  return others.reduce(
    (best, each) => (reached(each) > reached(best) ? each : best),
    first ?? annotate(structure.codec, bytes),
  );
}

/** In the first surroundings that it fits. */
function encoded(structure: NamedStructure, json: unknown): Uint8Array {
  let problem: unknown;
  for (const enclosing of enclosings(structure)) {
    try {
      const value = wireFromJson(structure.codec, json, structure.name, enclosing);
      return structure.codec.encode(value, enclosing);
    } catch (error) {
      if (!(error instanceof JsonError)) throw error;
      problem ??= error;
    }
  }
  throw problem;
}

function enclosings({ surroundings }: NamedStructure): readonly unknown[] {
  return surroundings.length === 0 ? [undefined] : surroundings.map(({ enclosing }) => enclosing);
}
