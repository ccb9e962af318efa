import { describe, expect, it } from "vitest";
import { equalBytes, hex, textOf, utf8 } from "../../../spec-model/bytes.ts";
import {
  commit,
  completeGroupInfo,
  componentData,
  componentIds,
  createGroup,
  decryptAsReceiver,
  dictionaryExtension,
  encryptApplication,
  epochAuthenticator,
  exportSecret,
  followContent,
  followHandshake,
  groupInfo,
  joinByWelcome,
  type MemberState,
  type MLSMessage,
  PartialGroupInfo,
  partialGroupInfo,
  previewProposals,
  propose,
  proposeUpdate,
  ratchetTreeExtension,
  receive,
  rememberingOutcomes,
  safeAad,
  safeAadItems,
  safeDecrypt,
  safeEncrypt,
  safeExportSecret,
  safeSign,
  safeVerify,
} from "../../../spec-model/mls/index.ts";
import { add, byValue, hubKeys, random, remove, room, suite, welcomeOf } from "./refusals/room.ts";
import { receiver, receiverPrivateKey, semiPrivateRoom } from "./refusals/safe-interface.ts";
import {
  aadComponent,
  application as app,
  client,
  componentList,
  overTheWire,
  roomExtensions,
  topic,
  update,
} from "./room-fixture.ts";

const same = (a: MemberState, b: MemberState) =>
  expect(hex(epochAuthenticator(b))).toBe(hex(epochAuthenticator(a)));

describe("SemiPrivateMessage", () => {
  const wireFormat = "mls_semiprivate_message";
  const openAtHub = (message: MLSMessage, context = semiPrivateRoom.hub.groupContext) => {
    if (message.wireFormat !== wireFormat) throw new Error(`${message.wireFormat}`);
    const own = { receiver, privateKey: receiverPrivateKey };
    return decryptAsReceiver(own, message.semiprivateMessage, context, app);
  };

  it("carries a proposal and a commit that members process and the hub follows", () => {
    const { alice, bob, hub } = semiPrivateRoom;
    const proposed = propose(bob, update(topic, "half public"), { wireFormat }, app, random);
    const heard = receive(alice, overTheWire(proposed.message), app);
    const followed = followContent(suite, hub, openAtHub(overTheWire(proposed.message)), app);
    const made = commit(heard.state, { wireFormat, forcePath: true }, app, random);
    const bobAfter = receive(proposed.state, overTheWire(made.message), app).state;
    const hubAfter = followContent(suite, followed.group, openAtHub(overTheWire(made.message)), app);
    same(made.state, bobAfter);
    expect(hubAfter.group.groupContext).toEqual(made.state.groupContext);
    expect(hubAfter.unverified).toEqual(["confirmation_tag", "path_secrets"]);
  });
});

describe("PartialGroupInfo", () => {
  it.each([false, true])("gives the hub the committer's GroupInfo (with ratchet_tree: %s)", (withTree) => {
    const { alice, hub } = room;
    const made = commit(alice, { proposals: [update(topic, "x")] }, app, random);
    const followed = followHandshake(hub, overTheWire(made.message), app);
    const extensions = withTree ? [ratchetTreeExtension(made.ratchetTree)] : [];
    const signed = groupInfo(made.state, app, extensions);
    const partial = PartialGroupInfo.decode(PartialGroupInfo.encode(partialGroupInfo(signed, false)));
    expect(partial.ratchetTreePresence).toBe(withTree ? "added" : "no_ratchet_tree");
    expect(completeGroupInfo(suite, followed.group, alice.leafIndex, partial)).toEqual(signed);
  });

  it("is refused where it describes another epoch", () => {
    const { alice, hub } = room;
    const made = commit(alice, { proposals: [update(topic, "x")] }, app, random);
    const partial = partialGroupInfo(made.groupInfo, false);
    expect(() => completeGroupInfo(suite, hub, alice.leafIndex, partial)).toThrow(
      expect.objectContaining({ code: "groupInfoSignature" }),
    );
  });
});

