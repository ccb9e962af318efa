/** Certificates as credentials: whom a chain authenticates, and every reason why it authenticates nobody. */
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AuthenticationService,
  authenticate,
  authenticateProvider,
  type Claim,
  CredentialError,
  type Outcome,
  parseCertificate,
} from "../../../spec-model/credentials/index.ts";
import type { Credential } from "../../../spec-model/mls/index.ts";
import { authority, certificate, type Issued, now, party, x509Credential } from "./certificates.ts";

const client = "mimi://a.example/d/alice/ClientA1";
const user = "mimi://a.example/u/alice";
const [root, alice, between, mallory, hub] = await Promise.all([
  party("root"),
  party("alice"),
  party("intermediate", "ES256"),
  party("mallory"),
  party("hub"),
]);
const anchor = await authority("a.example root", root);
const service: AuthenticationService = { x509: [{ certificate: anchor, domains: ["a.example"] }] };

const leaf = (changes: Partial<Issued> = {}) =>
  certificate({
    subject: "Alice",
    of: alice,
    issuer: "a.example root",
    by: root,
    uris: [client],
    ...changes,
  });
const intermediate = (changes: Partial<Issued> = {}) =>
  certificate({
    subject: "a.example clients",
    of: between,
    issuer: "a.example root",
    by: root,
    isAuthority: true,
    ...changes,
  });
const below = { issuer: "a.example clients", by: between };

const look = (credential: Credential, changes: Partial<Claim> = {}, trusting = service) =>
  authenticate(trusting, { credential, signatureKey: alice.publicKey, now, ...changes });
const codeOf = (outcome: Outcome<unknown>) => (outcome.ok ? "ok" : outcome.error.code);

describe("a chain of certificates", () => {
  it("authenticates the client in its URI, and the user in the client's URI", async () => {
    expect(look(x509Credential(await leaf()))).toEqual({ ok: true, value: { client, user } });
  });

  it("authenticates the user in a URI of its own, where a handle and a client are in one certificate", async () => {
    const uris = ["mimi://a.example/d/SvPfLlwBQi-6oddVRrkqpw/04c7", "mimi://a.example/u/alice.smith"];
    expect(look(x509Credential(await leaf({ uris })))).toEqual({
      ok: true,
      value: { client: uris[0], user: uris[1] },
    });
  });

  it.each(["EdDSA", "ES256"] as const)(
    "may go through an authority in between: holder's key %s",
    async (of) => {
      const holder = await party("holder", of);
      const chain = x509Credential(await leaf({ ...below, of: holder }), await intermediate());
      expect(codeOf(look(chain, { signatureKey: holder.publicKey }))).toBe("ok");
    },
  );

  it("may end with the trusted certificate itself, or leave it out", async () => {
    const chain = [await leaf(below), await intermediate()];
    expect(codeOf(look(x509Credential(...chain, anchor)))).toBe("ok");
    expect(codeOf(look(x509Credential(...chain)))).toBe("ok");
  });

  it("may end with a trusted certificate that somebody else has certified", async () => {
    const certified = await intermediate({ issuer: "the world", by: mallory });
    const trusting = { x509: [{ certificate: certified, domains: ["a.example"] }] };
    const holder = await leaf(below);
    expect(codeOf(look(x509Credential(holder, certified), {}, trusting))).toBe("ok");
    expect(codeOf(look(x509Credential(holder), {}, trusting))).toBe("ok");
  });

  it("may go through the user's own certificate, which certifies that user's clients", async () => {
    const cascade = x509Credential(await leaf(below), await intermediate({ uris: [user] }));
    expect(codeOf(look(cascade))).toBe("ok");
  });

  it("is valid from its first second to its last", async () => {
    const credential = x509Credential(await leaf({ notBefore: now, notAfter: now + 60n }));
    expect(codeOf(look(credential))).toBe("ok");
    expect(codeOf(look(credential, { now: now + 60n }))).toBe("ok");
  });

  it("is valid exactly from notBefore to notAfter, for any times", async () => {
    const offset = fc.bigInt({ min: -80_000n, max: 80_000n });
    await fc.assert(
      fc.asyncProperty(offset, offset, offset, async (from, until, at) => {
        const credential = x509Credential(await leaf({ notBefore: now + from, notAfter: now + until }));
        const expected = at < from ? "notYetValid" : at > until ? "expired" : "ok";
        expect(codeOf(look(credential, { now: now + at }))).toBe(expected);
      }),
      { numRuns: 60 },
    );
  });

  it("authenticates in exactly the domains that its anchor is trusted for", async () => {
    const domain = fc.constantFrom("a.example", "b.example", "c.a.example", "example");
    await fc.assert(
      fc.asyncProperty(domain, fc.uniqueArray(domain), async (of, domains) => {
        const credential = x509Credential(await leaf({ uris: [`mimi://${of}/d/alice/1`] }));
        const outcome = look(credential, {}, { x509: [{ certificate: anchor, domains }] });
        expect(codeOf(outcome)).toBe(domains.includes(of) ? "ok" : "wrongDomain");
      }),
      { numRuns: 30 },
    );
  });

  it("may be expected to be of a domain and a user", async () => {
    const expected = { domain: "a.example", user };
    expect(codeOf(look(x509Credential(await leaf()), { expected }))).toBe("ok");
  });
});

