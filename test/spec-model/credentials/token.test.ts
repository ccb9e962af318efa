/** Tokens as credentials: whom a token authenticates, every reason why it authenticates nobody, and other implementations. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8 } from "../../../spec-model/bytes.ts";
import { fromBase64url, toBase64url } from "../../../spec-model/credentials/base64url.ts";
import {
  type Algorithm,
  type AuthenticationService,
  authenticate,
  type Claim,
  issueToken,
  type TokenClaims,
  type TokenIssuer,
  tokenCredential,
} from "../../../spec-model/credentials/index.ts";
import { derFromPair, pairFromDer } from "../../../spec-model/credentials/signatures.ts";
import { now, type Party, party } from "./certificates.ts";
import ofJose from "./tokens-of-jose.json" with { type: "json" };

const client = "mimi://a.example/d/alice/ClientA1";
const user = "mimi://a.example/u/alice";
const iss = "https://id.a.example";
const [issuer, holder, mallory] = await Promise.all([party("issuer"), party("holder"), party("mallory")]);

const trusted = (by: Party, changes: Partial<TokenIssuer> = {}): AuthenticationService => ({
  tokens: [
    {
      issuer: iss,
      keyId: "1",
      algorithm: by.algorithm,
      publicKey: by.publicKey,
      domains: ["a.example"],
      ...changes,
    },
  ],
});
const issued = (changes: Partial<TokenClaims> = {}, by = issuer, keyId = "1") =>
  issueToken(
    { issuer: iss, keyId, algorithm: by.algorithm, privateKey: by.privateKey },
    { client, key: holder, notBefore: now - 60n, notAfter: now + 60n, ...changes },
  );
const look = (token: string, changes: Partial<Claim> = {}, service = trusted(issuer)) =>
  authenticate(service, {
    credential: tokenCredential(token),
    signatureKey: holder.publicKey,
    now,
    ...changes,
  });
const codeOf = (outcome: ReturnType<typeof look>) => (outcome.ok ? "ok" : outcome.error.code);

/** A token with these parts, signed by the issuer over WebCrypto: what our own `issueToken` does not write. */
async function signed(header: object, payload: object, by = issuer): Promise<string> {
  const text = [header, payload].map((part) => toBase64url(utf8(JSON.stringify(part)))).join(".");
  const how = by.algorithm === "EdDSA" ? { name: "Ed25519" } : { name: "ECDSA", hash: "SHA-256" };
  const signature = await crypto.subtle.sign(how, by.pair.privateKey, utf8(text));
  return `${text}.${toBase64url(new Uint8Array(signature))}`;
}
const jwk = { kty: "OKP", crv: "Ed25519", x: toBase64url(holder.publicKey) };
const head = { alg: "EdDSA", kid: "1" };
const vc = { type: ["VerifiableCredential"], credentialSubject: {} };
const claims = { iss, sub: client, exp: Number(now) + 60, cnf: { jwk }, vc };

