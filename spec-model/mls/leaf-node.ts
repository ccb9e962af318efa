/** Signing and validating leaves (RFC 9420 §7.2 and §7.3). */
import { latestFew, remembered } from "../remembered.ts";
import { type MlsApplication, unlessRefused } from "./application.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand, refuse } from "./errors.ts";
import { demandDistinct, requiredCapabilities, supportsExtension, supportsProposal } from "./extensions.ts";
import { signWithLabel, verifyWithLabel } from "./labelled.ts";
import { demandNegotiated, type Negotiated, requiredOfMembers } from "./negotiation.ts";
import { members, type RatchetTree } from "./ratchet-tree.ts";
import {
  type CredentialType,
  type Extension,
  type ExtensionType,
  type LeafNode,
  LeafNodeTBS,
  type RequiredCapabilities,
} from "./structures/index.ts";

/** Where in which group a leaf is. A leaf in a KeyPackage has no place. */
export interface LeafPlace {
  readonly groupId: Uint8Array;
  readonly leafIndex: number;
}

const label = "LeafNodeTBS";

/** The leaf with its signature. */
export function signLeaf(
  suite: CipherSuite,
  privateKey: Uint8Array,
  leaf: LeafNode,
  place: LeafPlace | undefined,
): LeafNode {
  return { ...leaf, signature: signWithLabel(suite, privateKey, label, toBeSigned(leaf, place)) };
}

/**
 * What can be said of a leaf by itself: its signature, that it keeps to its own capabilities, its lifetime and
 * credential. RFC 9420 §7.3
 */
export function validateLeafAlone(
  suite: CipherSuite,
  leaf: LeafNode,
  place: LeafPlace | undefined,
  app: MlsApplication,
): void {
  const { credentials, cipherSuites, versions } = leaf.capabilities;
  demand(leaf.encryptionKey.length === suite.hpke.publicKeyLength, "hpkePublicKey");
  demand(versions.includes("mls10"), "leafVersion");
  demand(cipherSuites.includes(suite.id), "leafCipherSuite");
  demand(credentials.includes(leaf.credential.credentialType), "leafCredentialType");
  demandDistinct(leaf.extensions);
  for (const { extensionType } of leaf.extensions) {
    demand(supportsExtension(leaf, extensionType), "leafExtension", `${extensionType}`);
  }
  const signed = toBeSigned(leaf, place);
  demand(verifyWithLabel(suite, leaf.signatureKey, label, signed, leaf.signature), "leafSignature");
  unlessRefused(app.validateCredential?.(leaf.credential, leaf.signatureKey), "credentialRefused");
}

/** RFC 9420 §7.2 and §7.3: the current time is within the lifetime, and that not too long, as far as both are known. */
export function demandAlive(leaf: LeafNode, app: MlsApplication): void {
  if (leaf.leafNodeSource !== "key_package") return;
  const { notBefore, notAfter } = leaf.lifetime;
  const { maximumLifetime } = app;
  demand(maximumLifetime === undefined || notAfter - notBefore <= maximumLifetime, "lifetimeTooLong");
  if (app.now === undefined) return;
  demand(
    notBefore <= app.now && app.now <= notAfter,
    "lifetime",
    `${notBefore} to ${notAfter}, now ${app.now}`,
  );
}

/** `demandAlive` of every member. */
export function demandAllAlive(tree: RatchetTree, app: MlsApplication): void {
  const { from, until } = livesOf(tree);
  const known = app.maximumLifetime === undefined && app.now !== undefined;
  if (known && from <= app.now && app.now <= until) return;
  for (const { leafNode } of members(tree)) demandAlive(leafNode, app);
}

/** When all leaves of a tree are within their lifetimes. */
const livesOf = remembered((tree: RatchetTree) => {
  let [from, until] = [0n, 2n ** 64n - 1n];
  for (const { leafNode } of members(tree)) {
    if (leafNode.leafNodeSource !== "key_package") continue;
    const { notBefore, notAfter } = leafNode.lifetime;
    if (notBefore > from) from = notBefore;
    if (notAfter < until) until = notAfter;
  }
  return { from, until };
});

/** What a group's extensions demand of each member. */
export interface GroupDemands {
  readonly required: RequiredCapabilities;
  readonly inUse: readonly ExtensionType[];
  readonly negotiated: Negotiated;
}

export function groupDemands(groupExtensions: readonly Extension[]): GroupDemands {
  return {
    required: requiredCapabilities(groupExtensions),
    inUse: groupExtensions.map(({ extensionType }) => extensionType),
    negotiated: requiredOfMembers(groupExtensions),
  };
}

