/** The published files: what they promise holds, and they are what the generator makes. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { requirements } from "../../spec-model/requirements/index.ts";
import { isNegative } from "../../vectors/format/case.ts";
import { negativesOf } from "../../vectors/format/envelope.ts";
import { generatedFiles } from "../../vectors/generate/files.ts";
import { mutants } from "../../vectors/mutants/index.ts";
import {
  checkedFile,
  type LoadedFile,
  loadFile,
  manifest,
  publishedPaths,
  VectorFileError,
  vectorsFolder,
} from "../../vectors/verify/index.ts";

const files = publishedPaths().map((path) => loadFile(join(vectorsFolder, path)));
const cases = files.flatMap((each) => each.cases);

describe("the published vectors", () => {
  it("are byte for byte what the generator makes", () => {
    const differing = [...generatedFiles()].filter(
      ([path, text]) => readFileSync(join(vectorsFolder, path), "utf8") !== text,
    );
    expect(differing.map(([path]) => path)).toEqual([]);
  });

  it("are at least 5,000, at least 40 % of them negative", () => {
    const { tests, negative } = manifest();
    expect(tests).toBe(cases.length);
    expect(tests).toBeGreaterThanOrEqual(5000);
    expect(negative).toBe(cases.filter(isNegative).length);
    expect(negative / tests).toBeGreaterThanOrEqual(0.4);
  });

  it("have an id each, over all files", () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });

  it("are in files of at most 2 MB, together at most 60 MB", () => {
    const sizes = publishedPaths().map((path) => statSync(join(vectorsFolder, path)).size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2_000_000);
    expect(sizes.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(60_000_000);
  });

  it("are counted as the manifest says", () => {
    for (const entry of manifest().files) {
      const { file } = loadFile(join(vectorsFolder, entry.path));
      expect([file.numberOfTests, negativesOf(file)]).toEqual([entry.tests, entry.negative]);
    }
  });

  it("name requirements that the catalogue has", () => {
    const known = new Set(requirements.map(({ id }) => id));
    const named = new Set(cases.flatMap((each) => each.requirements));
    expect([...named].filter((id) => !known.has(id))).toEqual([]);
  });

  it("have negatives that each name a valid parent of the same operation", () => {
    const byId = new Map(cases.map((each) => [each.id, each]));
    for (const each of cases.filter(isNegative)) {
      const parent = byId.get(each.parent ?? "");
      expect(parent, each.id).toBeDefined();
      expect(parent && isNegative(parent), each.id).toBe(false);
      expect(parent?.operation, each.id).toBe(each.operation);
      expect(parent?.input, each.id).not.toEqual(each.input);
    }
  });

  it("have negatives that each find a mistake: some implementation with one mistake accepts it", () => {
    const useless = cases
      .filter(isNegative)
      .filter((each) => !mutants.some((mutant) => mutant.survives(each)));
    expect(useless.map(({ id }) => id)).toEqual([]);
  });

  it("find each of the mistakes that implementations are made with", () => {
    const negatives = cases.filter(isNegative);
    const unfound = mutants.filter((mutant) => !negatives.some((each) => mutant.survives(each)));
    expect(unfound.map(({ id }) => id)).toEqual([]);
  });
});

describe("a vector file", () => {
  const [first] = files as [LoadedFile];

  /** A deep copy that may be changed. */
  function copy(): { [member: string]: never } & {
    testGroups: { tests: { [member: string]: unknown }[] }[];
  } {
    return JSON.parse(JSON.stringify(first.file));
  }

  function problemOf(change: (document: ReturnType<typeof copy>) => void): string {
    const document = copy();
    change(document);
    try {
      checkedFile("changed.json", document);
    } catch (error) {
      if (error instanceof VectorFileError) return error.message;
      throw error;
    }
    throw new Error("it was accepted");
  }

  const testsIn = (document: ReturnType<typeof copy>) => document.testGroups[0]?.tests ?? [];

  it("is accepted as it is published", () => {
    expect(checkedFile("x", copy()).cases).toHaveLength(first.cases.length);
  });

  it.each([
    [
      "an unknown member",
      (d: ReturnType<typeof copy>) => Object.assign(d, { more: 1 }),
      "additional properties",
    ],
    [
      "an unknown member of a case",
      (d: ReturnType<typeof copy>) => Object.assign(testsIn(d)[0] ?? {}, { more: 1 }),
      "more",
    ],
    [
      "an unknown input",
      (d: ReturnType<typeof copy>) => Object.assign(testsIn(d)[0]?.["input"] ?? {}, { more: 1 }),
      "more",
    ],
    [
      "an id twice",
      (d: ReturnType<typeof copy>) => Object.assign(testsIn(d)[1] ?? {}, { id: testsIn(d)[0]?.["id"] }),
      "twice",
    ],
    [
      "a wrong count",
      (d: ReturnType<typeof copy>) => Object.assign(d, { numberOfTests: 1 }),
      "numberOfTests",
    ],
    [
      "a tcId out of order",
      (d: ReturnType<typeof copy>) => Object.assign(testsIn(d)[0] ?? {}, { tcId: 7 }),
      "tcId",
    ],
    ["a flag without a note", (d: ReturnType<typeof copy>) => Object.assign(d, { notes: {} }), "no note"],
    ["no family", (d: ReturnType<typeof copy>) => Object.assign(d, { family: "x" }), "of no family"],
    [
      "an outcome that its operation does not have",
      (d: ReturnType<typeof copy>) =>
        Object.assign(testsIn(d)[0] ?? {}, { expect: { level: "MUST", allow: ["maybe"] } }),
      "allowed values",
    ],
  ])("is refused with %s", (_, change, says) => {
    expect(problemOf(change)).toContain(says);
  });
});
