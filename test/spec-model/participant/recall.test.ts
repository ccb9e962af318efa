/** Clients that go on from what they have kept of their own groups. protocol-06 §3.1, RFC 9420 §11.2 */
import { describe, expect, it } from "vitest";
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  type Extension,
  type GroupOptions,
  groupInfo,
  type MemberState,
  type MlsLayer,
  realMls,
  safeAad,
} from "../../../spec-model/mls/index.ts";
import {
  type ClientState,
  clientApplication,
  newClient,
  recallCommit,
  recallGroup,
  stepClient,
} from "../../../spec-model/participant/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";

const room = "mimi://a.example/r/club";
const groupId = utf8("mimi://a.example/g/club");
const now = 1_700_000_000_000;
const moment = { now, entropy: new Uint8Array(32) };
const app = clientApplication(now);
const suite = realMls.suite(1);
const provider = { domain: "a.example", signatureKey: new Uint8Array(32), frankingKey: new Uint8Array(32) };
const identity = { client: "mimi://a.example/d/alice/ClientA1", user: "mimi://a.example/u/alice" };
const alice = newClient(identity, provider, suite, expandEntropy(utf8("recall"), "keys"));

/** Alice's room as she creates it, and all that she draws for it. */
function created() {
  let options: GroupOptions | undefined;
  let member: MemberState | undefined;
  const draws: Uint8Array[] = [];
  const watched: MlsLayer = {
    ...realMls,
    createGroup(given, application, random) {
      const logged = {
        bytes(length: number) {
          const drawn = random.bytes(length);
          draws.push(drawn);
          return drawn;
        },
      };
      options = given;
      member = realMls.createGroup(given, application, logged) as MemberState;
      return member;
    },
  };
  const intention = { type: "createRoom" as const, room, name: "club", role: 4 };
  const { state } = stepClient(alice, { type: "intention", intention }, moment, watched);
  if (options === undefined || member === undefined) throw new Error("no group has been created");
  return { state, options, member, epochSecret: draws[0] ?? noBytes };
}

const made = created();

function kept(member: MemberState, epochSecret: Uint8Array) {
  const { encryptionPrivateKey } = made.options.creator;
  return { groupInfo: groupInfo(member, app), ratchetTree: member.tree, epochSecret, encryptionPrivateKey };
}

/** Alice in another group of the same founder. */
function otherGroup(change: { readonly groupId?: Uint8Array; readonly extensions?: Extension[] }) {
  const epochSecret = utf8("the epoch secret of another group");
  const random = { bytes: () => epochSecret };
  const member = realMls.createGroup({ ...made.options, ...change }, app, random) as MemberState;
  return kept(member, epochSecret);
}

function withClosedGroup(): ClientState {
  const { groupContext } = made.member;
  const { extensions } = groupContext;
  const reInit = {
    groupId: utf8("mimi://a.example/g/club+2"),
    version: "mls10" as const,
    cipherSuite: 1,
    extensions,
  };
  const before = made.state.rooms[room];
  if (before === undefined) throw new Error("there is no room");
  return {
    ...made.state,
    rooms: { ...made.state.rooms, [room]: { ...before, member: { ...made.member, reInit } } },
  };
}

describe("a client that has kept its group", () => {
  it("is where it was when it had created it", () => {
    const { state } = recallGroup(alice, room, kept(made.member, made.epochSecret), moment);
    expect(state.rooms[room]?.member).toEqual(made.member);
    expect(state.rooms[room]?.machine.value).toEqual(made.state.rooms[room]?.machine.value);
  });

  it.each([
    ["the group is of another room", otherGroup({ groupId: utf8("mimi://a.example/g/pub") })],
    ["its secret is another", kept(made.member, utf8("another secret, of 32 octets too."))],
  ])("is in no group where %s", (_, group) => {
    const { state, outputs } = recallGroup(alice, room, group, moment);
    expect(state.rooms[room]).toBeUndefined();
    expect(outputs.map(({ type }) => type)).toEqual(["noticed"]);
  });

  it("stays in the closed group where this is not the one that a ReInit has announced", () => {
    const closed = withClosedGroup();
    const { state, outputs } = recallGroup(closed, room, otherGroup({ groupId }), moment);
    expect(state).toEqual(closed);
    expect(outputs).toMatchObject([{ type: "noticed", code: "reInitMismatch" }]);
  });
});

describe("a client that has kept a commit", () => {
  it("is where it was when there is no group to commit in", () => {
    const sent = realMls.commit(
      made.member,
      { forcePath: true, authenticatedData: safeAad([]) },
      app,
      expandEntropy(groupId, "commit"),
    );
    const commit = { message: sent.message, pathSecret: undefined, joining: undefined };
    const { state, outputs } = recallCommit(alice, room, commit, moment);
    expect(state).toEqual(alice);
    expect(outputs).toMatchObject([{ type: "noticed", code: "notMember" }]);
  });
});
