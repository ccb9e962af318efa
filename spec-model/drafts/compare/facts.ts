/** What can be compared of a draft: its definitions, registrations, endpoints, demands and flows. */
import { type Analysed, analyse } from "../analysis/index.ts";
import { linesOfRule } from "../cddl/index.ts";
import { schemaBlocks } from "../checks/cddl.ts";
import { registriesIn } from "../checks/registrations.ts";
import type { Draft, Place } from "../document/index.ts";
import { readLadder } from "../figures/index.ts";
import { normativeSentences } from "../reading/index.ts";
import { canonical } from "../tls/symbols.ts";

export interface Fact {
  readonly name: string;
  readonly section: string;
  /** What is compared, line by line. */
  readonly lines: readonly string[];
  readonly place: Place;
}

export interface Facts {
  readonly wire: readonly Fact[];
  /** Rules of CDDL. */
  readonly schema: readonly Fact[];
  readonly registry: readonly Fact[];
  readonly endpoint: readonly Fact[];
  /** Named by their fingerprints; the line is the sentence. */
  readonly rule: readonly Fact[];
  readonly flow: readonly Fact[];
}

export function factsOf(draft: Draft): Facts {
  const analysed = analyse(draft);
  const definitions = analysed.tls.flatMap(({ parsed, placeAt, block }) =>
    parsed.definitions.map((definition) => ({
      name: definition.name.name,
      section: block.section.number,
      lines: canonical(definition),
      place: placeAt(definition.name.offset),
    })),
  );
  return {
    wire: firstOfEach(definitions),
    schema: firstOfEach(schemaRules(analysed)),
    registry: registrations(draft),
    endpoint: firstOfEach(endpointsIn(draft)),
    rule: normativeSentences(draft).map(({ fingerprint, text, section, place }) => ({
      name: fingerprint,
      section: section.number,
      lines: [text],
      place,
    })),
    flow: flowsIn(draft),
  };
}

/** The complete schema comes before the snippets that explain it. */
function schemaRules(analysed: Analysed): Fact[] {
  const blocks = schemaBlocks(analysed).toSorted((a, b) => b.cddl.rules.length - a.cddl.rules.length);
  return blocks.flatMap(({ cddl, placeAt, block }) =>
    cddl.rules.map((rule) => ({
      name: rule.name,
      section: block.section.number,
      lines: linesOfRule(rule),
      place: placeAt(rule.offset),
    })),
  );
}

/** A copy in an appendix is the same fact. */
function firstOfEach(facts: readonly Fact[]): Fact[] {
  const byName = new Map<string, Fact>();
  for (const fact of facts) if (!byName.has(fact.name)) byName.set(fact.name, fact);
  return [...byName.values()];
}

function registrations(draft: Draft): Fact[] {
  const all = registriesIn(draft).flatMap(({ entries, section }) =>
    entries.map(({ name, value, to, place }) => ({
      name,
      section: section.number,
      lines: [
        value === undefined
          ? "a value to be assigned"
          : to === undefined
            ? String(value)
            : `${value} to ${to}`,
      ],
      place,
    })),
  );
  return firstOfEach(all.filter(({ name }) => !/^(?:reserved|unassigned|grease|private)/i.test(name)));
}

function endpointsIn({ blocks }: Draft): Fact[] {
  return blocks.flatMap(({ lines, section }) =>
    lines.flatMap((line) => {
      const match = /^\s*(GET|POST|PUT|DELETE|PATCH) (\/(\w+)\/?\S*\{\S*)/.exec(line.text);
      if (match === null) return [];
      const [, method = "", path = "", name = ""] = match;
      return [{ name, section: section.number, lines: [`${method} ${path}`], place: line }];
    }),
  );
}

/** The steps of a figure, or its arrows where it has none. */
function flowsIn({ blocks }: Draft): Fact[] {
  return blocks.flatMap((block) => {
    const ladder = readLadder(block.lines);
    if (ladder === undefined) return [];
    const steps = ladder.steps.map(
      ({ from, to, text }) => `${from}${to === undefined ? "" : `->${to}`}: ${text}`,
    );
    const arrows = ladder.arrows.map(({ from, to, label }) => `${from ?? "?"}->${to ?? "?"}: ${label}`);
    const name = block.title || block.section.title;
    return [
      { name, section: block.section.number, lines: steps.length > 0 ? steps : arrows, place: block.opened },
    ];
  });
}
