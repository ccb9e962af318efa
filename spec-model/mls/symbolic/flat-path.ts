/**
 * A commit's path in a group without parents (RFC 9420 §7.5, §7.6): a fresh key for the committer's leaf, and one
 * secret in a single box that every other member's leaf key opens.
 *
 * Who can open it is the same as with TreeKEM: a member that has the private key of its leaf, and, having kept to the
 * protocol, those of the nodes above. What the tree saves is work, not knowledge.
 */
import { noBytes, zeros } from "../../bytes.ts";
import type { RandomSource } from "../../random.ts";
import { latestFew } from "../../remembered.ts";
import type { CommitOutcome } from "../commit-outcome.ts";
import type { Committer } from "../create-path.ts";
import type { CipherSuite, KeyPair } from "../crypto/index.ts";
import { demand, present } from "../errors.ts";
import { signLeaf } from "../leaf-node.ts";
import { type RatchetTree, withPath } from "../ratchet-tree.ts";
import type { GroupContext, LeafNode, UpdatePath } from "../structures/index.ts";
import { leafCount } from "../tree-math.ts";
import { fingerprint, longFingerprint } from "./fingerprint.ts";
import { contextName, treeName } from "./names.ts";
import { boxed, contentOf, holds } from "./suite.ts";

/** Octets of a leaf key's name in the list of those a path secret is for. */
export const slotLength = 8;

export interface NewFlatPath {
  readonly tree: RatchetTree;
  readonly path: UpdatePath;
  readonly leafKeys: KeyPair;
  readonly commitSecret: Uint8Array;
  /** The next GroupContext but for the transcript. */
  readonly provisional: GroupContext;
}

/**
 * `tree` and `added` as for TreeKEM's path; `next` is the next GroupContext but for tree hash and transcript; the leaves
 * that a dishonest committer shuts out have an empty slot.
 */
export function createFlatPath(
  suite: CipherSuite,
  tree: RatchetTree,
  committer: Committer,
  added: ReadonlySet<number>,
  next: GroupContext,
  random: RandomSource,
  shutsOut?: ReadonlySet<number>,
): NewFlatPath {
  const { leafIndex } = committer;
  const leafKeys = suite.hpke.deriveKeyPair(random.bytes(suite.hashLength));
  const pathSecret = random.bytes(suite.hashLength);
  const shared = isAlone(tree, leafIndex) ? undefined : suite.hpke.deriveKeyPair(pathSecret).publicKey;
  const unsigned = newLeaf(committer, leafKeys.publicKey, bindingTo(shared));
  const place = { groupId: next.groupId, leafIndex };
  const leafNode = signLeaf(suite, committer.signaturePrivateKey, unsigned, place);
  const after = withPath(tree, leafIndex, noParents, leafNode);
  const slots = recipients(tree, leafIndex, added, shutsOut);
  const provisional = withTreeHash(next, treeName(after));
  const seal = sealOf(provisional, slots ?? noBytes, pathSecret);
  const boxes = slots === undefined ? [] : [{ kemOutput: slots, ciphertext: boxed(seal, pathSecret) }];
  const nodes = shared === undefined ? [] : [{ encryptionKey: shared, encryptedPathSecret: boxes }];
  const commitSecret = commitSecretOf(pathSecret);
  return { tree: after, path: { leafNode, nodes }, leafKeys, commitSecret, provisional };
}

/** The public half: the tree with the path in it. Refuses what `mergePath` refuses, as far as there is a tree. */
export function mergeFlatPath(
  suite: CipherSuite,
  tree: RatchetTree,
  leafIndex: number,
  added: ReadonlySet<number>,
  path: UpdatePath,
): RatchetTree {
  const wanted = isAlone(tree, leafIndex) ? 0 : 1;
  demand(path.nodes.length === wanted, "pathLength", `${path.nodes.length} instead of ${wanted}`);
  const slots = recipients(tree, leafIndex, added);
  for (const { encryptionKey, encryptedPathSecret } of path.nodes) {
    const [box, second] = encryptedPathSecret;
    demand(second === undefined && box?.kemOutput.length === slots?.length, "pathSecretCount");
    demand(encryptionKey.length === suite.hpke.publicKeyLength, "hpkePublicKey");
  }
  const { leafNode } = path;
  demand(leafNode.leafNodeSource === "commit", "leafSource", leafNode.leafNodeSource);
  const binding = bindingTo(path.nodes[0]?.encryptionKey);
  demand(sameName(leafNode.parentHash, 0, binding, binding.length), "leafParentHash");
  return withPath(tree, leafIndex, noParents, leafNode);
}

