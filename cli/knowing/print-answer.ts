/** The answers of `mimi knowledge` for people. */
import {
  type Asked,
  type Fact,
  type FactKind,
  kindsOfFacts,
  type Learned,
  onlyTogether,
  type RunKnowledge,
} from "../../simulator/knowledge/index.ts";
import { bold, dim } from "../colours.ts";
import { differencesUntil } from "./answer-data.ts";
import { isBy, learnedUntil, type Question } from "./question.ts";

/** Each fact, and behind it who knows it, in the order of learning it. */
export function printKnowers(known: RunKnowledge, question: Question): void {
  const learned = question.groups.map((asked) => ({
    who: nameOf(known, asked),
    by: new Map(learnedUntil(known, asked, question).map((fact) => [keyOf(fact), fact])),
  }));
  let kind: FactKind | undefined;
  for (const fact of question.facts) {
    if (fact.kind !== kind) {
      console.log(bold(`\n${kindsOfFacts[fact.kind]}`));
      kind = fact.kind;
    }
    const knowers = learned.flatMap(({ who, by }) => {
      const since = by.get(keyOf(fact))?.since;
      return since === undefined ? [] : [{ who, since }];
    });
    const inOrder = knowers.toSorted((a, b) => a.since.seq - b.since.seq);
    const told = inOrder.map(({ who, since }) => `${who} ${dim(`${seconds(since.at)} #${since.seq}`)}`);
    console.log(`  ${headingOf(known, fact)}\n    ${told.length === 0 ? dim("nobody") : told.join(", ")}`);
  }
}

/** How many facts of each kind each reader has learned. */
export function printCounts(known: RunKnowledge, question: Question): void {
  const counts = question.groups.map((asked) => {
    const learned = learnedUntil(known, asked, question);
    return { who: nameOf(known, asked), learned };
  });
  const kinds = (Object.keys(kindsOfFacts) as FactKind[]).filter((kind) =>
    question.facts.some((fact) => fact.kind === kind),
  );
  const width = Math.max(...counts.map(({ who }) => who.length), 5);
  console.log(bold("\nhow much of each kind"));
  console.log(`  ${"".padEnd(width)}  ${kinds.map((kind) => kind.padStart(11)).join(" ")}`);
  for (const { who, learned } of counts) {
    const cells = kinds.map((kind) => `${learned.filter((fact) => fact.kind === kind).length}`.padStart(11));
    console.log(`  ${who.padEnd(width)}  ${cells.join(" ")}`);
  }
  const all = kinds.map((kind) =>
    `${question.facts.filter((fact) => fact.kind === kind).length}`.padStart(11),
  );
  console.log(dim(`  ${"of".padEnd(width)}  ${all.join(" ")}`));
}

/** All that one reader has learned, in the order of learning it. */
export function printLearned(known: RunKnowledge, asked: Asked, question: Question): void {
  const learned = learnedUntil(known, asked, question);
  console.log(bold(`${nameOf(known, asked)}: ${learned.length} of ${question.facts.length}`));
  for (const fact of learned) printLine(fact);
  if (asked.parties.length < 2) return;
  const wanted = new Set(question.facts.map(keyOf));
  const together = onlyTogether(known, asked).filter(
    (fact) => wanted.has(keyOf(fact)) && isBy(fact.since, question.until),
  );
  console.log(bold(`\nof these, none of them alone: ${together.length}`));
  for (const fact of together) printLine(fact);
}

/** What each learns with the variants and not without them, and the other way round. */
export function printDifferences(known: RunKnowledge, honest: RunKnowledge, question: Question): void {
  let same = true;
  for (const asked of question.groups) {
    const { only, lacking } = differencesUntil(known, honest, asked, question);
    if (only.length + lacking.length === 0) continue;
    same = false;
    console.log(bold(`\n${nameOf(known, asked)}`));
    if (only.length > 0) console.log("  learns with the variant, and not without it");
    for (const fact of only) printLine(fact);
    if (lacking.length > 0) console.log("  learns without the variant, and not with it");
    for (const fact of lacking) printLine(fact);
  }
  if (same) console.log("nobody learns anything else with the variant than without it");
}

function printLine({ kind, what, since }: Learned): void {
  console.log(
    `  ${dim(`${seconds(since.at).padStart(9)} ${`#${since.seq}`.padStart(6)}`)}  ${kind.padEnd(11)} ${what}`,
  );
}

function headingOf(known: RunKnowledge, fact: Fact): string {
  const letter = fact.kind === "message" ? "m" : "h";
  const list = fact.kind === "message" ? known.messages : fact.kind === "handshake" ? known.hidden : [];
  const found = list.find((each) => each.fact.what === fact.what);
  if (found === undefined) return fact.what;
  const refused = found.isAccepted ? "" : ", which no hub has handed on";
  return `${letter}${found.number}  ${fact.what} ${dim(`(epoch ${found.epoch}${refused})`)}`;
}

function nameOf(known: RunKnowledge, { parties }: Asked): string {
  return parties.map((party) => known.labelOf(party)).join(" with ");
}

function keyOf({ kind, what }: Fact): string {
  return `${kind} ${what}`;
}

function seconds(microseconds: number): string {
  return `${(microseconds / 1_000_000).toFixed(3)}s`;
}
