/** Claims of certificates and tokens, on their way to the policy's word on who may come in. room-policy-04 §4 */
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { describe, expect, it } from "vitest";
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import {
  type AuthenticationService,
  issueToken,
  provenIdentity,
  tokenCredential,
  tokenCredentialType,
} from "../../../spec-model/credentials/index.ts";
import {
  type Credential,
  cipherSuite,
  type GroupContext,
  type LeafNode,
  leafAt,
} from "../../../spec-model/mls/index.ts";
import { newClient, stepClient } from "../../../spec-model/participant/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import {
  type Author,
  authorOf,
  type ClaimFacts,
  decide,
  type PolicyState,
} from "../../../spec-model/room/index.ts";
import { role, room as roomWith, verdict } from "../room/policy/rooms.ts";
import { authority, certificate, now, party, x509Credential } from "./certificates.ts";

const client = "mimi://a.example/d/alice/ClientA1";
const user = "mimi://a.example/u/alice";
const [root, alice, issuer, mallory] = await Promise.all([
  party("root"),
  party("alice"),
  party("issuer"),
  party("mallory"),
]);
const iss = "https://id.a.example";
const service: AuthenticationService = {
  basic: "asserted",
  x509: [{ certificate: await authority("a.example root", root), domains: ["a.example"] }],
  tokens: [{ issuer: iss, algorithm: issuer.algorithm, publicKey: issuer.publicKey, domains: ["a.example"] }],
};

const commonName = { id: "0603550403", value: hex(utf8("Alice")) };
/** An extension of an enterprise's own, under 1.3.6.1.4.1.99999.1. */
const badge = { oid: "1.3.6.1.4.1.99999.1", id: "06092b06010401868d1f01", octets: utf8("HR") };

async function certified(by = root): Promise<Credential> {
  const more = [new x509.Extension(badge.oid, false, badge.octets)];
  const issued = { subject: "Alice", of: alice, issuer: "a.example root", by, uris: [client], more };
  return x509Credential(await certificate(issued));
}

function tokenBy(by = issuer): Credential {
  const claims = { client, key: alice, notBefore: now - 60n, notAfter: now + 60n };
  return tokenCredential(
    issueToken({ issuer: iss, algorithm: by.algorithm, privateKey: by.privateKey }, claims),
  );
}

function identify(credential: Credential) {
  const found = provenIdentity(service, { credential, signatureKey: alice.publicKey, now });
  return found.ok ? found.value : undefined;
}

/** A claim by its octets in hex. */
const claim = (type: ClaimFacts["credentialType"], id: string, value: string): ClaimFacts => ({
  credentialType: type,
  id,
  value,
});

describe("a certificate that proves a client", () => {
  it("claims the attributes of its subject and its extensions, by object identifier", async () => {
    const found = identify(await certified());
    expect(found).toMatchObject({ client, user });
    expect(found?.claims).toContainEqual(claim("x509", commonName.id, commonName.value));
    expect(found?.claims).toContainEqual(claim("x509", badge.id, hex(badge.octets)));
    // The subjectAltName, under the identifier that the draft has as its example.
    expect(found?.claims?.some(({ id }) => id === "0603551d11")).toBe(true);
  });

  it("claims nothing where its chain proves nobody", async () => {
    expect(identify(await certified(mallory))).toBeUndefined();
  });
});

describe("a token that proves a client", () => {
  it("claims what its members say, a text by its octets", () => {
    const found = identify(tokenBy());
    expect(found?.claims).toContainEqual(
      claim(String(tokenCredentialType), hex(utf8("iss")), hex(utf8(iss))),
    );
    expect(found?.claims).toContainEqual(
      claim(String(tokenCredentialType), hex(utf8("sub")), hex(utf8(client))),
    );
    expect(found?.claims).toContainEqual(
      claim(String(tokenCredentialType), hex(utf8("exp")), hex(utf8(String(now + 60n)))),
    );
  });

  it("claims nothing where its issuer has not signed it", () => {
    expect(identify(tokenBy(mallory))).toBeUndefined();
  });
});

describe("who comes in by preauthorisation", () => {
  const suite = cipherSuite(1);
  const random = expandEntropy(new Uint8Array(32), "claims");
  const own = { domain: "a.example", signatureKey: random.bytes(32), frankingKey: random.bytes(32) };
  const room = "mimi://a.example/r/club";
  const { state } = stepClient(
    newClient({ client, user }, own, suite, random),
    { type: "intention", intention: { type: "createRoom", room, name: "club", role: 3 } },
    { now: 1_767_225_600_000, entropy: random.bytes(32) },
  );
  const group = state.rooms[room]?.member;
  if (group === undefined) throw new Error("the room has not come about");

  /** The author of an external commit whose leaf has this credential. */
  function joiner(credential: Credential): Author {
    const known = leafAt(group?.tree ?? [], 0);
    if (known === undefined || group === undefined) throw new Error("the creator has no leaf");
    const leaf: LeafNode = { ...known, credential, signatureKey: alice.publicKey };
    const context: GroupContext = group.groupContext;
    const about = { suite, groupContext: context, tree: group.tree };
    const identified = { ...about, identify: (each: LeafNode) => identify(each.credential) };
    return authorOf(identified, { senderType: "new_member_commit" }, leaf);
  }

  const held = { ...role(3), capabilities: ["canJoinIfPreauthorized"] };
  const entering = (author: Author, wanted: readonly ClaimFacts[]) => {
    const preauthorized: PolicyState["preauthorized"] = [{ claims: wanted, role: held }];
    const policy: PolicyState = { ...roomWith([role(0), held], { bob: 3 }), preauthorized };
    return verdict(decide(policy, { kind: "groupInfo", requester: author }));
  };

  it("has a certificate with the claim that the policy wants", async () => {
    const hr = claim("x509", badge.id, hex(badge.octets));
    expect(entering(joiner(await certified()), [hr])).toBe("allowed");
    expect(entering(joiner(await certified()), [{ ...hr, value: hex(utf8("IT")) }])).not.toBe("allowed");
    expect(entering(joiner(tokenBy()), [hr])).not.toBe("allowed");
  });

  it("has a token with the claim that the policy wants", () => {
    const byIssuer = claim(String(tokenCredentialType), hex(utf8("iss")), hex(utf8(iss)));
    expect(entering(joiner(tokenBy()), [byIssuer])).toBe("allowed");
    const another = { ...byIssuer, value: hex(utf8("https://id.b.example")) };
    expect(entering(joiner(tokenBy()), [another])).not.toBe("allowed");
  });

  it("has every claim that the policy wants, and not only one", async () => {
    const both = [claim("x509", badge.id, hex(badge.octets)), claim("x509", commonName.id, commonName.value)];
    expect(entering(joiner(await certified()), both)).toBe("allowed");
    const other = { ...claim("x509", commonName.id, hex(utf8("Bob"))) };
    expect(entering(joiner(await certified()), [...both, other])).not.toBe("allowed");
  });

  it("is nobody whose credential nobody has verified", async () => {
    const forged = await certified(mallory);
    expect(() => joiner(forged)).toThrow("names no client");
  });
});
