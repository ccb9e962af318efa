/**
 * Who can read which message of a run: asked of the keys that parties have had, on symbolic MLS.
 *
 * Everybody is taken to have heard every message there was, wherever it went, and to have kept every key it ever had.
 * So what is said here to be closed to somebody is closed to them whatever they get hold of, short of others' keys.
 */
import { fromHex, hex, noBytes } from "../../spec-model/bytes.ts";
import { FanoutMessage } from "../../spec-model/fan-out/index.ts";
import { MLSMessage } from "../../spec-model/mls/index.ts";
import {
  canRead,
  type Knowledge,
  keyPackageTerms,
  keyTerms,
  memberTerms,
  type Term,
} from "../../spec-model/mls/symbolic/index.ts";
import type { ClientState } from "../../spec-model/participant/index.ts";
import type { ProviderState } from "../../spec-model/provider/index.ts";
import { attempt, isRefused } from "../../spec-model/room/index.ts";
import { run } from "../run/index.ts";
import type { RunningActor } from "../running-actor.ts";
import type { Scenario } from "../scenario/index.ts";
import type { TraceEvent } from "../trace/index.ts";
import type { Choice } from "../variants/index.ts";

/** An application message, or a hidden handshake, when it first reached a client. */
export interface HeardMessage {
  /** Counts from 1, in the order of their arrival. */
  readonly number: number;
  /** Microseconds of virtual time. */
  readonly at: number;
  readonly epoch: bigint;
  readonly message: MLSMessage;
}

export interface RunKnowledge {
  /** Clients and providers. */
  readonly parties: readonly string[];
  readonly messages: readonly HeardMessage[];
  /** Handshakes that are hidden from followers. semiprivatemessage-07 */
  readonly hidden: readonly HeardMessage[];
  /** Whether these parties, with all that they have, can read a message. Others' names stand for nobody. */
  reads(parties: readonly string[], message: HeardMessage): boolean;
  /** Whether somebody with these parties' keys and `more` could. */
  readsWith(parties: readonly string[], more: readonly Term[], message: HeardMessage): boolean;
  /** The keys that a party has had. */
  termsOf(party: string): readonly Term[];
}

/** Runs a scenario on symbolic MLS, with dishonest parties where there are any, and keeps who had which keys. */
export function knowledgeOfRun(
  scenario: Scenario,
  seed: number,
  variants: readonly Choice[] = [],
): RunKnowledge {
  const terms = new Map<string, Map<string, Term>>();
  const { trace } = run(scenario, {
    seed,
    mls: "symbolic",
    keepBodies: true,
    variants,
    atRest: (actors) => {
      for (const actor of actors) keep(terms, actor);
    },
  });
  const { messages, handshakes } = heardIn(trace.events);
  const heard = handshakes.map(({ message }) => message);
  const termsOf = (party: string) => [...(terms.get(party)?.values() ?? [])];
  const known = new Map<string, Knowledge>();
  const readsWith = (parties: readonly string[], more: readonly Term[], { message }: HeardMessage) => {
    const key = JSON.stringify([parties, more]);
    const all = known.get(key) ?? { terms: [...parties.flatMap(termsOf), ...more], heard };
    known.set(key, all);
    return canRead(all, message);
  };
  const reads = (parties: readonly string[], message: HeardMessage) => readsWith(parties, [], message);
  const hidden = handshakes.filter(({ message }) => message.wireFormat === "mls_semiprivate_message");
  return { parties: [...terms.keys()], messages, hidden, reads, readsWith, termsOf };
}

function keep(terms: Map<string, Map<string, Term>>, actor: RunningActor): void {
  const had = terms.get(actor.id) ?? new Map<string, Term>();
  terms.set(actor.id, had);
  for (const term of termsOfState(actor.state())) had.set(JSON.stringify(term), term);
}

/** A provider has no keys of any group, but that to the handshakes that rooms of its own are to show it. */
function termsOfState(state: unknown): Term[] {
  if (typeof state !== "object" || state === null) return [];
  if ("hosted" in state) return keyTerms((state as ProviderState).keys.receiver);
  if (!("rooms" in state) || !("keyPackages" in state)) return [];
  const { rooms, keyPackages } = state as ClientState;
  const ofRooms = Object.values(rooms).flatMap(({ member }) =>
    member === undefined ? [] : memberTerms(member),
  );
  return [...ofRooms, ...Object.values(keyPackages).flatMap(keyPackageTerms)];
}

/** Every message once: those of applications, and the rest, which lead from epoch to epoch. */
function heardIn(events: readonly TraceEvent[]) {
  const seen = new Set<string>();
  const messages: HeardMessage[] = [];
  const handshakes: HeardMessage[] = [];
  for (const event of events) {
    if (event.type !== "send" || event.kind !== "local") continue;
    const fanned = attempt(() => FanoutMessage.decode(fromHex(event.body ?? "") ?? noBytes));
    if (isRefused(fanned)) continue;
    const { message, ...beside } = fanned;
    const more = "moreProposals" in beside ? (beside.moreProposals ?? []) : [];
    for (const each of [message, ...more]) {
      const name = hex(MLSMessage.encode(each));
      if (seen.has(name)) continue;
      seen.add(name);
      const list = each.wireFormat === "mls_private_message" ? messages : handshakes;
      list.push({ number: list.length + 1, at: event.at, epoch: epochOf(each), message: each });
    }
  }
  return { messages, handshakes };
}

/** Of a Welcome, none: it begins one. */
function epochOf(message: MLSMessage): bigint {
  if (message.wireFormat === "mls_private_message") return message.privateMessage.epoch;
  if (message.wireFormat === "mls_semiprivate_message") return message.semiprivateMessage.epoch;
  return message.wireFormat === "mls_public_message" ? message.publicMessage.content.epoch : 0n;
}
