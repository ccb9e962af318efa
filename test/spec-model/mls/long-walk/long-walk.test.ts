import { beforeAll, describe, expect, it } from "vitest";
import { LongWalk } from "./walk.ts";

const rounds = 300;
const largest = 40;

/** The same decisions and the same randomness; after every commit all who process it are compared (./agreement.ts). */
function walked(provider: "node" | "portable"): LongWalk {
  const walk = new LongWalk({ provider, rounds, largest });
  for (let round = 0; round < rounds; round++) walk.step();
  walk.settle();
  return walk;
}

describe("a walk of 300 commits with up to 40 clients", () => {
  let walk: LongWalk;
  beforeAll(() => {
    walk = walked("node");
  }, 300_000);

  it("keeps members and hub in agreement about every epoch", () => {
    expect(walk.agreement.epochs.size).toBe(rounds + 1);
    expect(walk.hub.view.groupContext.epoch).toBe(BigInt(rounds));
    expect(walk.seats.length).toBeGreaterThan(3);
    for (const { state } of walk.seats) expect(state.groupContext).toEqual(walk.hub.view.groupContext);
  });

  it("grows to 40 clients and shrinks again, through trees with blank subtrees", () => {
    expect(walk.counts.largest).toBe(largest);
    expect(walk.counts.of("epoch with a blank subtree")).toBeGreaterThan(50);
    expect(walk.counts.of("root off the committer's path")).toBeGreaterThan(0);
  });

  it.each([
    ["joined by Welcome", 100],
    ["joined externally", 25],
    ["rejoined externally", 10],
    ["removed by others", 50],
    ["removed by SelfRemove", 25],
    ["updated by reference", 50],
    ["added by reference", 10],
    ["commit with a PSK", 5],
    ["commit without a path", 25],
    ["commit as SemiPrivateMessage", 25],
    ["commit that lost the race", 10],
  ])("has %s at least %i times", (what, times) => {
    expect(walk.counts.of(what)).toBeGreaterThanOrEqual(times);
  });

  it.each([
    ["proposal lost", 100],
    ["proposal twice", 50],
    ["application lost", 50],
    ["application late", 50],
    ["application twice", 50],
    ["read in a later epoch", 50],
    ["refused, unknownProposal", 50],
    ["refused, generationUsed", 50],
    ["refused, wrongEpoch", 20],
  ])("meets a bad network: %s at least %i times", (what, times) => {
    expect(walk.counts.of(what)).toBeGreaterThanOrEqual(times);
  });

  it("is the same walk, octet for octet, with the portable provider", { timeout: 240_000 }, () => {
    const portable = walked("portable");
    expect(portable.agreement.sent).toEqual(walk.agreement.sent);
    expect(portable.agreement.epochs).toEqual(walk.agreement.epochs);
  });
});