describe("a chain of certificates is refused", () => {
  const refuses = async (chain: readonly Uint8Array[], changes: Partial<Claim> = {}) =>
    codeOf(look(x509Credential(...chain), changes));

  it("where it has expired: expired", async () => {
    expect(await refuses([await leaf({ notAfter: now - 1n })])).toBe("expired");
    expect(await refuses([await leaf(below), await intermediate({ notAfter: now - 1n })])).toBe("expired");
    expect(await refuses([await leaf({ notAfter: now + 9n * 86_400n })], { now: now + 2n * 86_400n })).toBe(
      "expired",
    );
  });

  it("where it is not yet valid: notYetValid", async () => {
    expect(await refuses([await leaf({ notBefore: now + 1n })])).toBe("notYetValid");
  });

  it("where no trusted authority has the issuer's name: untrusted", async () => {
    expect(await refuses([await leaf({ issuer: "another root", by: mallory })])).toBe("untrusted");
    expect(await refuses([await leaf({ issuer: "Alice", by: alice })])).toBe("untrusted");
  });

  it("where a certificate does not name the next as its issuer: untrusted", async () => {
    expect(await refuses([await leaf(), await intermediate()])).toBe("untrusted");
  });

  it("where an authority in between is none: untrusted", async () => {
    const holder = await certificate({ ...below, subject: "x", of: alice, uris: [client] });
    expect(await refuses([holder, await intermediate({ isAuthority: false })])).toBe("untrusted");
    const { keyCertSign, digitalSignature } = x509.KeyUsageFlags;
    const withKeyOnly = await intermediate({ isAuthority: false, keyUsage: keyCertSign });
    expect(await refuses([holder, withKeyOnly])).toBe("untrusted");
    expect(await refuses([holder, await intermediate({ keyUsage: digitalSignature })])).toBe("untrusted");
  });

  it("where there are more authorities than the path length allows: untrusted", async () => {
    const short = await authority("a.example root", root, { pathLength: 0 });
    const trusting = { x509: [{ certificate: short, domains: ["a.example"] }] };
    const chain = x509Credential(await leaf(below), await intermediate());
    expect(codeOf(look(chain, {}, trusting))).toBe("untrusted");
    expect(codeOf(look(x509Credential(await leaf()), {}, trusting))).toBe("ok");
  });

  it("where a user certifies another user's client: untrusted", async () => {
    for (const uri of ["mimi://a.example/u/mallory", "mimi://a.example/p/mallory", client]) {
      expect(await refuses([await leaf(below), await intermediate({ uris: [uri] })]), uri).toBe("untrusted");
    }
  });

  it("where it is signed with another key than the named authority's: badSignature", async () => {
    expect(await refuses([await leaf({ by: mallory })])).toBe("badSignature");
    expect(await refuses([await leaf({ ...below, by: mallory }), await intermediate()])).toBe("badSignature");
  });

  it("where the authority's key is of another algorithm than the signature: badSignature", async () => {
    const certified = await authority("a.example root", await party("root", "ES256"));
    const trusting = { x509: [{ certificate: certified, domains: ["a.example"] }] };
    expect(codeOf(look(x509Credential(await leaf()), {}, trusting))).toBe("badSignature");
  });

  it("where the leaf's key is another: wrongKey", async () => {
    expect(await refuses([await leaf()], { signatureKey: mallory.publicKey })).toBe("wrongKey");
  });

  it("where the authority is not trusted for the domain: wrongDomain", async () => {
    expect(await refuses([await leaf({ uris: ["mimi://b.example/d/alice/ClientA1"] })])).toBe("wrongDomain");
  });

  it("where client and user are of two providers: wrongDomain", async () => {
    expect(await refuses([await leaf({ uris: [client, "mimi://b.example/u/alice"] })])).toBe("wrongDomain");
  });

  it("where another domain is expected: wrongDomain", async () => {
    expect(await refuses([await leaf()], { expected: { domain: "b.example" } })).toBe("wrongDomain");
  });

  it("where another user is expected: wrongUser", async () => {
    const expected = { user: "mimi://a.example/u/bob" };
    expect(await refuses([await leaf()], { expected })).toBe("wrongUser");
  });

  it("where it names nobody, or two: namesNobody", async () => {
    expect(await refuses([await leaf({ uris: [] })])).toBe("namesNobody");
    expect(await refuses([await leaf({ uris: [user] })])).toBe("namesNobody");
    expect(await refuses([await leaf({ uris: [client, "mimi://a.example/d/bob/B1"] })])).toBe("namesNobody");
    expect(await refuses([await leaf({ uris: ["mimi://a.example/d/ClientA1"] })])).toBe("namesNobody");
  });

  it("where it asks to understand what is not understood: unsupported", async () => {
    const more = [new x509.Extension("1.2.3.4", true, Uint8Array.of(5, 0))];
    expect(await refuses([await leaf({ more })])).toBe("unsupported");
    expect(
      await refuses([await leaf({ more: [new x509.Extension("1.2.3.4", false, Uint8Array.of(5, 0))] })]),
    ).toBe("ok");
  });

  it("where its key is not for signatures, or of another algorithm: unsupported", async () => {
    const keyUsage = x509.KeyUsageFlags.keyAgreement;
    expect(await refuses([await leaf({ keyUsage })])).toBe("unsupported");
    const p384 = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-384" }, true, [
      "sign",
      "verify",
    ]);
    expect(await refuses([await leaf({ of: { ...alice, pair: p384 } })])).toBe("unsupported");
  });

  it("where the chain is longer than anybody needs: unsupported", async () => {
    expect(await refuses(Array.from({ length: 9 }, () => anchor))).toBe("unsupported");
  });

  it("where it is no certificate, or there is none: malformed", async () => {
    const der = await leaf();
    expect(await refuses([Uint8Array.of(0x30, 0x80, 0, 0)])).toBe("malformed");
    expect(await refuses([der.subarray(0, der.length - 1)])).toBe("malformed");
    expect(await refuses([new Uint8Array([...der, 0])])).toBe("malformed");
    expect(await refuses([])).toBe("malformed");
  });

  it("where it has an extension twice: malformed", async () => {
    const extension = new x509.Extension("1.2.3.4", false, Uint8Array.of(5, 0));
    expect(await refuses([await leaf({ more: [extension, extension] })])).toBe("malformed");
  });

  it("where it names one signature algorithm inside and another outside: malformed", async () => {
    const der = await leaf();
    const { signed, signature } = parseCertificate(der);
    const es256 = [0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
    const contents = [...signed, ...es256, 0x03, 0x41, 0x00, ...signature];
    const { length } = contents;
    const mixed = Uint8Array.from([0x30, 0x82, length >> 8, length & 0xff, ...contents]);
    expect(await refuses([mixed])).toBe("malformed");
  });

  it("where it is of another version than 3: unsupported", async () => {
    const der = await leaf();
    const version3 = [0xa0, 0x03, 0x02, 0x01, 0x02];
    const at = der.findIndex((_, i) => version3.every((octet, j) => der[i + j] === octet));
    expect(at).toBeGreaterThan(0);
    der[at + 4] = 1;
    expect(await refuses([der])).toBe("unsupported");
  });

  it("where certificates are not accepted at all: unknownType", async () => {
    expect(codeOf(look(x509Credential(await leaf()), {}, { basic: "asserted" }))).toBe("unknownType");
  });
});