describe("a token", () => {
  it("authenticates the client in sub, and the user in the client's URI", () => {
    expect(look(issued())).toEqual({ ok: true, value: { client, user } });
  });

  it("authenticates the user that it names beside the client", () => {
    const handle = "mimi://a.example/u/alice.smith";
    expect(look(issued({ user: handle }))).toEqual({ ok: true, value: { client, user: handle } });
  });

  it("is valid from its first second, and not any more at its last", () => {
    const token = issued({ notBefore: now, notAfter: now + 60n });
    expect(codeOf(look(token))).toBe("ok");
    expect(codeOf(look(token, { now: now + 59n }))).toBe("ok");
    expect(codeOf(look(token, { now: now + 60n }))).toBe("expired");
  });

  it("needs no nbf and no kid", async () => {
    expect(codeOf(look(await signed({ alg: "EdDSA" }, claims)))).toBe("ok");
  });

  it.each(ofJose.tokens)("of jose authenticates: issuer $issuer, holder $holder", async (made) => {
    const by = await party("issuer", made.issuer as Algorithm);
    const { publicKey: signatureKey } = await party("holder", made.holder as Algorithm);
    expect(look(made.token, { signatureKey }, trusted(by))).toEqual({
      ok: true,
      value: { client, user: "mimi://a.example/u/alice.smith" },
    });
  });

  it.each(["EdDSA", "ES256"] as const)("of ours is verified by WebCrypto: %s", async (algorithm) => {
    const by = await party("issuer", algorithm);
    const token = issued({}, by);
    const end = token.lastIndexOf(".");
    const signature = fromBase64url(token.slice(end + 1)) ?? new Uint8Array();
    const how = algorithm === "EdDSA" ? { name: "Ed25519" } : { name: "ECDSA", hash: "SHA-256" };
    const message = utf8(token.slice(0, end));
    expect(await crypto.subtle.verify(how, by.pair.publicKey, signature, message)).toBe(true);
  });

  it("of ours says what it was told, for any holder and time", async () => {
    const algorithm = fc.constantFrom("EdDSA" as const, "ES256" as const);
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z0-9]{1,10}$/), algorithm, algorithm, async (name, of, by) => {
        const [key, authority] = [await party(name, of), await party(`${name} issuer`, by)];
        const named = { client: `mimi://a.example/d/${name}/1`, user: `mimi://a.example/u/${name}` };
        const token = issued({ ...named, key }, authority);
        const outcome = look(token, { signatureKey: key.publicKey }, trusted(authority));
        expect(outcome).toEqual({ ok: true, value: named });
      }),
      { numRuns: 40 },
    );
  });
});

