/** What follows, at a moment, from what parties had had and heard by then. */
import type { MLSMessage } from "../../spec-model/mls/index.ts";
import {
  canRead,
  hasKeyOf,
  initSecretsIn,
  type Knowledge,
  type Term,
} from "../../spec-model/mls/symbolic/index.ts";
import type { Asked } from "./asked.ts";
import { earliest, type Fact, type FactKind, kindsOfFacts, type Moment, nameOfFact } from "./fact.ts";
import type { Secret } from "./had.ts";
import type { KnownMessage } from "./messages.ts";
import type { Record } from "./record.ts";

/** An application message, or a hidden handshake. */
export interface HeardMessage {
  /** Counts from 1, in the order in which they were first under way. */
  readonly number: number;
  /** When it was, in microseconds of virtual time. */
  readonly at: number;
  readonly epoch: bigint;
  readonly message: MLSMessage;
  /** That somebody can read it. */
  readonly fact: Fact;
  /** Whether the hub has accepted it. */
  readonly isAccepted: boolean;
}

/** How a fact follows where it takes keys: from what is known when. */
type Derived = (known: Knowledge) => boolean;

export function deriving(record: Record) {
  const { messages, hidden, derived, seen } = factsIn(record);
  const facts = [...derived.values(), ...seen].map((each) => ("fact" in each ? each.fact : each));
  const knowledge = new Map<string, Knowledge>();
  const changes = new Map<string, readonly Moment[]>();

  function knowledgeAt(asked: Asked, seq: number): Knowledge {
    const name = JSON.stringify([asked.parties, asked.network, asked.more, seq]);
    const known = knowledge.get(name) ?? collected(record, asked, seq);
    knowledge.set(name, known);
    return known;
  }

  function changesFor(asked: Asked): readonly Moment[] {
    const name = JSON.stringify([asked.parties, asked.network]);
    const known = changes.get(name) ?? changesOf(record, asked);
    changes.set(name, known);
    return known;
  }

  /** The first of the moments at which it follows; it goes on following, as nothing is forgotten. */
  function firstWhere(asked: Asked, follows: Derived): Moment | undefined {
    const moments = changesFor(asked);
    const isKnown = (place: number) => {
      const moment = moments[place];
      return moment !== undefined && follows(knowledgeAt(asked, moment.seq));
    };
    let [low, high] = [0, moments.length - 1];
    if (!isKnown(high)) return undefined;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (isKnown(middle)) high = middle;
      else low = middle + 1;
    }
    return moments[low];
  }

  function since(asked: Asked, fact: Fact): Moment | undefined {
    const own = asked.parties.map((party) => record.parties.get(party)?.seen.get(nameOfFact(fact))?.since);
    const found = derived.get(nameOfFact(fact));
    const authored = asked.parties.includes(found?.author ?? "") ? found?.sent : undefined;
    return earliest([...own, authored, found && firstWhere(asked, found.follows)]);
  }

  return {
    messages,
    hidden,
    facts,
    since,
    knows(asked: Asked, fact: Fact, seq: number): boolean {
      const own = asked.parties.map((party) => record.parties.get(party)?.seen.get(nameOfFact(fact))?.since);
      const found = derived.get(nameOfFact(fact));
      const authored = asked.parties.includes(found?.author ?? "") ? found?.sent : undefined;
      const seenSince = earliest([...own, authored]);
      if (seenSince !== undefined && seenSince.seq <= seq) return true;
      return found?.follows(knowledgeAt(asked, seq)) === true;
    },
  };
}

interface DerivedFact {
  readonly fact: Fact;
  readonly follows: Derived;
  readonly author?: string | undefined;
  readonly sent?: Moment;
}

