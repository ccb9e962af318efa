/** Who may be in a room's list and in its group. protocol-06 §7.5, room-policy-04 §3, §5 and §8.1.3 */
import type { HostedRoom } from "../../spec-model/hub/index.ts";
import type { Role } from "../../spec-model/room/index.ts";
import { always, atHub, eachStep, type Found, type Property, sentences, together } from "./definition.ts";
import { bannedRoleOf, effectiveOf, lifeOf, roleIn, roleWith } from "./reading.ts";
import { hostedRoom } from "./view.ts";

const noOrphanMember = always({
  id: "I03",
  says: "a client is in the group only if its user is in the participant list",
  draft: "protocol-06 §1 and §7.5",
  assumes: ["hub"],
  holds: ({ room, machine: { context } }) =>
    context.current.members
      .filter(({ user }) => roleIn(context.current.participants, user) === undefined)
      .map(
        ({ client, user }) =>
          `${room}, epoch ${context.current.epoch}: ${client} is a member and ${user} is no participant`,
      ),
});

const noBannedMember = always({
  id: "I04",
  says: "nobody who is banned, or whose role lets nobody be active, has a client in the group",
  draft: "room-policy-04 §3 and §8.1.3",
  assumes: ["hub"],
  holds({ room, machine: { context } }) {
    const { participants, members, epoch } = context.current;
    const banned = bannedRoleOf(context.policy.roles);
    return members.flatMap(({ client, user }) => {
      const role = roleIn(participants, user);
      if (role === undefined) return [];
      const mayBeActive = roleWith(context.policy.roles, role)?.maximumActiveParticipants !== 0;
      return role === banned || !mayBeActive
        ? [`${room}, epoch ${epoch}: ${client} is a member, and ${user} has role ${role}`]
        : [];
    });
  },
});

const oneRole = always({
  id: "I05",
  says: "every user is listed once, in a role that the room has; role 0 is nobody's in the list",
  draft: "protocol-06 §7.5, room-policy-04 §3",
  assumes: ["hub"],
  holds({ room, machine: { context } }) {
    const { participants } = context.current;
    const users = participants.map(({ user }) => user);
    return [
      ...users
        .filter((user, i) => users.indexOf(user) !== i)
        .map((user) => `${room}: ${user} is listed twice`),
      ...participants
        .filter(({ role }) => role === 0 || roleWith(context.policy.roles, role) === undefined)
        .map(({ user, role }) => `${room}: ${user} has role ${role}, which nobody can have`),
    ];
  },
});

const limits = atHub(
  {
    id: "I14",
    says: "no step takes the numbers of clients, of users or of a role's holders past their bounds",
    draft: "room-policy-04 §3 and §5",
    assumes: ["hub"],
  },
  () =>
    ({ room, before, after }) => {
      if (before !== undefined && before.machine.context.current === after.machine.context.current)
        return undefined;
      const then = before === undefined ? new Map<string, number>() : counts(before);
      const now = counts(after);
      const { base, roles } = after.machine.context.policy;
      const bounds: readonly (readonly [what: string, least: number, most: number | undefined])[] = [
        ["clients", 0, base?.maxClients],
        ["users", 0, base?.maxUsers],
        ...roles.filter(({ index }) => index !== 0).flatMap(boundsOf),
        ...(base?.multiDevice === false
          ? usersOf(after).map((user) => [`clients of ${user}`, 0, 1] as const)
          : []),
      ];
      return bounds.flatMap(([what, least, most]) => {
        const [was, is] = [then.get(what) ?? 0, now.get(what) ?? 0];
        const tooMany = most !== undefined && is > most && is > was;
        const tooFew = before !== undefined && is < least && is < was;
        return tooMany || tooFew
          ? [
              `${room}: there are ${is} ${what}, and ${tooMany ? `at most ${most}` : `at least ${least}`} may be`,
            ]
          : [];
      });
    },
);

