/** Nobody does in a room what its policy does not let them do. protocol-06 §5.3 and §7.1, room-policy-04 §8 */
import type { HostedRoom } from "../../spec-model/hub/index.ts";
import { domainOfUri } from "../../spec-model/identifiers/index.ts";
import type { JoinCode } from "../../spec-model/room/index.ts";
import { type Deed, deedsOf, wantedBy } from "./attributed.ts";
import { atClient, atHub, eachStep, type Found, type Property, sentences, together } from "./definition.ts";
import { bannedRoleOf, type Effective, effectiveOf, isOut, roleIn, roleWith } from "./reading.ts";
import { hostedRoom } from "./view.ts";

const authorised = atHub(
  {
    id: "I11",
    says: "everything that is accepted is allowed to its author by the policy in force at that moment",
    draft: "protocol-06 §7.1, room-policy-04 §8",
    assumes: ["hub"],
  },
  () =>
    (change): Found => {
      const { before, after } = change;
      if (before === undefined) return undefined;
      const proposed = after.machine.context.pending
        .filter((each) => !before.machine.context.pending.includes(each))
        .filter(() => after.machine.context.current.epoch === before.machine.context.current.epoch);
      return together([
        ...proposed.map((each) => judged(before, effectiveOf(before), wantedBy(each))),
        deedsOf(change) === undefined
          ? undefined
          : judged(before, before.machine.context.current, byCommitter(before, deedsOf(change) ?? [])),
      ]);
    },
);

/** What others had proposed was judged when it became pending. */
function byCommitter({ machine }: HostedRoom, deeds: readonly Deed[]): readonly Deed[] {
  const pending = machine.context.pending.flatMap((each) => wantedBy(each));
  return deeds.filter(
    ({ author, what }) =>
      !pending.some((each) => each.author === author && JSON.stringify(each.what) === JSON.stringify(what)),
  );
}

function judged(hosted: HostedRoom, state: Effective, deeds: readonly Deed[]): readonly string[] {
  const { room, machine } = hosted;
  const { policy } = machine.context;
  return deeds.flatMap((deed) => {
    const needed = neededFor(deed, deeds, bannedRoleOf(policy.roles));
    const role = roleIn(state.participants, deed.author);
    // Preauthorised providers and joiners hold roles by other ways than the list: those are I48's and room-policy §4's.
    if (needed.length === 0 || (role === undefined && (deed.joining || !deed.author.includes("/u/"))))
      return [];
    const own = roleWith(policy.roles, role ?? 0)?.capabilities ?? [];
    return needed.some((capability) => own.includes(capability))
      ? []
      : [
          `${room}: ${deed.author} in role ${role ?? 0} does what takes ${needed.join(" or ")}: ${told(deed)}`,
        ];
  });
}

/** One of these capabilities is needed; none where what follows from another deed needs none of its own. */
function neededFor({ author, what }: Deed, all: readonly Deed[], banned: number | undefined): string[] {
  const own = author === what.user;
  const also = (kind: Deed["what"]["kind"]) =>
    all.find((each) => each.what.kind === kind && each.what.user === what.user);
  switch (what.kind) {
    case "add":
      return own ? [] : ["canAddParticipant"];
    case "remove":
      return own ? ["canRemoveSelf"] : ["canRemoveParticipant"];
    case "role":
      if (own) return ["canChangeOwnRole"];
      if (banned !== undefined && what.to === banned) return ["canBan"];
      return banned !== undefined && what.from === banned ? ["canUnBan"] : ["canChangeUserRole"];
    case "addClient":
      if (own) return also("add") === undefined ? ["canAddOwnClient"] : [];
      return ["canAddParticipant"];
    case "removeClient":
      if (also("remove") !== undefined || also("role") !== undefined) return [];
      return own ? ["canRemoveOwnClient", "canRemoveSelf"] : ["canKick", "canRemoveParticipant", "canBan"];
  }
}

function told({ what }: Deed): string {
  switch (what.kind) {
    case "add":
      return `adds ${what.user} in role ${what.role}`;
    case "remove":
      return `removes ${what.user}`;
    case "role":
      return `takes ${what.user} from role ${what.from} to role ${what.to}`;
    case "addClient":
      return `adds ${what.client}`;
    case "removeClient":
      return `removes ${what.client}`;
  }
}