describe("a provider's certificate", () => {
  const lookAtProvider = async (changes: Partial<Issued>, claim: Partial<Claim> = {}) => {
    const der = await leaf({ of: hub, uris: [], ...changes });
    const outcome = authenticateProvider(service, {
      credential: x509Credential(der),
      signatureKey: hub.publicKey,
      now,
      ...claim,
    });
    return outcome.ok ? outcome.value : outcome.error.code;
  };

  it("authenticates the domain in its URI or its DNS name", async () => {
    expect(await lookAtProvider({ uris: ["mimi://a.example"] })).toBe("a.example");
    expect(await lookAtProvider({ dnsNames: ["A.example"] })).toBe("a.example");
  });

  it("is refused where a user has certified it", async () => {
    const certify = async (uris: readonly string[]) => {
      const der = await leaf({ ...below, of: hub, uris: [], dnsNames: ["a.example"] });
      const credential = x509Credential(der, await intermediate({ uris }));
      return codeOf(authenticateProvider(service, { credential, signatureKey: hub.publicKey, now }));
    };
    expect(await certify([])).toBe("ok");
    expect(await certify([user])).toBe("untrusted");
  });

  it("is refused for another domain, for two, for none, and for another key", async () => {
    expect(await lookAtProvider({ dnsNames: ["b.example"] })).toBe("wrongDomain");
    expect(await lookAtProvider({ dnsNames: ["a.example", "b.example"] })).toBe("namesNobody");
    expect(await lookAtProvider({ uris: [client] })).toBe("namesNobody");
    const signatureKey = mallory.publicKey;
    expect(await lookAtProvider({ dnsNames: ["a.example"] }, { signatureKey })).toBe("wrongKey");
    const expected = { domain: "b.example" };
    expect(await lookAtProvider({ dnsNames: ["a.example"] }, { expected })).toBe("wrongDomain");
  });
});

