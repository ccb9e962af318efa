/** How binding the policy cases are: what rests on a reading of the draft is no MUST. */
import { describe, expect, it } from "vitest";
import type { Change } from "../../../spec-model/room/index.ts";
import { levelOf } from "../../../vectors/generate/policy/levels.ts";
import { authorIn, doing, roleWith, roomOf } from "../../../vectors/generate/policy/people.ts";

const moves = [
  { from: 1, to: [2] },
  { from: 2, to: [3] },
];
const levelFor = (change: Change, ...capabilities: readonly string[]) => {
  const roles = [0, 1, 2].map((index) => roleWith(index));
  const holder = roleWith(3, { capabilities, roleChanges: moves });
  const state = roomOf([...roles, holder], { alice: 3, bob: 2, dave: 1 });
  const author = authorIn(state, "alice");
  return levelOf(state, { kind: "commit", author, proposals: [{ author, changes: [change] }] });
};

describe("a policy case", () => {
  it("is a MUST where every reading decides the same", () => {
    expect(levelFor(doing.move("bob", 2, 3), "canChangeUserRole")).toBe("MUST");
    expect(levelFor(doing.move("dave", 1, 2))).toBe("MUST");
  });

  it("is a SHOULD where another answer to one open question turns it round", () => {
    expect(levelFor(doing.move("dave", 1, 2), "canChangeUserRole")).toBe("SHOULD");
  });

  it("is a SHOULD where it takes other answers to two of them", () => {
    const operational: Change = { kind: "changeComponent", component: 0x24, op: "update" };
    expect(levelFor(operational, "canChangeRoleDefinitions")).toBe("SHOULD");
    expect(levelFor(operational, "canKick")).toBe("MUST");
  });
});
