import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, textOf, utf8 } from "../../../../spec-model/bytes.ts";
import { encryptWithLabel, type MLSMessage } from "../../../../spec-model/mls/index.ts";
import {
  canOpen,
  canRead,
  contentFor,
  hasKeyOf,
  hears,
  type Knowledge,
  keyPackageTerms,
  keyTerms,
  knowsEpoch,
  learns,
  memberTerms,
  nothingKnown,
  pskName,
  symbolicMls,
  type Term,
} from "../../../../spec-model/mls/symbolic/index.ts";
import { randomness } from "../room-fixture.ts";
import { groupId, SymbolicRoom } from "./symbolic-room.ts";

/** Somebody who has heard everything and has these terms. */
function knowing(room: SymbolicRoom, ...terms: readonly Term[]) {
  return learns(hears(nothingKnown, ...room.wire), ...terms);
}

function saidIn(knowledge: Knowledge, message: MLSMessage): string | undefined {
  const content = contentFor(knowledge, message)?.content;
  return content?.contentType === "application" ? textOf(content.applicationData) : undefined;
}

describe("what those in and around a room know", () => {
  it("a hub that hears everything reads handshakes and no application message", () => {
    const room = new SymbolicRoom("alice", "bob");
    const said = room.says("alice", "hello");
    const hub = knowing(room, ...keyTerms(symbolicMls.suite(1).signature.generateKeyPair(randomness("hub"))));
    expect(room.wire.filter((message) => canRead(hub, message)).map(({ wireFormat }) => wireFormat)).toEqual([
      "mls_public_message",
    ]);
    expect(canRead(hub, said)).toBe(false);
    expect(knowsEpoch(hub, groupId, 1n)).toBe(false);
  });

  it("a member reads what others say in its epoch", () => {
    const room = new SymbolicRoom("alice", "bob");
    const bob = knowing(room, ...memberTerms(room.member("bob")));
    expect(saidIn(bob, room.says("alice", "hello"))).toBe("hello");
    expect(knowsEpoch(bob, groupId, 1n)).toBe(true);
  });

  it("a removed member reads what was said before it was removed and nothing after", () => {
    const room = new SymbolicRoom("alice", "bob", "cathy");
    const before = memberTerms(room.member("bob"));
    const early = room.says("alice", "with Bob");
    const { leafIndex } = room.member("bob");
    room.commits("cathy", { proposals: [{ proposalType: "remove", removed: leafIndex }] });
    const late = room.says("alice", "without Bob");
    const bob = knowing(room, ...before);
    expect(saidIn(bob, early)).toBe("with Bob");
    expect(canRead(bob, late)).toBe(false);
    expect([knowsEpoch(bob, groupId, 1n), knowsEpoch(bob, groupId, 2n)]).toEqual([true, false]);
  });

  it("a newcomer cannot read what was said before it came, whatever it has recorded", () => {
    const room = new SymbolicRoom("alice", "bob");
    const early = room.says("alice", "before Cathy");
    const own = room.adds("alice", "cathy").get("cathy");
    if (own === undefined) throw new Error("no KeyPackage");
    const terms = memberTerms(room.member("cathy"));
    const late = room.says("bob", "with Cathy");
    const cathy = knowing(room, ...keyPackageTerms(own), ...terms);
    expect(saidIn(cathy, late)).toBe("with Cathy");
    expect(canRead(cathy, early)).toBe(false);
  });

  it("the private keys of a KeyPackage open the Welcome, and so the epoch", () => {
    const room = new SymbolicRoom("alice");
    const own = room.adds("alice", "bob").get("bob");
    if (own === undefined) throw new Error("no KeyPackage");
    const said = room.says("alice", "hello");
    expect(canRead(knowing(room), said)).toBe(false);
    expect(saidIn(knowing(room, ...keyPackageTerms(own)), said)).toBe("hello");
  });

  it("an external committer reads its own epoch and no earlier one", () => {
    const room = new SymbolicRoom("alice", "bob");
    const early = room.says("alice", "before Cathy");
    room.joins("cathy");
    const terms = memberTerms(room.member("cathy"));
    const late = room.says("alice", "with Cathy");
    const cathy = knowing(room, ...terms);
    expect(saidIn(cathy, late)).toBe("with Cathy");
    expect(canRead(cathy, early)).toBe(false);
  });

  it("who knows an epoch follows an external commit by the external key", () => {
    const room = new SymbolicRoom("alice", "bob");
    const bob = memberTerms(room.member("bob"));
    room.joins("cathy");
    const said = room.says("cathy", "here I am");
    expect(saidIn(knowing(room, ...bob), said)).toBe("here I am");
  });
});