describe("the parser of certificates", () => {
  it("reads what another implementation writes", async () => {
    const seconds = fc.bigInt({ min: -631_152_000n, max: 4_000_000_000n });
    const algorithm = fc.constantFrom("EdDSA" as const, "ES256" as const);
    const path = fc.stringMatching(/^[a-z0-9]{1,12}$/);
    await fc.assert(
      fc.asyncProperty(
        algorithm,
        algorithm,
        seconds,
        seconds,
        fc.array(path, { maxLength: 4 }),
        fc.boolean(),
        fc.option(fc.nat({ max: 300 }), { nil: undefined }),
        async (of, by, notBefore, notAfter, names, isAuthority, limit) => {
          const [subject, issuer] = [await party("subject", of), await party("issuer", by)];
          const uris = names.map((name) => `mimi://a.example/u/${name}`);
          const pathLength = isAuthority ? limit : undefined;
          const der = await certificate({
            ...{ subject: "S", of: subject, issuer: "I", by: issuer, uris, isAuthority, notBefore, notAfter },
            ...(pathLength === undefined ? {} : { pathLength }),
          });
          const theirs = new x509.X509Certificate(der);
          expect(parseCertificate(der)).toMatchObject({
            publicKey: subject.publicKey,
            keyAlgorithm: of,
            signatureAlgorithm: by,
            notBefore: BigInt(theirs.notBefore.getTime() / 1000),
            notAfter: BigInt(theirs.notAfter.getTime() / 1000),
            signature: new Uint8Array(theirs.signature),
            issuer: new Uint8Array(theirs.issuerName.toArrayBuffer()),
            uris,
            isAuthority,
            pathLength,
          });
        },
      ),
      { numRuns: 100 },
    );
  });

  it("throws nothing but CredentialErrors, whatever the octets", async () => {
    const der = await leaf();
    const changed = fc.tuple(fc.nat(der.length - 1), fc.integer({ min: 0, max: 255 })).map(([at, octet]) => {
      const octets = der.slice();
      octets[at] = octet;
      return octets;
    });
    const cut = fc.nat(der.length - 1).map((length) => der.subarray(0, length));
    fc.assert(
      fc.property(fc.oneof(changed, cut, fc.uint8Array({ maxLength: 64 })), (octets) => {
        try {
          parseCertificate(octets);
        } catch (error) {
          expect(error).toBeInstanceOf(CredentialError);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("lets no changed octet of a certificate pass for the same holder", async () => {
    const der = await leaf();
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const octets = der.slice();
        octets[at] = (octets[at] ?? 0) ^ difference;
        expect(codeOf(look(x509Credential(octets)))).not.toBe("ok");
      }),
      { numRuns: 400 },
    );
  });
});
