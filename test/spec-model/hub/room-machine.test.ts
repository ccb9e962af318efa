import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CommitEvent, type HubRoomEvent, hubRoomMachine } from "../../../spec-model/hub/index.ts";
import { stateName } from "../../../spec-model/machine.ts";
import { counting } from "../../machine-coverage.ts";
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
  roles,
  surroundings,
  withoutBob,
} from "./room-example.ts";

const counted = counting(hubRoomMachine);
const start = counted.begin(input).snapshot;
const step = (_: typeof hubRoomMachine, snapshot: typeof start, event: HubRoomEvent) =>
  counted.step(snapshot, event);

function commit(overrides: Partial<CommitEvent> = {}): CommitEvent {
  const { epoch } = created;
  return {
    type: "commit",
    request: "commit",
    from: "a.example",
    surroundings,
    epoch,
    verified: commitBy(a1),
    welcomed: [],
    reInit: false,
    ...overrides,
  };
}

const leave: HubRoomEvent = {
  type: "proposals",
  request: "leave",
  surroundings,
  from: "b.example",
  epoch: 4,
  verified: { proposals: bobLeaves },
};

function said(from: string, sender: string, epoch: number): Extract<HubRoomEvent, { type: "submit" }> {
  return { type: "submit", request: `of ${sender} ${epoch}`, from, surroundings, epoch, sender };
}

function destroy(user: string): HubRoomEvent {
  return { type: "destroy", request: "destroy", surroundings, user };
}

const refusedByMls = { errorType: "MlsError", code: "x", where: "RFC 9420", text: "refused" };