describe("compromise", () => {
  it("gives nothing of what was read and deleted before", () => {
    const room = new SymbolicRoom("alice", "bob");
    const early = room.says("alice", "read and forgotten");
    room.commits("alice", { forcePath: true });
    room.commits("alice", { forcePath: true });
    room.commits("alice", { forcePath: true });
    const adversary = knowing(room, ...memberTerms(room.member("bob")));
    expect(canRead(adversary, early)).toBe(false);
    expect(knowsEpoch(adversary, groupId, 3n)).toBe(false);
    expect(knowsEpoch(adversary, groupId, 4n)).toBe(true);
  });

  it("gives nothing of a message of the same epoch whose key has been used", () => {
    const room = new SymbolicRoom("alice", "bob");
    const early = room.says("alice", "first");
    const terms = memberTerms(room.member("bob"));
    const late = room.says("alice", "second");
    expect(canRead(knowing(room, ...terms), early)).toBe(false);
    expect(saidIn(knowing(room, ...terms), late)).toBe("second");
  });

  it("lasts through the commits of others, and through commits without a path of its victim", () => {
    const room = new SymbolicRoom("alice", "bob", "cathy");
    const terms = memberTerms(room.member("bob"));
    room.commits("alice", { forcePath: true });
    room.commits("bob", { proposals: [addOf(room, "dora")] });
    room.commits("cathy", { forcePath: true });
    expect(saidIn(knowing(room, ...terms), room.says("alice", "still overheard"))).toBe("still overheard");
  });

  it("is healed by a path of the victim's own", () => {
    const room = new SymbolicRoom("alice", "bob", "cathy");
    const terms = memberTerms(room.member("bob"));
    room.commits("bob", { forcePath: true });
    const said = room.says("alice", "in private again");
    expect(canRead(knowing(room, ...terms), said)).toBe(false);
    expect(saidIn(knowing(room, ...memberTerms(room.member("bob"))), room.says("cathy", "yes"))).toBe("yes");
  });

  it("is healed by an Update of the victim once somebody commits it", () => {
    const room = new SymbolicRoom("alice", "bob", "cathy");
    const terms = memberTerms(room.member("bob"));
    room.updates("bob");
    expect(canRead(knowing(room, ...terms), room.says("alice", "not yet"))).toBe(true);
    room.commits("cathy", {});
    expect(canRead(knowing(room, ...terms), room.says("alice", "now"))).toBe(false);
  });

  it("is not healed where the Update was made before the compromise", () => {
    const room = new SymbolicRoom("alice", "bob", "cathy");
    room.updates("bob");
    const terms = memberTerms(room.member("bob"));
    room.commits("cathy", {});
    expect(canRead(knowing(room, ...terms), room.says("alice", "overheard"))).toBe(true);
  });

  it("is kept out by a PSK that the adversary does not have, and by no other", () => {
    const room = new SymbolicRoom("alice", "bob");
    const terms = memberTerms(room.member("bob"));
    const psk = { psktype: "external" as const, pskId: utf8("id"), pskNonce: new Uint8Array(32) };
    room.commits("alice", { proposals: [{ proposalType: "psk", psk }] });
    const said = room.says("alice", "with a PSK");
    const known: Term = { type: "psk", id: pskName(psk), value: hex(utf8("a pre-shared key")) };
    expect(canRead(knowing(room, ...terms), said)).toBe(false);
    expect(saidIn(knowing(room, ...terms, known), said)).toBe("with a PSK");
  });

  it("of a member lets the adversary sign in its name", () => {
    const room = new SymbolicRoom("alice", "bob");
    const { signatureKey } = room.keyPackage("somebody else").keyPackage.leafNode;
    const adversary = learns(nothingKnown, ...memberTerms(room.member("bob")));
    expect(hasKeyOf(adversary, signatureKeyOf(room, "bob"))).toBe(true);
    expect(hasKeyOf(adversary, signatureKeyOf(room, "alice"))).toBe(false);
    expect(hasKeyOf(adversary, signatureKey)).toBe(false);
  });
});

describe("knowledge", () => {
  it("reads commits in PrivateMessages, too, and follows them", () => {
    const room = new SymbolicRoom("alice", "bob", "cathy");
    const terms = memberTerms(room.member("bob"));
    room.commits("alice", { forcePath: true, wireFormat: "mls_private_message" });
    const said = room.says("alice", "after a hidden commit");
    expect(saidIn(knowing(room, ...terms), said)).toBe("after a hidden commit");
    expect(canRead(knowing(room), room.wire.at(-2) as MLSMessage)).toBe(false);
  });

  it("does not depend on the order in which messages are heard", () => {
    const room = new SymbolicRoom("alice", "bob", "cathy");
    const terms = memberTerms(room.member("bob"));
    room.updates("cathy");
    room.commits("alice", {});
    room.commits("cathy", { forcePath: true });
    const said = room.says("alice", "later");
    fc.assert(
      fc.property(fc.shuffledSubarray(room.wire, { minLength: room.wire.length }), (wire) => {
        const adversary = learns(hears(nothingKnown, ...wire), ...terms);
        expect(saidIn(adversary, said)).toBe("later");
      }),
    );
  });

  it("of what is encrypted to a public key is whoever's has the private key", () => {
    const suite = symbolicMls.suite(1);
    const pair = suite.hpke.generateKeyPair(randomness("pair"));
    const box = encryptWithLabel(suite, pair.publicKey, "label", utf8("x"), utf8("y"), randomness("box"));
    expect(canOpen(learns(nothingKnown, ...keyTerms(pair)), box)).toBe(true);
    expect(canOpen(nothingKnown, box)).toBe(false);
  });

  it("is plain data", () => {
    const room = new SymbolicRoom("alice", "bob");
    const terms = memberTerms(room.member("bob"));
    expect(JSON.parse(JSON.stringify(terms))).toEqual(terms);
  });
});

function addOf(room: SymbolicRoom, name: string) {
  return { proposalType: "add" as const, keyPackage: room.keyPackage(name).keyPackage };
}

function signatureKeyOf(room: SymbolicRoom, name: string): Uint8Array {
  const { tree, leafIndex } = room.member(name);
  const node = tree[2 * leafIndex];
  if (node?.nodeType !== "leaf") throw new Error("not a leaf");
  return node.leafNode.signatureKey;
}
