/** What a client sees in its rooms and of others' key material. protocol-06 §5.2, §6 and §7.5 */
import type { ExternalPart, NestedPart } from "../../spec-model/content/index.ts";
import { type KeyPackage, type Member, members } from "../../spec-model/mls/index.ts";
import { type ClientRoom, type ClientState, peopleBehind } from "../../spec-model/participant/index.ts";
import { attempt, holderOf, isRefused, participantsIn } from "../../spec-model/room/index.ts";
import type { Fact } from "./fact.ts";
import type { Names } from "./names.ts";

/** What a step has shown the client. */
export function seenByClient(before: ClientState | undefined, after: ClientState, names: Names): Fact[] {
  const rooms = changed(before?.rooms, after.rooms);
  const claims = changed(before?.claims, after.claims);
  return [
    ...rooms.flatMap(([earlier, room]) => [
      ...(room.member === undefined || room.member === earlier?.member
        ? []
        : inGroup(after, room, room.member, names)),
      ...assetsIn(earlier, room),
    ]),
    ...claims.flatMap(([, { keyPackages }]) => keyPackages.flatMap((each) => keyPackageFacts(each, names))),
  ];
}

/** Whether a state is that of a client of the model's own. */
export function isClient(state: unknown): state is ClientState {
  return typeof state === "object" && state !== null && "rooms" in state && "keyPackages" in state;
}

/** The entries of a record that are not what they were, each with what it was. */
export function changed<T>(
  before: Readonly<Record<string, T>> | undefined,
  after: Readonly<Record<string, T>>,
): (readonly [T | undefined, T])[] {
  if (before === after) return [];
  return Object.entries(after).flatMap(([name, value]) => {
    const earlier = before?.[name];
    return earlier === value ? [] : [[earlier, value] as const];
  });
}

export function participantFact(room: string, { user, role }: { user: string; role: number }): Fact {
  return { kind: "participant", what: `${user} is a participant of ${room}, role ${role}` };
}

export function memberFact(room: string, client: string, names: Names): Fact {
  return { kind: "member", what: `${names.shown(client)} is in the group of ${room}` };
}

export function keyPackageFacts(keyPackage: KeyPackage, names: Names): Fact[] {
  const holder = holderOf(keyPackage.leafNode.credential);
  return holder === undefined
    ? []
    : [{ kind: "keyPackage", what: names.keyPackage(keyPackage, holder.client) }];
}

function inGroup(state: ClientState, { room }: ClientRoom, member: Member, names: Names): Fact[] {
  const participants = attempt(() => participantsIn(member.groupContext));
  const people = attempt(() => peopleBehind(state, member, 0));
  return [
    ...(isRefused(participants) ? [] : participants.map((each) => participantFact(room, each))),
    ...members(member.tree).flatMap(({ leafNode }) => {
      const holder = holderOf(leafNode.credential);
      return holder === undefined ? [] : [memberFact(room, holder.client, names)];
    }),
    ...(isRefused(people) ? [] : people).flatMap(({ user, real }): Fact[] =>
      real === undefined || real === user ? [] : [{ kind: "identity", what: `${user} is ${real}` }],
    ),
  ];
}

function assetsIn(before: ClientRoom | undefined, { messages }: ClientRoom): Fact[] {
  if (before?.messages === messages) return [];
  const fresh = messages.slice(before?.messages.length ?? 0);
  return fresh.flatMap(({ content }) =>
    externalParts(content.nestedPart).map(
      ({ url }): Fact => ({ kind: "asset", what: `the key that opens ${url}` }),
    ),
  );
}

function externalParts(part: NestedPart): ExternalPart[] {
  if (part.cardinality === "external") return [part];
  return part.cardinality === "multi" ? part.parts.flatMap(externalParts) : [];
}
