/**
 * What comes about once faults have ended: those in a room catch up, what is pending is committed, who left is gone.
 * What takes a commit is asked only after those who can commit have done so. protocol-06 §3.5, §5.5 and §7.4
 */
import { hex } from "../../spec-model/bytes.ts";
import type { HostedRoom } from "../../spec-model/hub/index.ts";
import { domainOfUri } from "../../spec-model/identifiers/index.ts";
import { stateName } from "../../spec-model/machine.ts";
import { externalSenders } from "../../spec-model/mls/index.ts";
import { providerOf } from "../../spec-model/room/index.ts";
import { type About, eventually, type Found, type Property, sentences, together } from "./definition.ts";
import { authorship, freshIn } from "./delivery.ts";
import { effectiveOf, lifeOf, readCommit, roleIn, roleWith } from "./reading.ts";
import type { HostedChange } from "./step.ts";
import { hostedRoom, hostedRooms, type Rest, type View } from "./view.ts";

/** Looks at every room that goes on, where `when` holds of the rest. */
function atRest(
  about: About,
  when: (rest: Rest) => boolean,
  look: (hosted: HostedRoom, view: View) => Found,
): Property {
  return eventually(about, () => ({
    rest: (rest, view) => {
      if (!when(rest)) return undefined;
      return together(
        hostedRooms(view)
          .filter((hosted) => lifeOf(hosted) === "live")
          .map((hosted) => look(hosted, view)),
      );
    },
  }));
}

const healed = (rest: Rest) => rest.healed;
const fair = (rest: Rest) => rest.fair;

const everybodyReads = eventually(
  {
    id: "L01",
    says: "every message that the hub has accepted reaches every client that was in the room and has stayed",
    draft: "protocol-06 §5.5",
    assumes: ["hub", "follower", "client"],
  },
  () => {
    const written = authorship();
    const waiting = new Map<string, { readonly room: string; readonly clients: Set<string> }>();
    const forget = (room: string, client: string) => {
      for (const each of waiting.values()) if (each.room === room) each.clients.delete(client);
    };
    return {
      step(step) {
        written.learn(step);
        for (const change of step.hosted) {
          for (const client of goneOrNew(change)) forget(change.room, client);
          for (const { kind, name } of change.accepted) {
            if (kind === "application" && written.knows(name))
              waiting.set(name, { room: change.room, clients: audience(change) });
          }
        }
        for (const change of step.rooms) {
          for (const { messageId } of freshIn(change)) {
            const name = written.names.get(messageId) ?? "";
            const outstanding = waiting.get(name);
            outstanding?.clients.delete(change.client);
            if (outstanding?.clients.size === 0) waiting.delete(name);
          }
        }
        return undefined;
      },
      rest(rest, view) {
        if (!rest.healed) return undefined;
        const away = view.away();
        return [...waiting.values()].flatMap(({ room, clients }) => {
          const hosted = hostedRoom(view, room);
          if (hosted === undefined || lifeOf(hosted) === "destroyed") return [];
          return [...clients]
            .filter((client) => view.clients.has(client) && !away.has(client))
            .map(
              (client) =>
                `${client} has never got a message that the hub of ${room} accepted while it was in the room`,
            );
        });
      },
    };
  },
);

/** The clients that a message is for at the moment of its acceptance. */
function audience({ before, after }: HostedChange): Set<string> {
  const hosted = before ?? after;
  const { participants, members } = effectiveOf(hosted);
  const { roles } = hosted.machine.context.policy;
  const mayReceive = (user: string) =>
    roleWith(roles, roleIn(participants, user) ?? 0)?.capabilities.includes("canReceiveMessage") === true;
  return new Set(members.filter(({ user }) => mayReceive(user)).map(({ client }) => client));
}

