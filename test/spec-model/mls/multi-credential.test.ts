/** Credentials made of several: what a member demands of a leaf that has one. mls-extensions §6.5 */
import { describe, expect, it } from "vitest";
import { textOf, utf8 } from "../../../spec-model/bytes.ts";
import {
  bindCredential,
  type Capabilities,
  type Credential,
  CredentialBindingTBS,
  cipherSuite,
  multiCredential,
  multiCredentialProblem,
  multiCredentialTypes,
  verifyWithLabel,
} from "../../../spec-model/mls/index.ts";
import { capabilities as all, application as app, basic, randomness } from "./room-fixture.ts";

const random = randomness("multi-credential");
const leafKey = utf8("the leaf's signature key");
const { multi, weakMulti } = multiCredentialTypes;
const capable = (cipherSuites: number[], credentials: Capabilities["credentials"] = ["basic"]) => ({
  ...all,
  cipherSuites,
  credentials: [...credentials, multi, weakMulti],
});

function bindingOf(suiteId: 1 | 2 | 3, name: string, signatureKey = leafKey) {
  const suite = cipherSuite(suiteId);
  return bindCredential(
    suite,
    { credential: basic(name), ...suite.signature.generateKeyPair(random) },
    signatureKey,
  );
}

const two = [bindingOf(1, "alice at work"), bindingOf(2, "alice at home")];
const damaged = (binding: (typeof two)[number]) => ({
  ...binding,
  signature: binding.signature.map((octet, i) => (i === 0 ? octet ^ 1 : octet)),
});
const problemOf = (
  credential: Credential,
  members: Capabilities[],
  own = members[0] ?? all,
  application = app,
) => multiCredentialProblem({ credential, signatureKey: leafKey }, members, own, application);

describe("a credential binding", () => {
  it("is signed over its suite, credential and key, and the leaf's signature key", () => {
    const suite = cipherSuite(1);
    const binding = bindingOf(1, "alice");
    const holds = (change: Partial<Parameters<typeof CredentialBindingTBS.encode>[0]>) =>
      verifyWithLabel(
        suite,
        binding.credentialKey,
        "CredentialBindingTBS",
        CredentialBindingTBS.encode({ ...binding, signatureKey: leafKey, ...change }),
        binding.signature,
      );
    expect(holds({})).toBe(true);
    expect(holds({ cipherSuite: 3 })).toBe(false);
    expect(holds({ credential: basic("bob") })).toBe(false);
    expect(holds({ credentialKey: utf8("another") })).toBe(false);
    expect(holds({ signatureKey: utf8("another") })).toBe(false);
  });

  it.each(["multi", "weakMulti"] as const)("is valid only with its credential, key and leaf (%s)", (kind) => {
    const one = (binding: (typeof two)[number]) =>
      problemOf(multiCredential(kind, [binding]), [capable([1, 2])]);
    expect(one(bindingOf(1, "alice"))).toBeUndefined();
    expect(one(bindingOf(1, "alice", utf8("another leaf's")))).toBe("invalid");
    expect(one(damaged(bindingOf(1, "alice")))).toBe("invalid");
    expect(one({ ...bindingOf(1, "alice"), credential: basic("bob") })).toBe("invalid");
    const refusesBob = {
      ...app,
      validateCredential: (credential: Credential) =>
        credential.credentialType === "basic" && textOf(credential.identity) === "bob"
          ? { refused: "nobody knows bob" }
          : undefined,
    };
    const members = [capable([1])];
    const by = (name: string) => multiCredential(kind, [bindingOf(1, name)]);
    expect(problemOf(by("bob"), members, members[0], refusesBob)).toBe("invalid");
    expect(problemOf(by("alice"), members, members[0], refusesBob)).toBeUndefined();
  });

  it("may be of another cipher suite than the group's, as long as the members support it", () => {
    const credential = multiCredential("multi", [bindingOf(2, "alice")]);
    expect(problemOf(credential, [capable([1, 2]), capable([1, 2])])).toBeUndefined();
    expect(problemOf(credential, [capable([1, 2]), capable([1])])).toBe("bindingUnsupported");
  });
});

describe("a multi credential", () => {
  const credential = multiCredential("multi", two);

  it("is accepted where every member supports every binding, and refused where one does not", () => {
    expect(problemOf(credential, [capable([1, 2]), capable([1, 2])])).toBeUndefined();
    expect(problemOf(credential, [capable([1, 2]), capable([2])])).toBe("bindingUnsupported");
    expect(problemOf(credential, [capable([1, 2]), capable([1, 2], ["x509"])])).toBe("bindingUnsupported");
  });

  it("is refused where any binding is not valid, or a member does not know the type", () => {
    const [first, second] = two as [(typeof two)[number], (typeof two)[number]];
    for (const bindings of [
      [damaged(first), second],
      [first, damaged(second)],
    ]) {
      expect(problemOf(multiCredential("multi", bindings), [capable([1, 2])])).toBe("invalid");
    }
    expect(problemOf(credential, [capable([1, 2]), all])).toBe("typeUnsupported");
  });
});

describe("a weak multi credential", () => {
  const credential = multiCredential("weakMulti", two);

  it("is accepted where every member supports some binding, not the same, and refused where one has none", () => {
    expect(problemOf(credential, [capable([1]), capable([2])])).toBeUndefined();
    expect(problemOf(credential, [capable([1]), capable([3])])).toBe("bindingUnsupported");
    expect(problemOf(credential, [capable([1]), all])).toBe("typeUnsupported");
  });

  it("is refused where a binding that this client supports is not valid, whatever the others are", () => {
    const [first, second] = two as [(typeof two)[number], (typeof two)[number]];
    const bad = multiCredential("weakMulti", [damaged(first), second]);
    const members = [capable([1]), capable([2])];
    expect(problemOf(bad, members, members[0])).toBe("invalid");
    expect(problemOf(bad, members, members[1])).toBeUndefined();
  });
});

it("other credentials are none of its business", () => {
  expect(problemOf(basic("alice"), [all])).toBeUndefined();
});
