/** Signing and encrypting under the labels of components. mls-extensions §4.1 to §4.3 */
import { hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  type ComponentOperation,
  componentLabel,
  encryptWithLabel,
  HPKECiphertext,
  safeEncrypt,
  safeSign,
} from "../../../spec-model/mls/index.ts";
import type { JsonObject, VectorCase, VectorGroup } from "../../format/case.ts";
import { signContentOf } from "../../format/sign-content.ts";
import { negative, positive } from "../cases.ts";
import { flipped, type Scene } from "./keys.ts";
import { wrongSignatures } from "./signed.ts";

const operations: readonly (ComponentOperation & { readonly slug: string })[] = [
  { slug: "usual", componentId: 0x8001, label: "test" },
  { slug: "first", componentId: 0, label: "x" },
  { slug: "last", componentId: 0xffff, label: "the last component" },
  { slug: "no-label", componentId: 0x0022, label: "" },
  {
    slug: "long-label",
    componentId: 0x0022,
    label: "a label that takes more than sixty-three octets to write, as labels may",
  },
];
const data = utf8("what the component signs");

export function componentGroups(scenes: readonly Scene[]): VectorGroup[] {
  return [
    {
      operation: "component.label",
      comment: "Labels of components",
      input: {},
      tests: operations.map(({ slug, ...operation }) =>
        positive({
          id: `component-label-${slug}`,
          comment: `component ${operation.componentId}, label "${operation.label}"`,
          requirements: ["mls-extensions-4.1-label"],
          outcome: "label",
          input: { ...operation, content: hex(data) },
          output: {
            operationLabel: hex(componentLabel(operation)),
            signContent: hex(signContentOf(componentLabel(operation), data)),
          },
        }),
      ),
    },
    ...scenes.flatMap((scene) => [verifying(scene), opening(scene)]),
  ];
}

function verifying(scene: Scene): VectorGroup {
  const { suite, mark } = scene;
  const { privateKey, publicKey } = scene.signatureOf("the component's client");
  const tests = operations.map(({ slug, ...operation }) =>
    positive({
      id: `component-verify-${mark}-${slug}`,
      comment: `component ${operation.componentId}, label "${operation.label}"`,
      requirements: ["mls-extensions-4.1-label", "mls-extensions-4.3-own-component"],
      outcome: "valid",
      input: {
        ...operation,
        content: hex(data),
        publicKey: hex(publicKey),
        signature: hex(safeSign(suite, privateKey, operation, data)),
      },
      view: { privateKey: hex(privateKey) },
    }),
  );
  const [parent] = tests;
  return {
    operation: "component.verify",
    comment: `Signatures of cipher suite ${suite.id}`,
    input: { cipherSuite: suite.id },
    tests: [...tests, ...(parent === undefined ? [] : wrongSigned(scene, parent))],
  };
}

function wrongSigned(scene: Scene, parent: VectorCase): VectorCase[] {
  const { suite } = scene;
  const { privateKey } = scene.signatureOf("the component's client");
  const operation = { componentId: 0x8001, label: "test" };
  const refused = (slug: string, flag: string, path: string, op: string, change: JsonObject) =>
    negative(parent, { slug, flag, path, op, outcome: "invalid", change });
  const bySignature = wrongSignatures({
    suite,
    privateKey,
    otherPrivateKey: scene.signatureOf("another client").privateKey,
    label: componentLabel(operation),
    content: data,
    otherLabel: operation.label,
  }).map(({ slug, op, flag, signature }) =>
    refused(slug, flag, "signature", op, { signature: hex(signature) }),
  );
  return [
    ...bySignature,
    refused(
      "component",
      "Component",
      "ComponentOperationLabel.component_id",
      "it was signed by another component",
      {
        componentId: 0x8002,
      },
    ),
    refused("label", "Label", "ComponentOperationLabel.label", "it was signed for something else", {
      label: "tests",
    }),
    refused("prefix", "Label", "ComponentOperationLabel.label", "it was signed under a longer label", {
      label: "tes",
    }),
    refused("content", "Unsigned", "SignContent.content", "the content is changed", {
      content: hex(flipped(data)),
    }),
    refused("key", "OtherKey", "publicKey", "it is verified with somebody else's key", {
      publicKey: hex(scene.signatureOf("another client").publicKey),
    }),
    ...(suite.id === 2 ? compressed(scene, refused) : []),
  ];
}

/** RFC 9420 §5.1.1 allows the uncompressed form only. */
function compressed(
  scene: Scene,
  refused: (slug: string, flag: string, path: string, op: string, change: JsonObject) => VectorCase,
): VectorCase[] {
  const { publicKey } = scene.signatureOf("the component's client");
  const [x, y] = [publicKey.subarray(1, 33), publicKey.subarray(33)];
  const short = Uint8Array.from([2 + ((y.at(-1) ?? 0) & 1), ...x]);
  return [
    refused("compressed", "KeyForm", "publicKey", "the P-256 point is in its compressed form", {
      publicKey: hex(short),
    }),
  ];
}

