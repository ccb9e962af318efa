import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Participant } from "../../../spec-model/room/facts.ts";
import {
  applyListUpdates,
  decodeParticipants,
  encodeParticipants,
  listChanges,
} from "../../../spec-model/room/participant-list.ts";
import type { ParticipantListUpdate } from "../../../spec-model/room/structures/index.ts";

const user = (name: string) => `mimi://a.example/u/${name}`;
const list: readonly Participant[] = ["alice", "bob", "cathy"].map((name) => ({ user: user(name), role: 2 }));
const update = (changes: Partial<ParticipantListUpdate>): ParticipantListUpdate => ({
  changedRoleParticipants: [],
  removedIndices: [],
  addedParticipants: [],
  ...changes,
});
const names = (result: ReturnType<typeof applyListUpdates>) =>
  "refused" in result ? result.refused : result.map((each) => `${each.user.split("/").at(-1)}:${each.role}`);

describe("a participant list update", () => {
  it("reads every index as a position in the list before the update", () => {
    expect(names(applyListUpdates(list, [update({ removedIndices: [0, 1] })]))).toEqual(["cathy:2"]);
    const both = update({ removedIndices: [0], changedRoleParticipants: [{ userIndex: 1, roleIndex: 3 }] });
    expect(names(applyListUpdates(list, [both]))).toEqual(["bob:3", "cathy:2"]);
  });

  it("denotes other users where an index counts in the list that earlier changes have left", () => {
    const both = [update({ removedIndices: [0] }), update({ removedIndices: [1] })];
    expect(names(applyListUpdates(list, both))).toEqual(["cathy:2"]);
    expect(names(applyListUpdates(list, both, "afterUpdates"))).toEqual(["bob:2"]);
    const one = [update({ removedIndices: [0, 1] })];
    expect(names(applyListUpdates(list, one, "afterUpdates"))).toEqual(["cathy:2"]);
    expect(names(applyListUpdates(list, one, "afterRemovals"))).toEqual(["bob:2"]);
    expect(names(applyListUpdates(list, [update({ removedIndices: [0, 2] })], "afterRemovals"))).toContain(
      "index 2 in a list of 2",
    );
  });

  it("appends additions at the end", () => {
    const added = update({ addedParticipants: [{ user: user("diana"), roleIndex: 3 }] });
    expect(names(applyListUpdates(list, [added]))).toEqual(["alice:2", "bob:2", "cathy:2", "diana:3"]);
  });

  it.each([
    ["an index out of range", update({ removedIndices: [3] }), "index 3 in a list of 3"],
    [
      "a role change of an index out of range",
      update({ changedRoleParticipants: [{ userIndex: 9, roleIndex: 2 }] }),
      "index 9",
    ],
    ["a user removed twice", update({ removedIndices: [1, 1] }), "is changed twice"],
    [
      "an addition of the listed",
      update({ addedParticipants: [{ user: user("bob"), roleIndex: 2 }] }),
      "in the list already",
    ],
    ["an addition in role 0", update({ addedParticipants: [{ user: user("eve"), roleIndex: 0 }] }), "role 0"],
    ["a change to role 0", update({ changedRoleParticipants: [{ userIndex: 0, roleIndex: 0 }] }), "role 0"],
  ])("is refused for %s", (_, bad, says) => {
    expect(names(applyListUpdates(list, [bad]))).toContain(says);
  });

  it("is refused together with another that touches the same user", () => {
    const promoted = update({ changedRoleParticipants: [{ userIndex: 1, roleIndex: 3 }] });
    expect(names(applyListUpdates(list, [promoted, update({ removedIndices: [1] })]))).toContain(
      "is changed twice",
    );
  });

  it("gives the same list in whatever order the updates of one commit stand, but for the order of additions", () => {
    const disjoint = fc
      .uniqueArray(fc.nat(2), { maxLength: 3 })
      .chain((indices) =>
        fc.tuple(
          ...indices.map((index) =>
            fc
              .boolean()
              .map((removes) =>
                removes
                  ? update({ removedIndices: [index] })
                  : update({ changedRoleParticipants: [{ userIndex: index, roleIndex: 3 }] }),
              ),
          ),
        ),
      );
    fc.assert(
      fc.property(disjoint, (updates) => {
        expect(applyListUpdates(list, updates.toReversed())).toEqual(applyListUpdates(list, updates));
      }),
    );
  });

  it("is what its changes say: the list after it differs from the one before by exactly those", () => {
    const index = fc.nat(2);
    const any = fc.record({
      changedRoleParticipants: fc.array(
        fc.record({ userIndex: index, roleIndex: fc.integer({ min: 1, max: 4 }) }),
        { maxLength: 2 },
      ),
      removedIndices: fc.array(index, { maxLength: 2 }),
      addedParticipants: fc.array(
        fc.record({
          user: fc.constantFrom("bob", "diana", "eve").map(user),
          roleIndex: fc.integer({ min: 1, max: 4 }),
        }),
        { maxLength: 2 },
      ),
    });
    fc.assert(
      fc.property(any, (made) => {
        const result = applyListUpdates(list, [made]);
        const changes = listChanges(list, made);
        if ("refused" in result || "refused" in changes) return;
        const gone = changes.filter((change) => change.kind === "removeParticipant").length;
        const come = changes.filter((change) => change.kind === "addParticipant").length;
        expect(result).toHaveLength(list.length - gone + come);
        expect(new Set(result.map((each) => each.user)).size).toBe(result.length);
        expect(decodeParticipants(encodeParticipants(result))).toEqual(result);
      }),
    );
  });
});
