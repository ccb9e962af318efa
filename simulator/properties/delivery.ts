/** What is accepted comes once, in order, with one time, to whom it is for; and nothing else comes. protocol-06 §5.4, §5.5 */
import { sha256 } from "@noble/hashes/sha2.js";
import { hex } from "../../spec-model/bytes.ts";
import type { TimelineMessage } from "../../spec-model/content/index.ts";
import { endpointAt } from "../../spec-model/endpoints/index.ts";
import { FanoutMessage, NotifyBody } from "../../spec-model/fan-out/index.ts";
import { domainOfUri } from "../../spec-model/identifiers/index.ts";
import { stateName } from "../../spec-model/machine.ts";
import { atHub, eachStep, type Found, type Property, sentences, together } from "./definition.ts";
import type { ClientRoomChange, Step } from "./step.ts";
import { compareTimelines } from "./timelines.ts";
import { hostedRoom, type View } from "./view.ts";

/** Messages that a client has kept in this step. */
export function freshIn({ before, after }: ClientRoomChange): readonly TimelineMessage[] {
  const known = before?.messages ?? [];
  return known === after.messages ? [] : after.messages.slice(known.length);
}

const atMostOnce: Property = eachStep(
  {
    id: "I28",
    says: "no client takes the same message twice",
    draft: "protocol-06 §5.5, content-09 §9.1",
    assumes: [],
  },
  () => {
    const taken = new Set<string>();
    return ({ rooms }) =>
      together(
        rooms.map((change): Found => {
          const fresh = freshIn(change);
          if (fresh.length === 0) return undefined;
          return fresh.flatMap(({ messageId, sender }) => {
            const place = `${change.client} ${change.room} ${messageId}`;
            if (!taken.has(place)) {
              taken.add(place);
              return [];
            }
            return [`${change.client} shows a message of ${sender} in ${change.room} twice`];
          });
        }),
      );
  },
);

/** Who has written what: taken from the authors themselves, before anything is sent. */
export function authorship(): {
  learn(step: Step): void;
  of(messageId: string): { readonly user: string; readonly room: string } | undefined;
  /** Whether a message of this name is one of theirs. */
  knows(name: string): boolean;
  /** By message ID. */
  readonly names: ReadonlyMap<string, string>;
} {
  const authors = new Map<string, { readonly user: string; readonly room: string }>();
  const names = new Map<string, string>();
  const sent = new Set<string>();
  return {
    learn({ rooms }) {
      for (const { user, room, before, after } of rooms) {
        if (after.sent === before?.sent) continue;
        for (const [name, { messageId }] of Object.entries(after.sent)) {
          authors.set(messageId, { user, room });
          names.set(messageId, name);
          sent.add(name);
        }
      }
    },
    of: (messageId) => authors.get(messageId),
    knows: (name) => sent.has(name),
    names,
  };
}

const noFabrication: Property = eachStep(
  {
    id: "I29",
    says: "every message that a client shows was written by the user it shows, for that room",
    draft: "RFC 9420 §6, protocol-06 §5.4.1.3",
    assumes: ["client"],
  },
  () => {
    const written = authorship();
    return (step, view) => {
      written.learn(step);
      return together(
        step.rooms.map((change): Found => {
          const fresh = freshIn(change).filter(({ sender }) => !view.foreign.has(sender));
          if (fresh.length === 0) return undefined;
          return fresh
            .filter(({ messageId, sender }) => {
              const author = written.of(messageId);
              return author?.user !== sender || author.room !== change.room;
            })
            .map(
              ({ sender }) =>
                `${change.client} shows a message in ${change.room} that ${sender} has not written there`,
            );
        }),
      );
    };
  },
);

const order: Property = eachStep(
  {
    id: "I30",
    says: "a client gets a room's events in the order in which the hub has accepted them",
    draft: "protocol-06 §5.5, room-policy-04 §7",
    assumes: ["hub", "follower"],
  },
  () => {
    const places = new Map<string, number>();
    const had = new Map<string, { readonly seen: Set<number>; last: number }>();
    return ({ actor, client, hosted, input }) => {
      for (const { accepted } of hosted) for (const { hash } of accepted) places.set(hash, places.size);
      if (client === undefined || input.type !== "local" || input.message.type !== "deliver")
        return undefined;
      const { room, message } = input.message;
      const place = places.get(hex(sha256(message)));
      if (place === undefined) return undefined;
      const here = had.get(`${actor} ${room}`) ?? { seen: new Set<number>(), last: -1 };
      had.set(`${actor} ${room}`, here);
      const late = place < here.last && !here.seen.has(place);
      here.seen.add(place);
      here.last = Math.max(here.last, place);
      return sentences(late && `${actor} gets an event of ${room} after one that the hub has accepted later`);
    };
  },
);