const context = utf8("a context");

function opening(scene: Scene): VectorGroup {
  const { suite, mark } = scene;
  const { privateKey, publicKey } = scene.hpkeOf("the component's client");
  const kinds = [
    ...operations.map((each) => ({ ...each, context, plaintext: data })),
    { slug: "no-context", componentId: 0x8001, label: "test", context: noBytes, plaintext: data },
    { slug: "empty", componentId: 0x8001, label: "test", context, plaintext: noBytes },
  ];
  const tests = kinds.map(({ slug, plaintext, context: bound, ...operation }) => {
    const random = scene.random(`component ${slug}`);
    const sealed = safeEncrypt(suite, publicKey, operation, bound, plaintext, random);
    return positive({
      id: `component-open-${mark}-${slug}`,
      comment: `component ${operation.componentId}, label "${operation.label}"`,
      requirements: ["mls-extensions-4.1-label", "mls-extensions-4.2-own-component"],
      outcome: "valid",
      input: {
        ...operation,
        context: hex(bound),
        privateKey: hex(privateKey),
        ciphertext: hex(HPKECiphertext.encode(sealed)),
      },
      output: { plaintext: hex(plaintext) },
      view: { publicKey: hex(publicKey), operationLabel: hex(componentLabel(operation)) },
    });
  });
  const [parent] = tests;
  return {
    operation: "component.open",
    comment: `Ciphertexts of cipher suite ${suite.id}`,
    input: { cipherSuite: suite.id },
    tests: [...tests, ...(parent === undefined ? [] : wrongSealed(scene, parent))],
  };
}

function wrongSealed(scene: Scene, parent: VectorCase): VectorCase[] {
  const { suite } = scene;
  const { publicKey } = scene.hpkeOf("the component's client");
  const operation = { componentId: 0x8001, label: "test" };
  const sealed = safeEncrypt(suite, publicKey, operation, context, data, scene.random("component usual"));
  const refused = (slug: string, flag: string, path: string, op: string, change: JsonObject) =>
    negative(parent, { slug, flag, path, op, outcome: "invalid", change });
  const bare = encryptWithLabel(
    suite,
    publicKey,
    operation.label,
    context,
    data,
    scene.random("component bare"),
  );
  const ciphertext = (each: typeof sealed) => ({ ciphertext: hex(HPKECiphertext.encode(each)) });
  return [
    refused(
      "component",
      "Component",
      "ComponentOperationLabel.component_id",
      "it was encrypted by another component",
      {
        componentId: 0x8002,
      },
    ),
    refused("label", "Label", "ComponentOperationLabel.label", "it was encrypted for something else", {
      label: "tests",
    }),
    refused(
      "bare",
      "Label",
      "ComponentOperationLabel",
      "it was encrypted under the bare label",
      ciphertext(bare),
    ),
    refused("context", "Binding", "EncryptContext.context", "it was encrypted in another context", {
      context: hex(utf8("another context")),
    }),
    refused(
      "ciphertext",
      "Ciphertext",
      "HPKECiphertext.ciphertext",
      "a bit of the ciphertext's first octet is changed",
      ciphertext({ ...sealed, ciphertext: flipped(sealed.ciphertext, 0) }),
    ),
    refused(
      "tag",
      "Ciphertext",
      "HPKECiphertext.ciphertext",
      "a bit of the ciphertext's last octet is changed",
      ciphertext({ ...sealed, ciphertext: flipped(sealed.ciphertext) }),
    ),
    refused(
      "short",
      "Ciphertext",
      "HPKECiphertext.ciphertext",
      "the ciphertext is shorter than a tag",
      ciphertext({ ...sealed, ciphertext: sealed.ciphertext.subarray(0, 15) }),
    ),
    // A point of P-256 with one bit changed is no point: then two things are wrong at once.
    ...(suite.id === 2
      ? []
      : [
          refused(
            "kem-output",
            "Ciphertext",
            "HPKECiphertext.kem_output",
            "a bit of the encapsulated key is changed",
            ciphertext({ ...sealed, kemOutput: flipped(sealed.kemOutput) }),
          ),
        ]),
    refused(
      "other-kem-output",
      "Ciphertext",
      "HPKECiphertext.kem_output",
      "the encapsulated key is another",
      ciphertext({ ...sealed, kemOutput: scene.hpkeOf("another client").publicKey }),
    ),
    refused(
      "no-kem-output",
      "Ciphertext",
      "HPKECiphertext.kem_output",
      "there is no encapsulated key",
      ciphertext({ ...sealed, kemOutput: noBytes }),
    ),
    refused("key", "OtherKey", "privateKey", "it was encrypted to somebody else", {
      privateKey: hex(scene.hpkeOf("another client").privateKey),
    }),
  ];
}
