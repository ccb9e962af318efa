/**
 * Every move of every target between the roles of a small room, with every set of the capabilities that matter, at and
 * around every limit: decided by the model, and by a table that knows nothing of its code. room-policy-04 §8.1
 */
import { describe, expect, it } from "vitest";
import type { Change, PolicyState, Role } from "../../../../spec-model/room/index.ts";
import { by, change, commit, propose, role, room } from "./rooms.ts";

const relevant = [
  "canAddParticipant",
  "canRemoveParticipant",
  "canChangeUserRole",
  "canBan",
  "canUnBan",
  "canKick",
] as const;
type Relevant = (typeof relevant)[number];

/** From a role to a role: any one of these sets of capabilities is enough. `a`: where the target has a client. */
const table: Readonly<Record<string, readonly (readonly Relevant[])[]>> = {
  "0>1": [["canAddParticipant"], ["canBan"]],
  "0>2": [["canAddParticipant"]],
  "0>3": [["canAddParticipant"]],
  "1>0": [["canRemoveParticipant", "canUnBan"]],
  "1>2": [["canUnBan"]],
  "1>3": [["canUnBan"]],
  "2>0": [["canRemoveParticipant"]],
  "3>0": [["canRemoveParticipant"]],
  "2>1": [["canBan"], ["canChangeUserRole"]],
  "3>1": [["canBan"], ["canChangeUserRole"]],
  "2>1a": [["canBan"], ["canChangeUserRole", "canKick"]],
  "3>1a": [["canBan"], ["canChangeUserRole", "canKick"]],
  "2>3": [["canChangeUserRole"]],
  "3>2": [["canChangeUserRole"]],
  // A move that changes nothing is one like others, if some role lists it.
  "1>1": [["canUnBan"]],
  "2>2": [["canChangeUserRole"]],
  "3>3": [["canChangeUserRole"]],
};

interface Situation {
  readonly capabilities: readonly Relevant[];
  readonly from: number;
  readonly to: number;
  readonly moveListed: boolean;
  /** The target has a client, before it goes or once it is added. */
  readonly active: boolean;
  /** The role it leaves has no more holders, or active holders, than its minimum. */
  readonly atMinimum: boolean;
  readonly atActiveMinimum: boolean;
  /** The role it enters has as many holders, or active holders, as its maximum. */
  readonly full: boolean;
  readonly activelyFull: boolean;
}

function expected(given: Situation): boolean {
  const { from, to, active } = given;
  if (!given.moveListed) return false;
  if (to === 1 && from === 0 && active) return false;
  const sets = (active ? table[`${from}>${to}a`] : undefined) ?? table[`${from}>${to}`] ?? [];
  if (!sets.some((set) => set.every((each) => given.capabilities.includes(each)))) return false;
  if (from === to) return true;
  const leavesActive = from !== 0 && active;
  const entersActive = to > 1 && active;
  if (from !== 0 && given.atMinimum) return false;
  if (leavesActive && given.atActiveMinimum) return false;
  if (to !== 0 && given.full) return false;
  return !(entersActive && given.activelyFull);
}

const targets = [2, 3];

function stateOf(given: Situation): PolicyState {
  const { from, to, active } = given;
  const fillers: Record<string, number> = { greta: 2, hugo: 3, ida: 2, jan: 3 };
  const holders: Record<string, number> = { alice: 4, ...(from === 0 ? {} : { bob: from }), ...fillers };
  const count = (index: number) => Object.values(holders).filter((held) => held === index).length;
  // Everybody but the banned, and an inactive Bob, is active.
  const bobIsActive = active && from > 1;
  const activeCount = (index: number) =>
    index === 1 ? 0 : count(index) - (index === from && !bobIsActive ? 1 : 0);
  const limits = (index: number): Partial<Role> => ({
    ...(index === from
      ? {
          minimumParticipants: count(index) - (given.atMinimum ? 0 : 1),
          minimumActiveParticipants: Math.max(0, activeCount(index) - (given.atActiveMinimum ? 0 : 1)),
        }
      : {}),
    ...(index === to
      ? {
          maximumParticipants: count(index) + (given.full ? 0 : 1),
          maximumActiveParticipants: activeCount(index) + (given.activelyFull ? 0 : 1),
        }
      : {}),
  });
  const moves = given.moveListed
    ? [{ from, to: [to] }]
    : [{ from, to: targets.filter((each) => each !== to) }];
  const roles = [
    role(0),
    role(1, from === 1 || to === 1 ? limits(1) : {}),
    role(2, limits(2)),
    role(3, limits(3)),
    role(4, { capabilities: given.capabilities, roleChanges: moves }),
  ];
  return room(roles, holders, { idle: bobIsActive ? [] : ["bob"] });
}

