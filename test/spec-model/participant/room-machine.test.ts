import { describe, expect, it } from "vitest";
import { stateName } from "../../../spec-model/machine.ts";
import { type ParticipantEvent, participantRoomMachine } from "../../../spec-model/participant/index.ts";
import { counting } from "../../machine-coverage.ts";
import { a1, b1, bobLeaves, commitBy, created, withoutBob } from "../hub/room-example.ts";

const counted = counting(participantRoomMachine);
const input = { room: "mimi://a.example/r/clubhouse", client: b1.client, user: b1.user };
const refused = { errorType: "MlsError", code: "x", where: "w", text: "y" };
const rename = { kind: "renameRoom", name: "New" } as const;
const leaving = { kind: "leave", form: "remove" } as const;

const welcomed: ParticipantEvent = { type: "welcomed", message: "w", verified: created };
const badWelcome: ParticipantEvent = { type: "welcomed", message: "w", verified: refused };
const join: ParticipantEvent = { type: "join" };
const gotGroupInfo: ParticipantEvent = { type: "groupInfoAnswered", code: "success" };
const say: ParticipantEvent = { type: "say" };
const want = (wish: Extract<ParticipantEvent, { type: "want" }>["wish"] = rename): ParticipantEvent => ({
  type: "want",
  wish,
});
const commit = (epoch: number, more: object = {}): ParticipantEvent => ({
  type: "commitArrived",
  message: "theirs",
  epoch,
  verified: commitBy(a1),
  ...more,
});
const ownBack: ParticipantEvent = { type: "commitArrived", message: "mine", epoch: 4, verified: undefined };
const proposals = (more: object = {}): ParticipantEvent => ({
  type: "proposalsArrived",
  message: "p",
  epoch: 4,
  verified: bobLeaves,
  ...more,
});
const message = (epoch: number, verified: "decrypted" | typeof refused | undefined): ParticipantEvent => ({
  type: "messageArrived",
  message: "m",
  epoch,
  verified,
});
const built = (kind: "commit" | "proposals" = "commit", update = "mine"): ParticipantEvent => ({
  type: "updateBuilt",
  update,
  kind,
  epoch: 4,
  begins: 5,
  references: kind === "proposals" ? ["own-1"] : [],
  covers: 0,
});
const answered = (code: string, more: object = {}): ParticipantEvent => ({
  type: "updateAnswered",
  update: "mine",
  code,
  ...more,
});
const submitted = (code: string): ParticipantEvent => ({ type: "submitAnswered", code });
const removing = commit(4, { verified: commitBy(a1, bobLeaves, { ...withoutBob, epoch: 5 }) });
const underWay = [welcomed, want(), built()];

function run(...events: readonly ParticipantEvent[]) {
  const { snapshot, effects } = counted.run(events, input);
  const { epoch, known, wishes } = snapshot.context;
  return {
    state: stateName(snapshot),
    epoch,
    known,
    wishes: wishes.map(({ kind }) => kind),
    effects: effects.map((effect) => effect.type),
  };
}

