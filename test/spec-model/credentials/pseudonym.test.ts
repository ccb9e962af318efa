/** Pseudonymous credentials: what a hub sees, what participants learn, and every way in which the link can be wrong. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8 } from "../../../spec-model/bytes.ts";
import {
  type AuthenticationService,
  authenticate,
  type Claim,
  issueToken,
  newClientPseudonym,
  newUserPseudonym,
  pseudonymousCredential,
  pseudonymousCredentialType,
  type RealClient,
  tokenCredential,
} from "../../../spec-model/credentials/index.ts";
import { type Credential, cipherSuite } from "../../../spec-model/mls/index.ts";
import { PseudonymousCredential } from "../../../spec-model/pseudonyms/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { clientCredential } from "../../../spec-model/room/index.ts";
import { authority, certificate, now, party, x509Credential } from "./certificates.ts";

const suite = cipherSuite(1);
const random = (purpose: string) => expandEntropy(utf8("pseudonyms"), purpose);
const roomKey = random("room key").bytes(suite.aead.keyLength);
const client = "mimi://a.example/d/alice/ClientA1";
const user = "mimi://a.example/u/alice";
const [root, alice, mallory, inRoom] = await Promise.all([
  party("root"),
  party("alice"),
  party("mallory"),
  party("in the room"),
]);
const certified = async (uri = client) =>
  x509Credential(await certificate({ subject: "Alice", of: alice, issuer: "root", by: root, uris: [uri] }));
const aliceItself: RealClient = { credential: await certified(), signaturePrivateKey: alice.privateKey };
const pseudonyms = {
  client: newClientPseudonym("a.example", random("client")),
  user: newUserPseudonym("a.example", random("user")),
  signatureKey: inRoom.publicKey,
};

const hub: AuthenticationService = { pseudonyms: "visible" };
const participant: AuthenticationService = {
  pseudonyms: { suite: 1, key: roomKey },
  x509: [{ certificate: await authority("root", root), domains: ["a.example", "b.example"] }],
};
const made = (real = aliceItself, changes: Partial<typeof pseudonyms> = {}, key = roomKey) =>
  pseudonymousCredential(suite, { ...pseudonyms, ...changes }, real, key, random("nonce"));
const look = (credential: Credential, service = participant, changes: Partial<Claim> = {}) =>
  authenticate(service, { credential, signatureKey: inRoom.publicKey, now, ...changes });
const codeOf = (outcome: ReturnType<typeof look>) => (outcome.ok ? "ok" : outcome.error.code);

function dataOf(credential: Credential): Uint8Array {
  if (!("credentialData" in credential)) throw new Error("no credential of an unregistered type");
  return credential.credentialData;
}
/** The credential with other contents. */
function changed(change: (fields: PseudonymousCredential) => PseudonymousCredential): Credential {
  const fields = PseudonymousCredential.decode(dataOf(made()));
  return {
    credentialType: pseudonymousCredentialType,
    credentialData: PseudonymousCredential.encode(change(fields)),
  };
}

describe("a pseudonymous credential", () => {
  it("authenticates its pseudonyms to the hub, and no more", () => {
    expect(look(made(), hub)).toEqual({
      ok: true,
      value: { client: pseudonyms.client, user: pseudonyms.user },
    });
  });

  it("authenticates who is behind them to participants", () => {
    expect(look(made())).toEqual({
      ok: true,
      value: { client: pseudonyms.client, user: pseudonyms.user, real: { client, user } },
    });
  });

  it("does not carry the real identifiers in the clear", () => {
    const text = Buffer.from(dataOf(made())).toString("latin1");
    expect(text).toContain(pseudonyms.user);
    expect(text).not.toContain("alice");
  });

  it("may have a token behind it, or a basic credential whose key is known", () => {
    const token = issueToken(
      { issuer: "id", algorithm: "EdDSA", privateKey: root.privateKey },
      { client, key: alice, notBefore: now, notAfter: now + 1n },
    );
    const tokens = [
      { issuer: "id", algorithm: "EdDSA" as const, publicKey: root.publicKey, domains: ["a.example"] },
    ];
    const basic = [{ uri: client, signatureKey: alice.publicKey }];
    const service = { ...participant, tokens, basic };
    for (const credential of [tokenCredential(token), clientCredential(client)]) {
      expect(codeOf(look(made({ ...aliceItself, credential }), service))).toBe("ok");
    }
  });

  it.each([1, 2, 3] as const)("is made and opened with cipher suite %i", async (id) => {
    const other = cipherSuite(id);
    const key = random("key").bytes(other.aead.keyLength);
    const real = other.signature.generateKeyPair(random("real"));
    const credential = pseudonymousCredential(
      other,
      pseudonyms,
      { credential: clientCredential(client), signaturePrivateKey: real.privateKey },
      key,
      random("nonce"),
    );
    const basic = [{ uri: client, signatureKey: real.publicKey }];
    expect(codeOf(look(credential, { pseudonyms: { suite: id, key }, basic }))).toBe("ok");
  });

  it("has pseudonyms that are random UUIDs at the provider's domain", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 8 }), (entropy) => {
        const source = expandEntropy(entropy, "pseudonym");
        const [first, second] = [
          newUserPseudonym("a.example", source),
          newUserPseudonym("a.example", source),
        ];
        const form =
          /^mimi:\/\/a\.example\/p\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
        expect(first).toMatch(form);
        expect(second).not.toBe(first);
      }),
    );
  });
});