/** A receiver's half: the commit secret. Refuses with `pathDecryption` and `pathKeyMismatch`. */
export function openFlatPath(
  suite: CipherSuite,
  path: UpdatePath,
  outcome: Pick<CommitOutcome, "provisional">,
  leafIndex: number,
  leafKey: Uint8Array,
): Uint8Array {
  const node = present(path.nodes[0], "pathDecryption", "the path does not lead to this member");
  const box = present(node.encryptedPathSecret[0], "pathSecretCount");
  demand(isSlotOf(box.kemOutput, leafIndex, leafKey), "pathDecryption");
  const known = opened.get(outcome);
  if (known !== undefined) return known;
  const pathSecret = contentOf(box.ciphertext);
  demand(holds(box.ciphertext, sealOf(outcome.provisional, box.kemOutput, pathSecret)), "pathDecryption");
  const { publicKey } = suite.hpke.deriveKeyPair(pathSecret);
  demand(sameName(node.encryptionKey, 0, publicKey, publicKey.length), "pathKeyMismatch");
  const commitSecret = commitSecretOf(pathSecret);
  opened.set(outcome, commitSecret);
  return commitSecret;
}

/** Whether a box with these slots is for the leaf with this key. */
export function isSlotOf(slots: Uint8Array, leafIndex: number, leafKey: Uint8Array): boolean {
  return sameName(slots, slotLength * leafIndex, leafKey, slotLength);
}

/** The commit secret that a path secret leads to. */
export function commitSecretOf(pathSecret: Uint8Array): Uint8Array {
  return longFingerprint("commitSecret", pathSecret);
}

/** What opened once opens for everybody who has one of the keys. */
const opened = latestFew<Pick<CommitOutcome, "provisional">, Uint8Array>();
const noParents: ReadonlyMap<number, never> = new Map<number, never>();

function isAlone(tree: RatchetTree, leafIndex: number): boolean {
  for (let i = 0; i < tree.length; i += 2) if (tree[i] !== undefined && i !== 2 * leafIndex) return false;
  return true;
}

/** The names of the leaf keys that open the box, each at its leaf's place; undefined where there is none. */
function recipients(
  tree: RatchetTree,
  committer: number,
  added: ReadonlySet<number>,
  shutsOut?: ReadonlySet<number>,
): Uint8Array | undefined {
  const slots = zeros(slotLength * leafCount(tree.length));
  let isForSomebody = false;
  for (let node = 0; node < tree.length; node += 2) {
    const leaf = tree[node];
    if (leaf?.nodeType !== "leaf" || node === 2 * committer || added.has(node / 2)) continue;
    const { encryptionKey } = leaf.leafNode;
    isForSomebody = true;
    if (shutsOut?.has(node / 2)) continue;
    const start = (slotLength * node) / 2;
    for (let at = 0; at < slotLength; at++) slots[start + at] = encryptionKey[at] ?? 0;
  }
  return isForSomebody ? slots : undefined;
}

/** Written out: spreading objects is slow. */
function withTreeHash(context: GroupContext, treeHash: Uint8Array): GroupContext {
  const { version, cipherSuite, groupId, epoch, confirmedTranscriptHash, extensions } = context;
  return { version, cipherSuite, groupId, epoch, treeHash, confirmedTranscriptHash, extensions };
}

function sealOf(provisional: GroupContext, slots: Uint8Array, pathSecret: Uint8Array): Uint8Array {
  return fingerprint("path", contextName(provisional), slots, pathSecret);
}

/** In the place of the parent hash: binds the committer's leaf to the path. */
function bindingTo(shared: Uint8Array | undefined): Uint8Array {
  return shared === undefined ? noBytes : fingerprint("pathParent", shared);
}

function newLeaf({ leaf }: Committer, encryptionKey: Uint8Array, parentHash: Uint8Array): LeafNode {
  const { signatureKey, credential, capabilities, extensions } = leaf;
  return {
    encryptionKey,
    signatureKey,
    credential,
    capabilities,
    leafNodeSource: "commit",
    parentHash,
    extensions,
    signature: noBytes,
  };
}

function sameName(octets: Uint8Array, from: number, name: Uint8Array, length: number): boolean {
  if (octets.length < from + length) return false;
  for (let i = 0; i < length; i++) if (octets[from + i] !== name[i]) return false;
  return true;
}