describe("what is pending", () => {
  const due: ParticipantEvent = { type: "commitDue" };
  const delayed = proposals({ commitAfterMs: 10 });
  const covering: ParticipantEvent = { ...built(), covers: bobLeaves.length } as ParticipantEvent;

  it("is committed when the delay of the room's policy has run out", () => {
    expect(run(welcomed, delayed).effects).toEqual(["adopt", "awaitCommit"]);
    expect(run(welcomed, delayed, due)).toMatchObject({ effects: ["pursue"], wishes: ["commitPending"] });
    expect(run(welcomed, delayed, due, covering, answered("success"))).toMatchObject({
      epoch: 5,
      wishes: [],
    });
  });

  it("is left to whoever commits it first", () => {
    expect(run(welcomed, delayed, commit(4), due)).toMatchObject({ epoch: 5, effects: [], wishes: [] });
    expect(run(welcomed, delayed, due, covering, commit(4))).toMatchObject({ epoch: 5, wishes: [] });
  });

  it("waits for the answer to what is under way, and for nothing where that has covered it", () => {
    const underWayToo = [welcomed, delayed, want(), covering, due];
    expect(run(...underWayToo)).toMatchObject({ effects: [], wishes: ["renameRoom", "commitPending"] });
    expect(run(...underWayToo, due).wishes).toEqual(["renameRoom", "commitPending"]);
    expect(run(...underWayToo, answered("success")).wishes).toEqual([]);
    expect(run(...underWayToo, answered("notAllowed"))).toMatchObject({ wishes: ["commitPending"] });
  });

  it("has an update without an answer sent again", () => {
    const unsure = [welcomed, delayed, want(), covering, answered("unknown")];
    expect(run(...unsure, due)).toMatchObject({ state: "member.updating", effects: ["sendAgain"] });
  });

  it("is nothing to a client that is leaving itself", () => {
    const left = [welcomed, want(leaving), built("proposals"), answered("success")];
    expect(run(...left, due)).toMatchObject({ state: "member.leaving", effects: [] });
  });
});

describe("a client outside of a room", () => {
  it("is a member from its Welcome on, or from the group's creation", () => {
    expect(run(welcomed)).toMatchObject({ state: "member.idle", epoch: 4, effects: ["adopt"] });
    expect(run({ type: "create", created })).toMatchObject({
      state: "member.idle",
      effects: ["createGroup"],
    });
  });

  it("raises an alarm at a Welcome that MLS refuses, and stays outside", () => {
    expect(run(badWelcome)).toMatchObject({ state: "outside", effects: ["alarm"] });
  });

  it("joins by itself: GroupInfo, external commit, the hub's word", () => {
    expect(run(join)).toMatchObject({ state: "joining.fetchingGroupInfo", effects: ["askForGroupInfo"] });
    expect(run(join, gotGroupInfo)).toMatchObject({
      state: "joining.committing",
      effects: ["buildExternalCommit"],
    });
    expect(run(join, { type: "groupInfoAnswered", code: "notAuthorized" }).state).toBe("outside");
    expect(run(join, gotGroupInfo, built()).effects).toEqual(["sendUpdate"]);
    // The epoch that its commit begins: it was in none before.
    expect(run(join, gotGroupInfo, built(), answered("success"))).toMatchObject({
      state: "member.idle",
      epoch: 5,
    });
    const failed: ParticipantEvent = { type: "buildFailed", refused };
    expect(run(join, gotGroupInfo, failed)).toMatchObject({ state: "outside", effects: ["alarm"] });
  });

  it("asks for the GroupInfo again when another commit came first, five times at most", () => {
    const lost = [gotGroupInfo, built(), answered("wrongEpoch", { currentEpoch: 5 })];
    expect(run(join, ...lost)).toMatchObject({
      state: "joining.fetchingGroupInfo",
      effects: ["discardOwnUpdate", "askForGroupInfo"],
    });
    const six = Array.from({ length: 6 }, () => lost).flat();
    expect(run(join, ...six).state).toBe("outside");
    expect(run(join, gotGroupInfo, built(), answered("notAllowed")).state).toBe("outside");
  });

  it("keeps what comes while it waits for the hub's word, and takes its own commit for the word", () => {
    for (const early of [commit(5), proposals({ epoch: 5 }), message(5, undefined)]) {
      expect(run(join, gotGroupInfo, built(), early).effects).toEqual(["buffer"]);
    }
    expect(run(join, gotGroupInfo, built(), ownBack)).toMatchObject({ state: "member.idle", epoch: 5 });
  });
});

it("joins no further once it is welcomed", () => {
  expect(run(join, welcomed)).toMatchObject({ state: "member.idle", epoch: 4 });
  expect(run(join, badWelcome)).toMatchObject({ state: "joining.fetchingGroupInfo", effects: ["alarm"] });
  const both = run(join, gotGroupInfo, built(), welcomed, answered("notAllowed"));
  expect(both).toMatchObject({ state: "member.idle", effects: [] });
});

