import { describe, expect, it } from "vitest";
import { hex, noBytes, textOf, utf8 } from "../../../spec-model/bytes.ts";
import {
  cipherSuite,
  cipherSuiteIds,
  commit,
  createGroup,
  dictionaryOf,
  encryptApplication,
  epochAuthenticator,
  externalCommit,
  followHandshake,
  GroupInfo,
  type GroupView,
  groupInfo,
  joinByWelcome,
  leafAt,
  type MemberState,
  MLSMessage,
  type Proposal,
  type ProviderName,
  propose,
  proposeExternally,
  proposeUpdate,
  type Received,
  receive,
  startPublicGroup,
  Welcome,
} from "../../../spec-model/mls/index.ts";
import {
  application as app,
  client,
  log,
  overTheWire,
  randomness,
  roomExtensions,
  topic,
  update,
} from "./room-fixture.ts";

const suite = cipherSuite(1);
const random = randomness("basic flow");
const hub = suite.signature.generateKeyPair(random);

function room() {
  const alice = createGroup(
    { groupId: utf8("room"), extensions: roomExtensions(hub.publicKey), creator: client("alice") },
    app,
    random,
  );
  const bob = client("bob");
  const made = commit(
    alice,
    { proposals: [{ proposalType: "add", keyPackage: bob.keyPackage }] },
    app,
    random,
  );
  const follower = startPublicGroup(groupInfo(alice, app), alice.tree, app);
  const { welcome } = made;
  if (welcome === undefined) throw new Error("no Welcome");
  return {
    alice: made.state,
    bob: joinByWelcome(welcome, { own: bob }, app).state,
    follower: followHandshake(follower, overTheWire(made.message), app).group,
  };
}

function stateOf(received: Received): MemberState {
  return received.state;
}

function expectAgreement(first: MemberState, ...others: (MemberState | GroupView)[]) {
  for (const other of others) {
    expect(other.groupContext).toEqual(first.groupContext);
    expect(other.tree).toEqual(first.tree);
    expect(other.confirmationTag).toEqual(first.confirmationTag);
    if ("secrets" in other) expect(hex(epochAuthenticator(other))).toBe(hex(epochAuthenticator(first)));
  }
}

