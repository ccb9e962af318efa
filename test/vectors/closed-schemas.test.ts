/** The schemas are closed all the way down: wherever a case has an object, a member that nobody knows is an error. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { publishedPaths, vectorsFolder } from "../../vectors/verify/index.ts";

interface Group {
  readonly operation: string;
  readonly input: { readonly structure?: string };
  readonly tests: readonly { readonly input: object; readonly output?: object }[];
}

const read = (path: string) => JSON.parse(readFileSync(join(vectorsFolder, path), "utf8"));
const validators = new Map<string, ValidateFunction>();

function validatorFor(family: string): ValidateFunction {
  const known = validators.get(family);
  if (known !== undefined) return known;
  const validate = new Ajv2020({ strict: false }).compile(read(`schemas/${family}.schema.json`));
  validators.set(family, validate);
  return validate;
}

/** Calls `visit` with every object below `node`, and with where it is; of lists, the first items stand for all. */
function eachObject(
  node: unknown,
  place: string,
  visit: (found: Record<string, unknown>, at: string) => void,
) {
  if (node === null || typeof node !== "object") return;
  if (Array.isArray(node)) {
    for (const item of node.slice(0, 3)) eachObject(item, `${place}[]`, visit);
    return;
  }
  visit(node as Record<string, unknown>, place);
  for (const [name, member] of Object.entries(node)) eachObject(member, `${place}.${name}`, visit);
}

describe("a file's schema", () => {
  it("has no room for a member that nobody knows, in any input or output", () => {
    const seen = new Set<string>();
    const open = new Set<string>();
    for (const path of publishedPaths()) {
      const file = read(path);
      const validate = validatorFor(file.family);
      for (const group of file.testGroups as Group[]) {
        const few = group.tests.filter((_, i) => i % Math.ceil(group.tests.length / 4) === 0);
        const alone = { ...file, testGroups: [{ ...group, tests: few }] };
        expect(validate(alone), `${path} ${group.operation}`).toBe(true);
        for (const part of [group.input, ...few.flatMap(({ input, output = {} }) => [input, output])]) {
          eachObject(part, `${group.operation} ${group.input.structure ?? ""}`, (found, at) => {
            if (seen.has(at)) return;
            seen.add(at);
            found["nobodyKnows"] = 1;
            if (validate(alone)) open.add(at);
            delete found["nobodyKnows"];
          });
        }
      }
    }
    expect([...open]).toEqual([]);
    expect(seen.size).toBeGreaterThan(500);
  });
});