describe("pending proposals", () => {
  it("are committed so that a SelfRemove wins over a Remove, and a Remove over an Update", () => {
    const { alice, bob, carol } = room;
    const messages = [
      proposeUpdate(bob, {}, {}, app, random).message,
      propose(carol, remove(bob.leafIndex), {}, app, random).message,
      propose(bob, { proposalType: "self_remove" }, {}, app, random).message,
      proposeUpdate(carol, {}, {}, app, random).message,
    ];
    const heard = messages.reduce((state, message) => receive(state, overTheWire(message), app).state, alice);
    const { facts } = commit(heard, {}, app, random);
    expect(facts.proposals.map(({ proposal }) => proposal.proposalType)).toEqual(["self_remove", "update"]);
  });

  it("can be previewed by whoever follows the group", () => {
    const { hub } = room;
    const committer = { senderType: "member" as const, leafIndex: 0 };
    const preview = previewProposals(hub, byValue(remove(1), update(topic, "x")), committer, app);
    expect(preview.removed.map(({ leafIndex }) => leafIndex)).toEqual([1]);
    expect(textOf(componentData(preview.extensions, topic) ?? utf8("nothing"))).toBe("x");
  });
});

describe("application messages", () => {
  it("are read in any order, each once", () => {
    const { alice, bob } = room;
    let sender = alice;
    const messages = [0, 1, 2, 3].map((n) => {
      const sent = encryptApplication(sender, utf8(`message ${n}`), {}, app, random);
      sender = sent.state;
      return sent.message;
    });
    let reader = bob;
    const read = [3, 0, 2, 1].map((n) => {
      const heard = receive(reader, messages[n] as MLSMessage, app);
      if (heard.kind !== "application") throw new Error(heard.kind);
      reader = heard.state;
      return textOf(heard.applicationData);
    });
    expect(read).toEqual(["message 3", "message 0", "message 2", "message 1"]);
  });

  it("can be skipped, and read later as long as the application keeps their keys", () => {
    const { alice, bob } = room;
    const frugal = { ...app, retention: { skippedKeys: 1 } };
    let sender = alice;
    const [first, second, third] = [1, 2, 3].map((n) => {
      const sent = encryptApplication(sender, utf8(`${n}`), {}, app, random);
      sender = sent.state;
      return sent.message;
    }) as [MLSMessage, MLSMessage, MLSMessage];
    const reader = receive(bob, third, frugal).state;
    expect(receive(reader, second, frugal).kind).toBe("application");
    expect(() => receive(reader, first, frugal)).toThrow(expect.objectContaining({ code: "generationUsed" }));
  });

  it("are read after their sender's epoch only as long as the epoch is kept", () => {
    const { alice, bob } = room;
    const late = encryptApplication(alice, utf8("late"), {}, app, random).message;
    let reader = bob;
    for (let epoch = 0; epoch < 2; epoch++) reader = commit(reader, {}, app, random).state;
    expect(receive(reader, late, app).kind).toBe("application");
    reader = commit(reader, {}, app, random).state;
    expect(() => receive(reader, late, app)).toThrow(expect.objectContaining({ code: "epochForgotten" }));
  });

  it("carry SafeAAD items where the group wants them", () => {
    const extensions = roomExtensions(hubKeys.publicKey, [
      [componentIds.safe_aad, componentList(aadComponent)],
    ]);
    const creator = client("alice");
    const founder = createGroup({ groupId: utf8("g"), extensions, creator }, app, random);
    const bob = client("bob");
    const proposals = [add(bob.keyPackage)];
    expect(() => commit(founder, { proposals }, app, random)).toThrow(
      expect.objectContaining({ code: "malformed" }),
    );
    const made = commit(founder, { proposals, authenticatedData: safeAad([]) }, app, random);
    const reader = joinByWelcome(welcomeOf(made), { own: bob }, app).state;
    const authenticatedData = safeAad([
      { componentId: 12, aadItemData: utf8("twelve") },
      { componentId: aadComponent, aadItemData: utf8("nine") },
    ]);
    const sent = encryptApplication(made.state, utf8("x"), { authenticatedData }, app, random);
    const { content } = receive(reader, overTheWire(sent.message), app).message;
    const items = safeAadItems(content.authenticatedData);
    expect(items.map(({ componentId }) => componentId)).toEqual([aadComponent, 12]);
  });
});

