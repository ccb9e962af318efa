/** Leaves with credentials made of several, as a member judges them. mls-extensions §6.5 */
import { hex } from "../../../spec-model/bytes.ts";
import {
  bindCredential,
  type Capabilities,
  Capabilities as CapabilitiesCodec,
  type CipherSuiteId,
  Credential,
  CredentialBindingTBS,
  cipherSuite,
  multiCredential,
  multiCredentialTypes,
  signWithLabel,
} from "../../../spec-model/mls/index.ts";
import { clientCredential } from "../../../spec-model/room/index.ts";
import type { JsonObject, VectorCase, VectorGroup } from "../../format/case.ts";
import { signContentOf } from "../../format/sign-content.ts";
import { negative, positive } from "../cases.ts";
import { grease } from "./key-package-made.ts";
import { flipped, type Scene } from "./keys.ts";
import { wrongSignatures } from "./signed.ts";

type Kind = keyof typeof multiCredentialTypes;
type Binding = ReturnType<typeof bindCredential>;

const label = "CredentialBindingTBS";
const atWork = clientCredential("mimi://work.example/d/alice/ClientA1");
const atHome = clientCredential("mimi://home.example/d/alice/ClientA1");
const rules = {
  signature: "mls-extensions-6.5.1-binding-signature",
  suite: "mls-extensions-6.5.1-suite-supported",
  valid: "mls-extensions-6.5.2-binding-valid",
  multi: "mls-extensions-6.5.2-multi",
  weakMulti: "mls-extensions-6.5.2-weak-multi",
} as const;

const capable = (cipherSuites: number[], ...credentials: Capabilities["credentials"]): Capabilities => ({
  versions: ["mls10"],
  cipherSuites,
  extensions: [],
  proposals: [],
  credentials: ["basic", ...credentials],
});
const all = capable([1, 2, 3], multiCredentialTypes.multi, multiCredentialTypes.weakMulti);
const ofSuites = (...suites: number[]): Capabilities => ({ ...all, cipherSuites: suites });

export function multiCredentialGroups(scenes: readonly Scene[]): VectorGroup[] {
  const [first] = scenes;
  if (first === undefined) return [];
  return (["multi", "weakMulti"] as const).map((kind) => {
    const made = new Bindings(first);
    const tests = valid(made, kind);
    const [parent] = tests;
    return {
      operation: "multi-credential.verify",
      comment:
        kind === "multi"
          ? "Every member supports every binding"
          : "Every member supports one binding at least",
      input: { signatureKey: hex(made.leafKey) },
      tests: [...tests, ...(parent === undefined ? [] : wrong(made, kind, parent))],
    };
  });
}

/** Two holders of credentials, and the bindings of theirs to one leaf. */
class Bindings {
  readonly leafKey: Uint8Array;
  private readonly scene: Scene;

  constructor(scene: Scene) {
    this.scene = scene;
    this.leafKey = scene.signatureOf("leaf with several credentials").publicKey;
  }

  keysOf(suite: CipherSuiteId, name: string) {
    return cipherSuite(suite).signature.generateKeyPair(this.scene.random(`binding ${suite} ${name}`));
  }

  of(suite: CipherSuiteId, credential: Credential, leafKey = this.leafKey): Binding {
    const keys = this.keysOf(suite, nameOf(credential));
    return bindCredential(cipherSuite(suite), { credential, ...keys }, leafKey);
  }

  another(): Uint8Array {
    return this.scene.signatureOf("another leaf").publicKey;
  }
}

function nameOf(credential: Credential): string {
  return hex(Credential.encode(credential));
}

function inputOf(
  kind: Kind,
  bindings: Binding[],
  members: readonly Capabilities[],
  own = 0,
  vouched: readonly Binding[] = bindings,
): JsonObject {
  return {
    credential: hex(Credential.encode(multiCredential(kind, bindings))),
    members: members.map((each) => hex(CapabilitiesCodec.encode(each))),
    own,
    vouched: vouched.map(({ credential, credentialKey }) => ({
      credential: hex(Credential.encode(credential)),
      key: hex(credentialKey),
    })),
  };
}

function valid(made: Bindings, kind: Kind): VectorCase[] {
  const [one, other] = [made.of(1, atWork), made.of(2, atHome)];
  const case_ = (slug: string, comment: string, input: JsonObject, ...requirements: string[]) =>
    positive({
      id: `multi-credential-${kind === "multi" ? "strong" : "weak"}-${slug}`,
      comment,
      requirements: [rules[kind], rules.valid, ...requirements],
      outcome: "valid",
      input,
      view: viewOf(made, [one, other]),
    });
  const both = inputOf(kind, [one, other], [all, all, all]);
  const weak = (slug: string, comment: string, input: JsonObject) =>
    kind === "weakMulti" ? [case_(slug, comment, input, rules.suite)] : [];
  return [
    case_(
      "usual",
      "two bindings, of two cipher suites, that all members support",
      both,
      rules.signature,
      rules.suite,
    ),
    case_("one", "one binding", inputOf(kind, [one], [all, all])),
    case_(
      "own-suite-only",
      "bindings of one cipher suite, and members that support no other",
      inputOf(kind, [one, made.of(1, atHome)], [ofSuites(1), ofSuites(1)]),
      rules.suite,
    ),
    case_(
      "unknown-suites",
      "members that list cipher suites and credential types which nobody knows besides",
      inputOf(
        kind,
        [one, other],
        [all, { ...all, cipherSuites: [grease.two, 1, 2], credentials: [grease.more, ...all.credentials] }],
      ),
    ),
    ...weak(
      "apart",
      "members that support one binding each, not the same",
      inputOf(kind, [one, other], [ofSuites(1), ofSuites(2)]),
    ),
    ...weak(
      "unsupported-is-wrong",
      "a binding that is wrong, and that this member does not support",
      inputOf(kind, [one, { ...other, signature: flipped(other.signature) }], [ofSuites(1), ofSuites(2)]),
    ),
    ...weak(
      "unsupported-not-vouched",
      "a credential that is not vouched for, and that this member does not support",
      inputOf(kind, [one, other], [ofSuites(1), all], 0, [one]),
    ),
  ];
}

