/** The closed JSON Schemas (2020-12) of the published files, built from the operations. */
import { type Family, families, type Json, type JsonObject } from "./case.ts";
import { type Operation, operations } from "./operations/index.ts";

const text = { type: "string", minLength: 1 } as const;
const count = { type: "integer", minimum: 0 } as const;
const digest = { type: "string", pattern: "^[0-9a-f]{64}$" } as const;
const slug = { type: "string", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" } as const;

/** The schema of each family's files and of the manifest, by file name. */
export function schemas(): ReadonlyMap<string, JsonObject> {
  return new Map([
    ...families.map((family) => [`${family}.schema.json`, fileSchema(family)] as const),
    ["manifest.schema.json", manifestSchema()] as const,
  ]);
}

function fileSchema(family: Family): JsonObject {
  const own = operations.filter((each) => each.family === family);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `MIMI test vectors: ${family}`,
    ...closed({
      schema: { const: `../../schemas/${family}.schema.json` },
      draft: closed({ short: text, document: text }),
      generator: closed({ name: text, version: text, seed: text }),
      family: { const: family },
      suite: slug,
      title: text,
      numberOfTests: count,
      notes: {
        type: "object",
        propertyNames: { pattern: "^[A-Z][A-Za-z0-9]*$" },
        additionalProperties: note,
      },
      testGroups: { type: "array", items: anyGroup(own) },
    }),
    ...definitionsOf(own),
  };
}

/** What members of several operations refer to; nothing where none does. */
function definitionsOf(own: readonly Operation[]): JsonObject {
  const all = Object.assign({}, ...own.map(({ definitions = {} }) => definitions)) as JsonObject;
  return Object.keys(all).length === 0 ? {} : { $defs: all };
}

/** Chosen by its operation, so that what is wrong with a group is said of its own schema. */
function anyGroup(own: readonly Operation[]): JsonObject {
  return {
    type: "object",
    required: ["operation"],
    properties: { operation: { enum: own.map(({ name }) => name) } },
    allOf: own.map((operation) => ({
      if: { properties: { operation: { const: operation.name } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: groupSchema(operation),
    })),
  };
}

const note = closed({ kind: text, description: text, effect: text, draft: text });

function groupSchema(operation: Operation): JsonObject {
  const group = closed({
    operation: { const: operation.name },
    comment: text,
    input: members(operation.input, []),
    tests: { type: "array", items: caseSchema(operation) },
  });
  const { values } = operation;
  if (values === undefined) return group;
  return {
    ...group,
    allOf: Object.entries(values).map(([structure, value]) => ofStructure(structure, value)),
  };
}

/** What `value` is in a group's cases where its input names this structure. */
function ofStructure(structure: string, value: JsonObject): JsonObject {
  const having = { properties: { value } };
  const tests = { items: { properties: { input: having, output: having } } };
  return {
    if: { properties: { input: { properties: { structure: { const: structure } } } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { tests } },
  };
}

function caseSchema(operation: Operation): JsonObject {
  const outcomes = { enum: Object.keys(operation.outcomes) };
  return closed(
    {
      tcId: { type: "integer", minimum: 1 },
      id: slug,
      comment: text,
      flags: { type: "array", items: text, uniqueItems: true },
      requirements: { type: "array", items: text, uniqueItems: true },
      expect: closed({
        level: { enum: ["MUST", "SHOULD", "MAY"] },
        allow: { type: "array", items: outcomes, minItems: 1, uniqueItems: true },
      }),
      parent: slug,
      fault: closed({ path: { type: "string" }, op: text }),
      input: members(operation.input, []),
      output: members(operation.output, []),
      view: {},
    },
    ["parent", "fault", "output", "view"],
  );
}

/** A group's members and a case's make one input together: neither has to have all of them. */
function members(declared: Operation["input"], required: readonly string[]): JsonObject {
  return {
    type: "object",
    properties: Object.fromEntries(Object.entries(declared).map(([name, { schema }]) => [name, schema])),
    required,
    additionalProperties: false,
  };
}

function manifestSchema(): JsonObject {
  const entry = closed({
    path: text,
    family: { enum: families },
    draft: text,
    tests: count,
    negative: count,
    octets: count,
    sha256: digest,
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "MIMI test vectors: what is published",
    ...closed({
      generator: closed({ name: text, version: text }),
      tests: count,
      negative: count,
      files: { type: "array", items: entry },
    }),
  };
}

function closed(
  properties: Readonly<Record<string, Json>>,
  optional: readonly string[] = [],
): JsonObject & { readonly type: "object" } {
  return {
    type: "object",
    properties,
    required: Object.keys(properties).filter((name) => !optional.includes(name)),
    additionalProperties: false,
  };
}
