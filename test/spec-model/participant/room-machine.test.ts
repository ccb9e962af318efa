import { describe, expect, it } from "vitest";
import { begin, stateName, step } from "../../../spec-model/machine.ts";
import { type ParticipantEvent, participantRoomMachine } from "../../../spec-model/participant/index.ts";
import { a1, b1, bobLeaves, commitBy, created, withoutBob } from "../hub/room-example.ts";

const input = { room: "mimi://a.example/r/clubhouse", client: b1.client, user: b1.user };
const start = begin(participantRoomMachine, input).snapshot;
const welcomed: ParticipantEvent = { type: "welcomed", message: "w", verified: created };
const commit = (epoch: number, message = "theirs"): ParticipantEvent => ({
  type: "commitArrived",
  message,
  epoch,
  verified: commitBy(a1),
});
const proposals: ParticipantEvent = { type: "proposalsArrived", message: "p", epoch: 4, verified: bobLeaves };

function run(...events: readonly ParticipantEvent[]) {
  let next = { snapshot: start, effects: [] as readonly { readonly type: string }[] };
  for (const event of events) next = step(participantRoomMachine, next.snapshot, event);
  return {
    state: stateName(next.snapshot),
    epoch: (next.snapshot.context as { epoch: number }).epoch,
    effects: next.effects.map((effect) => effect.type),
  };
}

describe("a client in a room", () => {
  it("is a member from its Welcome on", () => {
    expect(run(welcomed)).toMatchObject({ state: "member.idle", epoch: 4, effects: ["adopt"] });
  });

  it("raises an alarm at a Welcome that MLS refuses, and stays outside", () => {
    const bad: ParticipantEvent = {
      type: "welcomed",
      message: "w",
      verified: { errorType: "MlsError", code: "x", where: "w", text: "y" },
    };
    expect(run(bad)).toMatchObject({ state: "outside", effects: ["alarm"] });
  });

  it("follows another's commit into the next epoch", () => {
    expect(run(welcomed, commit(4))).toMatchObject({ epoch: 5, effects: ["discardOwnCommit", "adopt"] });
  });

  it("keeps a commit of a later epoch until its turn, and ignores one of an earlier", () => {
    expect(run(welcomed, commit(5))).toMatchObject({ epoch: 4, effects: ["buffer"] });
    expect(run(welcomed, commit(3))).toMatchObject({ epoch: 4, effects: [] });
  });

  it("merges its own commit when the hub accepts it", () => {
    const built: ParticipantEvent = { type: "commitBuilt", commit: "mine", begins: 5 };
    const accepted: ParticipantEvent = { type: "updateAnswered", code: "success" };
    expect(run(welcomed, built)).toMatchObject({ state: "member.committing", effects: ["sendUpdate"] });
    expect(run(welcomed, built, accepted)).toMatchObject({ epoch: 5, effects: ["mergeOwnCommit", "report"] });
  });

  it("merges it, too, when it comes back before the answer, and then needs no answer", () => {
    const built: ParticipantEvent = { type: "commitBuilt", commit: "mine", begins: 5 };
    const back: ParticipantEvent = { type: "commitArrived", message: "mine", epoch: 4, verified: undefined };
    expect(run(welcomed, built, back)).toMatchObject({
      state: "member.idle",
      epoch: 5,
      effects: ["mergeOwnCommit"],
    });
    const accepted: ParticipantEvent = { type: "updateAnswered", code: "success" };
    expect(run(welcomed, built, back, accepted)).toMatchObject({ epoch: 5, effects: [] });
  });

  it("gives its own commit up when another's comes first", () => {
    const built: ParticipantEvent = { type: "commitBuilt", commit: "mine", begins: 5 };
    const lost = run(welcomed, built, commit(4));
    expect(lost).toMatchObject({ state: "member.idle", epoch: 5, effects: ["discardOwnCommit", "adopt"] });
    expect(run(welcomed, built, commit(4), { type: "updateAnswered", code: "wrongEpoch" }).epoch).toBe(5);
  });

  it("sends no message while it knows of proposals that nobody has committed", () => {
    expect(run(welcomed, { type: "say" }).effects).toEqual(["sendMessage"]);
    expect(run(welcomed, proposals, { type: "say" }).effects).toEqual(["refuseToSend"]);
    expect(run(welcomed, proposals, commit(4), { type: "say" }).effects).toEqual(["sendMessage"]);
  });

  it("knows that it is out when a commit removes it", () => {
    const removing: ParticipantEvent = {
      type: "commitArrived",
      message: "r",
      epoch: 4,
      verified: commitBy(a1, bobLeaves, { ...withoutBob, epoch: 5 }),
    };
    expect(run(welcomed, removing)).toMatchObject({
      state: "removed",
      effects: ["discardOwnCommit", "leaveLocally"],
    });
  });

  it("joins by itself: GroupInfo, external commit, the hub's word", () => {
    const asked = run({ type: "join" });
    expect(asked).toMatchObject({ state: "fetchingGroupInfo", effects: ["askForGroupInfo"] });
    const got: ParticipantEvent = { type: "groupInfoAnswered", code: "success" };
    expect(run({ type: "join" }, got)).toMatchObject({ state: "joining", effects: ["buildExternalCommit"] });
    expect(run({ type: "join" }, { type: "groupInfoAnswered", code: "notAuthorized" })).toMatchObject({
      state: "outside",
    });
    const built: ParticipantEvent = { type: "commitBuilt", commit: "mine", begins: 5 };
    expect(run({ type: "join" }, got, built, { type: "updateAnswered", code: "success" })).toMatchObject({
      state: "member.idle",
      // The epoch that its commit begins: it was in none before.
      epoch: 5,
    });
    expect(run({ type: "join" }, got, built, { type: "updateAnswered", code: "wrongEpoch" })).toMatchObject({
      state: "outside",
    });
  });
});