describe("a token is refused", () => {
  it("where it has expired: expired", () => {
    expect(codeOf(look(issued({ notAfter: now - 1n })))).toBe("expired");
  });

  it("where it is not yet valid, as when its times are in milliseconds: notYetValid", () => {
    expect(codeOf(look(issued({ notBefore: now + 1n })))).toBe("notYetValid");
    expect(codeOf(look(issued({ notBefore: now * 1000n, notAfter: (now + 60n) * 1000n })))).toBe(
      "notYetValid",
    );
  });

  it("where its issuer is not trusted, or has no such key: untrusted", async () => {
    expect(codeOf(look(issued(), {}, trusted(issuer, { issuer: "https://other.example" })))).toBe(
      "untrusted",
    );
    expect(codeOf(look(issued({}, issuer, "2")))).toBe("untrusted");
    expect(codeOf(look(await signed({ alg: "none" }, claims)))).toBe("untrusted");
    expect(codeOf(look(await signed({ alg: "HS256" }, claims)))).toBe("untrusted");
  });

  it("where somebody else has signed it, or it has been changed: badSignature", () => {
    expect(codeOf(look(issued({}, mallory)))).toBe("badSignature");
    const [header, , signature] = issued().split(".");
    const [, payload] = issued({ client: "mimi://a.example/d/mallory/1" }).split(".");
    expect(codeOf(look(`${header}.${payload}.${signature}`))).toBe("badSignature");
    expect(codeOf(look(`${header}.${payload}.`))).toBe("badSignature");
  });

  it("where it is about another key than the leaf's: wrongKey", () => {
    expect(codeOf(look(issued(), { signatureKey: mallory.publicKey }))).toBe("wrongKey");
  });

  it("where its issuer is not trusted for the domain, or another is expected: wrongDomain", () => {
    expect(codeOf(look(issued({ client: "mimi://b.example/d/alice/1" })))).toBe("wrongDomain");
    expect(codeOf(look(issued({ user: "mimi://b.example/u/alice" })))).toBe("wrongDomain");
    expect(codeOf(look(issued(), { expected: { domain: "b.example" } }))).toBe("wrongDomain");
  });

  it("where another user is expected: wrongUser", () => {
    expect(codeOf(look(issued(), { expected: { user: "mimi://a.example/u/bob" } }))).toBe("wrongUser");
  });

  it("where it names no client: namesNobody", () => {
    expect(codeOf(look(issued({ client: user })))).toBe("namesNobody");
    expect(codeOf(look(issued({ client: "https://a.example/alice" })))).toBe("namesNobody");
  });

  it("where something critical is not understood, or the key is of another kind: unsupported", async () => {
    expect(codeOf(look(await signed({ ...head, crit: ["b64"], b64: false }, claims)))).toBe("unsupported");
    const rsa = { ...claims, cnf: { jwk: { kty: "RSA", n: "AA", e: "AQAB" } } };
    expect(codeOf(look(await signed(head, rsa)))).toBe("unsupported");
  });

  it.each<[string, object]>([
    ["no iss", { ...claims, iss: undefined }],
    ["no exp", { ...claims, exp: undefined }],
    ["an exp that is no number", { ...claims, exp: "tomorrow" }],
    ["no sub", { ...claims, sub: undefined }],
    ["no vc", { ...claims, vc: undefined }],
    ["a vc of another type", { ...claims, vc: { ...vc, type: "Poem" } }],
    ["no cnf", { ...claims, cnf: undefined }],
    ["a key of another length", { ...claims, cnf: { jwk: { ...jwk, x: "AAAA" } } }],
    ["a key that is not base64url", { ...claims, cnf: { jwk: { ...jwk, x: "====" } } }],
    ["a list instead of an object", []],
  ])("where its claims have %s: malformed", async (_, payload) => {
    expect(codeOf(look(await signed(head, payload)))).toBe("malformed");
  });

  it.each(["", "a", "a.b.c", "a.b.c.d", "e30.e30", "e30.e30.", "bnVsbA.bnVsbA.AA"])(
    "where it is no token: malformed (%j)",
    (token) => {
      expect(codeOf(look(token))).toBe("malformed");
    },
  );

  it("where tokens are not accepted, or the credential is not UTF-8: unknownType, malformed", () => {
    expect(codeOf(look(issued(), {}, {}))).toBe("unknownType");
    const credential = { ...tokenCredential(""), credentialData: Uint8Array.of(0xff) };
    expect(codeOf(look("", { credential: credential as Claim["credential"] }))).toBe("malformed");
  });

  it("with a code and never with an exception, whatever the text", () => {
    const part = fc.oneof(
      fc.base64String(),
      fc.json().map((text) => toBase64url(utf8(text))),
    );
    const token = fc.oneof(
      fc.string(),
      fc.tuple(part, part, part).map((parts) => parts.join(".")),
    );
    fc.assert(
      fc.property(token, (text) => {
        expect(codeOf(look(text))).not.toBe("ok");
      }),
      { numRuns: 500 },
    );
  });
});

describe("what tokens are made of", () => {
  it("base64url is that of Buffer, and comes back", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        const text = toBase64url(octets);
        expect(text).toBe(Buffer.from(octets).toString("base64url"));
        expect(fromBase64url(text)).toEqual(octets);
      }),
    );
  });

  it("base64url has one text for every octet string", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ABCDwxyz019-_=+/ ") }), (text) => {
        const octets = fromBase64url(text);
        if (octets !== undefined) expect(toBase64url(octets)).toBe(text);
      }),
    );
  });

  it("ES256 signatures are pairs of numbers in JOSE and DER here, one for one", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), (pair) => {
        expect(pairFromDer(derFromPair(pair) ?? new Uint8Array())).toEqual(pair);
      }),
    );
    expect(derFromPair(new Uint8Array(63))).toBeUndefined();
  });

  it("numbers in DER are as short as they can be and never negative", () => {
    const pair = new Uint8Array(64);
    pair.set([0x80], 31);
    pair.set([0x7f], 63);
    expect(derFromPair(pair)).toEqual(Uint8Array.of(0x30, 7, 2, 2, 0, 0x80, 2, 1, 0x7f));
  });
});