describe("a pseudonymous credential is refused", () => {
  it("where the key is not the one it was encrypted under: linkDecryption", () => {
    const other = random("another key").bytes(suite.aead.keyLength);
    expect(codeOf(look(made(aliceItself, {}, other)))).toBe("linkDecryption");
  });

  it("where the link has been taken from another credential: linkDecryption", () => {
    const anothers = PseudonymousCredential.decode(
      dataOf(made(aliceItself, { client: newClientPseudonym("a.example", random("another")) })),
    );
    const { identityLinkCiphertext } = anothers;
    expect(codeOf(look(changed((fields) => ({ ...fields, identityLinkCiphertext }))))).toBe("linkDecryption");
    const short = { identityLinkCiphertext: new Uint8Array(12) };
    expect(codeOf(look(changed((fields) => ({ ...fields, ...short }))))).toBe("linkDecryption");
  });

  it("where another than the real client has signed the pseudonyms: linkSignature", () => {
    const real = { ...aliceItself, signaturePrivateKey: mallory.privateKey };
    expect(codeOf(look(made(real)))).toBe("linkSignature");
  });

  it("where nothing says which key the real client has: linkSignature", () => {
    const real = { ...aliceItself, credential: clientCredential(client) };
    expect(codeOf(look(made(real), { ...participant, basic: "asserted" }))).toBe("linkSignature");
  });

  it("where the real credential authenticates nobody: its own code", async () => {
    expect(codeOf(look(made(), participant, { now: now + 10n * 86_400n }))).toBe("expired");
    const uris = ["mimi://c.example/d/alice/1"];
    const der = await certificate({ subject: "Alice", of: alice, issuer: "root", by: root, uris });
    expect(codeOf(look(made({ ...aliceItself, credential: x509Credential(der) })))).toBe("wrongDomain");
  });

  it("where there is another pseudonym behind the pseudonym: unknownType", () => {
    expect(codeOf(look(made({ ...aliceItself, credential: made() })))).toBe("unknownType");
  });

  it("where the pseudonym is at another provider than the client: wrongDomain", async () => {
    const real = { ...aliceItself, credential: await certified("mimi://b.example/d/alice/1") };
    expect(codeOf(look(made(real)))).toBe("wrongDomain");
    const elsewhere = { user: newUserPseudonym("b.example", random("user")) };
    expect(codeOf(look(made(aliceItself, elsewhere), hub))).toBe("wrongDomain");
  });

  it("where the leaf's key is another: wrongKey", () => {
    const signatureKey = alice.publicKey;
    expect(codeOf(look(made(), participant, { signatureKey }))).toBe("wrongKey");
    expect(codeOf(look(made(), hub, { signatureKey }))).toBe("wrongKey");
  });

  it("where its identifiers are no pseudonyms: namesNobody", () => {
    expect(codeOf(look(made(aliceItself, { client }), hub))).toBe("namesNobody");
    expect(codeOf(look(made(aliceItself, { user }), hub))).toBe("namesNobody");
  });

  it("where it is not the structure: malformed, or not accepted at all: unknownType", () => {
    const credential = {
      credentialType: pseudonymousCredentialType,
      credentialData: Uint8Array.of(1, 2),
    } as Credential;
    expect(codeOf(look(credential, hub))).toBe("malformed");
    expect(codeOf(look(made(), {}))).toBe("unknownType");
  });

  it("for participants, whichever octet of it is changed", () => {
    const data = dataOf(made());
    fc.assert(
      fc.property(fc.nat(data.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const credentialData = data.slice();
        credentialData[at] = (credentialData[at] ?? 0) ^ difference;
        const credential = { credentialType: pseudonymousCredentialType, credentialData } as Credential;
        expect(codeOf(look(credential))).not.toBe("ok");
      }),
      { numRuns: 300 },
    );
  });
});
