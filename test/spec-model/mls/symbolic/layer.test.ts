import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex, utf8 } from "../../../../spec-model/bytes.ts";
import {
  decryptWithLabel,
  encryptWithLabel,
  keyPackageRef,
  partialGroupInfo,
  signWithLabel,
  validateKeyPackage,
  verifyWithLabel,
} from "../../../../spec-model/mls/index.ts";
import { type MlsLayer, realMls } from "../../../../spec-model/mls/layer.ts";
import { symbolicMls } from "../../../../spec-model/mls/symbolic/index.ts";
import { application as app, basic, capabilities, client, randomness } from "../room-fixture.ts";
import { groupId, SymbolicRoom } from "./symbolic-room.ts";

const lifetime = { notBefore: 0n, notAfter: 2000n };
const refused = (code: string) => expect.objectContaining({ code });

describe("an MLS layer", () => {
  it("does not take the state of a member of the other layer", () => {
    const symbolic = new SymbolicRoom("alice").member("alice");
    const creator = client("alice");
    const real = realMls.createGroup({ groupId, extensions: [], creator }, app, randomness("group"));
    expect(() => realMls.epochAuthenticator(symbolic)).toThrow(TypeError);
    expect(() => symbolicMls.epochAuthenticator(real)).toThrow(TypeError);
  });

  it.each([realMls, symbolicMls])("$name: has the modelled cipher suites and no others", (mls: MlsLayer) => {
    expect([1, 2, 3].map((number) => mls.suite(number).id)).toEqual([1, 2, 3]);
    expect(() => mls.suite(4)).toThrow(refused("unsupportedCipherSuite"));
  });

  it.each([realMls, symbolicMls])(
    "$name: refuses a path from randomness that repeats itself",
    (mls: MlsLayer) => {
      const stuck = { bytes: (length: number) => new Uint8Array(length).fill(7) };
      const keyPackage = (name: string) =>
        mls.generateKeyPackage(1, { credential: basic(name), capabilities, lifetime }, app, randomness(name));
      const [creator, own] = [keyPackage("alice"), keyPackage("bob")];
      const alice = mls.createGroup({ groupId, extensions: [], creator }, app, stuck);
      const add = { proposalType: "add" as const, keyPackage: own.keyPackage };
      const first = mls.commit(alice, { proposals: [add], forcePath: true }, app, stuck);
      if (first.welcome === undefined) throw new Error("nobody is welcomed");
      const bob = mls.joinByWelcome(first.welcome, { own }, app).state;
      const second = mls.commit(first.state, { forcePath: true }, app, stuck);
      expect(() => mls.receive(bob, second.message, app)).toThrow(refused("pathKeyReused"));
    },
  );

  it("takes up and completes GroupInfos, and refuses one that was changed", () => {
    const room = new SymbolicRoom("alice", "bob");
    const alice = room.member("alice");
    const info = symbolicMls.groupInfo(alice, app);
    symbolicMls.verifyGroupInfo(info, alice.tree);
    expect(symbolicMls.completeGroupInfo(alice, info.signer, partialGroupInfo(info, false))).toEqual(info);
    const changed = { ...info, groupContext: { ...info.groupContext, epoch: 7n } };
    expect(() => symbolicMls.verifyGroupInfo(changed, alice.tree)).toThrow(refused("groupInfoSignature"));
    expect(() => symbolicMls.startPublicGroup(changed, alice.tree, app)).toThrow(
      refused("groupInfoSignature"),
    );
  });

  it("exports a component's secret once, and the same for all members", () => {
    const room = new SymbolicRoom("alice", "bob");
    const [one, other] = ["alice", "bob"].map((name) =>
      symbolicMls.safeExportSecret(room.member(name), 5, app),
    );
    if (one === undefined || other === undefined) throw new Error("two members");
    expect(hex(one.secret)).toBe(hex(other.secret));
    expect(() => symbolicMls.safeExportSecret(one.state, 5, app)).toThrow(refused("componentSecretUsed"));
    const exported = ["alice", "bob"].map((name) =>
      hex(symbolicMls.exportSecret(room.member(name), "label", utf8("context"), 20, app)),
    );
    expect(exported[0]).toBe(exported[1]);
  });
});

describe("a symbolic cipher suite", () => {
  const suite = symbolicMls.suite(1);
  const octets = fc.uint8Array({ maxLength: 60 });

  it("verifies a signature of the key's holder and no other, for this label and content", () => {
    const [pair, other] = [randomness("one"), randomness("other")].map(suite.signature.generateKeyPair);
    if (pair === undefined || other === undefined) throw new Error("two pairs");
    fc.assert(
      fc.property(octets, octets, (content, otherContent) => {
        const signature = signWithLabel(suite, pair.privateKey, "label", content);
        expect(verifyWithLabel(suite, pair.publicKey, "label", content, signature)).toBe(true);
        expect(verifyWithLabel(suite, other.publicKey, "label", content, signature)).toBe(false);
        expect(verifyWithLabel(suite, pair.publicKey, "other", content, signature)).toBe(false);
        const same = hex(content) === hex(otherContent);
        expect(verifyWithLabel(suite, pair.publicKey, "label", otherContent, signature)).toBe(same);
      }),
    );
  });

  it("opens what is encrypted to a key with its private key and no other, in this context", () => {
    const random = randomness("encryption");
    const [pair, other] = [suite.hpke.generateKeyPair(random), suite.hpke.generateKeyPair(random)];
    fc.assert(
      fc.property(octets, octets, (context, plaintext) => {
        const box = encryptWithLabel(suite, pair.publicKey, "label", context, plaintext, random);
        const open = (key: Uint8Array, bound: Uint8Array) =>
          decryptWithLabel(suite, key, "label", bound, box, "componentDecryption");
        expect(hex(open(pair.privateKey, context))).toBe(hex(plaintext));
        expect(() => open(other.privateKey, context)).toThrow(refused("componentDecryption"));
        expect(() =>
          open(pair.privateKey, utf8("no such context, however it is drawn, is so long as this one is")),
        ).toThrow();
      }),
    );
  });

  it("serves the core's own rules for KeyPackages", () => {
    const { keyPackage } = new SymbolicRoom("alice").keyPackage("bob");
    validateKeyPackage(suite, keyPackage, app);
    expect(keyPackageRef(suite, keyPackage).length).toBe(suite.hashLength);
    const changed = { ...keyPackage, initKey: suite.hash(utf8("another")) };
    expect(() => validateKeyPackage(suite, changed, app)).toThrow(refused("keyPackageSignature"));
  });
});
