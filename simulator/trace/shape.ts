/**
 * Shapes of JSON values. A part of the trace is declared once, as a shape; its TypeScript type, its JSON Schema,
 * the strict check of the reader and the canonical text of the writer all derive from that declaration.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A JSON Schema (2020-12), as plain data. */
export type JsonSchema = { readonly [keyword: string]: Json };

/** What a JSON value looks like, and how it is written. */
export interface Shape<T> {
  readonly schema: JsonSchema;
  /** What is wrong with `value`, in words that begin with `path`; undefined where it has this shape. */
  problem(value: unknown, path: string): string | undefined;
  /** The one text of `value`: fields in the order of their declaration, no spaces. */
  write(value: T): string;
}

/** A field that may be absent. It is absent, never null or undefined. */
export interface Optional<T> extends Shape<T> {
  readonly optional: true;
}

/** The TypeScript type of a shape's values. */
export type Infer<S> = S extends Shape<infer T> ? T : never;

type Fields = Readonly<Record<string, Shape<never>>>;
type OptionalNames<F> = { [K in keyof F]: F[K] extends { readonly optional: true } ? K : never }[keyof F];

/** The type of an object with these fields. */
export type ObjectOf<F> = { readonly [K in Exclude<keyof F, OptionalNames<F>>]: Infer<F[K]> } & {
  readonly [K in OptionalNames<F>]?: Infer<F[K]>;
};

/** An object with exactly these fields. */
export function object<F extends Fields>(fields: F): Shape<ObjectOf<F>> {
  const entries = Object.entries(fields) as [string, Shape<unknown>][];
  const required = entries.filter(([, shape]) => !isOptional(shape)).map(([name]) => name);
  return {
    schema: {
      type: "object",
      properties: Object.fromEntries(entries.map(([name, shape]) => [name, shape.schema])),
      required,
      additionalProperties: false,
    },
    problem(value, path) {
      if (!isObject(value)) return `${path} is ${kindOf(value)}, not an object`;
      const unknown = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
      if (unknown !== undefined) {
        return `${path} has a field ${quoted(unknown)}, which is none of ${Object.keys(fields).join(", ")}`;
      }
      const missing = required.find((name) => !Object.hasOwn(value, name));
      if (missing !== undefined) return `${path} lacks the field "${missing}"`;
      return firstOf(entries, ([name, shape]) =>
        Object.hasOwn(value, name) ? shape.problem(value[name], `${path}.${name}`) : undefined,
      );
    },
    write(value) {
      const given = value as Readonly<Record<string, unknown>>;
      const written = entries.flatMap(([name, shape]) =>
        given[name] === undefined ? [] : [`${quoted(name)}:${shape.write(given[name])}`],
      );
      return `{${written.join(",")}}`;
    },
  };
}

/** The same shape, for a field that may be absent. */
export function optional<T>(shape: Shape<T>): Optional<T> {
  return { ...shape, optional: true };
}

/** Any number of values of one shape. */
export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    schema: { type: "array", items: item.schema },
    problem(value, path) {
      if (!Array.isArray(value)) return `${path} is ${kindOf(value)}, not a list`;
      return firstOf([...value.entries()], ([i, part]) => item.problem(part, `${path}[${i}]`));
    },
    write: (value) => `[${value.map(item.write).join(",")}]`,
  };
}

/** An object with any names, all of one shape; written in the order of the names (by UTF-16 code units). */
export function record<T>(item: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    schema: { type: "object", additionalProperties: item.schema },
    problem(value, path) {
      if (!isObject(value)) return `${path} is ${kindOf(value)}, not an object`;
      return firstOf(Object.entries(value), ([name, part]) => item.problem(part, `${path}.${name}`));
    },
    write: (value) =>
      `{${sortedEntries(value).map(([name, part]) => `${quoted(name)}:${item.write(part)}`)}}`,
  };
}

/** Any text. */
export const text: Shape<string> = {
  schema: { type: "string" },
  problem: (value, path) =>
    typeof value === "string" ? undefined : `${path} is ${kindOf(value)}, not a text`,
  write: quoted,
};

