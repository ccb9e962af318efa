import { beforeAll, describe, expect, it } from "vitest";
import { utf8 } from "../../../spec-model/bytes.ts";
import {
  generateKeyPackage,
  MLSMessage,
  type MlsApplication,
  type MlsLayer,
  realMls,
  sharingOutcomes,
} from "../../../spec-model/mls/index.ts";
import type { Member } from "../../../spec-model/mls/layer.ts";
import { expandEntropy } from "../../../spec-model/random.ts";

const random = expandEntropy(new Uint8Array(32), "sharing");
const keyPackage = (name: string) =>
  generateKeyPackage(
    1,
    {
      credential: { credentialType: "basic", identity: utf8(name) },
      capabilities: {
        versions: ["mls10"],
        cipherSuites: [1],
        extensions: [],
        proposals: [],
        credentials: ["basic"],
      },
      lifetime: { notBefore: 0n, notAfter: 1000n },
    },
    {},
    random,
  );

/** Made anew for each step, of the same functions, as actors do. */
const accepts = () => undefined;
const at = (now: bigint): MlsApplication => ({ now, validateCredential: accepts });

let [alice, bob, carol]: Member[] = [];
beforeAll(() => {
  const [a, b, c] = ["alice", "bob", "carol"].map(keyPackage);
  if (a === undefined || b === undefined || c === undefined) throw new Error("three clients");
  const group = realMls.createGroup({ groupId: utf8("room"), extensions: [], creator: a }, {}, random);
  const proposals = [b, c].map((own) => ({ proposalType: "add" as const, keyPackage: own.keyPackage }));
  const { state, welcome } = realMls.commit(group, { proposals }, {}, random);
  if (welcome === undefined) throw new Error("nobody is welcomed");
  alice = state;
  [bob, carol] = [b, c].map((own) => realMls.joinByWelcome(welcome, { own }, {}).state);
});

function three(): { alice: Member; bob: Member; carol: Member } {
  if (alice === undefined || bob === undefined || carol === undefined) throw new Error("three members");
  return { alice, bob, carol };
}

const received = (mls: MlsLayer, member: Member, message: MLSMessage, app: MlsApplication) =>
  mls.receive(member, MLSMessage.decode(MLSMessage.encode(message)), app).state;

describe("a layer that shares outcomes", () => {
  it("gives every member the state that the layer itself gives", () => {
    const members = three();
    const { message } = realMls.commit(members.alice, {}, at(1n), random);
    const shared = sharingOutcomes(realMls);
    for (const member of [members.bob, members.carol]) {
      expect(received(shared, member, message, at(1n))).toEqual(received(realMls, member, message, at(1n)));
    }
  });

  it("computes the public half once for members whose applications are made of the same functions", () => {
    const members = three();
    const { message } = realMls.commit(members.alice, {}, at(1n), random);
    const shared = sharingOutcomes(realMls);
    const { tree } = received(shared, members.bob, message, at(1n));
    expect(received(shared, members.carol, message, at(2n)).tree).toBe(tree);
    const another = { ...at(1n), validateCredential: () => undefined };
    expect(received(shared, members.carol, message, another).tree).not.toBe(tree);
  });

  it("shares nothing between two runs", () => {
    const members = three();
    const { message } = realMls.commit(members.alice, {}, at(1n), random);
    const { tree } = received(sharingOutcomes(realMls), members.bob, message, at(1n));
    expect(received(sharingOutcomes(realMls), members.carol, message, at(1n)).tree).not.toBe(tree);
  });

  it("does not spare a member the look at its own clock when somebody is added", () => {
    const members = three();
    const proposals = [{ proposalType: "add" as const, keyPackage: keyPackage("dave").keyPackage }];
    const { message } = realMls.commit(members.alice, { proposals }, at(1n), random);
    const shared = sharingOutcomes(realMls);
    received(shared, members.bob, message, at(1n));
    expect(() => received(shared, members.carol, message, at(2000n))).toThrow(
      expect.objectContaining({ code: "lifetime" }),
    );
  });

  it("does not pass on what an application refuses to one that accepts, nor the other way round", () => {
    const members = three();
    const { message } = realMls.commit(members.alice, {}, at(1n), random);
    const shared = sharingOutcomes(realMls);
    const refusing = { ...at(1n), validateCredential: () => ({ refused: "a stranger" }) };
    received(shared, members.bob, message, at(1n));
    expect(() => received(shared, members.carol, message, refusing)).toThrow(
      expect.objectContaining({ code: "credentialRefused" }),
    );
    expect(() => received(shared, members.carol, message, at(1n))).not.toThrow();
  });

  it("gives a follower of the handshakes what the layer itself gives", () => {
    const members = three();
    const { message } = realMls.commit(members.alice, {}, at(1n), random);
    const group = realMls.startPublicGroup(realMls.groupInfo(members.bob, {}), members.bob.tree, {});
    const shared = sharingOutcomes(realMls);
    received(shared, members.bob, message, at(1n));
    expect(shared.followHandshake(group, message, at(1n))).toEqual(
      realMls.followHandshake(group, message, at(1n)),
    );
  });
});
