import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eventShapes } from "../../../simulator/trace/events.ts";
import { headerShape } from "../../../simulator/trace/header.ts";
import { type Json, type JsonSchema, traceSchema, writeTrace } from "../../../simulator/trace/index.ts";
import type { Shape } from "../../../simulator/trace/shape.ts";
import { exampleTrace, traces } from "./example-trace.ts";

const published = JSON.parse(
  readFileSync(new URL("../../../simulator/trace/trace.schema.json", import.meta.url), "utf8"),
) as JsonSchema;
const validate = new Ajv2020({ strict: true, allErrors: false }).compile(published);

/** Whether the reader's own check accepts a value as a line, apart from the rules between lines. */
function isLine(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const type = "type" in value ? eventShapes.get(String(value.type)) : undefined;
  const shape = (type ?? headerShape) as Shape<never>;
  return shape.problem(value, "") === undefined;
}

describe("the published schema of a trace", () => {
  it("is the one that the shapes generate", () => {
    expect(published).toEqual(traceSchema());
  });

  it("accepts every line of the example", () => {
    for (const line of writeTrace(exampleTrace()).trimEnd().split("\n")) {
      expect(validate(JSON.parse(line)), line).toBe(true);
    }
  });

  it("accepts every line that is written", () => {
    fc.assert(
      fc.property(traces, (trace) => {
        for (const line of writeTrace(trace).split("\n").slice(0, -1))
          expect(validate(JSON.parse(line))).toBe(true);
      }),
    );
  });

  it("agrees with the reader on lines whose fields were changed, removed or added", () => {
    const values: Json[] = [
      null,
      true,
      0,
      1,
      -1,
      0.5,
      99,
      600,
      2 ** 53,
      "",
      "x",
      "0",
      "ABCD",
      "local",
      "end",
      [],
      {},
      [1],
      ["a"],
    ];
    const examples = [...exampleTrace().events, exampleTrace().header];
    const change = fc.record({
      field: fc.nat(),
      value: fc.option(fc.constantFrom(...values), { nil: undefined }),
      extra: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.constantFrom(...examples), change, (example, { field, value, extra }) => {
        const names = Object.keys(example);
        const name = extra ? "extra" : (names[field % names.length] as string);
        const { [name]: _, ...rest } = example as Record<string, unknown>;
        const changed = value === undefined ? rest : { ...rest, [name]: value };
        expect(validate(changed)).toBe(isLine(changed));
      }),
      { numRuns: 2000 },
    );
  });
});
