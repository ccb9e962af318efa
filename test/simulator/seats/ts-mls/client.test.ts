/** A client on ts-mls, step by step: what it follows, where it stops, and that nothing makes it fall over. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { tsMlsSummary } from "../../../../simulator/seats/index.ts";
import { hex } from "../../../../spec-model/bytes.ts";
import { textMessage } from "../../../../spec-model/content/index.ts";
import { FanoutMessage } from "../../../../spec-model/fan-out/index.ts";
import type { Proposal } from "../../../../spec-model/mls/index.ts";
import {
  addToList,
  alice,
  bob,
  deliver,
  Founder,
  intend,
  invitedSeat,
  modelClient,
  newSeat,
  observed,
  randomness,
  room,
  roomWithSeat,
} from "./room-with-seat.ts";

const add = (client: string): Proposal => ({
  proposalType: "add",
  keyPackage: modelClient(client).keyPackage,
});
const content = (text: string, sender = alice) =>
  textMessage({ sender, room, salt: randomness(text) }, text).encoded;

describe("a client on ts-mls joins and follows", () => {
  it("joins by our Welcome with the tree beside it, and agrees on the authenticator", async () => {
    const { founder, seat } = await roomWithSeat();
    const [entered] = observed(seat.outputs, "entered");
    expect(entered).toMatchObject({ room, epoch: 1, authenticator: hex(founder.authenticator) });
    expect(seat.state.keyPackages).toEqual({});
  });

  it.each<[string, Proposal[]]>([
    ["an empty commit", []],
    ["a commit with an Add", [add("mimi://a.example/d/alice/A2")]],
  ])("follows %s to the same authenticator", async (_, proposals) => {
    const { founder, seat } = await roomWithSeat();
    const outputs = await deliver(seat, founder.commits(proposals).commit);
    expect(observed(outputs, "entered")).toMatchObject([
      { epoch: 2, authenticator: hex(founder.authenticator) },
    ]);
    expect(observed(outputs, "noticed")).toEqual([]);
  });

  it("follows a proposal and the commit that refers to it", async () => {
    const { founder, seat } = await roomWithSeat();
    await deliver(seat, founder.commits([add("mimi://a.example/d/alice/A2")]).commit);
    const proposed = await deliver(seat, founder.proposes({ proposalType: "remove", removed: 2 }));
    expect(observed(proposed, "noticed")).toEqual([]);
    const outputs = await deliver(seat, founder.commits([]).commit);
    expect(observed(outputs, "entered")).toMatchObject([
      { epoch: 3, authenticator: hex(founder.authenticator) },
    ]);
  });

  it("finds itself removed and tells its provider", async () => {
    const { founder, seat } = await roomWithSeat();
    const outputs = await deliver(seat, founder.commits([{ proposalType: "remove", removed: 1 }]).commit);
    expect(observed(outputs, "departed")).toHaveLength(1);
    expect(outputs.at(-1)).toMatchObject({ type: "local", message: { type: "left", room } });
    expect(tsMlsSummary(seat.state)).toMatchObject({ rooms: [{ state: "removed" }] });
  });

  it("keeps a commit of an epoch to come until that epoch has begun", async () => {
    const { founder, seat } = await roomWithSeat();
    const first = founder.commits([]).commit;
    const second = founder.commits([]).commit;
    expect(await deliver(seat, second)).toEqual([]);
    const outputs = await deliver(seat, first);
    expect(observed(outputs, "entered").map((event) => event.epoch)).toEqual([2, 3]);
  });

  it("does not join by a Welcome to another room's group, or one for others", async () => {
    const { seat, welcome } = await invitedSeat();
    const elsewhere = await deliver(seat, welcome, "mimi://a.example/r/another");
    expect(elsewhere).toMatchObject([{ type: "noticed", code: "refusedByTsMls" }]);
    const other = newSeat();
    expect(await deliver(other, welcome)).toMatchObject([{ type: "noticed", code: "welcomeForUs" }]);
    expect(observed(await deliver(seat, welcome), "entered")).toHaveLength(1);
  });

  it("does not join a group with a member whose credential names no client", async () => {
    const { seat, welcome } = await invitedSeat(new Founder("Alice"));
    expect(await deliver(seat, welcome)).toMatchObject([
      { type: "noticed", errorType: "ValidationError", text: "Could not validate credential" },
    ]);
  });

  it("does not join without the ratchet tree", async () => {
    const { seat, welcome } = await invitedSeat();
    const bare = { ...welcome, ratchetTreeOption: { representation: "distributionService" as const } };
    expect(await deliver(seat, bare)).toMatchObject([{ type: "noticed", code: "ratchetTreePresent" }]);
  });

  it("takes no notice of a commit that comes a second time", async () => {
    const { founder, seat } = await roomWithSeat();
    const { commit } = founder.commits([]);
    await deliver(seat, commit);
    expect(await deliver(seat, commit)).toEqual([]);
  });
});

describe("a client on ts-mls and messages", () => {
  it("shows a message with the sender that its leaf names", async () => {
    const { founder, seat } = await roomWithSeat();
    const outputs = await deliver(seat, founder.says(content("Hello")));
    expect(observed(outputs, "shown")).toMatchObject([{ sender: alice, text: '"Hello"' }]);
  });

  it("reads a message of an epoch that has passed", async () => {
    const { founder, seat } = await roomWithSeat();
    const late = founder.says(content("late"));
    await deliver(seat, founder.commits([]).commit);
    expect(observed(await deliver(seat, late), "shown")).toMatchObject([{ sender: alice, text: '"late"' }]);
  });

  it("does not show what claims to be another's, and goes on", async () => {
    const { founder, seat } = await roomWithSeat();
    const outputs = await deliver(seat, founder.says(content("Hello", bob)));
    expect(outputs).toMatchObject([{ type: "noticed", errorType: "RoomError", code: "senderIsSender" }]);
    expect(observed(await deliver(seat, founder.says(content("Again"))), "shown")).toHaveLength(1);
  });

  it("notices a message that comes a second time, and goes on", async () => {
    const { founder, seat } = await roomWithSeat();
    const message = founder.says(content("Hello"));
    await deliver(seat, message);
    const again = await deliver(seat, message);
    expect(again).toMatchObject([{ type: "noticed", code: "refusedByTsMls" }]);
    expect(observed(await deliver(seat, founder.says(content("Next"))), "shown")).toHaveLength(1);
  });

  it("does not say anything in a room it is not in", async () => {
    const outputs = await intend(newSeat(), { type: "say", room, said: { kind: "message", text: "Hello" } });
    expect(outputs).toMatchObject([{ type: "noticed", errorType: "SeatError", code: "cannotSay" }]);
  });
});

describe("a client on ts-mls stops", () => {
  it("at a commit with an AppDataUpdate, and says why and in which message", async () => {
    const { founder, seat } = await roomWithSeat();
    const outputs = await deliver(seat, founder.commits([addToList(bob)]).commit);
    expect(observed(outputs, "noticed")).toMatchObject([
      { errorType: "SeatError", code: "undecodable", where: "mls-extensions §4.7" },
    ]);
    expect(observed(outputs, "noticed")[0]?.text).toContain("app_data_update");
    expect(tsMlsSummary(seat.state)).toMatchObject({ rooms: [{ state: "stopped", epoch: 1 }] });
  });

  it("at a proposal of AppDataUpdate, although the Remove before it was fine", async () => {
    const { founder, seat } = await roomWithSeat();
    await deliver(seat, founder.commits([add("mimi://a.example/d/alice/A2")]).commit);
    const proposals = founder.proposes({ proposalType: "remove", removed: 2 }, addToList(bob));
    const [stop] = observed(await deliver(seat, proposals), "noticed");
    expect(stop).toMatchObject({ errorType: "SeatError", where: "mls-extensions §4.7" });
    expect(stop?.text).toMatch(/^proposal [0-9a-f]{8} of epoch 2/);
  });

  it("at a SelfRemove", async () => {
    const { founder, seat } = await roomWithSeat();
    const [stop] = observed(
      await deliver(seat, founder.proposes({ proposalType: "self_remove" })),
      "noticed",
    );
    expect(stop).toMatchObject({ errorType: "SeatError", where: "mls-extensions §6.3" });
    expect(stop?.text).toContain("self_remove");
  });

  it("for good: it misses what comes in later epochs, and does not send any more", async () => {
    const { founder, seat } = await roomWithSeat();
    await deliver(seat, founder.commits([addToList(bob)]).commit);
    const missed = await deliver(seat, founder.says(content("Hello")));
    expect(missed).toMatchObject([{ type: "decided", text: expect.stringContaining("misses a message") }]);
    const said = await intend(seat, { type: "say", room, said: { kind: "message", text: "Hello" } });
    expect(said).toMatchObject([{ type: "decided", text: expect.stringContaining("does not send") }]);
  });

  it("but still reads late messages of the epoch it stays in", async () => {
    const { founder, seat } = await roomWithSeat();
    const late = founder.says(content("late"));
    await deliver(seat, founder.commits([addToList(bob)]).commit);
    expect(observed(await deliver(seat, late), "shown")).toHaveLength(1);
  });
});

describe("a client on ts-mls, whatever comes", () => {
  it("does not stop at a forged commit", async () => {
    const { founder, seat } = await roomWithSeat();
    const { commit } = founder.commits([]);
    const forged = FanoutMessage.encode(commit);
    forged.set([(forged.at(-3) ?? 0) ^ 1], forged.length - 3); // in the membership tag
    expect(await deliver(seat, forged)).toMatchObject([{ type: "noticed", code: "refused" }]);
    expect(observed(await deliver(seat, commit), "entered")).toHaveLength(1);
  });

  it("gives the same outputs for the same state, input and moment", async () => {
    const runs = await Promise.all([transcript(), transcript(), transcript()]);
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
  });

  it("notices octets that are no message, and is as it was before", async () => {
    const { founder, seat } = await roomWithSeat();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (octets) => {
        const before = seat.state;
        const outputs = await deliver(seat, octets);
        expect(outputs.every((output) => output.type === "noticed")).toBe(true);
        expect(seat.state.rooms).toEqual(before.rooms);
      }),
      { numRuns: 50 },
    );
    expect(observed(await deliver(seat, founder.says(content("Hello"))), "shown")).toHaveLength(1);
  });

  it("takes no commit and no message with a bit flipped, and takes the right one afterwards", async () => {
    const { founder, seat } = await roomWithSeat();
    const message = FanoutMessage.encode(founder.says(content("Hello")));
    const commit = FanoutMessage.encode(founder.commits([add("mimi://a.example/d/alice/A2")]).commit);
    const timestampLength = 8;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(message, commit),
        fc.nat(),
        fc.nat({ max: 7 }),
        async (octets, place, bit) => {
          // What stands around the MLSMessage is not signed: the time before it, the empty list or frank behind it.
          const at = timestampLength + (place % (octets.length - timestampLength - 1));
          const flipped = octets.slice();
          flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
          const here = { ...seat, outputs: [] };
          const taken = await deliver(here, flipped);
          expect([...observed(taken, "entered"), ...observed(taken, "shown")]).toEqual([]);
          const right = await deliver(here, octets);
          if (observed(taken, "departed").length === 0) {
            expect([...observed(right, "entered"), ...observed(right, "shown")]).toHaveLength(1);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

async function transcript() {
  const { founder, seat } = await roomWithSeat();
  await deliver(seat, founder.says(content("Hello")));
  await intend(seat, { type: "say", room, said: { kind: "reply", text: "Hi", to: { latestOf: alice } } });
  await deliver(seat, founder.commits([]).commit);
  await deliver(seat, founder.commits([addToList(bob)]).commit);
  return seat.outputs;
}
