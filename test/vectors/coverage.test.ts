/** What the vectors cover: links lead to requirements that exist, what is left out has a reason, few are as good as all. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { requirements } from "../../spec-model/requirements/index.ts";
import {
  allItems,
  type CaseItems,
  type Coverage,
  coverageOf,
  isTestable,
  itemsOf,
  type MinimalSet,
  minimalSet,
} from "../../vectors/coverage/index.ts";
import { linkedIds } from "../../vectors/format/requirement-links.ts";
import { loadFile, publishedPaths, vectorsFolder } from "../../vectors/verify/index.ts";

const known = new Map(requirements.map((each) => [each.id, each]));
let items: readonly CaseItems[];
let found: Coverage;

beforeAll(() => {
  const cases = publishedPaths().flatMap((path) => loadFile(join(vectorsFolder, path)).cases);
  items = cases.map(itemsOf);
  found = coverageOf(items);
}, 300_000);

describe("what cases are about", () => {
  it("is in the catalogue of requirements", () => {
    expect(linkedIds.filter((id) => !known.has(id))).toEqual([]);
    expect(found.covered.filter((id) => !known.has(id))).toEqual([]);
  });

  it("is something for every link", () => {
    expect(linkedIds.filter((id) => !found.covered.includes(id))).toEqual([]);
  });

  it("is every requirement with a form on the wire or in a policy", () => {
    expect(found.notCovered).toEqual([]);
    expect(found.testable.all).toBe(requirements.filter(isTestable).length);
    expect(found.testable.all).toBeGreaterThan(310);
  });
});

describe("what cases find", () => {
  it("are all the mistakes that there are implementations with", () => {
    expect(found.mutants.found).toBe(found.mutants.all);
  });

  it("are mistakes of a kind for every case with a fault", () => {
    expect(found.negatives.found).toBe(found.negatives.all);
    expect(found.negatives.all).toBeGreaterThan(items.length * 0.4);
  });

  it("are transitions of the machines of every seat", () => {
    const machines = found.transitions.map(([machine]) => machine);
    for (const machine of ["hub room", "follower room", "participant room", "fan-out", "consent"]) {
      expect(machines).toContain(machine);
    }
  });
});

describe("the minimal sets", () => {
  const published = JSON.parse(readFileSync(join(vectorsFolder, "minimal.json"), "utf8")) as Record<
    string,
    MinimalSet
  >;

  it("cover all that their families cover", () => {
    for (const [family, { cases, of }] of Object.entries(published)) {
      const own = items.filter((each) => each.family === family);
      expect(own).toHaveLength(of);
      const chosen = own.filter(({ id }) => cases.includes(id));
      expect(chosen).toHaveLength(cases.length);
      const all = new Set(own.flatMap(allItems));
      expect(new Set(chosen.flatMap(allItems)).size).toBe(all.size);
    }
  });

  it("are there for every family, and smaller", () => {
    expect(Object.keys(published)).toEqual(found.families.map(({ family }) => family));
    for (const { cases, of } of Object.values(published)) expect(cases.length).toBeLessThan(of / 2);
  });
});

describe("a minimal set", () => {
  const name = fc.constantFrom("a", "b", "c", "d", "e", "f");
  const caseItems = fc.record({
    id: fc.uuid(),
    family: fc.constant("codec" as const),
    requirements: fc.uniqueArray(name),
    mutants: fc.uniqueArray(name),
    transitions: fc.uniqueArray(name),
    kinds: fc.uniqueArray(name),
  });
  const someCases = fc.uniqueArray(caseItems, { selector: ({ id }) => id, maxLength: 12 });

  it("covers all that the cases cover, and each of its cases something that those before it do not", () => {
    fc.assert(
      fc.property(someCases, (all) => {
        const { cases } = minimalSet(all);
        const covered = new Set<string>();
        for (const id of cases) {
          const before = covered.size;
          for (const item of all.filter((each) => each.id === id).flatMap(allItems)) covered.add(item);
          expect(covered.size).toBeGreaterThan(before);
        }
        expect(covered).toEqual(new Set(all.flatMap(allItems)));
      }),
    );
  });

  it("begins with the case that is good for most", () => {
    fc.assert(
      fc.property(someCases, (all) => {
        const [first] = minimalSet(all).cases;
        const most = Math.max(0, ...all.map((each) => allItems(each).length));
        const chosen = all.find(({ id }) => id === first);
        expect(chosen === undefined ? 0 : allItems(chosen).length).toBe(most);
      }),
    );
  });
});
