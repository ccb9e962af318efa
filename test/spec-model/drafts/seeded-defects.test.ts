/** Single defects in a correct draft: each is found, at its line, and nothing else is reported. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkDrafts, type Finding, readDraft, ruleIds } from "../../../spec-model/drafts/index.ts";
import { type Mutation, mutations } from "./seeded/mutations.ts";

const file = "draft-example-rooms.md";
const correct = readFileSync(new URL(`./seeded/${file}`, import.meta.url), "utf8");

function check(text: string): Finding[] {
  return checkDrafts([readDraft({ file, bytes: new TextEncoder().encode(text) })]);
}

function mutated({ find, replace, occurrence = 1 }: Mutation): { text: string; index: number } {
  let index = -1;
  for (let i = 0; i < occurrence; i++) index = correct.indexOf(find, index + 1);
  if (index === -1) throw new Error(`the draft has no ${JSON.stringify(find)}`);
  return { text: correct.slice(0, index) + replace + correct.slice(index + find.length), index };
}

/** The line of the first character that is not as before, or that of the text given. */
function lineOf({ text, index }: { text: string; index: number }, { at }: Mutation): number {
  let offset = at === undefined ? index : nearest(text, at, index);
  if (at === undefined) while (text[offset] === correct[offset] && offset < text.length) offset++;
  return text.slice(0, offset).split("\n").length;
}

function nearest(text: string, wanted: string, index: number): number {
  const before = text.lastIndexOf(wanted, index + 1);
  const after = text.indexOf(wanted, index);
  if (before === -1) return after;
  return after === -1 || index - before <= after - index ? before : after;
}

describe("single defects in a correct draft", () => {
  it("finds nothing in the correct draft", () => {
    expect(check(correct)).toEqual([]);
  });

  it("has at least 60 mutations, and one for nearly every rule", () => {
    expect(mutations.length).toBeGreaterThanOrEqual(60);
    const covered = new Set(mutations.map(({ rule }) => rule));
    // A block that is no definition at all, XML and nesting have tests of their own.
    expect(ruleIds.filter((id) => !covered.has(id))).toEqual([
      "tls-syntax",
      "malformed-xml",
      "reading-stopped",
    ]);
  });

  it.each(mutations.map((mutation) => [mutation.name, mutation] as const))("%s", (_, mutation) => {
    const changed = mutated(mutation);
    const found = check(changed.text).map(({ rule, place }) => ({ rule, line: place.line }));
    expect(found).toEqual([{ rule: mutation.rule, line: lineOf(changed, mutation) }]);
  });
});