it("joins on where a Welcome is older than the GroupInfo that it joins by", () => {
  const late: ParticipantEvent = { type: "welcomed", message: "w", verified: { ...created, epoch: 1 } };
  expect(run(join, gotGroupInfo, built(), late, answered("success"))).toMatchObject({
    state: "member.idle",
    epoch: 5,
    effects: ["mergeOwnCommit", "pursue"],
  });
});

describe("a client in a room", () => {
  it("follows another's commit into the next epoch", () => {
    expect(run(welcomed, commit(4))).toMatchObject({ epoch: 5, state: "member.idle" });
  });

  it("keeps what is of a later epoch until its turn, and ignores handshakes of an earlier", () => {
    expect(run(welcomed, commit(5))).toMatchObject({ epoch: 4, effects: ["buffer"] });
    expect(run(welcomed, commit(3))).toMatchObject({ epoch: 4, effects: [] });
    expect(run(welcomed, proposals({ epoch: 5 })).effects).toEqual(["buffer"]);
    expect(run(welcomed, proposals({ epoch: 3 })).effects).toEqual([]);
    expect(run(welcomed, message(5, undefined)).effects).toEqual(["buffer"]);
  });

  it("raises an alarm at what MLS refuses, and stays where it is", () => {
    expect(run(welcomed, commit(4, { verified: refused }))).toMatchObject({ epoch: 4, effects: ["alarm"] });
    expect(run(welcomed, proposals({ verified: refused })).effects).toEqual(["alarm"]);
    expect(run(welcomed, message(4, refused)).effects).toEqual(["alarm"]);
  });

  it("adopts what the hub has sequenced against the room's policy, and says so", () => {
    const decision = { allowed: false, rule: "canBan", draft: "d", says: "s" } as const;
    expect(run(welcomed, commit(4, { decision }))).toMatchObject({
      epoch: 5,
      effects: ["alarmPolicy", "discardOwnUpdate", "adopt", "pursue"],
    });
  });

  it("takes up messages, and no own ones", () => {
    expect(run(welcomed, message(4, "decrypted")).effects).toEqual(["adopt"]);
    expect(run(welcomed, message(4, undefined)).effects).toEqual(["settleMessage"]);
    expect(run(welcomed, submitted("accepted")).effects).toEqual(["report"]);
  });

  it("sends no message while it knows of proposals that nobody has committed", () => {
    expect(run(welcomed, say).effects).toEqual(["sendMessage"]);
    expect(run(welcomed, proposals(), say).effects).toEqual(["postponeMessage"]);
    expect(run(welcomed, proposals(), commit(4), say).effects).toEqual(["sendMessage"]);
  });

  it("merges its own commit when the hub accepts it", () => {
    expect(run(...underWay)).toMatchObject({ state: "member.updating", effects: ["sendUpdate"] });
    expect(run(...underWay, answered("success"))).toMatchObject({
      state: "member.idle",
      epoch: 5,
      wishes: [],
      effects: ["mergeOwnCommit", "report", "pursue"],
    });
  });

  it("merges it, too, when it comes back before the answer, and then needs no answer", () => {
    expect(run(...underWay, ownBack)).toMatchObject({ state: "member.idle", epoch: 5, wishes: [] });
    expect(run(...underWay, ownBack, answered("success"))).toMatchObject({ epoch: 5, effects: [] });
  });

  it("lets further wishes wait for the one under way", () => {
    expect(run(...underWay, want({ kind: "commit" }))).toMatchObject({
      effects: [],
      wishes: ["renameRoom", "commit"],
    });
    expect(run(...underWay, want({ kind: "commit" }), answered("success"))).toMatchObject({
      wishes: ["commit"],
    });
  });

  it("builds its update again when another's commit comes first", () => {
    const lost = run(...underWay, commit(4));
    expect(lost).toMatchObject({ state: "member.idle", epoch: 5, wishes: ["renameRoom"] });
    expect(lost.effects).toEqual(["discardOwnUpdate", "adopt", "pursue"]);
    const again = [...underWay, commit(4), built("commit", "second")];
    expect(run(...again, answered("wrongEpoch", { currentEpoch: 5 }))).toMatchObject({
      state: "member.updating",
      effects: [],
    });
  });

  it("waits for the commit that the hub has accepted instead, and builds on that", () => {
    const behind = [...underWay, answered("wrongEpoch", { currentEpoch: 5 })];
    expect(run(...behind)).toMatchObject({ state: "member.behind", wishes: ["renameRoom"] });
    expect(run(...behind, commit(4))).toMatchObject({ state: "member.idle", epoch: 5 });
    expect(run(...behind, commit(4)).effects).toContain("pursue");
  });

  it("builds a commit again that did not cover what was proposed meanwhile", () => {
    const missed = run(...underWay, proposals(), answered("notAllowed"));
    expect(missed).toMatchObject({ state: "member.idle", wishes: ["renameRoom"] });
    expect(missed.effects).toContain("pursue");
  });

  it("drops a wish that the hub refuses for good, or that comes to nothing", () => {
    expect(run(...underWay, answered("notAllowed"))).toMatchObject({ state: "member.idle", wishes: [] });
    const failed: ParticipantEvent = { type: "buildFailed", refused };
    expect(run(welcomed, want(), failed)).toMatchObject({ wishes: [], effects: ["alarm", "pursue"] });
  });

  it("does not know what became of an update without an answer, until the hub's log tells", () => {
    const unsure = [...underWay, answered("unknown")];
    expect(run(...unsure)).toMatchObject({ state: "member.unsure", wishes: ["renameRoom"] });
    expect(run(...unsure, ownBack)).toMatchObject({ state: "member.idle", epoch: 5, wishes: [] });
    expect(run(...unsure, commit(4))).toMatchObject({ state: "member.idle", wishes: ["renameRoom"] });
    expect(run(...unsure, want({ kind: "commit" }))).toMatchObject({
      state: "member.updating",
      effects: ["sendAgain"],
    });
  });
});

