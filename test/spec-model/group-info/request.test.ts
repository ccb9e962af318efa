import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8 } from "../../../spec-model/bytes.ts";
import { requesterOf, signGroupInfoRequest } from "../../../spec-model/group-info/index.ts";
import { type CipherSuiteId, cipherSuite, cipherSuiteIds } from "../../../spec-model/mls/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { clientCredential, providerCredential, RoomError } from "../../../spec-model/room/index.ts";

const client = "mimi://b.example/d/bob/ClientB1";

function requestIn(id: CipherSuiteId, credential = clientCredential(client), code = "") {
  const suite = cipherSuite(id);
  const keys = suite.signature.generateKeyPair(expandEntropy(utf8("a request"), "signature"));
  const unsigned = {
    protocol: "mls10" as const,
    cipherSuite: id,
    requestingSignatureKey: keys.publicKey,
    requestingCredential: credential,
    groupInfoPublicKey: utf8("a key"),
    joiningCode: utf8(code),
  };
  return { suite, request: signGroupInfoRequest(suite, keys.privateKey, unsigned) };
}

function codeOf(look: () => unknown): string {
  try {
    look();
    return "none";
  } catch (error) {
    return error instanceof RoomError ? error.code : String(error);
  }
}

describe.each(cipherSuiteIds)("a signed request for a GroupInfo, in cipher suite %i", (id) => {
  it("proves the client and the user in its credential, whatever the code", () => {
    fc.assert(
      fc.property(fc.string(), (code) => {
        const { suite, request } = requestIn(id, clientCredential(client), code);
        expect(requesterOf(suite, request)).toEqual({ client, user: "mimi://b.example/u/bob" });
      }),
      { numRuns: 20 },
    );
  });

  it("proves nobody where anything in it has been changed", () => {
    const { suite, request } = requestIn(id);
    for (const member of ["joiningCode", "groupInfoPublicKey", "signature"] as const) {
      const changed = { ...request, [member]: Uint8Array.from([...request[member], 1]) };
      expect(
        codeOf(() => requesterOf(suite, changed)),
        member,
      ).toBe("requestSignature");
    }
    const other = { ...request, requestingCredential: clientCredential("mimi://b.example/d/carl/C1") };
    expect(codeOf(() => requesterOf(suite, other))).toBe("requestSignature");
  });

  it("proves nobody where its credential names no client", () => {
    const { suite, request } = requestIn(id, providerCredential("b.example"));
    expect(codeOf(() => requesterOf(suite, request))).toBe("credentialNamesClient");
  });
});
