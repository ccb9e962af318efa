import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CommitEvent, type HubRoomEvent, hubRoomMachine } from "../../../spec-model/hub/index.ts";
import { begin, stateName, step } from "../../../spec-model/machine.ts";
import {
  a1,
  alice,
  b1,
  bob,
  bobLeaves,
  by,
  c1,
  cathy,
  commitBy,
  contextOf,
  created,
  input,
  proposal,
  withoutBob,
} from "./room-example.ts";

const start = begin(hubRoomMachine, input).snapshot;

function commit(overrides: Partial<CommitEvent> = {}): CommitEvent {
  const { epoch } = created;
  return {
    type: "commit",
    request: "1",
    from: "a.example",
    epoch,
    verified: commitBy(a1),
    welcomed: [],
    ...overrides,
  };
}

const leave: HubRoomEvent = {
  type: "proposals",
  request: "1",
  from: "b.example",
  epoch: 4,
  verified: { proposals: bobLeaves, effective: withoutBob },
};

/** The code of the answer among the effects of one event, in the state that `before` lead to. */
function answerTo(event: HubRoomEvent, ...before: readonly HubRoomEvent[]) {
  const snapshot = before.reduce((s, e) => step(hubRoomMachine, s, e).snapshot, start);
  return step(hubRoomMachine, snapshot, event).effects.find((effect) => effect.type === "answer");
}