const clientsAgree = atClient(
  {
    id: "I12",
    says: "every client accepts, by its own judgement, each commit that the hub has accepted",
    draft: "protocol-06 §7.3",
    assumes: ["hub", "client"],
  },
  () =>
    ({ client, room }, _view, { outputs }) => {
      const moved = outputs.filter(
        (each) =>
          each.type === "moved" &&
          each.machine === "participant room" &&
          each.event === "commitArrived" &&
          each.instance === room,
      );
      if (moved.length === 0) return undefined;
      const refused = moved.some(
        (each) =>
          each.type === "moved" && each.effects.some((effect) => ["alarm", "alarmPolicy"].includes(effect)),
      );
      const why = outputs.flatMap((each) => (each.type === "noticed" ? [each.text] : []));
      return sentences(
        refused &&
          `${client} does not accept a commit of ${room} that the hub has accepted: ${why.join("; ")}`,
      );
    },
);

const banSticky = atHub(
  {
    id: "I18",
    says: "who is banned has no client in the room until somebody with canUnBan has lifted the ban",
    draft: "room-policy-04 §8.1.3",
    assumes: ["hub"],
  },
  () => {
    const banned = new Map<string, Set<string>>();
    return (change) => {
      const { room, before, after } = change;
      const { current, policy } = after.machine.context;
      const role = bannedRoleOf(policy.roles);
      if (role === undefined) return undefined;
      const here = banned.get(room) ?? new Set<string>();
      const lifted = (deedsOf(change) ?? []).filter(
        ({ author, what }) =>
          what.kind === "role" &&
          what.from === role &&
          rolesOf(before, author)?.includes("canUnBan") === true,
      );
      for (const { what } of lifted) here.delete(what.user);
      for (const each of current.participants) if (each.role === role) here.add(each.user);
      banned.set(room, here);
      if (here.size === 0) return undefined;
      return current.members
        .filter(({ user }) => here.has(user))
        .map(
          ({ client, user }) =>
            `${room}: ${client} is a member, and nobody who may has lifted the ban of ${user}`,
        );
    };
  },
);

function rolesOf(hosted: HostedRoom | undefined, user: string): readonly string[] | undefined {
  if (hosted === undefined) return undefined;
  const { current, policy } = hosted.machine.context;
  return roleWith(
    policy.roles,
    roleIn(effectiveOf(hosted).participants, user) ?? roleIn(current.participants, user) ?? 0,
  )?.capabilities;
}

const removedMute: Property = eachStep(
  {
    id: "I27",
    says: "from the moment the hub accepts a removal or a ban, it accepts no message of the user's clients",
    draft: "protocol-06 §5.3",
    assumes: ["hub", "follower", "client"],
  },
  () => {
    const authors = new Map<string, string>();
    return ({ client, rooms, hosted }) => {
      if (client !== undefined)
        for (const { after, before, user } of rooms) {
          if (after.sent === before?.sent) continue;
          for (const name of Object.keys(after.sent)) authors.set(name, user);
        }
      return together(
        hosted.map(({ room, before, accepted }): Found => {
          const messages = accepted.filter(({ kind }) => kind === "application");
          if (before === undefined || messages.length === 0) return undefined;
          const { roles } = before.machine.context.policy;
          return messages.flatMap(({ name }) => {
            const user = authors.get(name);
            if (user === undefined) return [];
            const role = roleIn(effectiveOf(before).participants, user);
            if (isOut(before, user))
              return [`${room}: a message of ${user} is accepted after its removal was`];
            const may = roleWith(roles, role ?? 0)?.capabilities.includes("canSendMessage") === true;
            return may ? [] : [`${room}: ${user} in role ${role ?? 0} writes, and may not`];
          });
        }),
      );
    };
  },
);

