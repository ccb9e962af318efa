/** What the hub and the participants of a minimal-metadata room can say of who is in it. protocol-06 §6 */
import { describe, expect, it } from "vitest";
import {
  newClientPseudonym,
  newUserPseudonym,
  peopleKnownTo,
  pseudonymousCredential,
} from "../../../spec-model/credentials/index.ts";
import { cipherSuite } from "../../../spec-model/mls/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { clientCredential } from "../../../spec-model/room/index.ts";

const random = expandEntropy(new Uint8Array(32), "people tests");
const suite = cipherSuite(1);
const key = random.bytes(16);
const bob = "mimi://b.example/u/bob";
const devices = ["phone", "laptop"].map((name) => `mimi://b.example/d/bob/${name}`);
const user = newUserPseudonym("b.example", random);
const real = devices.map((uri) => ({ uri, keys: suite.signature.generateKeyPair(random) }));
const leaves = real.map(({ uri, keys }) => {
  const client = newClientPseudonym("b.example", random);
  const signatureKey = suite.signature.generateKeyPair(random).publicKey;
  const behind = { credential: clientCredential(uri), signaturePrivateKey: keys.privateKey };
  return {
    client,
    signatureKey,
    credential: pseudonymousCredential(suite, { client, user, signatureKey }, behind, key, random),
  };
});
const registered = real.map(({ uri, keys }) => ({ uri, signatureKey: keys.publicKey }));
const clients = leaves.map(({ client }) => client);

describe("the people in a minimal-metadata room", () => {
  it("are to its hub pseudonyms of a provider, with the clients that belong together", () => {
    expect(peopleKnownTo({ pseudonyms: "visible" }, leaves, 0n)).toEqual([
      { user, domain: "b.example", clients, real: undefined },
    ]);
  });

  it("are to a participant who they are", () => {
    const service = { basic: registered, pseudonyms: { suite: 1 as const, key } };
    expect(peopleKnownTo(service, leaves, 0n)).toEqual([{ user, domain: "b.example", clients, real: bob }]);
  });

  it("are nobody to one who has another key, or does not know the real clients' keys", () => {
    const guess = { basic: registered, pseudonyms: { suite: 1 as const, key: random.bytes(16) } };
    expect(peopleKnownTo(guess, leaves, 0n)).toEqual([]);
    const trusting = { basic: "asserted" as const, pseudonyms: { suite: 1 as const, key } };
    expect(peopleKnownTo(trusting, leaves, 0n)).toEqual([]);
  });

  it("do not pass for others with a blank link: it opens to nothing", () => {
    const [leaf] = leaves;
    const [behind] = real;
    if (leaf === undefined || behind === undefined) throw new Error("there are two");
    const pseudonyms = { client: leaf.client, user, signatureKey: leaf.signatureKey };
    const own = { credential: clientCredential(behind.uri), signaturePrivateKey: behind.keys.privateKey };
    const blank = pseudonymousCredential(suite, pseudonyms, own, key, random, "blank");
    const service = { basic: registered, pseudonyms: { suite: 1 as const, key } };
    expect(peopleKnownTo(service, [{ credential: blank, signatureKey: leaf.signatureKey }], 0n)).toEqual([]);
  });
});