function viewOf(made: Bindings, bindings: readonly Binding[]) {
  return {
    bindings: bindings.map((binding) => {
      const tbs = CredentialBindingTBS.encode({ ...binding, signatureKey: made.leafKey });
      const suite: CipherSuiteId = binding.cipherSuite === 2 ? 2 : 1;
      return {
        cipherSuite: binding.cipherSuite,
        privateKey: hex(made.keysOf(suite, nameOf(binding.credential)).privateKey),
        tbs: hex(tbs),
        signContent: hex(signContentOf(label, tbs)),
        signature: hex(binding.signature),
      };
    }),
  };
}

function wrong(made: Bindings, kind: Kind, parent: VectorCase): VectorCase[] {
  const [one, other] = [made.of(1, atWork), made.of(2, atHome)];
  const members = [all, all, all];
  const refused = (
    slug: string,
    flag: string,
    path: string,
    op: string,
    change: JsonObject,
    ...ids: string[]
  ) => negative(parent, { slug, flag, path, op, outcome: "invalid", change, requirements: ids });
  const binding = (
    slug: string,
    flag: string,
    path: string,
    op: string,
    changed: Partial<Binding>,
    vouched?: Binding[],
  ) =>
    refused(
      slug,
      flag,
      `CredentialBinding.${path}`,
      op,
      inputOf(kind, [one, { ...other, ...changed }], members, 0, vouched),
      rules.valid,
      rules[kind],
      rules.signature,
    );
  const keys = made.keysOf(2, nameOf(atHome));
  const content = CredentialBindingTBS.encode({ ...other, signatureKey: made.leafKey });
  const signatures = wrongSignatures({
    suite: cipherSuite(2),
    privateKey: keys.privateKey,
    otherPrivateKey: made.keysOf(2, "somebody else").privateKey,
    label,
    content,
    otherLabel: "LeafNodeTBS",
  }).map(({ slug, flag, op, signature }) => binding(slug, flag, "signature", op, { signature }));
  const withoutKey = CredentialBindingTBS.encode({ ...other, signatureKey: new Uint8Array() });
  return [
    ...signatures,
    binding(
      "other-leaf",
      "Binding",
      "signature",
      "it is bound to another leaf's key",
      made.of(2, atHome, made.another()),
    ),
    binding("no-leaf", "Binding", "signature", "it is signed without the leaf's key", {
      signature: signWithLabel(cipherSuite(2), keys.privateKey, label, withoutKey),
    }),
    binding(
      "other-credential",
      "Unsigned",
      "credential",
      "the credential is another than the one signed",
      { credential: atWork },
      [one, { ...other, credential: atWork }],
    ),
    refused(
      "not-vouched",
      "Credential",
      "CredentialBinding.credential",
      "the Authentication Service does not vouch for the second credential",
      inputOf(kind, [one, other], members, 0, [one]),
      rules.valid,
      rules[kind],
    ),
    refused(
      "vouched-with-other-key",
      "Credential",
      "CredentialBinding.credential_key",
      "the second credential is vouched for with another key",
      inputOf(kind, [one, other], members, 0, [
        one,
        { ...other, credentialKey: made.keysOf(2, "x").publicKey },
      ]),
      rules.valid,
    ),
    refused(
      "first-wrong",
      "Signature",
      "CredentialBinding.signature",
      "a bit of the first binding's signature is changed",
      inputOf(kind, [{ ...one, signature: flipped(one.signature) }, other], members),
      rules.valid,
      rules[kind],
    ),
    refused(
      "type",
      "Unsupported",
      "Capabilities.credentials",
      "a member does not list this type of credential",
      inputOf(kind, [one, other], [all, all, { ...all, credentials: ["basic"] }]),
      rules[kind],
    ),
    refused(
      "nobody-supports",
      "Unsupported",
      "Capabilities.cipher_suites",
      "a member supports the cipher suite of no binding",
      inputOf(kind, [one, other], [all, all, ofSuites(3)]),
      rules[kind],
      rules.suite,
    ),
    refused(
      "credential-types",
      "Unsupported",
      "Capabilities.credentials",
      "a member does not list the type of the credentials in the bindings",
      inputOf(
        kind,
        [one, other],
        [all, all, { ...all, credentials: [multiCredentialTypes.multi, multiCredentialTypes.weakMulti] }],
      ),
      rules[kind],
    ),
    ...(kind === "weakMulti" ? [] : [onlyOne(refused, one, other)]),
  ];
}

function onlyOne(
  refused: (
    slug: string,
    flag: string,
    path: string,
    op: string,
    change: JsonObject,
    ...ids: string[]
  ) => VectorCase,
  one: Binding,
  other: Binding,
): VectorCase {
  return refused(
    "only-one",
    "Unsupported",
    "Capabilities.cipher_suites",
    "a member supports the cipher suite of the first binding only",
    inputOf("multi", [one, other], [all, all, ofSuites(1)]),
    rules.multi,
    rules.suite,
  );
}
