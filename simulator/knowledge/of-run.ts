/**
 * What every party of a run has learned, and since when: asked of the keys that it has had and of what it has heard and
 * seen, on symbolic MLS.
 *
 * Nobody forgets: every key counts from the moment somebody had it, so that what is said here to be closed to somebody
 * is closed to them whatever they keep, short of others' keys. `network` goes further: they hear everything that is
 * under way anywhere.
 */
import type { Term } from "../../spec-model/mls/symbolic/index.ts";
import { run } from "../run/index.ts";
import type { Scenario } from "../scenario/index.ts";
import type { Choice } from "../variants/index.ts";
import type { Asked } from "./asked.ts";
import { deriving, type HeardMessage } from "./derive.ts";
import type { Fact, FactKind, Moment } from "./fact.ts";
import { namesIn } from "./names.ts";
import { createRecorder } from "./record.ts";

/** A fact, and the moment from which on somebody has known it. */
export interface Learned extends Fact {
  readonly since: Moment;
}

export interface RunKnowledge {
  /** Clients and providers. */
  readonly parties: readonly string[];
  /** The parties as the scenario calls them. */
  labelOf(party: string): string;
  /** Application messages, in the order in which they were sent; those that the hub refused among them. */
  readonly messages: readonly HeardMessage[];
  /** Handshakes that are hidden from followers. semiprivatemessage-07 */
  readonly hidden: readonly HeardMessage[];
  /** Everything that somebody has learned, by kind. */
  readonly facts: readonly Fact[];
  /** Since when somebody has known a fact; undefined: never. */
  since(asked: Asked, fact: Fact): Moment | undefined;
  /** Whether somebody knows a fact when the event `seq` of the trace has happened. */
  knows(asked: Asked, fact: Fact, seq: number): boolean;
  /** All that somebody has learned, in the order of learning it. */
  learned(asked: Asked, kinds?: readonly FactKind[]): readonly Learned[];
  /** Whether these parties, with all that they have ever had, can read a message, wherever it was under way. */
  reads(parties: readonly string[], message: HeardMessage): boolean;
  /** Whether somebody with these parties' keys and `more` could. */
  readsWith(parties: readonly string[], more: readonly Term[], message: HeardMessage): boolean;
  /** The keys that a party has had. */
  termsOf(party: string): readonly Term[];
}

/** Runs a scenario on symbolic MLS, with dishonest parties where there are any, and keeps who came to know what. */
export function knowledgeOfRun(
  scenario: Scenario,
  seed: number,
  variants: readonly Choice[] = [],
): RunKnowledge {
  const names = namesIn(scenario.clients);
  const recorder = createRecorder(names);
  run(scenario, { seed, mls: "symbolic", variants, afterStep: recorder.take });
  const record = recorder.record();
  const labels = new Map([
    ...scenario.providers.map(({ domain, label }) => [domain, label] as const),
    ...scenario.clients.map(({ client, label }) => [client, label] as const),
  ]);
  const { messages, hidden, facts, knows, since } = deriving(record);
  const reads = (asked: Asked, { fact }: HeardMessage) =>
    knows({ ...asked, network: true }, fact, Number.POSITIVE_INFINITY);
  return {
    parties: [...record.parties.keys()],
    labelOf: (party) => labels.get(party) ?? party,
    messages,
    hidden,
    facts,
    since,
    knows,
    learned(asked, kinds) {
      const wanted = kinds === undefined ? facts : facts.filter(({ kind }) => kinds.includes(kind));
      return wanted
        .flatMap((fact) => {
          const moment = since(asked, fact);
          return moment === undefined ? [] : [{ ...fact, since: moment }];
        })
        .toSorted((a, b) => a.since.seq - b.since.seq);
    },
    reads: (parties, message) => reads({ parties }, message),
    readsWith: (parties, more, message) => reads({ parties, more }, message),
    termsOf: (party) => [...(record.parties.get(party)?.terms.values() ?? [])].map(({ term }) => term),
  };
}