describe("a client that leaves", () => {
  const proposed = [welcomed, want(leaving), built("proposals")];
  const ownEcho = proposals({ message: "mine" });

  it("waits for somebody else to commit it", () => {
    expect(run(...proposed, answered("success"))).toMatchObject({
      state: "member.leaving",
      known: ["own-1"],
    });
    expect(run(...proposed, answered("success"), say).effects).toEqual(["postponeMessage"]);
    expect(run(...proposed, answered("success"), removing)).toMatchObject({
      state: "removed",
      effects: ["discardOwnUpdate", "leaveLocally"],
    });
  });

  it("proposes it again when an epoch begins without it", () => {
    const voided = run(...proposed, answered("success"), commit(4));
    expect(voided).toMatchObject({ state: "member.idle", wishes: ["leave"] });
    expect(voided.effects).toContain("pursue");
  });

  it("learns from its proposals' coming back what no answer told", () => {
    expect(run(...proposed, answered("unknown"), ownEcho).state).toBe("member.leaving");
    const others = [welcomed, want(), built("proposals"), answered("unknown"), ownEcho];
    expect(run(...others)).toMatchObject({ state: "member.idle", wishes: [], known: ["own-1"] });
  });

  it("is done with other proposals once the hub has them", () => {
    expect(run(welcomed, want(), built("proposals"), answered("success"))).toMatchObject({
      state: "member.idle",
      known: ["own-1"],
      wishes: [],
    });
  });

  it("is out when a commit removes it, and when nobody is left to commit", () => {
    expect(run(welcomed, removing)).toMatchObject({ state: "removed" });
    expect(run(welcomed, proposals({ leavesNobody: true }))).toMatchObject({
      state: "removed",
      effects: ["leaveLocally"],
    });
  });

  it("can come back by a Welcome or by itself", () => {
    expect(run(welcomed, removing, welcomed)).toMatchObject({ state: "member.idle", epoch: 4 });
    expect(run(welcomed, removing, badWelcome)).toMatchObject({ state: "removed", effects: ["alarm"] });
    expect(run(welcomed, removing, join).state).toBe("joining.fetchingGroupInfo");
  });

  it("is out of a room that the hub no longer has", () => {
    expect(run(...underWay, answered("gone"))).toMatchObject({ state: "removed", effects: ["leaveLocally"] });
    expect(run(welcomed, submitted("gone"))).toMatchObject({ state: "removed" });
  });

  it("knows a group that a ReInit has closed", () => {
    expect(run(welcomed, commit(4, { reInit: true }))).toMatchObject({ state: "superseded", epoch: 5 });
    const ended = [
      welcomed,
      want({ kind: "reInit", groupId: new Uint8Array(1) }),
      built(),
      answered("success"),
    ];
    expect(run(...ended)).toMatchObject({ state: "superseded" });
    expect(run(...ended, badWelcome).state).toBe("superseded");
    expect(run(...ended, welcomed).state).toBe("member.idle");
  });
});