function effectsOf(event: HubRoomEvent, ...before: readonly HubRoomEvent[]): string[] {
  const snapshot = before.reduce((s, e) => step(hubRoomMachine, s, e).snapshot, start);
  return step(hubRoomMachine, snapshot, event).effects.map(({ type }) => type);
}

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
    expect(
      answerTo(commit({ request: "other", from: "b.example", verified: commitBy(b1) }), commit()),
    ).toMatchObject({
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
    const message: HubRoomEvent = { ...said("b.example", bob, 4), request: "of Bob" };
    expect(answerTo(message)).toMatchObject({ code: "accepted" });
    expect(answerTo(message, leave)).toMatchObject({ code: "notAllowed", rule: "leavers-do-not-send" });
  });

  it("refuses a second pending change of the same user", () => {
    const remove = proposal(by(a1), [{ kind: "removeParticipant", user: bob, role: 2 }], "ref-other");
    const clients = proposal(by(a1), [{ kind: "removeClient", ...b1 }], "ref-client");
    const kick: HubRoomEvent = {
      type: "proposals",
      request: "kick",
      from: "a.example",
      surroundings,
      epoch: 4,
      verified: { proposals: [remove, clients] },
    };
    expect(answerTo(kick)).toMatchObject({ code: "success" });
    expect(answerTo(kick, leave)).toMatchObject({ code: "notAllowed", rule: "removed-user-is-listed" });
  });

  it("refuses a provider that speaks for another provider's user", () => {
    expect(answerTo(commit({ from: "b.example" }))).toMatchObject({
      code: "notAllowed",
      rule: "providers-speak-for-their-own",
    });
  });

  it("says epochTooOld for messages of past epochs and notAllowed for future ones", () => {
    expect(answerTo(said("a.example", alice, 3))).toMatchObject({ code: "epochTooOld" });
    expect(answerTo(said("a.example", alice, 5))).toMatchObject({ code: "notAllowed" });
  });

  it("gives the GroupInfo to a participant's client and not to a stranger", () => {
    const ask = (user: string, client: string, from: string): HubRoomEvent => ({
      type: "groupInfo",
      request: "3",
      from,
      surroundings,
      requester: { user, client },
      joinCode: "",
    });
    expect(answerTo(ask(bob, "mimi://b.example/d/bob/B2", "b.example"))).toMatchObject({ code: "success" });
    expect(answerTo(ask(cathy, c1.client, "c.example"))).toMatchObject({ code: "notAuthorized" });
  });

  it("has no answers once it is destroyed", () => {
    const destroyed = step(hubRoomMachine, start, destroy(alice)).snapshot;
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
      keyPackages: [
        { reference: "kp1", notAfterMs: 9_000 },
        { reference: "kp2", notAfterMs: 9_000 },
      ],
      now: 1_000,
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
      fc.record({ epoch: fc.integer({ min: 2, max: 8 }) }).map(({ epoch }) =>
        commit({
          epoch,
          request: `commit ${epoch}`,
          verified: { ...commitBy(a1), epoch, result: { ...created, epoch: epoch + 1 } },
        }),
      ),
      fc.constant(leave),
      fc.integer({ min: 2, max: 8 }).map((epoch): HubRoomEvent => said("a.example", alice, epoch)),
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

  it("answers a request that comes again as it did the first time, and accepts it once", () => {
    const again = step(hubRoomMachine, step(hubRoomMachine, start, commit()).snapshot, commit());
    expect(again.effects).toEqual([{ type: "answerAgain", request: "commit" }]);
    expect(contextOf(again.snapshot).accepted).toBe(1);
    expect(effectsOf(leave, leave)).toEqual(["answerAgain"]);
    const message = said("a.example", alice, 4);
    expect(effectsOf(message, message)).toEqual(["answerAgain"]);
  });

  it("refuses proposals of another epoch, those that MLS refuses, and those of a stranger", () => {
    expect(answerTo({ ...leave, epoch: 3 })).toMatchObject({ code: "wrongEpoch" });
    expect(answerTo({ ...leave, verified: refusedByMls })).toMatchObject({ code: "invalidProposal" });
    expect(answerTo({ ...leave, from: "a.example" })).toMatchObject({
      code: "notAllowed",
      rule: "providers-speak-for-their-own",
    });
  });

  it("sends messages to nobody who is leaving, and the commit that removes them still to them", () => {
    const leaving = step(hubRoomMachine, start, leave).snapshot;
    const message = step(hubRoomMachine, leaving, said("a.example", alice, 4));
    expect(message.effects.at(-1)).toMatchObject({ type: "fanOut", providers: [], clients: [a1.client] });
    const covering = commit({ verified: commitBy(a1, bobLeaves, { ...withoutBob, epoch: 5 }) });
    const committed = step(hubRoomMachine, leaving, covering);
    expect(committed.effects.at(-1)).toMatchObject({ type: "fanOut", providers: ["b.example"] });
  });

  describe("on proposals of its own", () => {
    const provider = { kind: "provider", domain: "a.example" } as const;
    const removal = [
      proposal(provider, [{ kind: "removeClient", ...b1 }], "own-1"),
      proposal(provider, [{ kind: "removeParticipant", user: bob, role: 2 }], "own-2"),
    ];
    const own = (proposals = removal, stapled = false): HubRoomEvent => ({
      type: "ownProposals",
      wishes: [{ kind: "removeUser", user: bob }],
      surroundings,
      verified: { proposals },
      stapled,
    });
    const b2Joins = {
      ...commitBy(b1),
      author: { kind: "newMember", client: "mimi://a.example/d/alice/A2", user: alice } as const,
      proposals: [
        proposal({ kind: "newMember", client: "mimi://a.example/d/alice/A2", user: alice }, [
          { kind: "joinExternally" },
        ]),
      ],
    };

    it("keeps and fans out what it may propose", () => {
      expect(effectsOf(own())).toEqual(["accept", "fanOut"]);
      expect(answerTo(said("b.example", bob, 4), own())).toMatchObject({ rule: "leavers-do-not-send" });
    });

    it("gives up what the room's policy does not let it do, and what MLS refuses", () => {
      const adding = [proposal(provider, [{ kind: "addParticipant", user: cathy, role: 2 }], "own-3")];
      expect(step(hubRoomMachine, start, own(adding)).effects).toMatchObject([
        { type: "giveUp", rule: "canAddParticipant" },
      ]);
      expect(effectsOf({ ...own(), verified: refusedByMls } as HubRoomEvent)).toEqual(["giveUp"]);
    });

    const asks: HubRoomEvent = {
      type: "groupInfo",
      request: "asks",
      from: "a.example",
      surroundings,
      requester: { user: alice, client: b2Joins.author.client },
      joinCode: "",
    };

    it("proposes it again when an external commit has voided it", () => {
      const joining = commit({ request: "join", verified: b2Joins });
      const before = [own(), asks].reduce((s, e) => step(hubRoomMachine, s, e).snapshot, start);
      const { snapshot, effects } = step(hubRoomMachine, before, joining);
      expect(effects.map(({ type }) => type)).toEqual(["accept", "answer", "proposeAgain", "fanOut"]);
      expect(effects[2]).toMatchObject({ wishes: [{ kind: "removeUser", user: bob }] });
      const again = step(hubRoomMachine, snapshot, own(removal, true));
      expect(again.effects.map(({ type }) => type)).toEqual(["accept"]);
      expect(stateName(again.snapshot)).toBe("live.proposalsPending");
      expect(contextOf(again.snapshot).own).toHaveLength(1);
    });

    it("lets no external commit in while what others proposed is pending", () => {
      const joining = commit({ request: "join", verified: b2Joins });
      expect(answerTo(joining, asks, leave)).toMatchObject({ rule: "commit-covers-pending" });
      expect(answerTo(joining, asks)).toMatchObject({ code: "success" });
    });

    it("lets a client in by an external commit only if that client has been given the GroupInfo, once for each", () => {
      const joining = commit({ request: "join", verified: b2Joins });
      const another = { ...asks, requester: { user: alice, client: "mimi://a.example/d/alice/A3" } };
      const refusal = { code: "notAllowed", rule: "joiners-have-asked" };
      expect(answerTo(joining)).toMatchObject(refusal);
      expect(answerTo(joining, another)).toMatchObject(refusal);
      expect(answerTo(joining, asks)).toMatchObject({ code: "success" });
      const again = commit({ request: "again", epoch: created.epoch + 1, verified: b2Joins });
      const result = { ...b2Joins.result, epoch: created.epoch + 1 };
      const first = commit({ request: "join", verified: { ...b2Joins, result } });
      expect(answerTo(again, asks, first)).toMatchObject(refusal);
    });

    it("closes a group that it would leave without anybody", () => {
      const only = counted.begin({ ...input, created: { ...created, members: [b1] } }).snapshot;
      const closed = step(hubRoomMachine, only, own());
      expect(stateName(closed.snapshot)).toBe("deserted");
      expect(closed.effects.at(-1)).toMatchObject({ type: "closeGroup" });
    });
  });

  it("closes a group whose last member leaves", () => {
    const only = counted.begin({ ...input, created: { ...created, members: [b1] } }).snapshot;
    const closed = step(hubRoomMachine, only, leave);
    expect(stateName(closed.snapshot)).toBe("deserted");
    expect(closed.effects.map(({ type }) => type)).toEqual(["accept", "answer", "fanOut", "closeGroup"]);
  });

  it("takes nothing any more once a ReInit is committed", () => {
    const ended = step(hubRoomMachine, start, commit({ reInit: true })).snapshot;
    expect(stateName(ended)).toBe("superseded");
    const answers = (event: HubRoomEvent) => step(hubRoomMachine, ended, event).effects;
    const requests = [commit({ request: "2" }), leave, said("b.example", bob, 4)];
    for (const event of requests) {
      expect(answers(event)).toMatchObject([{ type: "answer", code: "notAllowed" }]);
    }
    const asked = { request: "g", from: "b.example", surroundings, requester: refusedByMls, joinCode: "" };
    expect(answers({ type: "groupInfo", ...asked })).toMatchObject([{ code: "notAuthorized" }]);
  });

  it("gives its answers again, also after a ReInit", () => {
    for (const event of [leave, said("b.example", bob, 4), commit({ request: "ends", reInit: true })]) {
      const before = step(hubRoomMachine, start, event).snapshot;
      const covered = commitBy(a1, bobLeaves, withoutBob);
      const ends = commit({
        request: "ends",
        reInit: true,
        verified: event === leave ? covered : commitBy(a1),
      });
      const ended = step(hubRoomMachine, before, ends).snapshot;
      expect(step(hubRoomMachine, ended, event).effects).toMatchObject([{ type: "answerAgain" }]);
    }
  });

  describe("whose group a ReInit has closed", () => {
    const closed = step(hubRoomMachine, start, commit({ reInit: true, agreed: "of the next" })).snapshot;
    const founding = (more: Partial<Extract<HubRoomEvent, { type: "succeed" }>> = {}): HubRoomEvent => ({
      type: "succeed",
      request: "succeed",
      surroundings,
      user: bob,
      founded: "of the next",
      policy: input.policy,
      created: { ...created, epoch: 0, members: [b1] },
      ...more,
    });
    const answer = (event: HubRoomEvent) =>
      step(hubRoomMachine, closed, event).effects.find(({ type }) => type === "answer");

    it("goes on in the group that a member founds as agreed, with its log and its answers", () => {
      const { snapshot, effects } = step(hubRoomMachine, closed, founding());
      expect(stateName(snapshot)).toBe("live.quiet");
      expect(effects.map(({ type }) => type)).toEqual(["takeGroup", "answer"]);
      const { accepted, answered } = closed.context;
      expect(snapshot.context).toMatchObject({ accepted, answered, current: { epoch: 0, members: [b1] } });
      expect(snapshot.context.former).toEqual([a1.client, b1.client]);
    });

    it("refuses a group with other parameters than the ReInit announced", () => {
      const refusal = { code: "notAllowed", rule: "successor-as-agreed" };
      expect(answer(founding({ founded: "of another" }))).toMatchObject(refusal);
    });

    it("refuses a group of one who was not in the closed one", () => {
      expect(answer(founding({ user: cathy }))).toMatchObject({ rule: "successor-by-member" });
    });

    it("lets the founder bring back who was in it, in the first epoch only", () => {
      const keyPackages = [{ reference: "kp", notAfterMs: surroundings.now + 1 }];
      const { now } = surroundings;
      const taken = step(hubRoomMachine, closed, founding()).snapshot;
      const passed = { type: "keyMaterialPassed", provider: "a.example", keyPackages, now } as const;
      const { snapshot } = step(hubRoomMachine, taken, passed);
      const changes = [{ kind: "addClient" as const, client: a1.client, user: alice, keyPackage: "kp" }];
      const brings = commitBy(b1, [proposal(by(b1), changes)], { ...created, epoch: 1 });
      const first = commit({
        request: "first",
        from: "b.example",
        epoch: 0,
        welcomed: ["kp"],
        verified: brings,
      });
      const begun = step(hubRoomMachine, snapshot, first);
      expect(begun.effects.find(({ type }) => type === "answer")).toMatchObject({ code: "success" });
      expect(begun.snapshot.context.former).toBeUndefined();
    });
  });

  it("is destroyed only by one who may", () => {
    expect(answerTo(destroy(bob))).toMatchObject({ code: "notAllowed", rule: "canDestroyRoom" });
  });

  it("remembers the code that was shown for the commit that rests on it, and spends it with that", () => {
    const code = { code: "sesame", role: 2, multiuser: false };
    const withCodes = counted.begin({
      ...input,
      policy: {
        roles: roles.map((each) =>
          each.index === 0
            ? { ...each, capabilities: ["canUseJoinCode"], roleChanges: [{ from: 0, to: [2] }] }
            : each,
        ),
        components: [],
      },
    }).snapshot;
    const issued = step(hubRoomMachine, withCodes, { type: "codeIssued", code }).snapshot;
    const asking: HubRoomEvent = {
      type: "groupInfo",
      request: "g",
      from: "c.example",
      surroundings,
      requester: { user: cathy, client: c1.client },
      joinCode: "sesame",
    };
    const asked = step(hubRoomMachine, issued, asking);
    expect(asked.effects).toMatchObject([{ code: "success" }]);
    expect(contextOf(asked.snapshot).shownCodes).toEqual([{ client: c1.client, code: "sesame" }]);
    const author = { kind: "newMember", client: c1.client, user: cathy } as const;
    const joining = commit({
      request: "join",
      from: "c.example",
      verified: {
        ...commitBy(a1),
        author,
        proposals: [
          proposal(author, [{ kind: "joinExternally" }]),
          proposal(author, [{ kind: "addParticipant", user: cathy, role: 2 }]),
        ],
        result: {
          epoch: 5,
          participants: [...created.participants, { user: cathy, role: 2 }],
          members: [a1, b1, c1],
        },
      },
    });
    const joined = step(hubRoomMachine, asked.snapshot, joining);
    expect(joined.effects[1]).toMatchObject({ code: "success" });
    expect(contextOf(joined.snapshot)).toMatchObject({ joinCodes: [], shownCodes: [] });
  });

  it("has had every state and every branch in these tests", () => {
    expect(counted.unvisited()).toEqual([]);
    expect(counted.untaken()).toEqual([]);
  });
});
