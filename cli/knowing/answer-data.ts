/** The answers of `mimi knowledge` as data, for researchers' programs. */
import type { Asked, Learned, RunKnowledge } from "../../simulator/knowledge/index.ts";
import { differenceBetween } from "../../simulator/knowledge/index.ts";
import { isBy, learnedUntil, type Question } from "./question.ts";

/** Every fact with those who know it, and since when; several parties together are one reader. */
export function factsAsData(known: RunKnowledge, question: Question) {
  const learned = question.groups.map((asked) => ({
    parties: asked.parties,
    by: new Map(learnedUntil(known, asked, question).map((fact) => [`${fact.kind} ${fact.what}`, fact])),
  }));
  return question.facts.map((fact) => ({
    ...fact,
    ...messageOf(known, fact.what),
    knownBy: learned.flatMap(({ parties, by }) => {
      const found = by.get(`${fact.kind} ${fact.what}`);
      return found === undefined ? [] : [{ parties, ...momentOf(found) }];
    }),
  }));
}

/** What each learns with the variants and not without them, and the other way round. */
export function differencesAsData(known: RunKnowledge, honest: RunKnowledge, question: Question) {
  return question.groups.map((asked) => {
    const { only, lacking } = differencesUntil(known, honest, asked, question);
    return { parties: asked.parties, only: only.map(asData), lacking: lacking.map(asData) };
  });
}

/** The same for one reader, of the kinds and up to the moment that are asked for. */
export function differencesUntil(
  known: RunKnowledge,
  honest: RunKnowledge,
  asked: Asked,
  { until, kinds }: Question,
) {
  const { only, lacking } = differenceBetween(known, honest, asked);
  const counts = (fact: Learned) =>
    isBy(fact.since, until) && (kinds === undefined || kinds.includes(fact.kind));
  return { only: only.filter(counts), lacking: lacking.filter(counts) };
}

function asData(fact: Learned) {
  return { kind: fact.kind, what: fact.what, ...momentOf(fact) };
}

function momentOf({ since }: Learned) {
  return { seq: since.seq, microseconds: since.at };
}

function messageOf(known: RunKnowledge, what: string) {
  const found = [...known.messages, ...known.hidden].find(({ fact }) => fact.what === what);
  if (found === undefined) return {};
  const { number, epoch, isAccepted: accepted } = found;
  return { number, epoch: Number(epoch), accepted };
}