describe("a room that this client creates", () => {
  const founded: ParticipantEvent = { type: "create", created: { ...created, epoch: 0, members: [b1] } };
  const word = (code: string): ParticipantEvent => ({ type: "roomAnswered", code });

  it("is there at once, and stays where the hub takes it", () => {
    expect(run(founded)).toMatchObject({ state: "member.idle", epoch: 0 });
    expect(run(founded, word("success")).state).toBe("member.idle");
    expect(run(founded, want(), built(), word("success")).state).toBe("member.updating");
  });

  it("is none where the hub does not, whatever was under way in it", () => {
    const refusal = run(founded, word("failed"));
    expect(refusal).toMatchObject({ state: "outside", effects: ["abandonGroup", "report"] });
    expect(run(founded, want(), built(), word("failed"))).toMatchObject({ state: "outside", wishes: [] });
  });
});

describe("after a ReInit", () => {
  const closed = [welcomed, want(), commit(4, { reInit: true })];
  const founded: ParticipantEvent = { type: "create", created: { ...created, epoch: 0, members: [b1] } };
  const room = (code: string): ParticipantEvent => ({ type: "roomAnswered", code });

  it("founds the group that follows, and is in it once the hub has taken it", () => {
    expect(run(...closed, founded)).toMatchObject({ state: "founding", epoch: 0, wishes: [] });
    expect(run(...closed, founded, room("success")).state).toBe("member.idle");
  });

  it("takes the group for closed by its own ReInit, too, where that comes back before the answer", () => {
    const own = [welcomed, want({ kind: "reInit", groupId: new Uint8Array([2]) }), built()];
    const back = run(...own, ownBack);
    expect(back).toMatchObject({ state: "superseded", epoch: 5 });
    expect(back.effects).toEqual(["mergeOwnCommit", "closeLocally"]);
    expect(run(...own, answered("unknown"), ownBack).state).toBe("superseded");
  });

  it("waits for another one's group where the hub has not taken its own", () => {
    const refusal = run(...closed, founded, room("failed"));
    expect(refusal).toMatchObject({ state: "superseded", effects: ["abandonGroup", "report"] });
    expect(run(...closed, founded, room("failed"), welcomed).state).toBe("member.idle");
  });

  it("joins another one's group while the hub's word on its own is awaited", () => {
    expect(run(...closed, founded, badWelcome)).toMatchObject({ state: "founding", effects: ["alarm"] });
    expect(run(...closed, founded, welcomed)).toMatchObject({ state: "member.idle", epoch: 4 });
  });
});

it("has had every state and every branch in these tests", () => {
  expect(counted.unvisited()).toEqual([]);
  expect(counted.untaken()).toEqual([]);
});
