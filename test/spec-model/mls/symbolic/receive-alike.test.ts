import { describe, expect, it } from "vitest";
import { utf8 } from "../../../../spec-model/bytes.ts";
import { MLSMessage } from "../../../../spec-model/mls/index.ts";
import { symbolicMls as mls } from "../../../../spec-model/mls/symbolic/index.ts";
import { expandEntropy } from "../../../../spec-model/random.ts";

const random = expandEntropy(new Uint8Array(32), "alike");
const app = {};
const keyPackage = (name: string) =>
  mls.generateKeyPackage(
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
      lifetime: { notBefore: 0n, notAfter: 1n },
    },
    app,
    random,
  );

function room() {
  const own = ["bob", "carol", "dave"].map(keyPackage);
  const creator = keyPackage("alice");
  const group = mls.createGroup({ groupId: utf8("room"), extensions: [], creator }, app, random);
  const proposals = own.map((one) => ({ proposalType: "add" as const, keyPackage: one.keyPackage }));
  const { state, welcome } = mls.commit(group, { proposals }, app, random);
  if (welcome === undefined) throw new Error("nobody is welcomed");
  const others = own.map((one) => mls.joinByWelcome(welcome, { own: one }, app).state);
  return { alice: state, others };
}

describe("receiving one message object after another member", () => {
  it("gives what receiving a copy of the message gives", () => {
    const { alice, others } = room();
    const { message } = mls.commit(alice, {}, app, random);
    const handed = others.map((member) => mls.receive(member, message, app));
    const copied = others.map((member) =>
      mls.receive(member, MLSMessage.decode(MLSMessage.encode(message)), app),
    );
    expect(handed).toEqual(copied);
  });

  it("leaves each member its own retention", () => {
    const { alice, others } = room();
    const { message } = mls.commit(alice, {}, app, random);
    const kept = others.map((member, pastEpochs) => {
      const { state } = mls.receive(member, message, { retention: { pastEpochs } });
      return (state as unknown as { pastEpochs: unknown[] }).pastEpochs.length;
    });
    expect(kept).toEqual([0, 1, 1]);
  });

  it("refuses a committer its own commit, and a member that has lost its key", () => {
    const { alice, others } = room();
    const { message } = mls.commit(alice, {}, app, random);
    const [bob, carol] = others;
    if (bob === undefined || carol === undefined) throw new Error("two members");
    mls.receive(bob, message, app);
    expect(() => mls.receive(alice, message, app)).toThrow(expect.objectContaining({ code: "ownMessage" }));
    const leafKeys = mls.suite(1).hpke.generateKeyPair(random);
    expect(() => mls.receive({ ...carol, leafKeys } as typeof carol, message, app)).toThrow(
      expect.objectContaining({ code: "pathDecryption" }),
    );
  });
});