function factsIn({ parties, secrets, messages: all }: Record) {
  const messages: HeardMessage[] = [];
  const hidden: HeardMessage[] = [];
  const derived = new Map<string, DerivedFact>();
  const add = (each: DerivedFact) => derived.set(nameOfFact(each.fact), each);
  for (const known of all.values()) {
    const { message } = known;
    const kind: FactKind | undefined = kindOf(message);
    if (kind === undefined) continue;
    const list = kind === "message" ? messages : hidden;
    const number = list.length + 1;
    const fact: Fact = { kind, what: called(known, number) };
    const follows: Derived = (knowledge) => knowledge.heard.includes(message) && canRead(knowledge, message);
    list.push({
      number,
      at: known.since.at,
      epoch: epochOf(message),
      message,
      fact,
      isAccepted: known.isAccepted,
    });
    add({ fact, follows, author: known.sent?.author, sent: known.since });
  }
  for (const { fact, follows } of secretFacts(secrets)) add({ fact, follows });
  const seen = new Map<string, Fact>();
  for (const { seen: own } of parties.values())
    for (const [name, { fact }] of own) if (!derived.has(name)) seen.set(name, fact);
  const order = Object.keys(kindsOfFacts);
  const sorted = [...seen.values()].toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  return { messages, hidden, derived, seen: sorted };
}

function secretFacts(secrets: readonly Secret[]): DerivedFact[] {
  const branches = new Map<string, number>();
  return secrets.map((secret) => {
    const { fact } = secret;
    if (secret.type === "privateKey")
      return { fact, follows: (knowledge) => hasKeyOf(knowledge, secret.publicKey) };
    const branch = (branches.get(fact.what) ?? 0) + 1;
    branches.set(fact.what, branch);
    const { place, initSecret } = secret;
    return {
      fact: branch === 1 ? fact : { ...fact, what: `${fact.what}, branch ${branch}` },
      follows: (knowledge) => initSecretsIn(knowledge, place).includes(initSecret),
    };
  });
}

function called({ sent, message }: KnownMessage, number: number): string {
  if (message.wireFormat === "mls_semiprivate_message") return `hidden handshake ${number}`;
  if (sent === undefined) return `message ${number}`;
  return sent.text === "" ? sent.called : `${sent.called}: ${sent.text}`;
}

function kindOf(message: MLSMessage): "message" | "handshake" | undefined {
  if (message.wireFormat === "mls_private_message") return "message";
  return message.wireFormat === "mls_semiprivate_message" ? "handshake" : undefined;
}

function epochOf(message: MLSMessage): bigint {
  if (message.wireFormat === "mls_private_message") return message.privateMessage.epoch;
  return message.wireFormat === "mls_semiprivate_message" ? message.semiprivateMessage.epoch : 0n;
}

/** When a message came into these hands; where the whole network is heard, when it was first under way. */
function heardSince({ by, since }: KnownMessage, { parties, network }: Asked): Moment | undefined {
  return network === true ? since : earliest(parties.map((party) => by.get(party)));
}

function collected(record: Record, asked: Asked, seq: number): Knowledge {
  const terms = asked.parties.flatMap((party): Term[] =>
    [...(record.parties.get(party)?.terms.values() ?? [])].flatMap(({ term, since }) =>
      since.seq <= seq ? [term] : [],
    ),
  );
  const heard = [...record.messages.values()].flatMap((known) => {
    const since = heardSince(known, asked);
    return since !== undefined && since.seq <= seq ? [known.message] : [];
  });
  return { terms: [...terms, ...(asked.more ?? [])], heard };
}

/** The moments at which there is something new to somebody, in order. */
function changesOf(record: Record, asked: Asked): readonly Moment[] {
  const bySeq = new Map<number, Moment>();
  for (const party of asked.parties)
    for (const { since } of record.parties.get(party)?.terms.values() ?? []) bySeq.set(since.seq, since);
  for (const known of record.messages.values()) {
    const since = heardSince(known, asked);
    if (since !== undefined) bySeq.set(since.seq, since);
  }
  return [...bySeq.values()].toSorted((a, b) => a.seq - b.seq);
}
