/** Requirements of semiprivatemessage-07 and ratchet-tree-options-03 that no other test checks by itself. */
import { createDecipheriv } from "node:crypto";
import { describe, expect, it } from "vitest";
import { equalBytes } from "../../../spec-model/bytes.ts";
import {
  commit,
  completeGroupInfo,
  componentIds,
  decryptAsReceiver,
  type ExternalReceiver,
  ExternalReceivers,
  externalReceivers,
  followContent,
  followHandshake,
  groupInfo,
  type MemberState,
  type MLSMessage,
  type Proposal,
  partialGroupInfo,
  propose,
  ratchetTreeExtension,
  receive,
  SemiPrivateContentAAD,
  type SemiPrivateMessage,
} from "../../../spec-model/mls/index.ts";
import { openKeys } from "../../../spec-model/mls/semiprivate-message.ts";
import { flipped, random, room, suite } from "../mls/refusals/room.ts";
import { receiver, receiverPrivateKey, semiPrivateRoom } from "../mls/refusals/safe-interface.ts";
import { application, basic, overTheWire, topic, update } from "../mls/room-fixture.ts";

const wireFormat = "mls_semiprivate_message";
const app = {
  ...application,
  components: new Map([
    ...(application.components ?? []),
    [
      componentIds.external_receivers,
      (_: Uint8Array | undefined, updates: readonly Uint8Array[]) => updates.at(-1) ?? new Uint8Array(0),
    ] as const,
  ]),
};

function semiPrivateIn(message: MLSMessage): SemiPrivateMessage {
  if (message.wireFormat !== wireFormat) throw new Error(message.wireFormat);
  return message.semiprivateMessage;
}

function sentBy(member: MemberState, proposal: Proposal = update(topic, "x")) {
  const { state, message } = propose(member, proposal, { wireFormat }, app, random);
  return { state, message: semiPrivateIn(overTheWire(message)) };
}

const keysIn = (message: SemiPrivateMessage) => {
  const [own] = message.keysForExternalReceivers;
  if (own === undefined) throw new Error("no receiver");
  return openKeys(suite, receiverPrivateKey, message, own);
};

describe("the external receivers", () => {
  it("are those in the epoch's GroupContext, the same for all members", () => {
    const { alice, bob } = semiPrivateRoom;
    const another: ExternalReceiver = {
      externalReceiverPublicKey: suite.hpke.generateKeyPair(random).publicKey,
      credential: basic("logger.example"),
    };
    const both = [receiver, another];
    const change: Proposal = {
      proposalType: "app_data_update",
      componentId: componentIds.external_receivers,
      op: "update",
      update: ExternalReceivers.encode(both),
    };
    const made = commit(alice, { proposals: [change] }, app, random);
    const later = receive(bob, overTheWire(made.message), app).state;
    for (const before of [alice, bob]) {
      expect(externalReceivers(before.groupContext.extensions)).toEqual([receiver]);
      expect(sentBy(before).message.keysForExternalReceivers).toHaveLength(1);
    }
    for (const after of [made.state, later]) {
      expect(externalReceivers(after.groupContext.extensions)).toEqual(both);
      expect(sentBy(after).message.keysForExternalReceivers).toHaveLength(2);
    }
  });
});

describe("a SemiPrivateMessage", () => {
  const first = sentBy(semiPrivateRoom.alice);
  const second = sentBy(first.state);

  it("has a key of its own from the sender's handshake ratchet, and a reuse guard of its own", () => {
    const [one, two] = [keysIn(first.message), keysIn(second.message)];
    expect(equalBytes(one.key, two.key)).toBe(false);
    expect(equalBytes(one.nonce, two.nonce)).toBe(false);
    expect(one.reuseGuard).toHaveLength(4);
    expect(equalBytes(one.reuseGuard, two.reuseGuard)).toBe(false);
    // The next PrivateMessage of the ratchet goes on where these stopped: its generation is 2.
    const third = propose(
      second.state,
      update(topic, "y"),
      { wireFormat: "mls_private_message" },
      app,
      random,
    );
    const hears = (messages: SemiPrivateMessage[]) =>
      messages
        .map((semiprivateMessage) => ({ version: "mls10" as const, wireFormat, semiprivateMessage }) as const)
        .reduce((state, message) => receive(state, message, app).state, semiPrivateRoom.bob);
    expect(receive(hears([first.message, second.message]), third.message, app).kind).toBe("proposal");
    expect(() => hears([first.message, first.message])).toThrow(
      expect.objectContaining({ code: "generationUsed" }),
    );
  });

  it("has its content under the group's AEAD, with the reuse guard in the nonce", () => {
    const { key, nonce, reuseGuard } = keysIn(first.message);
    const guarded = nonce.map((octet, i) => octet ^ (reuseGuard[i] ?? 0));
    const { ciphertext } = first.message;
    const open = (used: Uint8Array) => {
      const decipher = createDecipheriv("aes-128-gcm", key, used);
      decipher.setAAD(SemiPrivateContentAAD.encode(first.message));
      decipher.setAuthTag(ciphertext.subarray(-16));
      return Buffer.concat([decipher.update(ciphertext.subarray(0, -16)), decipher.final()]);
    };
    expect(open(guarded).length).toBeGreaterThan(0);
    expect(() => open(nonce)).toThrow();
  });

  it("is refused by an external receiver with the GroupContext where the signature is not the sender's", () => {
    const { hub } = semiPrivateRoom;
    const own = { receiver, privateKey: receiverPrivateKey };
    const opened = decryptAsReceiver(own, first.message, hub.groupContext, app);
    expect(followContent(suite, hub, opened, app).kind).toBe("proposal");
    const auth = { ...opened.auth, signature: flipped(opened.auth.signature) };
    expect(() => followContent(suite, hub, { ...opened, auth }, app)).toThrow(
      expect.objectContaining({ code: "messageSignature" }),
    );
  });
});

describe("a PartialGroupInfo", () => {
  const { alice, hub } = room;
  const made = commit(alice, { proposals: [update(topic, "x")] }, app, random);
  const followed = followHandshake(hub, overTheWire(made.message), app).group;
  const signed = (withTree: boolean) =>
    groupInfo(made.state, app, withTree ? [ratchetTreeExtension(made.ratchetTree)] : []);

  it.each([
    [false, false, "no_ratchet_tree"],
    [true, true, "present"],
    [true, false, "removed"],
    [false, true, "added"],
  ] as const)("says of a tree that was (%s) and is (%s) part of the GroupInfo: %s", (was, is, presence) => {
    const partial = partialGroupInfo(signed(is), was);
    expect(partial.ratchetTreePresence).toBe(presence);
    expect(completeGroupInfo(suite, followed, alice.leafIndex, partial)).toEqual(signed(is));
  });

  it("is refused where it says otherwise than the signature covers", () => {
    for (const [is, said] of [
      [true, "removed"],
      [false, "added"],
    ] as const) {
      const partial = { ...partialGroupInfo(signed(is), true), ratchetTreePresence: said };
      expect(() => completeGroupInfo(suite, followed, alice.leafIndex, partial)).toThrow(
        expect.objectContaining({ code: "groupInfoSignature" }),
      );
    }
  });
});
