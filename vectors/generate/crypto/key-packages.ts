/** KeyPackages that somebody may or may not be added to a group by. RFC 9420 §10.1, mls-extensions §4.6, §5 and §6.4 */
import { hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  type Capabilities,
  componentIds,
  dictionaryExtension,
  type Extension,
  GroupContext,
  KeyPackage,
  KeyPackageTBS,
  keyPackageRef,
} from "../../../spec-model/mls/index.ts";
import type { VectorCase, VectorGroup } from "../../format/case.ts";
import { positive } from "../cases.ts";
import { topic } from "./group.ts";
import {
  capabilities,
  componentLists,
  grease,
  keyPackageOf,
  now,
  receipts,
  requiringContext,
  semiPrivate,
  supporting,
  type Unusual,
  wireFormats,
} from "./key-package-made.ts";
import { wrongKeyPackages } from "./key-packages-wrong.ts";
import { bobClient, type Scene } from "./keys.ts";

const extensions = (...ids: readonly string[]) => ids.map((id) => `mls-extensions-${id}`);
const [lists, formats] = supporting as [Extension, Extension];
const leafWith = (...leafExtensions: Extension[]): Unusual => ({ leaf: { extensions: leafExtensions } });

interface Kind {
  readonly slug: string;
  readonly comment: string;
  readonly unusual: Unusual;
  readonly requirements: readonly string[];
  readonly lastResort?: true;
  readonly components?: readonly number[];
  readonly safeAad?: readonly number[];
}

const greased: Capabilities = {
  versions: ["mls10", grease.two],
  cipherSuites: [grease.more, 1, 2, 3],
  extensions: [grease.two, ...capabilities.extensions, grease.more],
  proposals: [...capabilities.proposals, grease.two],
  credentials: [grease.more, "basic"],
};

const kinds: readonly Kind[] = [
  {
    slug: "usual",
    comment: "a client that supports what the group requires",
    unusual: {},
    requirements: [
      ...extensions("4.6-app-components", "4.6-safe-aad", "5-wire-formats", "5-required-components"),
      "semiprivatemessage-3-advertised",
    ],
  },
  {
    slug: "more",
    comment: "a client that supports more than the group requires",
    unusual: leafWith(componentLists([componentIds.content_media_types, topic, 0x8010], [receipts, 0x8011]), {
      ...formats,
      extensionData: wireFormats("mls_public_message", semiPrivate, "mls_private_message"),
    }),
    components: [componentIds.content_media_types, topic, 0x8010],
    safeAad: [receipts, 0x8011],
    requirements: extensions("5-wire-formats", "5-required-components"),
  },
  {
    slug: "grease",
    comment: "values that nobody knows in every list of capabilities, and an extension of such a type",
    unusual: {
      leaf: {
        capabilities: greased,
        extensions: [lists, formats, { extensionType: grease.two, extensionData: utf8("?") }],
      },
    },
    requirements: extensions("5.1-unknown-capabilities"),
  },
  {
    slug: "grease-wire-formats",
    comment: "wire formats that nobody knows beside the required one",
    unusual: leafWith(lists, {
      ...formats,
      extensionData: wireFormats(grease.two, semiPrivate, grease.more),
    }),
    requirements: extensions("5.1-unknown-capabilities"),
  },
  {
    slug: "grease-components",
    comment: "components that nobody knows in the lists of components",
    unusual: leafWith(componentLists([grease.two, topic], [grease.more, receipts]), formats),
    components: [grease.two, topic],
    safeAad: [grease.more, receipts],
    requirements: extensions("5.1-unknown-capabilities", "5.1-unknown-components"),
  },
  {
    slug: "unknown-component-in-leaf",
    comment: "data of a component that nobody knows in the leaf",
    unusual: leafWith(componentLists([topic], [receipts], [0xfff0, utf8("?")]), formats),
    requirements: extensions("5.1-unknown-components"),
  },
  {
    slug: "unknown-component-in-key-package",
    comment: "data of a component that nobody knows in the KeyPackage",
    unusual: { keyPackage: { extensions: [dictionaryExtension(new Map([[0xfff0, utf8("?")]]))] } },
    requirements: extensions("5.1-unknown-components"),
  },
  {
    slug: "last-resort",
    comment: "a KeyPackage of last resort, marked by a component without data",
    unusual: {
      keyPackage: {
        extensions: [dictionaryExtension(new Map([[componentIds.last_resort_key_package, noBytes]]))],
      },
    },
    lastResort: true,
    requirements: extensions("6.4.1-policy-on-mark", "6.4.2-marked-without-data"),
  },
  {
    slug: "first-second",
    comment: "a KeyPackage in the first second of its lifetime",
    unusual: { leaf: { lifetime: { notBefore: now, notAfter: now + 1n } } },
    requirements: [],
  },
];

export function keyPackageGroups(scenes: readonly Scene[]): VectorGroup[] {
  return scenes.map((scene) => {
    const tests = kinds.map((kind) => valid(scene, kind));
    const [parent] = tests;
    return {
      operation: "key-package.validate",
      comment: `Adding Bob to a group of cipher suite ${scene.suite.id}`,
      input: {
        cipherSuite: scene.suite.id,
        groupContext: hex(GroupContext.encode(requiringContext(scene))),
        now: `${now}`,
      },
      tests: [...tests, ...(parent === undefined ? [] : wrongKeyPackages(scene, parent))],
    };
  });
}

function valid(scene: Scene, kind: Kind): VectorCase {
  const keyPackage = keyPackageOf(scene, kind.unusual);
  return positive({
    id: `key-package-${scene.mark}-${kind.slug}`,
    comment: kind.comment,
    requirements: kind.requirements,
    outcome: "valid",
    input: { keyPackage: hex(KeyPackage.encode(keyPackage)) },
    output: {
      reference: hex(keyPackageRef(scene.suite, keyPackage)),
      lastResort: kind.lastResort === true,
      components: kind.components ?? [topic],
      safeAadComponents: kind.safeAad ?? [receipts],
    },
    view: {
      client: bobClient,
      privateKey: hex(scene.signatureOf(bobClient).privateKey),
      tbs: hex(KeyPackageTBS.encode(keyPackage)),
    },
  });
}
