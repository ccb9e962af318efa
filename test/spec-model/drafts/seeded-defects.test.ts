/** Single defects in a correct draft: each is found, at its line, and nothing else is reported. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  againstModel,
  checkDrafts,
  diffDrafts,
  type Finding,
  readDraft,
  ruleIds,
} from "../../../spec-model/drafts/index.ts";
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
    // A block that is no definition at all, XML, nesting and runs of the model have tests of their own.
    expect(ruleIds.filter((id) => !covered.has(id))).toEqual([
      "tls-syntax",
      "figure-model-run",
      "malformed-xml",
      "reading-stopped",
    ]);
  });

  it("brings no check down, wherever it is cut or whatever is changed in it", () => {
    const change = fc.record({
      at: fc.nat(correct.length),
      length: fc.nat(80),
      by: fc.stringMatching(/^[-{}[\]()<>|;:=,"'`~#/*\\&. a-zA-Z0-9\n]{0,12}$/),
      end: fc.integer({ min: 1, max: correct.length }),
    });
    const flowsOf = () => [
      { title: "A", messages: [{ from: "ServerA", to: "ServerB", what: "/deliver", at: 1 }] },
    ];
    fc.assert(
      fc.property(change, ({ at, length, by, end }) => {
        const text = (correct.slice(0, at) + by + correct.slice(at + length)).slice(0, end);
        const draft = readDraft({ file, bytes: new TextEncoder().encode(text) });
        checkDrafts([{ ...draft, name: "draft-ietf-mimi-protocol-06" }], { flowsOf });
        againstModel(draft);
        diffDrafts(readDraft({ file, bytes: new TextEncoder().encode(correct) }), draft);
      }),
      { numRuns: 60 },
    );
  });

  it.each(mutations.map((mutation) => [mutation.name, mutation] as const))("%s", (_, mutation) => {
    const changed = mutated(mutation);
    const found = check(changed.text).map(({ rule, place }) => ({ rule, line: place.line }));
    expect(found).toEqual([{ rule: mutation.rule, line: lineOf(changed, mutation) }]);
  });
});
