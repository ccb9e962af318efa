import { describe, expect, it } from "vitest";
import { utf8 } from "../../../../spec-model/bytes.ts";
import {
  componentIds,
  ExternalReceivers,
  type MLSMessage,
  type Proposal,
  WireFormats,
} from "../../../../spec-model/mls/index.ts";
import {
  canRead,
  contentFor,
  hears,
  keyTerms,
  knowsEpoch,
  learns,
  memberTerms,
  symbolicMls as mls,
  nothingKnown,
} from "../../../../spec-model/mls/symbolic/index.ts";
import {
  application as app,
  basic,
  capabilities,
  leafExtensions,
  randomness,
  roomExtensions,
  topic,
  update,
} from "../room-fixture.ts";

const random = randomness("half public");
const groupId = utf8("half public");
const wireFormat = "mls_semiprivate_message";
const receiverKeys = mls.suite(1).hpke.generateKeyPair(random);

/** Alice and Bob in a group with one external receiver, and what went over the wire after Bob had joined. */
function halfPublicGroup() {
  const client = (name: string) => {
    const lifetime = { notBefore: 0n, notAfter: 2000n };
    const options = { credential: basic(name), capabilities, leafExtensions, lifetime };
    return mls.generateKeyPackage(1, options, app, random);
  };
  const receiver = { externalReceiverPublicKey: receiverKeys.publicKey, credential: basic("hub.example") };
  const list = ExternalReceivers.encode([receiver]);
  const extensions = [
    ...roomExtensions(new Uint8Array(32), [[componentIds.external_receivers, list]]),
    {
      extensionType: "required_wire_formats" as const,
      extensionData: WireFormats.encode({ wireFormats: [wireFormat] }),
    },
  ];
  const founder = mls.createGroup({ groupId, extensions, creator: client("alice") }, app, random);
  const own = client("bob");
  const add: Proposal = { proposalType: "add", keyPackage: own.keyPackage };
  const first = mls.commit(founder, { proposals: [add], wireFormat }, app, random);
  if (first.welcome === undefined) throw new Error("nobody is welcomed");
  const bob = mls.joinByWelcome(first.welcome, { own }, app).state;
  const proposed = mls.propose(first.state, update(topic, "x"), { wireFormat }, app, random);
  const made = mls.commit(proposed.state, { forcePath: true, wireFormat }, app, random);
  const said = mls.encryptApplication(made.state, utf8("hello"), {}, app, random).message;
  return { bob, proposal: proposed.message, commit: made.message, said };
}

const group = halfPublicGroup();
const handshakes: MLSMessage[] = [group.proposal, group.commit];
const listener = hears(nothingKnown, ...handshakes, group.said);

describe("a SemiPrivateMessage in the symbolic layer", () => {
  it("says nothing to whoever only hears it", () => {
    expect([...handshakes, group.said].map((message) => canRead(listener, message))).toEqual([
      false,
      false,
      false,
    ]);
  });

  it("is read by an external receiver, who learns no secret of the group from it", () => {
    const hub = learns(listener, ...keyTerms(receiverKeys));
    expect(handshakes.map((message) => contentFor(hub, message)?.content.contentType)).toEqual([
      "proposal",
      "commit",
    ]);
    expect(canRead(hub, group.said)).toBe(false);
    expect([knowsEpoch(hub, groupId, 1n), knowsEpoch(hub, groupId, 2n)]).toEqual([false, false]);
  });

  it("is read by members, who follow the commit in it to the next epoch", () => {
    const member = learns(listener, ...memberTerms(group.bob));
    expect([...handshakes, group.said].map((message) => canRead(member, message))).toEqual([
      true,
      true,
      true,
    ]);
    expect(knowsEpoch(member, groupId, 2n)).toBe(true);
  });
});
