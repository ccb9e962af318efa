/** A committer's fresh keys for its leaf and every node above it, encrypted to the others (RFC 9420 §7.5 and §7.6). */
import { noBytes } from "../bytes.ts";
import type { RandomSource } from "../random.ts";
import { type CipherSuite, sameEntropyFor } from "./crypto/index.ts";
import { encryptWithLabel } from "./labelled.ts";
import { signLeaf } from "./leaf-node.ts";
import { pathHashes } from "./merge-path.ts";
import { nextPathSecret, nodeKeyPair } from "./path-secrets.ts";
import {
  blankAbove,
  encryptionKeyOf,
  filteredDirectPath,
  type PathStep,
  type RatchetTree,
  resolution,
  withPath,
} from "./ratchet-tree.ts";
import { GroupContext, type LeafNode, type UpdatePath } from "./structures/index.ts";
import { treeHash } from "./tree-hash.ts";

export interface Committer {
  readonly leafIndex: number;
  /** What the new leaf says of the client; keys, source and signature are made here. */
  readonly leaf: LeafNode;
  readonly signaturePrivateKey: Uint8Array;
}

export interface NewPath {
  readonly tree: RatchetTree;
  readonly path: UpdatePath;
  /** By node index. */
  readonly privateKeys: ReadonlyMap<number, Uint8Array>;
  /** By node index; newcomers are told the one of the lowest node they share with the committer. */
  readonly pathSecrets: ReadonlyMap<number, Uint8Array>;
  readonly commitSecret: Uint8Array;
}

/**
 * `tree` is the tree after the commit's proposals; `added` are the leaves that they added, which learn their secrets
 * from the Welcome. `provisional` is the next GroupContext but for tree hash and confirmed transcript hash.
 */
export function createPath(
  suite: CipherSuite,
  tree: RatchetTree,
  committer: Committer,
  added: ReadonlySet<number>,
  provisional: GroupContext,
  random: RandomSource,
): NewPath {
  const steps = filteredDirectPath(tree, committer.leafIndex);
  const secrets = freshSecrets(suite, steps, committer.leafIndex, random);
  const blanked = blankAbove(tree, committer.leafIndex);
  const { parents, leafParentHash } = pathHashes(
    suite,
    blanked,
    steps,
    steps.map(({ node }) => keyOf(secrets.publicKeys, node)),
  );
  const leafNode = newLeaf(
    suite,
    committer,
    keyOf(secrets.publicKeys, 2 * committer.leafIndex),
    leafParentHash,
    {
      groupId: provisional.groupId,
      leafIndex: committer.leafIndex,
    },
  );
  const next = withPath(blanked, committer.leafIndex, parents, leafNode);
  const context = GroupContext.encode({ ...provisional, treeHash: treeHash(suite, next) });
  const entropy = sameEntropyFor(random);
  const nodes = steps.map(({ node, copathChild }) => ({
    encryptionKey: keyOf(secrets.publicKeys, node),
    encryptedPathSecret: receivers(tree, copathChild, added).map((key) =>
      encryptWithLabel(suite, key, "UpdatePathNode", context, keyOf(secrets.pathSecrets, node), entropy),
    ),
  }));
  return { tree: next, path: { leafNode, nodes }, ...secrets };
}

/** The nodes whose keys a path secret is encrypted to, in the order of the path's ciphertexts. RFC 9420 §7.5 */
export function receivingNodes(
  tree: RatchetTree,
  copathChild: number,
  added: ReadonlySet<number>,
): readonly number[] {
  return resolution(tree, copathChild).filter((node) => tree[node] !== undefined && !added.has(node / 2));
}

function freshSecrets(
  suite: CipherSuite,
  steps: readonly PathStep[],
  leafIndex: number,
  random: RandomSource,
) {
  const privateKeys = new Map<number, Uint8Array>();
  const publicKeys = new Map<number, Uint8Array>();
  const pathSecrets = new Map<number, Uint8Array>();
  const put = (node: number, secret: Uint8Array) => {
    const pair = nodeKeyPair(suite, secret);
    privateKeys.set(node, pair.privateKey);
    publicKeys.set(node, pair.publicKey);
  };
  let secret = random.bytes(suite.hashLength);
  put(2 * leafIndex, secret);
  for (const { node } of steps) {
    secret = nextPathSecret(suite, secret);
    pathSecrets.set(node, secret);
    put(node, secret);
  }
  return { privateKeys, publicKeys, pathSecrets, commitSecret: nextPathSecret(suite, secret) };
}

/** The keys that reach every member below the copath child, but for those who have just been added. */
function receivers(tree: RatchetTree, copathChild: number, added: ReadonlySet<number>): Uint8Array[] {
  return receivingNodes(tree, copathChild, added).flatMap((node) => {
    const at = tree[node];
    return at === undefined ? [] : [encryptionKeyOf(at)];
  });
}

function newLeaf(
  suite: CipherSuite,
  committer: Committer,
  encryptionKey: Uint8Array,
  parentHash: Uint8Array,
  place: { groupId: Uint8Array; leafIndex: number },
): LeafNode {
  const { signatureKey, credential, capabilities, extensions } = committer.leaf;
  const unsigned: LeafNode = {
    encryptionKey,
    signatureKey,
    credential,
    capabilities,
    leafNodeSource: "commit",
    parentHash,
    extensions,
    signature: noBytes,
  };
  return signLeaf(suite, committer.signaturePrivateKey, unsigned, place);
}

function keyOf(octets: ReadonlyMap<number, Uint8Array>, node: number): Uint8Array {
  const found = octets.get(node);
  if (found === undefined) throw new Error(`node ${node} is not on the new path`);
  return found;
}