/** What a hub has to send to each follower, in order, and how far the follower has taken it. */
interface Flow {
  readonly addressed: string[];
  taken: number;
}

const prefix: Property = eachStep(
  {
    id: "I31",
    says: "what a follower has taken of a room is what was addressed to it, from the beginning and without a gap",
    draft: "protocol-06 §5.5",
    assumes: ["hub", "follower"],
  },
  () => {
    const flows = createFlows();
    return (step) => {
      flows.address(step);
      const taken = notified(step);
      if (taken?.accepted !== true) return undefined;
      const { from, hashes } = taken;
      return together(
        hashes.map((hash): Found => {
          const flow = flows.of(from, step.actor, hash);
          const index = flow?.addressed.indexOf(hash) ?? -1;
          if (flow === undefined || index === -1) return undefined;
          const gap = index > flow.taken;
          const missed = index - flow.taken;
          flow.taken = Math.max(flow.taken, index + 1);
          return sentences(
            gap && `${step.actor} takes an event of ${from}'s and has never had ${missed} before it`,
          );
        }),
      );
    };
  },
);

const dedupSound: Property = eachStep(
  {
    id: "I32",
    says: "an event that a follower keeps from its clients as a repetition is one that it has handed on before",
    draft: "protocol-06 §5.5",
    assumes: ["follower"],
  },
  () => {
    const handed = new Set<string>();
    return (step) => {
      const taken = notified(step);
      if (taken === undefined || step.provider === undefined) return undefined;
      const { before, after } = step.provider;
      const forward =
        after.mailed !== before.mailed ||
        step.outputs.some((each) => each.type === "local" && each.message.type === "deliver");
      const inside = Object.values(before.followed).some(
        ({ context }) => context.room === taken.room && context.clients.length > 0,
      );
      const places = taken.hashes.map((hash) => `${step.actor} ${hash}`);
      const unknown = places.filter((place) => !handed.has(place)).length;
      if (forward || taken.accepted) for (const place of places) handed.add(place);
      return sentences(
        taken.accepted &&
          !forward &&
          inside &&
          unknown > 0 &&
          `${step.actor} drops ${unknown} events of ${taken.room} that it never had before`,
      );
    };
  },
);

/** The events of a notify request that the step takes, and whether it acknowledges them. */
function notified({ provider, input, outputs }: Step):
  | {
      readonly accepted: boolean;
      readonly from: string;
      readonly room: string;
      readonly hashes: readonly string[];
    }
  | undefined {
  if (provider === undefined || input.type !== "request") return undefined;
  const { directory } = provider.before;
  const host = /^https:\/\/[^/]*/.exec(directory.notify ?? "")?.[0] ?? "";
  const at = endpointAt(directory, `${host}${input.request.path}`);
  if (at?.name !== "notify") return undefined;
  const accepted = outputs.some(
    (each) => each.type === "response" && each.id === input.id && each.response.status === 201,
  );
  const messages = eventsIn(input.request.body);
  if (messages === undefined) return undefined;
  return {
    accepted,
    from: input.from,
    room: at.identifier,
    hashes: messages.map((message) => hex(sha256(FanoutMessage.encode(message)))),
  };
}

function eventsIn(body: Uint8Array): readonly FanoutMessage[] | undefined {
  try {
    return NotifyBody.decode(body);
  } catch {
    // Damaged on its way: that is the follower's to notice.
    return undefined;
  }
}