/** RFC 9420 §7.3, §11.1 and §13.4, mls-extensions §5: the leaf supports what the group requires and uses. */
export function demandSupport(leaf: LeafNode, { required, inUse, negotiated }: GroupDemands): void {
  for (const type of required.extensionTypes) {
    demand(supportsExtension(leaf, type), "requiredExtension", `${type}`);
  }
  for (const type of required.proposalTypes) {
    demand(supportsProposal(leaf, type), "requiredProposal", `${type}`);
  }
  for (const type of required.credentialTypes) {
    demand(leaf.capabilities.credentials.includes(type), "requiredCredential", `${type}`);
  }
  for (const type of inUse) demand(supportsExtension(leaf, type), "groupExtension", `${type}`);
  demandNegotiated(leaf, negotiated);
}

/** RFC 9420 §7.3: every member supports the group's parameters and every credential type in use. */
export function demandMutualSupport(tree: RatchetTree, groupExtensions: readonly Extension[]): void {
  const demands = demandsOf(groupExtensions);
  const inUse = new Set<CredentialType>();
  for (const { leafNode } of members(tree)) inUse.add(leafNode.credential.credentialType);
  for (const { leafIndex, leafNode } of members(tree)) {
    demandSupport(leafNode, demands);
    for (const type of inUse) {
      const supported = leafNode.capabilities.credentials.includes(type);
      if (!supported) refuse("credentialTypeInUse", `leaf ${leafIndex}, type ${type}`);
    }
  }
  mutuallySupporting.set(tree, { demands, inUse });
}

/**
 * The same for a tree that was made from `before`: where all members of that one support the same demands and each
 * other, only leaves that are new have to be looked at.
 */
export function demandMutualSupportAfter(
  before: RatchetTree,
  tree: RatchetTree,
  groupExtensions: readonly Extension[],
): void {
  const known = mutuallySupporting.get(before);
  const demands = demandsOf(groupExtensions);
  if (known?.demands !== demands || !newLeavesSupport(before, tree, known)) {
    demandMutualSupport(tree, groupExtensions);
  } else {
    mutuallySupporting.set(tree, known);
  }
}

interface MutualSupport {
  readonly demands: GroupDemands;
  /** At least the credential types that are in use. */
  readonly inUse: ReadonlySet<CredentialType>;
}

const mutuallySupporting = latestFew<RatchetTree, MutualSupport>();

/**
 * Whether new leaves fit in with the others' credentials; where they do, refuses one that does not support the demands.
 * In this order a refusal is the one that looking at all leaves would give.
 */
function newLeavesSupport(before: RatchetTree, tree: RatchetTree, known: MutualSupport): boolean {
  const fresh: LeafNode[] = [];
  for (let node = 0; node < tree.length; node += 2) {
    const [at, was] = [tree[node], before[node]];
    if (at !== was && at?.nodeType === "leaf") fresh.push(at.leafNode);
  }
  for (const { credential, capabilities } of fresh) {
    if (!known.inUse.has(credential.credentialType)) return false;
    for (const type of known.inUse) if (!capabilities.credentials.includes(type)) return false;
  }
  for (const leaf of fresh) demandSupport(leaf, known.demands);
  return true;
}

/** What these extensions demand, read once for all commits that keep them. */
function demandsOf(groupExtensions: readonly Extension[]): GroupDemands {
  const known = demandsOfExtensions.get(groupExtensions);
  if (known !== undefined) return known;
  const demands = groupDemands(groupExtensions);
  demandsOfExtensions.set(groupExtensions, demands);
  return demands;
}

const demandsOfExtensions = new WeakMap<readonly Extension[], GroupDemands>();

function toBeSigned(leaf: LeafNode, place: LeafPlace | undefined): Uint8Array {
  if (leaf.leafNodeSource === "key_package") return LeafNodeTBS.encode(leaf);
  if (place === undefined) return refuse("leafSource", "a leaf of a group without a place in it");
  // Written out: spreading objects is slow, and this is done for every leaf.
  const { encryptionKey, signatureKey, credential, capabilities, leafNodeSource, extensions } = leaf;
  const { groupId, leafIndex } = place;
  const said = { encryptionKey, signatureKey, credential, capabilities, extensions, groupId, leafIndex };
  return leafNodeSource === "update"
    ? LeafNodeTBS.encode(Object.assign(said, { leafNodeSource }))
    : LeafNodeTBS.encode(Object.assign(said, { leafNodeSource, parentHash: leaf.parentHash }));
}
