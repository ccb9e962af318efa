import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Change,
  decide,
  decideTogether,
  effectiveState,
  type PolicyState,
  type ProposalFacts,
} from "../../../../spec-model/room/index.ts";
import { actorIn, attempts, changesIn, rooms } from "./random-rooms.ts";
import { commitOf, proposal, resultOf } from "./rooms.ts";

/** A room within its own rules, told without a word of the model's code. */
function brokenRules(state: PolicyState): readonly string[] {
  const broken: string[] = [];
  const listed = state.participants.map((each) => each.user);
  if (new Set(listed).size !== listed.length) broken.push("a user is listed twice");
  const clients = state.members.map((each) => each.client);
  if (new Set(clients).size !== clients.length) broken.push("a client is a member twice");
  for (const each of state.members) {
    const held = state.participants.find((participant) => participant.user === each.user)?.role;
    if (held === undefined) broken.push(`${each.client} has no participant`);
    if (held === 1) broken.push(`${each.client} is banned`);
  }
  for (const each of state.roles.slice(1)) {
    const holders = state.participants.filter((participant) => participant.role === each.index);
    const active = holders.filter((holder) => state.members.some((client) => client.user === holder.user));
    if (holders.length < each.minimumParticipants) broken.push(`${each.name} has too few holders`);
    if (holders.length > (each.maximumParticipants ?? 99)) broken.push(`${each.name} has too many holders`);
    if (active.length < each.minimumActiveParticipants) broken.push(`${each.name} has too few active`);
    if (active.length > (each.maximumActiveParticipants ?? 99))
      broken.push(`${each.name} has too many active`);
  }
  const users = state.participants.filter((each) => each.role !== 1).length;
  if (users > (state.base?.maxUsers ?? 99)) broken.push("too many users");
  if (state.members.length > (state.base?.maxClients ?? 99)) broken.push("too many clients");
  const owners = new Set(state.members.map((each) => each.user));
  if (state.base?.multiDevice === false && owners.size !== state.members.length) broken.push("two devices");
  return broken;
}

function commitIn(state: PolicyState, proposals: readonly ProposalFacts[]) {
  const [first] = proposals;
  if (first === undefined) return { allowed: false };
  return decide(state, {
    kind: "commit",
    author: first.author,
    proposals,
    result: resultOf(state, proposals),
  });
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

describe("a room's policy, in any room", () => {
  it("keeps the room within its rules through every sequence of allowed commits", () => {
    let taken = 0;
    fc.assert(
      fc.property(rooms, fc.array(attempts, { minLength: 1, maxLength: 12 }), (room, tries) => {
        expect(brokenRules(room)).toEqual([]);
        let state = room;
        for (const attempt of tries) {
          const author = actorIn(state, attempt);
          if (author === undefined) continue;
          const proposals = [proposal(author, changesIn(state, attempt))];
          if (!commitIn(state, proposals).allowed) continue;
          taken += 1;
          state = resultOf(state, proposals);
          // A client that came in gets a leaf of its own.
          state = { ...state, members: state.members.map((each, leaf) => ({ ...each, leaf })) };
          expect(brokenRules(state)).toEqual([]);
        }
      }),
      { numRuns: 2000 },
    );
    expect(taken).toBeGreaterThan(400);
  });

  it("changes nothing by deciding, and decides the same again", () => {
    fc.assert(
      fc.property(rooms, attempts, (room, attempt) => {
        const author = actorIn(room, attempt);
        fc.pre(author !== undefined);
        const proposals = author === undefined ? [] : [proposal(author, changesIn(room, attempt))];
        const before = JSON.stringify([room, proposals]);
        const [state, given] = frozen([room, proposals] as const);
        const first = commitIn(state, given);
        expect(commitIn(state, given)).toEqual(first);
        expect(JSON.stringify([state, given])).toBe(before);
      }),
    );
  });

  it("does not care in which order a commit has its changes", () => {
    fc.assert(
      fc.property(rooms, attempts, fc.infiniteStream(fc.nat()), (room, attempt, dice) => {
        const author = actorIn(room, attempt);
        fc.pre(author !== undefined);
        if (author === undefined) return;
        const changes = changesIn(room, attempt);
        fc.pre(changes.length > 0);
        const allowed = (all: readonly Change[]) => commitIn(room, [proposal(author, all)]).allowed;
        const separate = (all: readonly Change[]) =>
          commitIn(
            room,
            all.map((each) => proposal(author, [each])),
          ).allowed;
        const mixed = shuffled(changes, dice);
        expect(allowed(mixed)).toBe(allowed(changes));
        expect(separate(mixed)).toBe(allowed(changes));
      }),
      { numRuns: 500 },
    );
  });

  it("does not care in which order proposals come that one commit may not hold together", () => {
    fc.assert(
      fc.property(rooms, fc.array(attempts, { maxLength: 4 }), (room, tries) => {
        const proposals = tries.flatMap((attempt) => {
          const author = actorIn(room, attempt);
          return author === undefined ? [] : [proposal(author, changesIn(room, attempt), "ref")];
        });
        expect(decideTogether([...proposals].reverse()).allowed).toBe(decideTogether(proposals).allowed);
      }),
    );
  });

  it("lets the next commit take up everything that was accepted, whoever commits it", () => {
    let committed = 0;
    fc.assert(
      fc.property(rooms, fc.array(attempts, { minLength: 1, maxLength: 8 }), (room, tries) => {
        let pending: readonly ProposalFacts[] = [];
        for (const attempt of tries) {
          const author = actorIn(room, attempt);
          if (author === undefined) continue;
          const proposals = [proposal(author, changesIn(room, attempt), `ref${pending.length}`)];
          if (decide(room, { kind: "proposals", pending, proposals }).allowed) {
            pending = [...pending, ...proposals];
          }
        }
        if (pending.length === 0) return;
        const effective = effectiveState(room, pending);
        for (const each of effective.members) {
          const held = effective.participants.find((participant) => participant.user === each.user)?.role;
          expect(held).toBeDefined();
          expect(commitOf(room, { kind: "member", ...each }, pending)).toBe("allowed");
          committed += 1;
        }
      }),
      { numRuns: 1000 },
    );
    expect(committed).toBeGreaterThan(500);
  });
});

function shuffled<T>(items: readonly T[], dice: { next(): { value: number } }): T[] {
  const left = [...items];
  const mixed: T[] = [];
  while (left.length > 0) mixed.push(...left.splice(dice.next().value % left.length, 1));
  return mixed;
}
