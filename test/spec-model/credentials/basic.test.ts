/** Basic credentials and credentials of unknown types: believed, looked up, or refused. */
import { describe, expect, it } from "vitest";
import { utf8 } from "../../../spec-model/bytes.ts";
import {
  type AuthenticationService,
  authenticate,
  authenticateProvider,
  type Claim,
  CredentialError,
  credentialRules,
} from "../../../spec-model/credentials/index.ts";
import type { Credential } from "../../../spec-model/mls/index.ts";
import { clientCredential, providerCredential } from "../../../spec-model/room/index.ts";

const client = "mimi://a.example/d/alice/ClientA1";
const user = "mimi://a.example/u/alice";
const [key, other] = [Uint8Array.of(1), Uint8Array.of(2)];
const asserted: AuthenticationService = { basic: "asserted" };
const registered: AuthenticationService = {
  basic: [
    { uri: client, signatureKey: key },
    { uri: "mimi://a.example", signatureKey: key },
  ],
};
const claim = (credential: Credential, changes: Partial<Claim> = {}): Claim => ({
  credential,
  signatureKey: key,
  now: 0n,
  ...changes,
});
const codeOf = (outcome: ReturnType<typeof authenticate> | ReturnType<typeof authenticateProvider>) =>
  outcome.ok ? "ok" : outcome.error.code;

describe("a basic credential", () => {
  it("authenticates the client it names where what it says is believed", () => {
    expect(authenticate(asserted, claim(clientCredential(client)))).toEqual({
      ok: true,
      value: { client, user },
    });
  });

  it("authenticates a client with a registered key", () => {
    expect(codeOf(authenticate(registered, claim(clientCredential(client))))).toBe("ok");
  });

  it("is refused with another key than the registered one: wrongKey", () => {
    const signatureKey = other;
    expect(codeOf(authenticate(registered, claim(clientCredential(client), { signatureKey })))).toBe(
      "wrongKey",
    );
  });

  it("is refused where nobody has registered a key of the client: untrusted", () => {
    const unknown = clientCredential("mimi://a.example/d/bob/ClientB1");
    expect(codeOf(authenticate(registered, claim(unknown)))).toBe("untrusted");
  });

  it("is refused where it names no client of a user: namesNobody", () => {
    for (const identity of [utf8(user), utf8("Alice"), Uint8Array.of(0xff)]) {
      const credential: Credential = { credentialType: "basic", identity };
      expect(codeOf(authenticate(asserted, claim(credential)))).toBe("namesNobody");
    }
  });

  it("is refused where another domain or user is expected: wrongDomain, wrongUser", () => {
    const expecting = (expected: Claim["expected"] & object) =>
      codeOf(authenticate(asserted, claim(clientCredential(client), { expected })));
    expect(expecting({ domain: "b.example" })).toBe("wrongDomain");
    expect(expecting({ user: "mimi://a.example/u/bob" })).toBe("wrongUser");
    expect(expecting({ domain: "a.example", user })).toBe("ok");
  });

  it("is refused where it is not accepted: unknownType", () => {
    expect(codeOf(authenticate({}, claim(clientCredential(client))))).toBe("unknownType");
  });
});

describe("a credential of an unknown type", () => {
  it("is refused: unknownType", () => {
    const credential: Credential = { credentialType: 0xf00d, credentialData: new Uint8Array() };
    expect(codeOf(authenticate(asserted, claim(credential)))).toBe("unknownType");
    expect(codeOf(authenticateProvider(asserted, claim(credential)))).toBe("unknownType");
  });
});

describe("a provider's basic credential", () => {
  it("authenticates the domain it names", () => {
    expect(authenticateProvider(asserted, claim(providerCredential("a.example")))).toEqual({
      ok: true,
      value: "a.example",
    });
    expect(codeOf(authenticateProvider(registered, claim(providerCredential("a.example"))))).toBe("ok");
  });

  it("is refused for a client, another domain, another key, and where no key is registered", () => {
    expect(codeOf(authenticateProvider(asserted, claim(clientCredential(client))))).toBe("namesNobody");
    const expected = { domain: "b.example" };
    const ofA = providerCredential("a.example");
    expect(codeOf(authenticateProvider(asserted, claim(ofA, { expected })))).toBe("wrongDomain");
    expect(codeOf(authenticateProvider(registered, claim(ofA, { signatureKey: other })))).toBe("wrongKey");
    const ofB = providerCredential("b.example");
    expect(codeOf(authenticateProvider(registered, claim(ofB)))).toBe("untrusted");
  });
});

describe("a CredentialError", () => {
  it("says what is wrong, with what, and where the rule stands", () => {
    const error = new CredentialError("expired", "until 1, and it is 2");
    expect(error.message).toBe("its time is over: until 1, and it is 2 (RFC 9420 §5.3.1)");
    expect(error.where).toBe(credentialRules.expired[0]);
  });
});