/** A text that is not empty. */
export const name: Shape<string> = {
  schema: { type: "string", minLength: 1 },
  problem: (value, path) => text.problem(value, path) ?? (value === "" ? `${path} is empty` : undefined),
  write: quoted,
};

/** Octets in lowercase hexadecimal; exactly `octets` of them where that is given. */
export function hexText(octets?: number): Shape<string> {
  const pattern = octets === undefined ? "^([0-9a-f]{2})*$" : `^[0-9a-f]{${2 * octets}}$`;
  const expected = `${octets === undefined ? "" : `${octets} octets in `}lowercase hexadecimal`;
  // Tested apart from the schema's pattern: engines limit how long a text a repeated group may match.
  const isHex = (value: string) =>
    value.length % 2 === 0 &&
    (octets === undefined || value.length === 2 * octets) &&
    /^[0-9a-f]*$/.test(value);
  return {
    schema: { type: "string", pattern },
    problem: (value, path) =>
      text.problem(value, path) ?? (isHex(value as string) ? undefined : `${path} is not ${expected}`),
    write: quoted,
  };
}

/** An integer from `min` to `max`. */
export function integer(min: number, max: number = Number.MAX_SAFE_INTEGER): Shape<number> {
  return {
    schema: { type: "integer", minimum: min, maximum: max },
    problem(value, path) {
      if (!Number.isSafeInteger(value)) return `${path} is ${kindOf(value)}, not an integer`;
      const number = value as number;
      return number >= min && number <= max ? undefined : `${path} is ${number}, not from ${min} to ${max}`;
    },
    write: (value) => JSON.stringify(value),
  };
}

export const boolean: Shape<boolean> = {
  schema: { type: "boolean" },
  problem: (value, path) =>
    typeof value === "boolean" ? undefined : `${path} is ${kindOf(value)}, not true or false`,
  write: (value) => JSON.stringify(value),
};

/** One of these texts. */
export function oneOf<const T extends string>(...choices: readonly T[]): Shape<T> {
  return {
    schema: choices.length === 1 ? { const: choices[0] as T } : { enum: choices },
    problem(value, path) {
      if (choices.includes(value as T)) return undefined;
      return `${path} is ${typeof value === "string" ? quoted(value) : kindOf(value)}, not ${choices.join(" or ")}`;
    },
    write: quoted,
  };
}

/** A value of one of two shapes that have no value in common. */
export function either<A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> {
  return {
    schema: { anyOf: [first.schema, second.schema] },
    problem(value, path) {
      const problem = first.problem(value, path);
      return problem === undefined ? undefined : second.problem(value, path) && problem;
    },
    write: (value) =>
      first.problem(value, "") === undefined ? first.write(value as A) : second.write(value as B),
  };
}

/** How deep `json` values may nest: what a hostile trace nests deeper is refused, not followed. */
const maxDepth = 64;

/** Any JSON value; objects are written in the order of their names (by UTF-16 code units). */
export const json: Shape<Json> = {
  schema: {},
  problem: (value, path) => jsonProblem(value, path, maxDepth),
  write: canonicalJson,
};

function jsonProblem(value: unknown, path: string, depth: number): string | undefined {
  if (depth === 0) return `${path} nests deeper than ${maxDepth} levels`;
  if (value === null || typeof value === "boolean" || typeof value === "string") return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `${path} is not a finite number`;
  if (typeof value !== "object") return `${path} is ${kindOf(value)}, not a JSON value`;
  return firstOf(Object.entries(value), ([key, part]) => jsonProblem(part, `${path}.${key}`, depth - 1));
}

function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  return `{${sortedEntries(value).map(([key, part]) => `${quoted(key)}:${canonicalJson(part)}`)}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isOptional(shape: Shape<unknown>): boolean {
  return "optional" in shape;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sortedEntries<T>(value: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

function quoted(value: string): string {
  return JSON.stringify(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? "a text" : String(value);
}

function firstOf<T>(items: readonly T[], problem: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = problem(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
