/** The Authentication Service inside MLS: a group whose members hold certificates, tokens and pseudonyms. */
import { describe, expect, it } from "vitest";
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  type AuthenticationService,
  issueToken,
  mlsAuthentication,
  newClientPseudonym,
  newUserPseudonym,
  pseudonymousCredential,
  pseudonymousCredentialType,
  tokenCredential,
  tokenCredentialType,
} from "../../../spec-model/credentials/index.ts";
import {
  type Credential,
  cipherSuite,
  commit,
  createGroup,
  ExternalSenders,
  epochAuthenticator,
  generateKeyPackage,
  joinByWelcome,
  type MlsApplication,
  MlsError,
  receive,
  validateKeyPackage,
} from "../../../spec-model/mls/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { clientCredential, providerCredential } from "../../../spec-model/room/index.ts";
import { authority, certificate, now, type Party, party, x509Credential } from "./certificates.ts";

const [root, alice, bob, cathy, hub] = (await Promise.all(
  ["root", "alice", "bob", "cathy", "hub"].map((name) => party(name)),
)) as [Party, Party, Party, Party, Party];
const day = 86_400n;
const random = expandEntropy(noBytes, "credentials in MLS");
const certified = async (uri: string, of: Party, changes = {}) =>
  x509Credential(
    await certificate({ subject: uri.slice(-8), of, issuer: "root", by: root, uris: [uri], ...changes }),
  );
const token = (client: string, key: Party) =>
  tokenCredential(
    issueToken(
      { issuer: "id", algorithm: "EdDSA", privateKey: root.privateKey },
      { client, key, notBefore: now - day, notAfter: now + day },
    ),
  );
const linkKey = random.bytes(16);
const pseudonym = pseudonymousCredential(
  cipherSuite(1),
  {
    client: newClientPseudonym("a.example", random),
    user: newUserPseudonym("a.example", random),
    signatureKey: cathy.publicKey,
  },
  { credential: await certified("mimi://a.example/d/cathy/1", alice), signaturePrivateKey: alice.privateKey },
  linkKey,
  random,
);

const domains = ["a.example"];
const service: AuthenticationService = {
  x509: [{ certificate: await authority("root", root, { notAfter: now + 99n * day }), domains }],
  tokens: [{ issuer: "id", algorithm: "EdDSA", publicKey: root.publicKey, domains }],
  pseudonyms: { suite: 1, key: linkKey },
};
const app = (at = now): MlsApplication => ({ now: at, ...mlsAuthentication(service, at) });

function client(credential: Credential, { publicKey, privateKey }: Party, leafApp: MlsApplication = {}) {
  const capabilities = {
    versions: ["mls10" as const],
    cipherSuites: [1],
    extensions: [],
    proposals: [],
    credentials: ["basic" as const, "x509" as const, tokenCredentialType, pseudonymousCredentialType],
  };
  const lifetime = { notBefore: now - day, notAfter: now + day };
  const options = { credential, capabilities, lifetime, signatureKeyPair: { publicKey, privateKey } };
  return generateKeyPackage(1, options, leafApp, random);
}

const codeOf = (attempt: () => unknown) => {
  try {
    attempt();
    return "ok";
  } catch (error) {
    if (error instanceof MlsError) return `${error.code}: ${error.message}`;
    throw error;
  }
};

describe("the Authentication Service in MLS", () => {
  it("lets clients with certificates, tokens and pseudonyms into one group", async () => {
    const own = client(await certified("mimi://a.example/d/alice/1", alice), alice);
    const joining = [client(token("mimi://a.example/d/bob/1", bob), bob), client(pseudonym, cathy)];
    const founded = createGroup({ groupId: utf8("g"), extensions: [], creator: own }, app(), random);
    const proposals = joining.map(({ keyPackage }) => ({ proposalType: "add" as const, keyPackage }));
    const made = commit(founded, { proposals }, app(), random);
    if (made.welcome === undefined) throw new Error("no Welcome");
    for (const each of joining) {
      const { state } = joinByWelcome(made.welcome, { own: each }, app());
      expect(epochAuthenticator(state)).toEqual(epochAuthenticator(made.state));
    }
  });

  it.each<[string, () => Promise<Credential>, Party]>([
    ["expired", () => certified("mimi://a.example/d/bob/1", bob, { notAfter: now - 1n }), bob],
    ["wrongDomain", () => certified("mimi://b.example/d/bob/1", bob), bob],
    ["wrongKey", () => certified("mimi://a.example/d/bob/1", bob), alice],
    ["wrongKey", async () => token("mimi://a.example/d/bob/1", bob), alice],
    ["wrongKey", async () => pseudonym, alice],
    ["unknownType", async () => clientCredential("mimi://a.example/d/bob/1"), bob],
  ])("keeps a KeyPackage out: %s", async (code, credential, keys) => {
    const { keyPackage } = client(await credential(), keys);
    const refusal = codeOf(() => validateKeyPackage(cipherSuite(1), keyPackage, app()));
    expect(refusal).toContain(`${code}:`);
  });

  it("lets a leaf take a newer certificate of the same client, and not that of another", async () => {
    const own = client(await certified("mimi://a.example/d/alice/1", alice), alice);
    const other = client(token("mimi://a.example/d/bob/1", bob), bob);
    const founded = createGroup({ groupId: utf8("g"), extensions: [], creator: own }, app(), random);
    const add = { proposalType: "add" as const, keyPackage: other.keyPackage };
    const made = commit(founded, { proposals: [add] }, app(), random);
    if (made.welcome === undefined) throw new Error("no Welcome");
    const { state: joined } = joinByWelcome(made.welcome, { own: other }, app());
    const renewed = (credential: Credential) =>
      commit(joined, { leafChanges: { credential }, forcePath: true }, { now }, random).message;
    const newer = renewed(await certified("mimi://a.example/d/bob/1", bob));
    expect(codeOf(() => receive(made.state, newer, app()))).toBe("ok");
    const stolen = renewed(await certified("mimi://a.example/d/cathy/1", bob));
    expect(codeOf(() => receive(made.state, stolen, app()))).toContain("taken by another");
  });

  it("asks for providers' credentials in external_senders", async () => {
    const own = client(await certified("mimi://a.example/d/alice/1", alice), alice);
    const founding = (credential: Credential, signatureKey = hub.publicKey) =>
      codeOf(() => {
        const extensionData = ExternalSenders.encode([{ signatureKey, credential }]);
        const extensions = [{ extensionType: "external_senders" as const, extensionData }];
        createGroup({ groupId: utf8("g"), extensions, creator: own }, app(), random);
      });
    const provider = await certified("mimi://a.example", hub);
    expect(founding(provider)).toBe("ok");
    expect(founding(provider, alice.publicKey)).toContain("wrongKey:");
    expect(founding(await certified("mimi://b.example", hub))).toContain("wrongDomain:");
    expect(founding(providerCredential("a.example"))).toContain("unknownType:");
  });
});
