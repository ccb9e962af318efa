/** What changed from one revision of a draft to another: on the wire, in registries, endpoints, demands and flows. */
import type { Draft } from "../document/index.ts";
import type { Area, Change, Difference } from "./change.ts";
import { type Fact, type Facts, factsOf } from "./facts.ts";
import { modelledRevision } from "./modelled-revision.ts";

/** The differences in the order of the newer text, removals last. */
export function diffDrafts(older: Draft, newer: Draft): Change[] {
  const before = factsOf(older);
  const after = factsOf(newer);
  const areas = ["wire", "schema", "registry", "endpoint", "flow"] as const;
  const draftName = modelledRevision(newer) ?? "";
  const differences = areas.flatMap((area) => diffArea(area, before[area], after[area]));
  return [...differences, ...diffRules(before, after)].map((each) => ({ ...each, draft: draftName }));
}

function diffArea(area: Area, before: readonly Fact[], after: readonly Fact[]): Difference[] {
  const old = new Map(before.map((fact) => [fact.name, fact]));
  const names = new Set(after.map(({ name }) => name));
  const kept = after.flatMap((fact) => {
    const other = old.get(fact.name);
    if (other === undefined)
      return [
        change(
          area,
          "added",
          fact,
          fact.lines.map((line) => `+ ${line}`),
        ),
      ];
    const details = lineDiff(other.lines, fact.lines);
    return details.length === 0 ? [] : [change(area, "changed", fact, details)];
  });
  const gone = before
    .filter(({ name }) => !names.has(name))
    .map((fact) =>
      change(
        area,
        "removed",
        fact,
        fact.lines.map((line) => `- ${line}`),
      ),
    );
  return [...kept, ...gone];
}

function change(
  area: Area,
  kind: Difference["kind"],
  { name, section, place }: Fact,
  details: readonly string[],
): Difference {
  return {
    area,
    kind,
    name,
    section,
    details,
    place: { file: place.file, line: place.line, column: place.column },
    fingerprints: [],
  };
}

/** A sentence that shares most words with one that is gone is that one, changed. */
function diffRules(before: Facts, after: Facts): Difference[] {
  const old = new Set(before.rule.map(({ name }) => name));
  const fresh = after.rule.filter(({ name }) => !old.has(name));
  const kept = new Set(after.rule.map(({ name }) => name));
  const gone = before.rule.filter(({ name }) => !kept.has(name));
  const changes = fresh.map((fact) => {
    const index = mostAlike(fact, gone);
    const [other] = index === -1 ? [] : gone.splice(index, 1);
    const kind = other === undefined ? "added" : "changed";
    const details = [
      ...(other?.lines ?? []).map((line) => `- ${line}`),
      ...fact.lines.map((line) => `+ ${line}`),
    ];
    return {
      ...change("rule", kind, fact, details),
      name: `§${fact.section}`,
      fingerprints: [...(other === undefined ? [] : [other.name]), fact.name],
    };
  });
  const removed = gone.map((fact) => ({
    ...change(
      "rule",
      "removed",
      fact,
      fact.lines.map((line) => `- ${line}`),
    ),
    name: `§${fact.section}`,
    fingerprints: [fact.name],
  }));
  return [...changes, ...removed];
}

function mostAlike({ lines }: Fact, candidates: readonly Fact[]): number {
  const words = new Set(wordsIn(lines));
  const shares = candidates.map((candidate) => {
    const other = wordsIn(candidate.lines);
    return other.filter((word) => words.has(word)).length / Math.max(other.length, words.size);
  });
  const best = Math.max(0.5, ...shares);
  return shares.indexOf(best);
}

function wordsIn(lines: readonly string[]): string[] {
  return lines.join(" ").toLowerCase().match(/\w+/g) ?? [];
}

/** The lines that only one of the two has, in order: the shortest way from the one to the other. */
export function lineDiff(before: readonly string[], after: readonly string[]): string[] {
  const a = before.slice(0, 400);
  const b = after.slice(0, 400);
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row !== undefined)
        row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const details: string[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) details.push(`- ${a[i++]}`);
    else details.push(`+ ${b[j++]}`);
  }
  return details;
}