describe("a room's group", () => {
  it("brings the creator, a client added by Welcome and the hub to the same epoch", () => {
    const { alice, bob, follower } = room();
    expectAgreement(alice, bob, follower);
    expect(alice.groupContext.epoch).toBe(1n);
  });

  it.each(cipherSuiteIds)("works the same with cipher suite %i", (suiteId) => {
    const alice = createGroup(
      { groupId: utf8("g"), extensions: [], creator: client("alice", { suite: suiteId }) },
      app,
      random,
    );
    const bob = client("bob", { suite: suiteId });
    const add = { proposalType: "add" as const, keyPackage: bob.keyPackage };
    const made = commit(alice, { proposals: [add], forcePath: true }, app, random);
    if (made.welcome === undefined) throw new Error("no Welcome");
    expectAgreement(made.state, joinByWelcome(made.welcome, { own: bob }, app).state);
  });

  it("carries AppDataUpdates by value without a path", () => {
    const { alice, bob, follower } = room();
    const made = commit(
      alice,
      { proposals: [update(topic, "second"), update(log, "a"), update(log, "b")] },
      app,
      random,
    );
    const heard = receive(bob, overTheWire(made.message), app);
    if (heard.kind !== "commit") throw new Error(heard.kind);
    expect(heard.facts.hasPath).toBe(false);
    expect(heard.facts.changedComponents).toEqual([topic, log]);
    const followed = followHandshake(follower, overTheWire(made.message), app);
    expectAgreement(made.state, heard.state, followed.group);
    const dictionary = dictionaryOf(heard.state.groupContext.extensions);
    expect(textOf(dictionary.get(topic) ?? noBytes)).toBe("second");
    expect(textOf(dictionary.get(log) ?? noBytes)).toBe("ab");
  });

  it("carries the hub's and a member's AppDataUpdates by reference", () => {
    const { alice, bob, follower } = room();
    const sender = { senderType: "external" as const, senderIndex: 0 };
    const fromHub = proposeExternally(
      follower.groupContext,
      { sender, signaturePrivateKey: hub.privateKey },
      update(log, "hub;"),
      app,
    );
    const fromBob = propose(bob, update(log, "bob;"), {}, app, random);
    let alice2 = stateOf(receive(alice, overTheWire(fromHub), app));
    let bob2 = stateOf(receive(fromBob.state, overTheWire(fromHub), app));
    alice2 = stateOf(receive(alice2, overTheWire(fromBob.message), app));
    const made = commit(alice2, {}, app, random);
    expect(made.facts.proposals.map(({ sender: s }) => s.senderType)).toEqual(["external", "member"]);
    bob2 = stateOf(receive(bob2, overTheWire(made.message), app));
    expectAgreement(made.state, bob2);
    expect(textOf(dictionaryOf(bob2.groupContext.extensions).get(log) ?? noBytes)).toBe("hub;bob;");
  });

  it("lets a member go on in its epoch when its commit is refused", () => {
    const { alice, bob } = room();
    const refused = commit(alice, { proposals: [update(topic, "refused")] }, app, random);
    const other = commit(bob, { proposals: [update(topic, "accepted")] }, app, random);
    const after = receive(refused.ifRefused, overTheWire(other.message), app);
    expectAgreement(other.state, after.state);
  });

  it("sends application messages that the other member reads", () => {
    const { alice, bob } = room();
    const sent = encryptApplication(
      alice,
      utf8("hello"),
      { authenticatedData: utf8("aad"), paddingLength: 20 },
      app,
      random,
    );
    const heard = receive(bob, overTheWire(sent.message), app);
    if (heard.kind !== "application") throw new Error(heard.kind);
    expect(textOf(heard.applicationData)).toBe("hello");
    expect(heard.sender).toBe(alice.leafIndex);
    expect(() => receive(heard.state, overTheWire(sent.message), app)).toThrow(
      expect.objectContaining({ code: "generationUsed" }),
    );
  });

  it("reads application messages of the epoch before", () => {
    const { alice, bob } = room();
    const sent = encryptApplication(alice, utf8("late"), {}, app, random);
    const made = commit(bob, {}, app, random);
    const heard = receive(made.state, overTheWire(sent.message), app);
    expect(heard.kind).toBe("application");
  });

  it("says whose a message of the epoch before is, though somebody else has the leaf now", () => {
    const { alice, bob } = room();
    const sent = encryptApplication(bob, utf8("last words"), {}, app, random);
    const removed = bob.leafIndex;
    const proposals: Proposal[] = [
      { proposalType: "remove", removed },
      { proposalType: "add", keyPackage: client("carol").keyPackage },
    ];
    const { state } = commit(alice, { proposals }, app, random);
    const heard = receive(state, overTheWire(sent.message), app);
    if (heard.kind !== "application") throw new Error(heard.kind);
    expect(heard.sender).toBe(removed);
    expect(heard.credential).toEqual(leafAt(bob.tree, removed)?.credential);
    expect(heard.credential).not.toEqual(leafAt(state.tree, removed)?.credential);
  });

  it("lets a client join by external commit, bringing an AppDataUpdate", () => {
    const { alice, bob, follower } = room();
    const joined = externalCommit(
      {
        groupInfo: groupInfo(alice, app),
        ratchetTree: follower.tree,
        joiner: client("carol"),
        proposals: [update(log, "carol")],
      },
      app,
      random,
    );
    const message = overTheWire(joined.message);
    const heard = receive(bob, message, app);
    if (heard.kind !== "commit") throw new Error(heard.kind);
    expect(heard.facts.external).toBe(true);
    expectAgreement(
      joined.state,
      heard.state,
      receive(alice, message, app).state,
      followHandshake(follower, message, app).group,
    );
  });

  it("lets a client rejoin in the place of its old leaf", () => {
    const { alice, bob } = room();
    const joined = externalCommit(
      {
        groupInfo: groupInfo(alice, app),
        ratchetTree: alice.tree,
        joiner: client("bob again"),
        resync: bob.leafIndex,
      },
      app,
      random,
    );
    expect(receive(bob, overTheWire(joined.message), app).kind).toBe("removed");
    const heard = receive(alice, overTheWire(joined.message), app);
    expectAgreement(joined.state, heard.state);
    expect(joined.state.leafIndex).toBe(bob.leafIndex);
  });

  it("covers SelfRemoves in an external commit", () => {
    const { alice, bob, follower } = room();
    const leaving = propose(bob, { proposalType: "self_remove" }, {}, app, random);
    const message = overTheWire(leaving.message);
    const alice2 = stateOf(receive(alice, message, app));
    const followed = followHandshake(follower, message, app);
    const joined = externalCommit(
      {
        groupInfo: groupInfo(alice, app),
        ratchetTree: alice.tree,
        joiner: client("carol"),
        selfRemoves: [message],
      },
      app,
      random,
    );
    const heard = receive(alice2, overTheWire(joined.message), app);
    expectAgreement(joined.state, heard.state, followHandshake(followed.group, joined.message, app).group);
    expect(joined.facts.removed.map(({ leafIndex, itself }) => [leafIndex, itself])).toEqual([
      [bob.leafIndex, true],
    ]);
  });

  it("installs a member's own Update when somebody commits it", () => {
    const { alice, bob } = room();
    const updated = proposeUpdate(bob, {}, {}, app, random);
    const alice2 = stateOf(receive(alice, overTheWire(updated.message), app));
    const made = commit(alice2, {}, app, random);
    const bob2 = stateOf(receive(updated.state, overTheWire(made.message), app));
    expectAgreement(made.state, bob2);
    const again = commit(made.state, {}, app, random);
    expectAgreement(again.state, receive(bob2, overTheWire(again.message), app).state);
  });

  it("does the same with handshakes in PrivateMessages", () => {
    const { alice, bob } = room();
    const proposed = propose(bob, update(topic, "x"), { wireFormat: "mls_private_message" }, app, random);
    const alice2 = stateOf(receive(alice, overTheWire(proposed.message), app));
    const made = commit(alice2, { wireFormat: "mls_private_message", forcePath: true }, app, random);
    const heard = receive(proposed.state, overTheWire(made.message), app);
    expectAgreement(made.state, heard.state);
  });

  it.each(cipherSuiteIds)("gives the same octets with either provider, cipher suite %i", (suiteId) => {
    const octets = (provider: ProviderName) => {
      const own = { ...app, provider };
      const drawn = randomness("providers");
      const [creator, bob] = [client("alice", { suite: suiteId }), client("bob", { suite: suiteId })];
      const alice = createGroup({ groupId: utf8("g"), extensions: [], creator }, own, drawn);
      const proposals = [{ proposalType: "add" as const, keyPackage: bob.keyPackage }];
      const made = commit(alice, { proposals, forcePath: true }, own, drawn);
      if (made.welcome === undefined) throw new Error("no Welcome");
      const joined = joinByWelcome(made.welcome, { own: bob }, own).state;
      const sent = encryptApplication(joined, utf8("hello"), {}, own, drawn);
      const heard = receive(made.state, sent.message, own);
      return [
        hex(MLSMessage.encode(made.message)),
        hex(Welcome.encode(made.welcome)),
        hex(GroupInfo.encode(made.groupInfo)),
        hex(MLSMessage.encode(sent.message)),
        hex(epochAuthenticator(heard.state)),
      ];
    };
    expect(octets("portable")).toEqual(octets("node"));
  });

  it("leaves the states it is given as they were, and they are plain data", () => {
    const { alice, bob, follower } = room();
    const before = structuredClone({ alice, bob, follower });
    const made = commit(alice, { forcePath: true, proposals: [update(topic, "x")] }, app, random);
    receive(bob, made.message, app);
    followHandshake(follower, made.message, app);
    receive(bob, encryptApplication(alice, utf8("x"), {}, app, random).message, app);
    proposeUpdate(bob, {}, {}, app, random);
    expect({ alice, bob, follower }).toEqual(before);
    expect(receive(before.bob, made.message, app).state).toEqual(receive(bob, made.message, app).state);
  });

  it("gives the same octets for the same randomness", () => {
    const { alice } = room();
    const bytes = () => {
      const made = commit(alice, { forcePath: true }, app, randomness("again"));
      return hex(MLSMessage.encode(made.message));
    };
    expect(bytes()).toBe(bytes());
  });
});
