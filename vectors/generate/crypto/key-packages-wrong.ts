/** KeyPackages that nobody may be added by, each with one fault. RFC 9420 §7.3 and §10.1, mls-extensions §5 */
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import {
  AppDataDictionary,
  type Extension,
  KeyPackage,
  KeyPackageTBS,
} from "../../../spec-model/mls/index.ts";
import type { VectorCase } from "../../format/case.ts";
import { negative } from "../cases.ts";
import { topic } from "./group.ts";
import {
  capabilities,
  componentLists,
  grease,
  keyPackageOf,
  now,
  receipts,
  supporting,
  type Unusual,
  wireFormats,
} from "./key-package-made.ts";
import { bobClient, flipped, type Scene } from "./keys.ts";
import { wrongSignatures } from "./signed.ts";

interface Wrong {
  readonly slug: string;
  readonly flag: string;
  readonly path: string;
  readonly op: string;
  readonly unusual: Unusual;
  readonly requirements?: readonly string[];
}

const [lists, formats] = supporting as [Extension, Extension];
const leafWith = (...extensions: Extension[]): Unusual => ({ leaf: { extensions } });
const capable = (change: Partial<typeof capabilities>): Unusual => ({
  leaf: { capabilities: { ...capabilities, ...change } },
});
const appComponents = ["mls-extensions-4.6-app-components", "mls-extensions-5-required-components"];
const safeAad = ["mls-extensions-4.6-safe-aad", "mls-extensions-5-required-components"];
const format = ["mls-extensions-5-wire-formats", "semiprivatemessage-3-advertised"];

const notNegotiated: readonly Wrong[] = [
  {
    slug: "lacks-wire-format",
    flag: "Unsupported",
    path: "LeafNode.extensions.supported_wire_formats",
    op: "the required wire format is not among those of the client",
    unusual: leafWith(lists, { ...formats, extensionData: wireFormats("mls_public_message", grease.two) }),
    requirements: format,
  },
  {
    slug: "no-wire-formats",
    flag: "Unsupported",
    path: "LeafNode.extensions.supported_wire_formats",
    op: "the client does not say which wire formats it supports",
    unusual: leafWith(lists),
    requirements: format,
  },
  {
    slug: "wire-format-of-key-package",
    flag: "Elsewhere",
    path: "LeafNode.extensions.supported_wire_formats",
    op: "the wire formats stand in the KeyPackage, and not in the leaf",
    unusual: { ...leafWith(lists), keyPackage: { extensions: [formats] } },
    requirements: format,
  },
  {
    slug: "lacks-component",
    flag: "Unsupported",
    path: "LeafNode.extensions.app_data_dictionary.app_components",
    op: "the required component is not among those of the client",
    unusual: leafWith(componentLists([topic + 1], [receipts]), formats),
    requirements: appComponents,
  },
  {
    slug: "no-components",
    flag: "Unsupported",
    path: "LeafNode.extensions.app_data_dictionary.app_components",
    op: "the client does not say which components it supports",
    unusual: leafWith(componentLists(undefined, [receipts]), formats),
    requirements: appComponents,
  },
  {
    slug: "component-in-safe-aad",
    flag: "Elsewhere",
    path: "LeafNode.extensions.app_data_dictionary.app_components",
    op: "the required component is among those of Safe AAD only",
    unusual: leafWith(componentLists([topic + 1], [topic, receipts]), formats),
    requirements: appComponents,
  },
  {
    slug: "components-in-key-package",
    flag: "Elsewhere",
    path: "LeafNode.extensions.app_data_dictionary",
    op: "the lists of components stand in the KeyPackage, and not in the leaf",
    unusual: { ...leafWith(formats), keyPackage: { extensions: [lists] } },
    requirements: [...appComponents, "mls-extensions-4.6-safe-aad"],
  },
  {
    slug: "data-instead-of-support",
    flag: "Elsewhere",
    path: "LeafNode.extensions.app_data_dictionary.app_components",
    op: "the leaf has data of the required component, which app_components does not list",
    unusual: leafWith(componentLists([], [receipts], [topic, utf8("?")]), formats),
    requirements: appComponents,
  },
  {
    slug: "lacks-safe-aad",
    flag: "Unsupported",
    path: "LeafNode.extensions.app_data_dictionary.safe_aad",
    op: "the required component is not among those of the client in Safe AAD",
    unusual: leafWith(componentLists([topic], [receipts + 1]), formats),
    requirements: safeAad,
  },
  {
    slug: "no-safe-aad",
    flag: "Unsupported",
    path: "LeafNode.extensions.app_data_dictionary.safe_aad",
    op: "the client does not say which components it supports in Safe AAD",
    unusual: leafWith(componentLists([topic], undefined), formats),
    requirements: safeAad,
  },
  {
    slug: "safe-aad-in-components",
    flag: "Elsewhere",
    path: "LeafNode.extensions.app_data_dictionary.safe_aad",
    op: "the component required in Safe AAD is in the list of all components only",
    unusual: leafWith(componentLists([topic, receipts], []), formats),
    requirements: safeAad,
  },
];

