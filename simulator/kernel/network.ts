/** Carries envelopes between named nodes over links with latency, and asks the policies what becomes of each. */
import type { RandomStream } from "../random/index.ts";
import type { Envelope, Link, Outgoing } from "./envelope.ts";
import type { Kernel } from "./kernel.ts";
import { sampleLatency } from "./latency.ts";
import type { LinkOptions } from "./links.ts";
import type { DeliveryPolicy, Verdict } from "./policy.ts";
import type { Microseconds } from "./time.ts";

/** What became of one envelope at its sending. Where `dropped` is set it never arrives, otherwise at `arrivesAt`. */
export interface Flight<About> {
  readonly envelope: Envelope<About>;
  readonly arrivesAt: Microseconds;
  /** What was done to the bytes, in words, where they are no longer those sent. */
  readonly tampered: readonly string[];
  readonly dropped?: string;
}

/** What became of a sending: the flight of the envelope itself, then those of its copies. */
export interface Sent<About> {
  readonly id: number;
  readonly flights: readonly Flight<About>[];
}

/** What the kernel hands to the receiving node. */
export interface Arrival<About> {
  readonly envelope: Envelope<About>;
}

export interface Network<About> {
  /** Sends, schedules the arrivals, and says what will become of the envelope, for the trace. */
  send(outgoing: Outgoing<About>): Sent<About>;
}

export interface NetworkOptions<Event, About> {
  readonly kernel: Kernel<Event>;
  /** The kernel's event for an arrival. */
  readonly arrive: (arrival: Arrival<About>) => Event;
  readonly random: RandomStream;
  readonly link: (from: string, to: string) => LinkOptions;
  readonly policies?: readonly DeliveryPolicy<About>[];
}

/** A network without traffic. Its randomness is split a link, and a policy within a link. */
export function createNetwork<Event, About>(options: NetworkOptions<Event, About>): Network<About> {
  const { kernel, arrive } = options;
  const linesFrom = new Map<string, Map<string, Line<About>>>();
  let lastId = 0;
  const lineBetween = (from: string, to: string) => {
    const lines = linesFrom.get(from) ?? new Map<string, Line<About>>();
    linesFrom.set(from, lines);
    const line = lines.get(to) ?? openLine(options, { from, to });
    lines.set(to, line);
    return line;
  };
  return {
    send({ from, to, bytes, about }) {
      const line = lineBetween(from, to);
      const now = kernel.now();
      const first: Passage<About> = {
        envelope: { id: ++lastId, from, to, bytes, about },
        latency: sampleLatency(line.options.latency, line.latencies),
        tampered: [],
      };
      const passages = throughPolicies(line, first, now, () => ++lastId);
      const flights = passages.map((passage) => flightOf(line, passage, now));
      for (const { envelope, arrivesAt, dropped } of flights) {
        if (dropped === undefined) kernel.at(arrivesAt, arrive({ envelope }));
      }
      return { id: first.envelope.id, flights };
    },
  };
}

/** A link in use: its streams, and when the last envelope on it arrives. */
interface Line<About> {
  readonly link: Link;
  readonly options: LinkOptions;
  readonly latencies: RandomStream;
  readonly copies: RandomStream;
  readonly policies: readonly { readonly policy: DeliveryPolicy<About>; readonly draw: RandomStream }[];
  lastArrival: Microseconds;
}

/** An envelope between policies. */
interface Passage<About> {
  readonly envelope: Envelope<About>;
  readonly latency: Microseconds;
  readonly tampered: readonly string[];
  readonly dropped?: string;
  /** Whether it is out of the link's order. */
  readonly overtaken?: boolean;
}

function openLine<Event, About>(
  { random, link: optionsOf, policies = [] }: NetworkOptions<Event, About>,
  link: Link,
): Line<About> {
  const stream = random.split(`link/${link.from}>${link.to}`);
  const namesSeen = new Map<string, number>();
  return {
    link,
    options: optionsOf(link.from, link.to),
    latencies: stream.split("latency"),
    copies: stream.split("copies"),
    policies: policies.map((policy) => {
      const ordinal = (namesSeen.get(policy.name) ?? 0) + 1;
      namesSeen.set(policy.name, ordinal);
      return { policy, draw: stream.split(`policy/${policy.name}/${ordinal}`) };
    }),
    lastArrival: 0,
  };
}

function throughPolicies<About>(
  line: Line<About>,
  first: Passage<About>,
  now: Microseconds,
  nextId: () => number,
): readonly Passage<About>[] {
  let passages: readonly Passage<About>[] = [first];
  for (const { policy, draw } of line.policies) {
    passages = passages.flatMap((passage) => {
      if (passage.dropped !== undefined) return [passage];
      return judged(line, passage, policy.deliver(line.link, passage.envelope, draw, now), nextId);
    });
  }
  return passages;
}

function judged<About>(
  line: Line<About>,
  passage: Passage<About>,
  verdict: Verdict,
  nextId: () => number,
): readonly Passage<About>[] {
  switch (verdict.type) {
    case "deliver":
      return [passage];
    case "drop":
      return [{ ...passage, dropped: verdict.reason }];
    case "delay":
      return [
        {
          ...passage,
          latency: passage.latency + verdict.by,
          overtaken: passage.overtaken === true || verdict.overtaken === true,
        },
      ];
    case "replace": {
      const envelope = { ...passage.envelope, bytes: verdict.bytes };
      return [{ ...passage, envelope, tampered: [...passage.tampered, verdict.what] }];
    }
    case "duplicate": {
      const copies = Array.from({ length: verdict.copies }, () => ({
        ...passage,
        envelope: { ...passage.envelope, id: nextId(), copyOf: passage.envelope.id },
        latency: sampleLatency(line.options.latency, line.copies),
      }));
      return [passage, ...copies];
    }
  }
}

function flightOf<About>(line: Line<About>, passage: Passage<About>, now: Microseconds): Flight<About> {
  const { envelope, tampered, dropped, overtaken } = passage;
  const earliest = now + passage.latency;
  if (dropped !== undefined) return { envelope, arrivesAt: earliest, tampered, dropped };
  if (overtaken === true) return { envelope, arrivesAt: earliest, tampered };
  const arrivesAt = line.options.fifo ? Math.max(earliest, line.lastArrival) : earliest;
  line.lastArrival = Math.max(line.lastArrival, arrivesAt);
  return { envelope, arrivesAt, tampered };
}
