/** Acknowledgements of application messages. mls-extensions §6.1 and §8.2 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AppAck,
  appAck,
  appAcksLeftOut,
  commit,
  externalCommit,
  groupInfo,
  type Proposal,
  propose,
  receive,
} from "../../../spec-model/mls/index.ts";
import { random, room } from "./refusals/room.ts";
import { application, client, overTheWire } from "./room-fixture.ts";

const app = { ...application, ephemeralComponents: new Map([[5, () => undefined]]) };
const rangesIn = (proposal: Proposal) =>
  proposal.proposalType === "app_ephemeral" ? AppAck.decode(proposal.data).receivedRanges : [];

describe("an AppAck", () => {
  it("has each sender's generations as inclusive ranges, as few as there can be (any messages)", () => {
    const message = fc.record({ sender: fc.nat({ max: 3 }), generation: fc.nat({ max: 12 }) });
    const nameOf = (sender: number, generation: number) => `${sender}/${generation}`;
    fc.assert(
      fc.property(fc.array(message, { maxLength: 25 }), (received) => {
        const ranges = rangesIn(appAck(received));
        const listed = ranges.flatMap(({ sender, firstGeneration, lastGeneration }) =>
          Array.from({ length: lastGeneration - firstGeneration + 1 }, (_, i) =>
            nameOf(sender, firstGeneration + i),
          ),
        );
        const wanted = new Set(received.map(({ sender, generation }) => nameOf(sender, generation)));
        expect(listed).toHaveLength(wanted.size);
        expect(new Set(listed)).toEqual(wanted);
        const begins = [...wanted].filter((name) => {
          const [sender, generation] = name.split("/").map(Number) as [number, number];
          return !wanted.has(nameOf(sender, generation - 1));
        });
        expect(ranges).toHaveLength(begins.length);
      }),
    );
  });

  const proposed = propose(room.bob, appAck([{ sender: 0, generation: 0 }]), {}, app, random);
  const left = (committed: readonly { readonly proposal: Proposal }[]) =>
    appAcksLeftOut(
      proposed.state.pendingProposals.values(),
      room.bob.leafIndex,
      committed.map(({ proposal }) => proposal),
    );

  it("that an external commit has voided is proposed again, and then committed", () => {
    const joined = externalCommit(
      { groupInfo: groupInfo(room.alice, app), ratchetTree: room.alice.tree, joiner: client("dave") },
      app,
      random,
    );
    const heard = receive(proposed.state, overTheWire(joined.message), app);
    if (heard.kind !== "commit") throw new Error(heard.kind);
    expect([...heard.state.pendingProposals.keys()]).toEqual([]);
    const [again, ...more] = left(heard.facts.proposals);
    if (again === undefined) throw new Error("nothing to propose again");
    expect(more).toEqual([]);
    const repeated = propose(heard.state, again, {}, app, random);
    const alice = receive(room.alice, joined.message, app).state;
    const made = commit(receive(alice, overTheWire(repeated.message), app).state, {}, app, random);
    expect(made.facts.proposals.map(({ proposal }) => rangesIn(proposal))).toEqual([rangesIn(again)]);
  });

  it("that was committed is not", () => {
    const alice = receive(room.alice, overTheWire(proposed.message), app).state;
    const made = commit(alice, {}, app, random);
    const heard = receive(proposed.state, overTheWire(made.message), app);
    if (heard.kind !== "commit") throw new Error(heard.kind);
    expect(left(heard.facts.proposals)).toEqual([]);
    expect(left([])).toHaveLength(1);
    expect(appAcksLeftOut(proposed.state.pendingProposals.values(), 0, [])).toEqual([]);
  });
});