const notCapable: readonly Wrong[] = [
  {
    slug: "lacks-extension",
    flag: "Unsupported",
    path: "Capabilities.extensions",
    op: "the client does not support required_wire_formats, which the group has",
    unusual: capable({ extensions: ["app_data_dictionary", "supported_wire_formats"] }),
  },
  {
    slug: "lacks-proposal",
    flag: "Unsupported",
    path: "Capabilities.proposals",
    op: "the client does not support a required type of proposals",
    unusual: capable({ proposals: ["app_data_update"] }),
  },
  {
    slug: "unadvertised-extension",
    flag: "Unsupported",
    path: "Capabilities.extensions",
    op: "the leaf has an extension of a type that its client does not list",
    unusual: capable({ extensions: ["app_data_dictionary", "required_wire_formats"] }),
  },
  {
    slug: "other-suites",
    flag: "Unsupported",
    path: "Capabilities.cipher_suites",
    op: "the client does not list the group's cipher suite",
    unusual: capable({ cipherSuites: [grease.two] }),
  },
];

const sourced = { leafNodeSource: "update" } as const;

function notAlive(scene: Scene): readonly Wrong[] {
  const initKey = scene.hpkeOf(`leaf of ${bobClient}`).publicKey;
  return [
    {
      slug: "expired",
      flag: "Lifetime",
      path: "Lifetime.not_after",
      op: "its lifetime has ended a second ago",
      unusual: { leaf: { lifetime: { notBefore: now - 3600n, notAfter: now - 1n } } },
    },
    {
      slug: "early",
      flag: "Lifetime",
      path: "Lifetime.not_before",
      op: "its lifetime begins in a second",
      unusual: { leaf: { lifetime: { notBefore: now + 1n, notAfter: now + 3600n } } },
    },
    {
      slug: "init-key",
      flag: "Reused",
      path: "KeyPackage.init_key",
      op: "the init key is the leaf's encryption key",
      unusual: { keyPackage: { initKey } },
    },
    {
      slug: "source",
      flag: "Source",
      path: "LeafNode.leaf_node_source",
      op: "the leaf is one of an Update",
      unusual: { leaf: sourced },
    },
    {
      slug: "dictionary-order",
      flag: "Order",
      path: "LeafNode.extensions.app_data_dictionary",
      op: "the leaf's dictionary has a component behind one with a greater number",
      unusual: leafWith(reversed(lists), formats),
      requirements: ["mls-extensions-4.6-sorted"],
    },
    {
      slug: "extension-twice",
      flag: "Twice",
      path: "LeafNode.extensions",
      op: "the leaf has two extensions of one type",
      unusual: leafWith(lists, formats, formats),
    },
    {
      slug: "leaf-signature",
      flag: "Signature",
      path: "LeafNode.signature",
      op: "a bit of the leaf's signature is changed, and the KeyPackage is signed with it",
      unusual: { leafSignature: (right) => flipped(right, 0) },
    },
  ];
}

function reversed(extension: Extension): Extension {
  const { componentData } = AppDataDictionary.decode(extension.extensionData);
  const extensionData = AppDataDictionary.encode({ componentData: componentData.toReversed() });
  return { ...extension, extensionData };
}

export function wrongKeyPackages(scene: Scene, parent: VectorCase): VectorCase[] {
  const { suite } = scene;
  const wrongs: readonly Wrong[] = [...notNegotiated, ...notCapable, ...notAlive(scene)];
  const right = keyPackageOf(scene);
  const signatures = wrongSignatures({
    suite,
    privateKey: scene.signatureOf(bobClient).privateKey,
    otherPrivateKey: scene.signatureOf("another client").privateKey,
    label: "KeyPackageTBS",
    content: KeyPackageTBS.encode(right),
    otherLabel: "LeafNodeTBS",
  }).map(
    ({ slug, op, flag, signature }): Wrong => ({
      slug,
      op,
      flag,
      path: "KeyPackage.signature",
      unusual: { signature },
    }),
  );
  return [...wrongs, ...signatures].map(({ unusual, requirements = [], ...rest }) =>
    negative(parent, {
      ...rest,
      outcome: "invalid",
      requirements,
      change: { keyPackage: hex(KeyPackage.encode(keyPackageOf(scene, unusual))) },
    }),
  );
}