function createFlows() {
  const flows = new Map<string, Flow>();
  const hashes = new Map<string, string>();
  const rooms = new Map<string, string>();
  return {
    /** Remembers what a hub has put into the queues of its followers. */
    address({ actor, hosted }: Step): void {
      for (const { room, before, after, accepted } of hosted) {
        for (const { item, hash } of accepted) {
          hashes.set(`${room} ${item}`, hash);
          rooms.set(hash, room);
        }
        for (const [follower, { context }] of Object.entries(after.deliveries)) {
          const earlier = before?.deliveries[follower]?.context;
          if (earlier === context) continue;
          const flow = flows.get(`${actor} ${follower} ${room}`) ?? { addressed: [], taken: 0 };
          flows.set(`${actor} ${follower} ${room}`, flow);
          for (const item of [...context.inFlight, ...context.queued]) {
            const hash = hashes.get(`${room} ${item}`);
            const isOld = [...(earlier?.inFlight ?? []), ...(earlier?.queued ?? [])].includes(item);
            if (hash !== undefined && !isOld) flow.addressed.push(hash);
          }
        }
      }
    },
    of: (hub: string, follower: string, hash: string) =>
      flows.get(`${hub} ${follower} ${rooms.get(hash) ?? ""}`),
  };
}

const timeMonotone = atHub(
  {
    id: "I33",
    says: "what a hub accepts later has no earlier time",
    draft: "protocol-06 §5.4 and §5.5 (does not say so)",
    assumes: ["hub"],
  },
  () => {
    const last = new Map<string, bigint>();
    return ({ room, accepted }) => {
      if (accepted.length === 0) return undefined;
      return accepted.flatMap(({ fanned: { timestamp } }) => {
        const earlier = last.get(room) ?? 0n;
        if (timestamp > earlier) last.set(room, timestamp);
        return timestamp < earlier ? [`${room}: time ${timestamp} comes after ${earlier}`] : [];
      });
    };
  },
);

const timeAgree: Property = eachStep(
  {
    id: "I34",
    says: "everybody gives a message the same time",
    draft: "content-09 §3.4, protocol-06 §5.4",
    assumes: ["hub"],
  },
  () => {
    const times = new Map<string, { readonly at: number; readonly by: string }>();
    return ({ rooms }) =>
      together(
        rooms.map((change): Found => {
          const fresh = freshIn(change);
          if (fresh.length === 0) return undefined;
          return fresh.flatMap(({ messageId, acceptedTimestamp: at, sender }) => {
            const known = times.get(messageId);
            if (known === undefined) times.set(messageId, { at, by: change.client });
            return known === undefined || known.at === at
              ? []
              : [
                  `a message of ${sender} in ${change.room} has time ${at} at ${change.client} and ${known.at} at ${known.by}`,
                ];
          });
        }),
      );
  },
);

const timelineConverge: Property = {
  id: "I35",
  says: "all clients that are in a room show the same messages since both were there",
  draft: "content-09 §5",
  assumes: ["hub", "follower", "client"],
  kind: "safety",
  watch() {
    // When each epoch began and since when each client is there, both by the hub's clock.
    const began = new Map<string, number>();
    const came = new Map<string, number>();
    return {
      step({ actor, outputs, hosted, now, clock }) {
        for (const { room, before, after } of hosted) {
          const { epoch } = after.machine.context.current;
          if (before?.machine.context.current.epoch !== epoch) began.set(`${room} ${epoch}`, clock);
        }
        for (const output of outputs) {
          if (output.type === "departed") came.delete(`${actor} ${output.room}`);
          if (output.type !== "entered") continue;
          const place = `${actor} ${output.room}`;
          if (!came.has(place)) came.set(place, began.get(`${output.room} ${output.epoch}`) ?? now);
        }
        return undefined;
      },
      rest({ healed }, view) {
        if (!healed) return undefined;
        const since = (actor: string, room: string) => came.get(`${actor} ${room}`) ?? 0;
        const told = view.shown().filter(({ actor, room }) => !isGivenUp(view, actor, room));
        const found = compareTimelines(told, since);
        if (found.length === 0) return undefined;
        return found.filter(({ ok }) => !ok).map(({ room, detail }) => `${room}: ${detail}`);
      },
    };
  },
};

/** Whether the hub has stopped sending a room's events to the client's provider: that is L07's to say. */
function isGivenUp(view: View, client: string, room: string): boolean {
  const delivery = hostedRoom(view, room)?.deliveries[domainOfUri(client)];
  return delivery !== undefined && stateName(delivery) === "suspended";
}

export const delivery: readonly Property[] = [
  atMostOnce,
  noFabrication,
  order,
  prefix,
  dedupSound,
  timeMonotone,
  timeAgree,
  timelineConverge,
];
