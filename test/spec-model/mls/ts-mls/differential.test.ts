import fc from "fast-check";
import type { CiphersuiteImpl } from "ts-mls";
import { encodeMlsMessage } from "ts-mls";
import { beforeAll, describe, expect, it } from "vitest";
import { hex, noBytes, textOf } from "../../../../spec-model/bytes.ts";
import { MLSMessage } from "../../../../spec-model/mls/index.ts";
import { MixedGroup } from "./mixed-group.ts";
import { type Candidate, type Seat, tsDecoded, tsSuite } from "./seats.ts";

let suite: CiphersuiteImpl;
beforeAll(async () => {
  suite = await tsSuite();
});

const kinds = ["ours", "ts-mls"] as const;

describe("a group of our members and ts-mls's", () => {
  it.each(kinds)("agrees on commits, Welcomes and external commits, led by %s", async (kind) => {
    const group = new MixedGroup(`leader ${kind}`, suite);
    await group.add(group.pick(0), ["ts-mls", "ours", "ts-mls"]);
    group.expectAgreement();
    const leader = group.seats.find((seat) => seat.kind === kind) as Seat;
    await group.commit(leader);
    await group.add(leader, ["ours", "ts-mls"]);
    await group.joinExternally(kind);
    group.expectAgreement();
    const other = group.seats.find((seat) => seat !== leader && seat.kind !== kind) as Seat;
    await group.commit(leader, [other.leafIndex]);
    group.expectAgreement();
    expect(new Set(group.seats.map((seat) => seat.kind)).size).toBe(2);
  });

  it("reads each other's application messages", async () => {
    const group = new MixedGroup("talk", suite);
    await group.add(group.pick(0), ["ts-mls"]);
    for (const speaker of group.seats) {
      for (const text of ["one", "two"]) {
        const message = await speaker.say(text);
        for (const listener of group.seats) {
          if (listener === speaker) continue;
          const heard = await listener.hear(message);
          expect(heard === "removed" || heard === undefined ? heard : textOf(heard)).toBe(text);
        }
      }
    }
  });

  it.each([true, false])("commits each other's proposals by reference (in public: %s)", async (inPublic) => {
    const group = new MixedGroup(`proposals ${inPublic}`, suite);
    await group.add(group.pick(0), ["ts-mls", "ours", "ts-mls", "ours"]);
    const [ours, theirs, leaving] = [group.pick(0), group.pick(1), group.pick(4)];
    for (const [proposer, committer, whom] of [
      [ours, theirs, leaving.leafIndex],
      [theirs, ours, group.pick(3).leafIndex],
    ] as const) {
      const proposal = await proposer.proposeRemoval(whom, inPublic);
      for (const seat of group.seats) if (seat !== proposer) await seat.hear(proposal);
      const made = await committer.commit({ inPublic });
      const staying: Seat[] = [];
      for (const seat of group.seats) {
        if (seat === committer || (await seat.hear(made.message)) !== "removed") staying.push(seat);
      }
      committer.settle();
      group.seats = staying;
      expect(new Set(group.seats.map((seat) => hex(seat.authenticator()))).size).toBe(1);
    }
    expect(group.seats.length).toBe(3);
  });

  it("stays in agreement on a random walk", async () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant("add" as const),
        by: fc.nat(9),
        kinds: fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 2 }),
      }),
      fc.record({ do: fc.constant("commit" as const), by: fc.nat(9) }),
      fc.record({ do: fc.constant("remove" as const), by: fc.nat(9), whom: fc.nat(9) }),
      fc.record({ do: fc.constant("join" as const), kind: fc.constantFrom(...kinds) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 8 }), async (steps) => {
        const group = new MixedGroup("walk", suite);
        await group.add(group.pick(0), ["ts-mls", "ours"]);
        for (const next of steps) {
          if (next.do === "add") await group.add(group.pick(next.by), next.kinds);
          else if (next.do === "join") await group.joinExternally(next.kind);
          else if (next.do === "commit") {
            const by = group.pick(next.by);
            if (group.pathReachesRoot(by.leafIndex)) await group.commit(by);
          } else {
            const [by, whom] = [group.pick(next.by), group.pick(next.whom)];
            const possible = by !== whom && group.seats.length > 2;
            if (possible && group.pathReachesRoot(by.leafIndex, whom.leafIndex)) {
              await group.commit(by, [whom.leafIndex]);
            }
          }
          group.expectAgreement();
        }
      }),
      { numRuns: 6, seed: 9420 },
    );
  });
});

describe("the codecs", () => {
  it("turn the same octets into structures that encode to the same octets", async () => {
    const group = new MixedGroup("codecs", suite);
    const candidates = await Promise.all(kinds.map((kind) => group.candidate(kind)));
    const [ours, theirs] = [candidates[0] as Candidate, candidates[1] as Candidate];
    const made = await group.pick(0).commit({ add: [ours.keyPackage, theirs.keyPackage], inPublic: true });
    const information = await group.pick(0).groupInfo();
    const said = await group.pick(0).say("hello");
    const all = [
      ours.keyPackage,
      theirs.keyPackage,
      made.message,
      made.welcome ?? noBytes,
      information,
      said,
    ];
    for (const octets of all) {
      expect(hex(encodeMlsMessage(tsDecoded(octets)))).toBe(hex(octets));
      expect(hex(MLSMessage.encode(MLSMessage.decode(octets)))).toBe(hex(octets));
    }
  });
});