function changesOf({ from, to, active }: Situation, state: PolicyState): readonly Change[] {
  const leaf = state.members.find((each) => each.user.endsWith("/bob"))?.leaf;
  const gone = leaf === undefined ? [] : [change.removeClient("bob", leaf)];
  if (from === 0) return [change.add("bob", to), ...(active ? [change.addClient("bob")] : [])];
  if (to === 0) return [change.remove("bob", from), ...gone];
  return [change.move("bob", from, to), ...(to === 1 ? gone : [])];
}

const yesOrNo = [false, true];

function* situations(): Generator<Situation> {
  for (let set = 0; set < 1 << relevant.length; set++) {
    const capabilities = relevant.filter((_, i) => set & (1 << i));
    for (const from of [0, 1, 2, 3])
      for (const to of [0, 1, 2, 3])
        for (const moveListed of yesOrNo)
          for (const active of from === 1 ? [false] : yesOrNo)
            for (const atMinimum of yesOrNo)
              for (const atActiveMinimum of yesOrNo)
                for (const full of yesOrNo)
                  for (const activelyFull of yesOrNo) {
                    // Nothing to do with this move: role 0 has no holders, and nobody moves to where it is.
                    if ((from === 0 && to === 0) || (from === 0 && (atMinimum || atActiveMinimum))) continue;
                    if (to === 0 && (full || activelyFull)) continue;
                    yield {
                      capabilities,
                      from,
                      to,
                      moveListed,
                      active,
                      atMinimum,
                      atActiveMinimum,
                      full,
                      activelyFull,
                    };
                  }
  }
}

describe("moving another user between roles, at every limit and with every set of capabilities", () => {
  it("is allowed exactly where the table says so, in a commit and as proposals", () => {
    const wrong: string[] = [];
    let decided = 0;
    let allowed = 0;
    for (const given of situations()) {
      const state = stateOf(given);
      const author = by(state, "alice");
      const changes = changesOf(given, state);
      const verdicts = [commit(state, author, changes), propose(state, author, changes)];
      decided += 1;
      if (expected(given)) allowed += 1;
      for (const verdict of verdicts) {
        if ((verdict === "allowed") !== expected(given)) wrong.push(`${verdict}: ${JSON.stringify(given)}`);
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect({ decided, allowed }).toMatchInlineSnapshot(`
      {
        "allowed": 4192,
        "decided": 36352,
      }
    `);
  });
});

describe("moving oneself", () => {
  it("takes canChangeOwnRole and a preauthorisation, and the limits of both roles, and no listed move", () => {
    const wrong: string[] = [];
    for (const capable of yesOrNo)
      for (const preauthorised of [undefined, 2, 3])
        for (const to of [0, 1, 2, 3])
          for (const atMinimum of yesOrNo)
            for (const full of yesOrNo) {
              const roles = [
                role(0),
                role(1),
                role(2, {
                  capabilities: capable ? ["canChangeOwnRole"] : ["canChangeUserRole"],
                  minimumParticipants: atMinimum ? 2 : 1,
                  roleChanges: [{ from: 2, to: [0, 1, 3] }],
                }),
                role(3, { maximumParticipants: full ? 1 : 2 }),
              ];
              const entries = preauthorised === undefined ? [] : [{ claims: [], role: role(preauthorised) }];
              const state = room(roles, { alice: 2, bob: 2, cathy: 3 }, { preauthorized: entries });
              const verdict = commit(state, by(state, "alice"), [change.move("alice", 2, to)]);
              const stays = to === 2;
              const fits = capable && preauthorised === to && (stays || (!atMinimum && !full));
              if ((verdict === "allowed") !== fits) {
                wrong.push(`${verdict}: ${JSON.stringify({ capable, preauthorised, to, atMinimum, full })}`);
              }
            }
    expect(wrong).toEqual([]);
  });
});