/** Clients that have left with this change, or have come in anew: what was said before is nothing to them. */
function goneOrNew({ before, after, accepted }: HostedChange): string[] {
  if (before === undefined || before.machine.context.current === after.machine.context.current) return [];
  const now = new Set(effectiveOf(after).members.map(({ client }) => client));
  const joined = accepted.flatMap((entry) => {
    const committer = readCommit(entry)?.committer;
    return committer?.kind === "joiner" ? [committer.client] : [];
  });
  const gone = before.machine.context.current.members.filter(({ client }) => !now.has(client));
  return [...gone.map(({ client }) => client), ...joined];
}

const leaversGo = eventually(
  {
    id: "L02",
    says: "who has left, and whose leaving the hub has accepted, is out of the list and the group in the end",
    draft: "protocol-06 §3.5",
    assumes: ["hub", "follower", "client"],
  },
  () => {
    const leaving = new Map<string, { readonly room: string; readonly user: string }>();
    return {
      step({ hosted }) {
        for (const { room, after } of hosted) {
          const { pending, current } = after.machine.context;
          for (const { author, changes } of pending) {
            const user = author.kind === "provider" ? "" : author.user;
            const leaves = changes.some(
              (change) => change.kind === "removeParticipant" && change.user === user,
            );
            if (leaves) leaving.set(`${room} ${user}`, { room, user });
          }
          for (const [name, each] of leaving) {
            const isThere = roleIn(current.participants, each.user) !== undefined;
            if (each.room === room && !isThere) leaving.delete(name);
          }
        }
        return undefined;
      },
      rest(rest, view) {
        if (!rest.fair) return undefined;
        return [...leaving.values()]
          .filter(({ room }) => {
            const hosted = hostedRoom(view, room);
            return hosted !== undefined && lifeOf(hosted) === "live";
          })
          .map(({ room, user }) => `${user} has left ${room} with the hub's word, and is still in it`);
      },
    };
  },
);

const nothingPending = atRest(
  {
    id: "L03",
    says: "what is pending is committed as soon as somebody who may commit does so",
    draft: "protocol-06 §3.5",
    assumes: ["hub", "follower", "client"],
  },
  fair,
  ({ room, machine: { context } }) =>
    sentences(
      context.pending.length > 0 &&
        `${room}: ${context.pending.length} proposals still wait in epoch ${context.current.epoch}`,
    ),
);

const committedInTime = atRest(
  {
    id: "L14",
    says: "where the policy has a delay for it, members commit what is pending without being asked",
    draft: "room-policy-04 §7.1",
    assumes: ["hub", "follower", "client"],
  },
  healed,
  (hosted, view) => {
    const { policy, pending, current } = hosted.machine.context;
    const strategy = policy.operational?.pendingProposalPolicy.pendingProposalStrategy ?? "unspecified";
    if (strategy === "unspecified") return undefined;
    const away = view.away();
    const able = effectiveOf(hosted).members.find(({ client }) => {
      const machine = view.clients.get(client)?.rooms[hosted.room]?.machine;
      if (machine === undefined || machine.context.epoch !== current.epoch) return false;
      return stateName(machine) === "member.idle" && !away.has(client);
    });
    return sentences(
      pending.length > 0 &&
        able !== undefined &&
        `${hosted.room}: ${able.client} lets ${pending.length} proposals wait`,
    );
  },
);

const removalsHappen = eventually(
  {
    id: "L05",
    says: "whom the hub removes or bans is out of the group in the end",
    draft: "protocol-06 §5.5",
    assumes: ["hub", "follower", "client"],
  },
  () => {
    const removed = new Map<string, { readonly room: string; readonly user: string }>();
    return {
      step({ hosted }) {
        for (const { room, after } of hosted) {
          const { own, current } = after.machine.context;
          for (const wish of own) {
            if (wish.kind !== "removeUser" && wish.kind !== "banUser") continue;
            removed.set(`${room} ${wish.user}`, { room, user: wish.user });
          }
          for (const [name, each] of removed) {
            const hasClient = current.members.some(({ user }) => user === each.user);
            if (each.room === room && !hasClient) removed.delete(name);
          }
        }
        return undefined;
      },
      rest(rest, view) {
        if (!rest.fair) return undefined;
        return [...removed.values()]
          .filter(({ room }) => {
            const hosted = hostedRoom(view, room);
            return hosted !== undefined && lifeOf(hosted) === "live";
          })
          .map(({ room, user }) => `the hub of ${room} has removed ${user}, who still has a client in it`);
      },
    };
  },
);