const codeOnce = atHub(
  {
    id: "I48",
    says: "a join code for one user lets in one; one that has expired, none; and nobody who is banned",
    draft: "protocol-06 §5.6, room-policy-04 §6.2",
    assumes: ["hub"],
  },
  () => {
    const used = new Map<string, string>();
    const known = new Map<string, JoinCode>();
    return (change, _view, { clock }) => {
      const { room, before, after } = change;
      for (const code of after.machine.context.joinCodes) known.set(`${room} ${code.code}`, code);
      const joined = (deedsOf(change) ?? []).find(({ joining, what }) => joining && what.kind === "add");
      if (before === undefined || joined === undefined) return undefined;
      const shown = before.machine.context.shownCodes.find(({ client }) => client === joined.client)?.code;
      const code = known.get(`${room} ${shown ?? ""}`);
      if (shown === undefined || code === undefined) return undefined;
      const earlier = used.get(`${room} ${shown}`);
      used.set(`${room} ${shown}`, joined.author);
      const { roles } = before.machine.context.policy;
      return sentences(
        !code.multiuser &&
          earlier !== undefined &&
          `${room}: ${earlier} and ${joined.author} both come in by one code`,
        code.expiresMs !== undefined &&
          clock >= code.expiresMs &&
          `${room}: ${joined.author} comes in by an expired code`,
        roleIn(before.machine.context.current.participants, joined.author) === bannedRoleOf(roles) &&
          bannedRoleOf(roles) !== undefined &&
          `${room}: ${joined.author} is banned and comes in by a code`,
      );
    };
  },
);

const removedBlind: Property = eachStep(
  {
    id: "I26",
    says: "a message that is accepted after the removal or the ban of a user reaches none of the user's clients",
    draft: "protocol-06 §5.3",
    assumes: ["hub", "follower"],
  },
  () => {
    const out = new Map<string, ReadonlySet<string>>();
    const named = new Map<string, string>();
    return ({ client, rooms, hosted }) => {
      if (client !== undefined)
        for (const { after, before } of rooms) {
          if (after.sent === before?.sent) continue;
          for (const [name, { messageId }] of Object.entries(after.sent)) named.set(messageId, name);
        }
      for (const { before, accepted } of hosted) {
        const messages = accepted.filter(({ kind }) => kind === "application");
        if (before === undefined || messages.length === 0) continue;
        const users = new Set(before.machine.context.current.participants.map(({ user }) => user));
        const gone = new Set([...users].filter((user) => isOut(before, user)));
        if (gone.size > 0) for (const { name } of messages) out.set(name, gone);
      }
      return together(
        rooms.map(({ client: reader, user, room, before, after }): Found => {
          if (before === undefined || after.messages === before.messages || out.size === 0) return undefined;
          const fresh = after.messages.slice(before.messages.length);
          const provider = domainOfUri(reader);
          const how =
            provider === domainOfUri(room)
              ? "from its hub"
              : `by way of ${provider}, which is told of no recipients`;
          return fresh
            .filter(({ messageId }) => out.get(named.get(messageId) ?? "")?.has(user) === true)
            .map(
              ({ sender }) =>
                `${reader} reads a message of ${sender} in ${room} that was accepted after its removal, ${how}`,
            );
        }),
      );
    };
  },
);

const stillListed: Property = eachStep(
  {
    id: "I53",
    says: "a client that comes in by a Welcome finds its own user in the list and the room's hub among the senders",
    draft: "room-policy-04 §1, protocol-06 §5.5",
    assumes: ["hub", "client"],
  },
  () =>
    ({ rooms }, view) =>
      together(
        rooms.map(({ client, user, room, before, after }): Found => {
          if (after.member === undefined || before?.member !== undefined) return undefined;
          const hosted = hostedRoom(view, room);
          if (
            hosted === undefined ||
            Number(after.member.groupContext.epoch) !== hosted.machine.context.current.epoch
          )
            return undefined;
          const { participants } = hosted.machine.context.current;
          return sentences(
            roleIn(participants, user) === undefined && `${client} is in ${room}, and ${user} is not listed`,
          );
        }),
      ),
);

export const authorisation: readonly Property[] = [
  authorised,
  clientsAgree,
  banSticky,
  removedBlind,
  removedMute,
  codeOnce,
  stillListed,
];