describe("exported secrets", () => {
  it("are the same for all members of an epoch, and others in the next", () => {
    const { alice, bob } = room;
    const context = utf8("context");
    const first = exportSecret(alice, "label", context, 20, app);
    expect(equalBytes(first, exportSecret(bob, "label", context, 20, app))).toBe(true);
    const later = commit(alice, {}, app, random).state;
    expect(equalBytes(first, exportSecret(later, "label", context, 20, app))).toBe(false);
  });

  it("of components are the same for all members, in any order of export", () => {
    const { alice, bob } = room;
    const ids = [0, 1, 7, 0x8001, 0xffff];
    const all = (member: MemberState, order: number[]) => {
      let state = member;
      const secrets = new Map<number, string>();
      for (const id of order) {
        const exported = safeExportSecret(state, id, app);
        state = exported.state;
        secrets.set(id, hex(exported.secret));
      }
      return ids.map((id) => secrets.get(id));
    };
    const ascending = all(alice, ids);
    expect(all(bob, [...ids].reverse())).toEqual(ascending);
    expect(new Set(ascending).size).toBe(ids.length);
  });
});

describe("component labels", () => {
  const operation = { componentId: topic, label: "test" };
  it("make signatures that no other component accepts", () => {
    const keys = suite.signature.generateKeyPair(random);
    const signature = safeSign(suite, keys.privateKey, operation, utf8("x"));
    expect(safeVerify(suite, keys.publicKey, operation, utf8("x"), signature)).toBe(true);
    const other = { ...operation, componentId: topic + 1 };
    expect(safeVerify(suite, keys.publicKey, other, utf8("x"), signature)).toBe(false);
  });

  it("encrypt to a key of the group for one component", () => {
    const keys = suite.hpke.generateKeyPair(random);
    const sealed = safeEncrypt(suite, keys.publicKey, operation, utf8("c"), utf8("x"), random);
    expect(textOf(safeDecrypt(suite, keys.privateKey, operation, utf8("c"), sealed))).toBe("x");
  });
});

describe("the shared public half of a commit", () => {
  it("gives the same states as each member's own computation", () => {
    const { alice, bob, carol } = room;
    const made = commit(alice, {}, app, random);
    const shared = rememberingOutcomes();
    const bobAfter = receive(bob, made.message, app, shared).state;
    const carolAfter = receive(carol, made.message, app, shared).state;
    expect(bobAfter).toEqual(receive(bob, made.message, app).state);
    expect(carolAfter.tree).toBe(bobAfter.tree);
    same(made.state, carolAfter);
  });

  it("is shared by applications of one name only", () => {
    const { alice, bob, carol } = room;
    const made = commit(alice, {}, app, random);
    const byTime = rememberingOutcomes(({ now }) => `${now}`);
    const bobAfter = receive(bob, made.message, { ...app }, byTime).state;
    expect(receive(carol, made.message, { ...app }, byTime).state.tree).toBe(bobAfter.tree);
    expect(receive(carol, made.message, { ...app, now: 1001n }, byTime).state.tree).not.toBe(bobAfter.tree);
    const byObject = rememberingOutcomes();
    const bobOwn = receive(bob, made.message, { ...app }, byObject).state;
    expect(receive(carol, made.message, { ...app }, byObject).state.tree).not.toBe(bobOwn.tree);
  });

  it("does not spare a member the proposals that it has not received", () => {
    const { alice, bob, carol } = room;
    const proposed = propose(alice, update(topic, "x"), {}, app, random);
    const made = commit(proposed.state, {}, app, random);
    const shared = rememberingOutcomes();
    receive(receive(bob, proposed.message, app).state, made.message, app, shared);
    expect(() => receive(carol, made.message, app, shared)).toThrow(
      expect.objectContaining({ code: "unknownProposal" }),
    );
  });
});

describe("capabilities and extensions", () => {
  it("may hold values that nobody knows", () => {
    const grease = { extensionType: 0x1a1a, extensionData: utf8("grease") };
    const dave = client("dave", {
      leafExtensions: [grease, dictionaryExtension(new Map([[0x0a0a, utf8("grease")]]))],
      extensions: [grease],
    });
    const { alice, bob } = room;
    const made = commit(alice, { proposals: [add(dave.keyPackage)] }, app, random);
    same(made.state, receive(bob, overTheWire(made.message), app).state);
    same(made.state, joinByWelcome(welcomeOf(made), { own: dave }, app).state);
  });

  it("may change with a commit's path", () => {
    const { alice, bob } = room;
    const keys = suite.signature.generateKeyPair(random);
    const made = commit(alice, { leafChanges: { signatureKeyPair: keys } }, app, random);
    const bobAfter = receive(bob, overTheWire(made.message), app).state;
    const again = commit(made.state, {}, app, random);
    same(again.state, receive(bobAfter, overTheWire(again.message), app).state);
  });
});