const followersCatchUp = eventually(
  {
    id: "L07",
    says: "a provider that is back gets everything that was fanned out meanwhile",
    draft: "protocol-06 §5.5",
    assumes: ["hub", "follower"],
  },
  () => ({
    rest(rest, view) {
      if (!rest.healed) return undefined;
      return hostedRooms(view).flatMap(({ room, deliveries }) =>
        Object.entries(deliveries).flatMap(([provider, delivery]) => {
          const left = delivery.context.inFlight.length + delivery.context.queued.length;
          if (left === 0) return [];
          const how =
            stateName(delivery) === "suspended" ? ", and its hub waits for another event of the room" : "";
          return [`${provider} still lacks ${left} events of ${room}${how}`];
        }),
      );
    },
  }),
);

const nobodyStranded = atRest(
  {
    id: "L08",
    says: "every client of a room's group comes to the epoch that the hub is in",
    draft: "protocol-06 §5.3 and §5.5",
    assumes: ["hub", "follower", "client"],
  },
  healed,
  ({ room, group, machine: { context } }, view) => {
    const away = view.away();
    return context.current.members.flatMap(({ client }) => {
      const state = view.clients.get(client);
      if (state === undefined || away.has(client)) return [];
      const here = state.rooms[room];
      const inGroup =
        here?.member !== undefined && sameGroup(here.member.groupContext.groupId, group.groupContext.groupId);
      if (here === undefined || !inGroup)
        return [
          `${client} is in the group of ${room}, and does not know it (${here === undefined ? "outside" : stateName(here.machine)})`,
        ];
      const { epoch } = here.member?.groupContext ?? { epoch: -1n };
      return Number(epoch) === context.current.epoch
        ? []
        : [`${client} is in epoch ${epoch} of ${room}, and the hub in epoch ${context.current.epoch}`];
    });
  },
);

function sameGroup(one: Uint8Array, other: Uint8Array): boolean {
  return hex(one) === hex(other);
}

const sendersGo = atRest(
  {
    id: "L12",
    says: "a provider whose last participant has gone loses its place among the external senders",
    draft: "protocol-06 §7.4",
    assumes: ["hub", "client"],
  },
  fair,
  ({ room, group, machine: { context } }) => {
    const users = context.current.participants.map(({ user }) => domainOfUri(user));
    return externalSenders(group.groupContext.extensions)
      .map(({ credential }) => providerOf(credential))
      .filter((domain) => domain !== undefined && domain !== context.hub && !users.includes(domain))
      .map((domain) => `${room}: ${domain} has no participant, and is still an external sender`);
  },
);

const destructionKnown = eventually(
  {
    id: "L13",
    says: "when a room is destroyed, every client in it comes to know",
    draft: "room-policy-04 §8.6 (names no message for it)",
    assumes: ["hub", "follower"],
  },
  () => ({
    rest(rest, view) {
      if (!rest.last || !rest.healed) return undefined;
      return together(
        hostedRooms(view)
          .filter((hosted) => lifeOf(hosted) === "destroyed")
          .map(({ room, machine }) =>
            machine.context.current.members
              .filter(({ client }) => view.clients.get(client)?.rooms[room]?.member !== undefined)
              .filter(({ client }) => !view.away().has(client))
              .map(({ client }) => `${room} is destroyed, and ${client} goes on as if it were not`),
          ),
      );
    },
  }),
);

export const liveness: readonly Property[] = [
  everybodyReads,
  leaversGo,
  nothingPending,
  committedInTime,
  removalsHappen,
  followersCatchUp,
  nobodyStranded,
  sendersGo,
  destructionKnown,
];
