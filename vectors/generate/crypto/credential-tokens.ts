/** JSON Web Tokens as credentials. identity-05 §6.2 leaves open how MLS carries them, so that no case here is a MUST. */
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import { issueToken, tokenCredential } from "../../../spec-model/credentials/index.ts";
import { Credential } from "../../../spec-model/mls/index.ts";
import type { Json, JsonObject, VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";
import type { Signer } from "./certificate-made.ts";
import { requirements } from "./credential-chains.ts";
import { client, day, domain, now, type People, user } from "./credential-people.ts";

const issuer = "https://a.example";
const about = [requirements.names, requirements.others];

export function tokenGroup(people: People): VectorGroup {
  const { alice, onP256, root, authority } = people;
  const right = (slug: string, comment: string, token: string, key: Signer, holder: JsonObject): VectorCase =>
    positive({
      id: `credential-token-${slug}`,
      comment,
      requirements: about,
      level: "SHOULD",
      outcome: "authenticated",
      input: { credential: inCredential(token), signatureKey: hex(key.publicKey) },
      output: holder,
      view: viewOf(token),
    });
  const holder = { client, user };
  const usual = right(
    "usual",
    "an issuer says that a client has a key",
    signed(header, claimsOf(alice), root),
    alice,
    holder,
  );
  const handle = "mimi://a.example/u/alice.smith";
  return {
    operation: "credential.authenticate",
    comment: "Tokens, with the client and user among their claims",
    input: {
      now: String(now),
      issuers: [
        { issuer, keyId: "1", algorithm: "EdDSA", publicKey: hex(root.publicKey), domains: [domain] },
        { issuer, keyId: "2", algorithm: "ES256", publicKey: hex(authority.publicKey), domains: [domain] },
      ],
    },
    tests: [
      usual,
      right("es256", "signed on P-256, about a key on P-256", ofP256(people), onP256, holder),
      right(
        "client-alone",
        "only the client is named: its user is named in it",
        signed(header, claimsOf(alice, [client]), root),
        alice,
        holder,
      ),
      right(
        "handle",
        "the user's handle besides the client",
        signed(header, claimsOf(alice, [client, handle]), root),
        alice,
        { client, user: handle },
      ),
      right(
        "no-key-id",
        "a header that does not say which key",
        signed({ typ: "JWT", alg: "EdDSA" }, claimsOf(alice), root),
        alice,
        holder,
      ),
      right(
        "more-claims",
        "claims that nobody has to know",
        signed(header, { ...claimsOf(alice), email: "alice@a.example" }, root),
        alice,
        holder,
      ),
      right(
        "first-second",
        "in the first second of its time",
        signed(header, { ...claimsOf(alice), nbf: Number(now) }, root),
        alice,
        holder,
      ),
      ...wrongTokens(people, usual),
    ],
  };
}

const header: JsonObject = { typ: "JWT", alg: "EdDSA", kid: "1" };

function claimsOf({ publicKey }: Signer, names: readonly string[] = [user, client]): JsonObject {
  return {
    iss: issuer,
    sub: client,
    nbf: Number(now - day),
    exp: Number(now + day),
    cnf: { jwk: { kty: "OKP", crv: "Ed25519", x: base64url(publicKey) } },
    vc: {
      "@context": ["https://www.w3.org/2018/credentials/v1"],
      type: ["VerifiableCredential", "ImDeviceCredential"],
      credentialSubject: { hasInstantMessage: names },
    },
  };
}

/** A compact JWS by an issuer with an Ed25519 key. RFC 7515 §3.1 */
function signed(head: JsonObject, claims: JsonObject, by: Signer): string {
  const parts = unsigned(head, claims);
  return `${parts}.${base64url(by.suite.signature.sign(by.privateKey, utf8(parts)))}`;
}

function unsigned(head: JsonObject, claims: JsonObject): string {
  return [head, claims].map((part) => base64url(utf8(JSON.stringify(part)))).join(".");
}

function ofP256({ onP256, authority }: People): string {
  const by = { issuer, keyId: "2", algorithm: "ES256", privateKey: authority.privateKey } as const;
  const key = { algorithm: "ES256", publicKey: onP256.publicKey } as const;
  return issueToken(by, { client, user, key, notBefore: now - day, notAfter: now + day });
}

function wrongTokens({ alice, mallory, root }: People, parent: VectorCase): VectorCase[] {
  const claims = claimsOf(alice);
  const wrong = (slug: string, flag: string, path: string, op: string, change: JsonObject) =>
    negative(parent, { ...{ slug, flag, path, op, change }, outcome: "refused" });
  const token = (slug: string, flag: string, path: string, op: string, made: string) =>
    wrong(slug, flag, path, op, { credential: inCredential(made) });
  const claiming = (slug: string, flag: string, path: string, op: string, changes: JsonObject) =>
    token(slug, flag, `claims.${path}`, op, signed(header, { ...claims, ...changes }, root));
  const without = (member: string) =>
    Object.fromEntries(Object.entries(claims).filter(([name]) => name !== member));
  const subject = (...names: string[]): JsonObject => ({ vc: claimsOf(alice, names)["vc"] ?? null });
  const usual = signed(header, claims, root);
  const [vc, names] = ["vc", "vc.credentialSubject.hasInstantMessage"];
  return [
    claiming("expired", "Time", "exp", "it has ended in this second", { exp: Number(now) }),
    claiming("early", "Time", "nbf", "it begins in a second", { nbf: Number(now) + 1 }),
    token(
      "endless",
      "Time",
      "claims.exp",
      "it says no time at which it ends",
      signed(header, without("exp"), root),
    ),
    token(
      "other-signer",
      "Signature",
      "signature",
      "signed by somebody else",
      signed(header, claims, mallory),
    ),
    token(
      "unsigned",
      "Signature",
      "header.alg",
      "`none` for an algorithm, and no signature",
      `${unsigned({ ...header, alg: "none" }, claims)}.`,
    ),
    token(
      "other-algorithm",
      "Trust",
      "header.alg",
      "another algorithm than the key is for",
      signed({ ...header, alg: "ES256" }, claims, root),
    ),
    token(
      "other-key-id",
      "Trust",
      "header.kid",
      "a key that the issuer does not have",
      signed({ ...header, kid: "3" }, claims, root),
    ),
    token(
      "critical",
      "Unsupported",
      "header.crit",
      "a critical member that nobody knows",
      signed({ ...header, crit: ["x"], x: 1 }, claims, root),
    ),
    claiming("other-issuer", "Trust", "iss", "an issuer whom nobody trusts", { iss: "https://b.example" }),
    wrong("other-domain", "Trust", "issuers", "the issuer is trusted for another domain", {
      issuers: [
        { issuer, keyId: "1", algorithm: "EdDSA", publicKey: hex(root.publicKey), domains: ["b.example"] },
      ],
    }),
    wrong("other-key", "OtherKey", "signatureKey", "the leaf has another key", {
      signatureKey: hex(mallory.publicKey),
    }),
    claiming("user-for-client", "Names", "sub", "only a user is named", { sub: user, ...subject(user) }),
    claiming(
      "two-clients",
      "Names",
      names,
      "two clients are named",
      subject(user, client, "mimi://a.example/d/alice/ClientA2"),
    ),
    claiming(
      "two-users",
      "Names",
      names,
      "two users are named",
      subject(user, client, "mimi://a.example/u/bob"),
    ),
    claiming(
      "two-providers",
      "Names",
      names,
      "client and user are of two providers",
      subject("mimi://b.example/u/alice", client),
    ),
    claiming("no-key", "Form", "cnf", "it is about no key", { cnf: {} }),
    claiming("no-credential", "Form", `${vc}.type`, "it is no verifiable credential", {
      vc: { ...(claims["vc"] as JsonObject), type: ["ImDeviceCredential"] },
    }),
    token("four-parts", "Form", "token", "a fourth part", `${usual}.e30`),
    token("padded", "Form", "token", "base64 with padding", `${usual}==`),
  ];
}

function inCredential(token: string): string {
  return hex(Credential.encode(tokenCredential(token)));
}

function viewOf(token: string): Json {
  const [head = "", claims = ""] = token.split(".");
  return { token, header: parsed(head), claims: parsed(claims) };
}

function parsed(part: string): Json {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Json;
}

function base64url(octets: Uint8Array): string {
  return Buffer.from(octets).toString("base64url");
}
