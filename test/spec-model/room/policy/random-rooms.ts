/** Rooms and changes for properties: a few users, a few roles with any capabilities, limits that hold at the beginning. */

import fc from "fast-check";
import type { Author, Change, PolicyState, Role } from "../../../../spec-model/room/index.ts";
import { plainBaseRoomPolicy } from "../../../../spec-model/room/structures/index.ts";
import { by, change, member, role, user } from "./rooms.ts";

const names = ["alice", "bob", "cathy", "dave", "eve", "fred"];
const indices = [2, 3, 4];
const capabilities = [
  "canAddParticipant",
  "canRemoveParticipant",
  "canAddOwnClient",
  "canRemoveOwnClient",
  "canRemoveSelf",
  "canBan",
  "canUnBan",
  "canKick",
  "canChangeUserRole",
  "canChangeRoomName",
];

const everyMove = [0, 1, ...indices].map((from) => ({ from, to: [0, 1, ...indices] }));
const someMoves = fc.uniqueArray(
  fc.record({ from: fc.constantFrom(0, 1, ...indices), to: fc.subarray([0, 1, ...indices]) }),
  { selector: ({ from }) => from, maxLength: 5, minLength: 2 },
);

/** Roles that may do everything come often: rooms where nothing is allowed show little. */
const powers = fc.oneof(fc.subarray(capabilities), fc.constant(capabilities));
const moves = fc.oneof(someMoves, fc.constant(everyMove));

interface Slack {
  readonly below: number;
  readonly above: number | undefined;
  readonly activeBelow: number;
  readonly activeAbove: number | undefined;
}

const slack: fc.Arbitrary<Slack> = fc.record({
  below: fc.nat(2),
  above: fc.option(fc.nat(2), { nil: undefined }),
  activeBelow: fc.nat(2),
  activeAbove: fc.option(fc.nat(2), { nil: undefined }),
});

/** A room within its limits. Some users of `names` are not listed, some listed have no client, some have two. */
export const rooms: fc.Arbitrary<PolicyState> = fc
  .record({
    holders: fc.tuple(...names.map(() => fc.constantFrom(0, 1, ...indices, ...indices))),
    clients: fc.tuple(...names.map(() => fc.nat(2))),
    terms: fc.tuple(...indices.map(() => fc.record({ capabilities: powers, roleChanges: moves }))),
    slacks: fc.tuple(...indices.map(() => slack)),
    maxUsers: fc.option(fc.nat(2), { nil: undefined }),
    maxClients: fc.option(fc.nat(3), { nil: undefined }),
    multiDevice: fc.boolean(),
  })
  .map(({ holders, clients, terms, slacks, maxUsers, maxClients, multiDevice }) => {
    const participants = names.flatMap((name, i) => {
      const held = holders[i] ?? 0;
      return held === 0 ? [] : [{ user: user(name), role: held }];
    });
    const owners = names.flatMap((name, i) => {
      const held = holders[i] ?? 0;
      const count = held < 2 ? 0 : Math.min(clients[i] ?? 0, multiDevice ? 2 : 1);
      return [1, 2].slice(0, count).map((number) => ({ name, number }));
    });
    const members = owners.map(({ name, number }, leaf) => member(name, leaf, number));
    const roles = indices.map((index, i) => {
      const holding = participants.filter((each) => each.role === index).map((each) => each.user);
      const active = holding.filter((each) => members.some((client) => client.user === each));
      return withLimits(role(index, terms[i]), holding.length, active.length, slacks[i]);
    });
    const users = participants.filter((each) => each.role !== 1).length;
    return {
      roles: [role(0), role(1), ...roles],
      participants,
      members,
      hub: "a.example",
      base: plainBaseRoomPolicy({
        multiDevice,
        maxClients: maxClients === undefined ? undefined : members.length + maxClients,
        maxUsers: maxUsers === undefined ? undefined : users + maxUsers,
      }),
    };
  });

function withLimits(of: Role, holders: number, active: number, given: Slack | undefined): Role {
  if (given === undefined) return of;
  return {
    ...of,
    minimumParticipants: Math.max(0, holders - given.below),
    maximumParticipants: given.above === undefined ? undefined : holders + given.above,
    minimumActiveParticipants: Math.max(0, active - given.activeBelow),
    maximumActiveParticipants: given.activeAbove === undefined ? undefined : active + given.activeAbove,
  };
}

/** What somebody tries; whether it makes sense depends on the room. */
export interface Attempt {
  readonly actor: string;
  readonly deeds: readonly { readonly deed: number; readonly target: string; readonly to: number }[];
}

export const attempts: fc.Arbitrary<Attempt> = fc.record({
  actor: fc.constantFrom(...names),
  deeds: fc.array(
    fc.record({
      deed: fc.nat(5),
      target: fc.constantFrom(...names),
      to: fc.constantFrom(1, ...indices),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});

/** The attempt as changes of this room, with the clients that have to go or may come. */
export function changesIn(state: PolicyState, { deeds }: Attempt): readonly Change[] {
  return deeds.flatMap(({ deed, target, to }): readonly Change[] => {
    const held = state.participants.find((each) => each.user === user(target))?.role ?? 0;
    const own = state.members.filter((each) => each.user === user(target));
    const gone = own.map((each): Change => ({ kind: "removeClient", ...each }));
    switch (deed) {
      case 0:
        return [change.add(target, to), change.addClient(target)];
      case 1:
        return [change.remove(target, held), ...gone];
      case 2:
        return [change.move(target, held, to), ...(to === 1 ? gone : [])];
      case 3:
        return gone;
      case 4:
        return [change.addClient(target, 3)];
      default:
        return [change.add(target, to)];
    }
  });
}

/** The actor as a member; undefined where it has no client. */
export function actorIn(state: PolicyState, { actor }: Attempt): Author | undefined {
  return state.members.some((each) => each.user === user(actor)) ? by(state, actor) : undefined;
}
