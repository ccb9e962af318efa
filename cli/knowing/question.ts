/** What `mimi knowledge` is asked: of which parties, which facts, by when. */
import { InvalidArgumentError } from "commander";
import { parseDuration, TimeTextError } from "../../simulator/kernel/index.ts";
import {
  type Asked,
  type Fact,
  type FactKind,
  kindsOfFacts,
  type Learned,
  type Moment,
  type RunKnowledge,
} from "../../simulator/knowledge/index.ts";
import { closest } from "../../spec-model/closest.ts";
import { UsageError } from "../usage-error.ts";

/** Up to a place in the trace, or up to a moment of virtual time. */
export type Until = { readonly seq: number } | { readonly microseconds: number };

export interface Question {
  /** Readers: each a party, or several together. */
  readonly groups: readonly Asked[];
  readonly facts: readonly Fact[];
  readonly kinds: readonly FactKind[] | undefined;
  readonly until: Until | undefined;
}

/** `120`: the event of this place in the trace; `600ms`, `1.5s`: virtual time. */
export function untilOption(text: string): Until {
  if (/^\d{1,15}$/.test(text)) return { seq: Number(text) };
  try {
    return { microseconds: parseDuration(text) };
  } catch (error) {
    if (!(error instanceof TimeTextError)) throw error;
    throw new InvalidArgumentError(
      "a moment is the place of an event in the trace, as in 120, or a time with its unit, as in 600ms or 1.5s.",
    );
  }
}

/** `message,epoch` */
export function kindsOption(text: string): readonly FactKind[] {
  return text.split(",").map((each) => {
    const kinds = Object.keys(kindsOfFacts) as FactKind[];
    const found = kinds.find((kind) => kind === each.trim());
    if (found !== undefined) return found;
    const guess = closest(each.trim(), kinds);
    const hint = guess === undefined ? `there are ${kinds.join(", ")}` : `did you mean "${guess}"?`;
    throw new InvalidArgumentError(`there is no kind of knowledge "${each.trim()}"; ${hint}.`);
  });
}

/** Parties by their whole names, by their labels, or by the ends of their URIs. */
export function partiesNamed(known: RunKnowledge, who: string): readonly string[] {
  return who.split(",").map((each) => {
    const name = each.trim();
    const found = known.parties.filter(
      (party) => party === name || known.labelOf(party) === name || party.endsWith(`/${name}`),
    );
    const [party] = found;
    if (party !== undefined && found.length === 1) return party;
    const all = known.parties.map((one) => known.labelOf(one)).join(", ");
    throw new UsageError(`mimi knowledge: there is no party "${name}", only ${all}`);
  });
}

/** `m3` and `h1` are the third message and the first hidden handshake; anything else is looked for in the words. */
export function factsAbout(known: RunKnowledge, what: string): readonly Fact[] {
  const numbered = /^([mh])(\d+)$/.exec(what);
  const list = numbered?.[1] === "h" ? known.hidden : known.messages;
  const one = numbered === null ? undefined : list[Number(numbered[2]) - 1]?.fact;
  const words = what.toLowerCase();
  const found =
    one === undefined ? known.facts.filter((fact) => fact.what.toLowerCase().includes(words)) : [one];
  if (found.length > 0) return found;
  const there = `${known.messages.length} messages, m1 and on, and ${known.facts.length} facts`;
  throw new UsageError(`mimi knowledge: nothing is called "${what}"; there are ${there}`);
}

/** What somebody has learned by the moment that is asked for. */
export function learnedUntil(known: RunKnowledge, asked: Asked, { facts, until }: Question): Learned[] {
  const wanted = new Set(facts.map(({ kind, what }) => `${kind} ${what}`));
  return known
    .learned(asked)
    .filter(({ kind, what, since }) => wanted.has(`${kind} ${what}`) && isBy(since, until));
}

export function isBy(since: Moment, until: Until | undefined): boolean {
  if (until === undefined) return true;
  return "seq" in until ? since.seq <= until.seq : since.at <= until.microseconds;
}