function boundsOf(role: Role): (readonly [string, number, number | undefined])[] {
  return [
    [`holders of role ${role.index}`, role.minimumParticipants, role.maximumParticipants],
    [`active holders of role ${role.index}`, role.minimumActiveParticipants, role.maximumActiveParticipants],
  ];
}

function usersOf({ machine }: HostedRoom): string[] {
  return [...new Set(machine.context.current.members.map(({ user }) => user))];
}

function counts({ machine: { context } }: HostedRoom): Map<string, number> {
  const { participants, members } = context.current;
  const banned = bannedRoleOf(context.policy.roles);
  const found = new Map<string, number>();
  const count = (what: string) => found.set(what, (found.get(what) ?? 0) + 1);
  for (const { user, role } of participants) {
    if (role !== banned) count("users");
    count(`holders of role ${role}`);
    if (members.some((member) => member.user === user)) count(`active holders of role ${role}`);
  }
  for (const { user } of members) {
    count("clients");
    count(`clients of ${user}`);
  }
  return found;
}

const fixed = atHub(
  {
    id: "I15",
    says: "the users of a room with fixed membership are those it was created with",
    draft: "room-policy-04 §5",
    assumes: ["hub"],
  },
  () => {
    const first = new Map<string, string>();
    return ({ room, after }) => {
      const { policy, current } = after.machine.context;
      if (policy.base?.fixedMembership !== true) {
        first.delete(room);
        return undefined;
      }
      const users = current.participants
        .map(({ user }) => user)
        .toSorted()
        .join(", ");
      const created = first.get(room) ?? users;
      first.set(room, created);
      return sentences(users !== created && `${room}: was created for ${created}, and has ${users}`);
    };
  },
);

const fixedUnique: Property = eachStep(
  {
    id: "I16",
    says: "no two rooms with fixed membership have the same users",
    draft: "room-policy-04 §5",
    assumes: ["hub"],
  },
  () =>
    ({ hosted }, view) =>
      together(
        hosted.map(({ room, before, after }) => {
          if (before !== undefined || after.machine.context.policy.base?.fixedMembership !== true)
            return undefined;
          const twins = [...view.providers.values()]
            .flatMap((provider) => Object.values(provider.hosted))
            .filter((other) => other.room !== room && lifeOf(other) === "live")
            .filter((other) => other.machine.context.policy.base?.fixedMembership === true)
            .filter((other) => listedUsers(other) === listedUsers(after));
          return twins.map((twin) => `${room} and ${twin.room} are both for ${listedUsers(after)}`);
        }),
      ),
);

function listedUsers({ machine }: HostedRoom): string {
  return machine.context.current.participants
    .map(({ user }) => user)
    .toSorted()
    .join(", ");
}

const parentSubset = eachStep(
  {
    id: "I17",
    says: "whoever is in a room that depends on another is in that one, or is being removed",
    draft: "room-policy-04 §5",
    assumes: ["hub"],
  },
  () =>
    ({ hosted, provider }, view) => {
      if (hosted.length === 0 || provider === undefined) return undefined;
      return together(
        Object.values(provider.after.hosted).map((child): Found => {
          const { base } = child.machine.context.policy;
          const parent =
            base?.parentDependant === true ? hostedRoom(view, base.parentRoom[0]?.uri ?? "") : undefined;
          if (parent === undefined || lifeOf(child) !== "live") return undefined;
          const { participants } = effectiveOf(parent);
          return effectiveOf(child)
            .participants.filter(({ user }) => roleIn(participants, user) === undefined)
            .map(
              ({ user }) => `${user} is in ${child.room} and not in ${parent.room}, on which that depends`,
            );
        }),
      );
    },
);

export const membership: readonly Property[] = [
  noOrphanMember,
  noBannedMember,
  oneRole,
  limits,
  fixed,
  fixedUnique,
  parentSubset,
];