describe("a hub's room", () => {
  it("accepts a commit of the current epoch and begins the next one", () => {
    const { snapshot, effects } = step(hubRoomMachine, start, commit());
    expect(effects.map((effect) => effect.type)).toEqual(["accept", "answer", "fanOut"]);
    expect(contextOf(snapshot).current.epoch).toBe(5);
  });

  it("answers before it fans out, to the other providers and its own clients", () => {
    const { effects } = step(hubRoomMachine, start, commit());
    expect(effects.at(-1)).toMatchObject({ type: "fanOut", providers: ["b.example"], clients: [a1.client] });
  });

  it("refuses a commit of another epoch with wrongEpoch", () => {
    expect(answerTo(commit({ epoch: 3 }))).toMatchObject({ code: "wrongEpoch" });
    expect(answerTo(commit({ epoch: 5 }))).toMatchObject({ code: "wrongEpoch" });
  });

  it("accepts one commit an epoch: of two that race, the second is refused with wrongEpoch", () => {
    expect(answerTo(commit({ from: "b.example", verified: commitBy(b1) }), commit())).toMatchObject({
      code: "wrongEpoch",
    });
  });

  it("refuses what the public group refused", () => {
    const verified = {
      errorType: "MlsError",
      code: "contentSignature",
      where: "RFC 9420 §6.1",
      text: "the signature does not fit",
    };
    expect(answerTo(commit({ verified }))).toMatchObject({
      code: "invalidProposal",
      rule: "contentSignature",
    });
  });

  it("keeps accepted proposals, and takes only a commit that covers them", () => {
    expect(answerTo(commit(), leave)).toMatchObject({ code: "notAllowed", rule: "commit-covers-pending" });
    const covering = commit({ verified: commitBy(a1, bobLeaves, { ...withoutBob, epoch: 5 }) });
    expect(answerTo(covering, leave)).toMatchObject({ code: "success" });
  });

  it("refuses a commit by one who is leaving", () => {
    const own = commit({ from: "b.example", verified: commitBy(b1, bobLeaves) });
    expect(answerTo(own, leave)).toMatchObject({ code: "notAllowed", rule: "leavers-do-not-commit" });
  });

  it("refuses messages of one who is leaving, at once", () => {
    const said: HubRoomEvent = { type: "submit", request: "2", from: "b.example", epoch: 4, sender: bob };
    expect(answerTo(said)).toMatchObject({ code: "accepted" });
    expect(answerTo(said, leave)).toMatchObject({ code: "notAllowed", rule: "leavers-do-not-send" });
  });

  it("refuses a second pending change of the same user", () => {
    const remove = proposal(by(a1), [{ kind: "removeParticipant", user: bob, role: 2 }], "ref-other");
    const clients = proposal(by(a1), [{ kind: "removeClient", ...b1 }], "ref-client");
    const kick: HubRoomEvent = {
      type: "proposals",
      request: "2",
      from: "a.example",
      epoch: 4,
      verified: { proposals: [remove, clients], effective: withoutBob },
    };
    expect(answerTo(kick)).toMatchObject({ code: "success" });
    expect(answerTo(kick, leave)).toMatchObject({ code: "notAllowed", rule: "one-change-per-user" });
  });

  it("refuses a provider that speaks for another provider's user", () => {
    expect(answerTo(commit({ from: "b.example" }))).toMatchObject({
      code: "notAllowed",
      rule: "providers-speak-for-their-own",
    });
  });

  it("says epochTooOld for messages of past epochs and notAllowed for future ones", () => {
    const said = (epoch: number): HubRoomEvent => ({
      type: "submit",
      request: "2",
      from: "a.example",
      epoch,
      sender: alice,
    });
    expect(answerTo(said(3))).toMatchObject({ code: "epochTooOld" });
    expect(answerTo(said(5))).toMatchObject({ code: "notAllowed" });
  });

  it("gives the GroupInfo to a participant's client and not to a stranger", () => {
    const ask = (user: string, client: string, from: string): HubRoomEvent => ({
      type: "groupInfo",
      request: "3",
      from,
      requester: { user, client },
    });
    expect(answerTo(ask(bob, "mimi://b.example/d/bob/B2", "b.example"))).toMatchObject({ code: "success" });
    expect(answerTo(ask(cathy, c1.client, "c.example"))).toMatchObject({ code: "notAuthorized" });
  });

  it("has no answers once it is destroyed", () => {
    const destroyed = step(hubRoomMachine, start, { type: "destroy" }).snapshot;
    expect(stateName(destroyed)).toBe("destroyed");
    expect(step(hubRoomMachine, destroyed, commit()).effects).toEqual([]);
  });

  describe("with an Add", () => {
    const adds = proposal(by(b1), [
      { kind: "addParticipant", user: cathy, role: 2 },
      { kind: "addClient", client: c1.client, user: cathy, keyPackage: "kp1" },
    ]);
    const result = {
      participants: [...created.participants, { user: cathy, role: 2 }],
      members: [a1, b1, c1],
    };
    const adding = (welcomed: readonly string[]) =>
      commit({ from: "b.example", verified: commitBy(b1, [adds], result), welcomed });
    const passed: HubRoomEvent = {
      type: "keyMaterialPassed",
      provider: "c.example",
      keyPackages: ["kp1", "kp2"],
    };

    it("sends the Welcome to the provider that the KeyPackage came from", () => {
      const ready = step(hubRoomMachine, start, passed).snapshot;
      const { effects } = step(hubRoomMachine, ready, adding(["kp1"]));
      expect(effects.at(-1)).toMatchObject({ welcomed: [{ provider: "c.example", keyPackages: ["kp1"] }] });
    });

    it("refuses a Welcome with other secrets than for the Adds", () => {
      expect(answerTo(adding([]), passed)).toMatchObject({ rule: "welcome-fits-adds" });
      expect(answerTo(adding(["kp1", "kp2"]), passed)).toMatchObject({ rule: "welcome-fits-adds" });
    });

    it("refuses a KeyPackage that never passed it", () => {
      expect(answerTo(adding(["kp1"]))).toMatchObject({ rule: "welcome-has-way" });
    });
  });

  it("never goes back an epoch, and moves by one for each accepted commit (any events)", () => {
    const anyEvent = fc.oneof(
      fc
        .record({ epoch: fc.integer({ min: 2, max: 8 }) })
        .map(({ epoch }) =>
          commit({ epoch, verified: { ...commitBy(a1), epoch, result: { ...created, epoch: epoch + 1 } } }),
        ),
      fc.constant(leave),
      fc.integer({ min: 2, max: 8 }).map(
        (epoch): HubRoomEvent => ({
          type: "submit",
          request: "2",
          from: "a.example",
          epoch,
          sender: alice,
        }),
      ),
    );
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), (events) => {
        let snapshot = start;
        for (const event of events) {
          const before = contextOf(snapshot).current.epoch;
          const next = step(hubRoomMachine, snapshot, event);
          const accepted = event.type === "commit" && next.effects.some((effect) => effect.type === "accept");
          expect(contextOf(next.snapshot).current.epoch).toBe(before + (accepted ? 1 : 0));
          snapshot = next.snapshot;
        }
      }),
    );
  });
});
