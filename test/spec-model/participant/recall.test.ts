/** Clients that go on from what they have kept of their own groups, and of what they have said. protocol-06 §3.1, §5.4 */
import { describe, expect, it } from "vitest";
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import { textMessage } from "../../../spec-model/content/index.ts";
import { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import { FrankAAD, frankingTag } from "../../../spec-model/franking/index.ts";
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
  type KeptMessage,
  newClient,
  recallCommit,
  recallGroup,
  recallMessage,
  stepClient,
} from "../../../spec-model/participant/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { componentIds } from "../../../spec-model/room/structures/index.ts";

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

/** Alice's message, franked or not, in her group or in another. */
function saying(change: { readonly tag?: Uint8Array; readonly member?: MemberState } = {}): KeptMessage {
  const by = { sender: alice.user, room, salt: expandEntropy(groupId, "salt") };
  const { content, encoded } = textMessage(by, "Is anybody here?", {});
  const aad = FrankAAD.encode({ frankingTag: change.tag ?? frankingTag(content.salt, encoded) });
  const authenticatedData = safeAad([{ componentId: componentIds.frank_aad, aadItemData: aad }]);
  const { member = made.member } = change;
  const { message } = realMls.encryptApplication(
    member,
    encoded,
    { authenticatedData },
    app,
    expandEntropy(groupId, "message"),
  );
  return { message, applicationData: encoded };
}

describe("a client that has kept a message of its own", () => {
  const deliver = (state: ClientState, { message }: KeptMessage) => {
    const fanned = { timestamp: 1_700_000_000_123n, protocol: "mls10" as const, message, frank: undefined };
    const delivered = {
      type: "deliver" as const,
      room,
      message: FanoutMessage.encode(fanned as FanoutMessage),
    };
    const from = "a.example";
    return stepClient(state, { type: "local", from, message: delivered }, moment).state.rooms[room]?.messages;
  };

  it("shows it when it comes back, which it could not read otherwise", () => {
    const said = saying();
    const { state } = recallMessage(made.state, room, said, moment);
    expect(deliver(made.state, said)).toEqual([]);
    expect(deliver(state, said)).toMatchObject([
      { sender: alice.user, acceptedTimestamp: 1_700_000_000_123 },
    ]);
  });

  it.each([
    ["it is in no group", alice, saying(), "notMember"],
    ["the tag is of another content", made.state, saying({ tag: new Uint8Array(32) }), "frankingTag"],
    ["it is no MIMI content", made.state, { ...saying(), applicationData: utf8("?") }, "contentDecodes"],
    ["it is for another group", made.state, saying({ member: otherMember() }), "groupOfRoom"],
  ])("is where it was where %s", (_, before, said, code) => {
    const { state, outputs } = recallMessage(before, room, said, moment);
    expect(state).toEqual(before);
    expect(outputs).toMatchObject([{ type: "noticed", code }]);
  });
});

function otherMember(): MemberState {
  const other = { ...made.options, groupId: utf8("mimi://a.example/g/pub") };
  return realMls.createGroup(other, app, expandEntropy(groupId, "other")) as MemberState;
}
