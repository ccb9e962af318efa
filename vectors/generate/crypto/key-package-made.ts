/** A KeyPackage of Bob's, and the group that he may be added to by it. RFC 9420 §10, mls-extensions §5 */
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  type Capabilities,
  ComponentsList,
  componentIds,
  dictionaryExtension,
  type Extension,
  type GroupContext,
  type KeyPackage,
  KeyPackageTBS,
  type LeafNode,
  type Lifetime,
  RequiredCapabilities,
  signLeaf,
  signWithLabel,
  type WireFormat,
  WireFormats,
} from "../../../spec-model/mls/index.ts";
import { clientCredential } from "../../../spec-model/room/index.ts";
import { groupId, topic } from "./group.ts";
import { bobClient, type Scene } from "./keys.ts";

/** A component that attaches data to messages. */
export const receipts = 0x8003;
export const now = 1_800_000_000n;
/** Values of registries that nobody has assigned, as clients put them in so that others learn to ignore them. */
export const grease = { two: 0x0a0a, more: 0x7a7a } as const;

export const semiPrivate = "mls_semiprivate_message";
export const wireFormats = (...formats: WireFormat[]): Extension["extensionData"] =>
  WireFormats.encode({ wireFormats: formats });
const listOf = (...ids: number[]) => ComponentsList.encode({ componentIds: ids });

/** The lists of components that a client supports, or that a group requires. mls-extensions §4.6 */
export function componentLists(
  components: number[] | undefined,
  safeAad: number[] | undefined,
  ...more: readonly (readonly [componentId: number, data: Uint8Array])[]
): Extension {
  return dictionaryExtension(
    new Map([
      ...more,
      ...(components === undefined ? [] : [[componentIds.app_components, listOf(...components)] as const]),
      ...(safeAad === undefined ? [] : [[componentIds.safe_aad, listOf(...safeAad)] as const]),
    ]),
  );
}

export function requiringContext(scene: Scene): GroupContext {
  const required = {
    extensionTypes: ["app_data_dictionary" as const],
    proposalTypes: ["app_data_update" as const, "self_remove" as const],
    credentialTypes: ["basic" as const],
  };
  return {
    version: "mls10",
    cipherSuite: scene.suite.id,
    groupId: utf8(groupId),
    epoch: 7n,
    treeHash: scene.random("tree hash").bytes(32),
    confirmedTranscriptHash: scene.random("confirmed transcript hash").bytes(32),
    extensions: [
      { extensionType: "required_capabilities", extensionData: RequiredCapabilities.encode(required) },
      componentLists([topic], [receipts]),
      { extensionType: "required_wire_formats", extensionData: wireFormats(semiPrivate) },
    ],
  };
}

export const capabilities: Capabilities = {
  versions: ["mls10"],
  cipherSuites: [1, 2, 3],
  extensions: ["app_data_dictionary", "supported_wire_formats", "required_wire_formats"],
  proposals: ["app_data_update", "self_remove"],
  credentials: ["basic"],
};

export const supporting: readonly Extension[] = [
  componentLists([topic], [receipts]),
  { extensionType: "supported_wire_formats", extensionData: wireFormats(semiPrivate) },
];

/** What is other than usual: before the leaf is signed, before the KeyPackage is, or the signatures themselves. */
export interface Unusual {
  readonly leaf?: Partial<LeafNode> & { readonly lifetime?: Lifetime };
  readonly keyPackage?: Partial<KeyPackage>;
  readonly leafSignature?: (right: Uint8Array) => Uint8Array;
  readonly signature?: Uint8Array;
}

/** The public keys in it are drawn from Bob's own streams: nobody needs what is encrypted to them. */
export function keyPackageOf(scene: Scene, unusual: Unusual = {}): KeyPackage {
  const { suite } = scene;
  const { privateKey, publicKey } = scene.signatureOf(bobClient);
  const leaf = {
    encryptionKey: scene.hpkeOf(`leaf of ${bobClient}`).publicKey,
    signatureKey: publicKey,
    credential: clientCredential(bobClient),
    capabilities,
    leafNodeSource: "key_package",
    lifetime: { notBefore: now - 3600n, notAfter: now + 7_776_000n },
    extensions: [...supporting],
    signature: noBytes,
    ...unusual.leaf,
  } as LeafNode;
  const place = leaf.leafNodeSource === "key_package" ? undefined : { groupId: utf8(groupId), leafIndex: 3 };
  const leafNode = signLeaf(suite, privateKey, leaf, place);
  const unsigned = {
    version: "mls10" as const,
    cipherSuite: suite.id,
    initKey: scene.hpkeOf(`KeyPackage of ${bobClient}`).publicKey,
    leafNode: { ...leafNode, signature: unusual.leafSignature?.(leafNode.signature) ?? leafNode.signature },
    extensions: [],
    signature: noBytes,
    ...unusual.keyPackage,
  };
  const signature = signWithLabel(suite, privateKey, "KeyPackageTBS", KeyPackageTBS.encode(unsigned));
  return { ...unsigned, signature: unusual.signature ?? signature };
}
