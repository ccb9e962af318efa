/** What is wrong with a ratchet tree that somebody hands over. RFC 9420 §7.1, §7.3, §7.9.2, §12.4.3.1 and §12.4.3.3 */
import { noBytes, utf8 } from "../../../../spec-model/bytes.ts";
import {
  encodeRatchetTree,
  type GroupContext,
  type LeafNode,
  type ParentNode,
  type RatchetTree,
  RatchetTreeExtension,
  signLeaf,
} from "../../../../spec-model/mls/index.ts";
import { flipped } from "../keys.ts";
import { leafOf } from "./signed-again.ts";
import type { PlantedTree } from "./trees.ts";

export interface TreeFault {
  readonly slug: string;
  readonly flag: string;
  readonly path: string;
  readonly op: string;
  readonly tree?: RatchetTree;
  /** Where they encode no tree at all. */
  readonly octets?: Uint8Array;
  readonly context?: GroupContext;
}

/** Above leaves 0 to 7, and above leaves 0 and 1; what else is above leaves 2 and 3 is blank. */
const [root, lower] = [7, 1];
/** The leaf of a newcomer: no parent hash depends on it. */
const unmerged = 2;

export function treeFaults(planted: PlantedTree): TreeFault[] {
  return [...ofTheWhole(planted), ...ofOctets(planted), ...ofParents(planted), ...ofLeaves(planted)];
}

function ofTheWhole({ alice: { groupContext } }: PlantedTree): TreeFault[] {
  return [
    {
      ...{ slug: "hash", flag: "Binding", path: "GroupContext.tree_hash" },
      op: "the GroupContext has the hash of another tree",
      context: { ...groupContext, treeHash: flipped(groupContext.treeHash) },
    },
    {
      ...{ slug: "group", flag: "Binding", path: "GroupContext.group_id" },
      op: "its leaves are signed for another group",
      context: { ...groupContext, groupId: utf8("mimi://hub.example/g/attic") },
    },
  ];
}

function ofOctets({ alice: { tree } }: PlantedTree): TreeFault[] {
  const octets = encodeRatchetTree(tree);
  const [leaf, parent] = [tree[0], tree[lower]];
  if (leaf === undefined || parent === undefined) throw new Error("a leaf and a parent");
  const nodes = RatchetTreeExtension.decode(octets);
  const replacing = (at: number, by: (typeof nodes)[number]) =>
    RatchetTreeExtension.encode(nodes.map((node, i) => (i === at ? by : node)));
  const fault = (slug: string, op: string, changed: Uint8Array): TreeFault => ({
    ...{ slug, flag: "Tree", path: "ratchet_tree", op },
    octets: changed,
  });
  return [
    fault("empty", "it has no nodes", RatchetTreeExtension.encode([])),
    fault("blank-at-end", "it ends in a blank node", RatchetTreeExtension.encode([...nodes, undefined])),
    fault("leaf-for-parent", "a leaf is in the place of a parent", replacing(lower, leaf)),
    fault("parent-for-leaf", "a parent is in the place of a leaf", replacing(0, parent)),
    fault("truncated", "its last octet is missing", octets.subarray(0, -1)),
    fault("trailing-octet", "an octet follows", Uint8Array.of(...octets, 0)),
  ];
}

function ofParents(planted: PlantedTree): TreeFault[] {
  const { alice } = planted;
  const fault = (
    slug: string,
    op: string,
    member: string,
    at: number,
    change: Partial<ParentNode>,
  ): TreeFault => ({
    ...{ slug, flag: "Tree", path: `ParentNode.${member}`, op },
    tree: alice.tree.map((node, i) =>
      i === at && node?.nodeType === "parent"
        ? { ...node, parentNode: { ...node.parentNode, ...change } }
        : node,
    ),
  });
  const listing = (slug: string, op: string, at: number, ...unmergedLeaves: number[]) =>
    fault(`unmerged-${slug}`, op, "unmerged_leaves", at, { unmergedLeaves });
  return [
    listing("unordered", "the root lists its unmerged leaves out of order", root, 3, 2),
    listing("twice", "the root lists an unmerged leaf twice", root, 2, 2, 3),
    listing("beyond", "the root lists a leaf beyond the tree", root, 2, 3, 8),
    listing("blank", "the root lists a blank leaf", root, 2, 3, 6),
    listing("not-below", "a node lists a leaf that is not below it", lower, 2),
    listing("not-lower", "the root lists a leaf that a node below it has merged", root, 1, 2, 3),
    fault("parent-hash", "a node is bound to another one above it", "parent_hash", lower, {
      parentHash: flipped(parentAt(alice.tree, lower).parentHash),
    }),
    fault("root-parent-hash", "the root is bound to something above it", "parent_hash", root, {
      parentHash: new Uint8Array(32),
    }),
    fault("parent-key", "a node has a key that no path brought", "encryption_key", lower, {
      encryptionKey: planted.scene.hpkeOf("an inner node").publicKey,
    }),
  ];
}

function parentAt(tree: RatchetTree, at: number): ParentNode {
  const node = tree[at];
  if (node?.nodeType !== "parent") throw new Error(`no parent at ${at}`);
  return node.parentNode;
}

/** All are signed again by their owners, unless that is the fault. */
function ofLeaves(planted: PlantedTree): TreeFault[] {
  const { scene, alice, newcomers } = planted;
  const [gina] = newcomers;
  if (gina === undefined) throw new Error("no newcomer");
  const having = (leafIndex: number, leafNode: LeafNode) =>
    alice.tree.map((node, i) => (i === 2 * leafIndex ? ({ nodeType: "leaf", leafNode } as const) : node));
  const own = leafOf({ tree: alice.tree, leafIndex: unmerged });
  const fault = (slug: string, flag: string, member: string, op: string, tree: RatchetTree): TreeFault => ({
    ...{ slug, flag, path: `LeafNode.${member}`, op, tree },
  });
  const changed = (change: object, key = gina.signaturePrivateKey) =>
    having(unmerged, signLeaf(scene.suite, key, { ...own, ...change } as LeafNode, undefined));
  const lacking = (change: object) => changed({ capabilities: { ...own.capabilities, ...change } });
  const bob = leafOf({ tree: alice.tree, leafIndex: 1 });
  const alices = leafOf(alice);
  const place = { groupId: alice.groupContext.groupId, leafIndex: alice.leafIndex };
  const unbound = { ...alices, parentHash: new Uint8Array(32) } as LeafNode;
  return [
    fault("leaf-signature", "Signature", "signature", "the signature of a leaf is another one", [
      ...having(unmerged, { ...own, signature: flipped(own.signature) }),
    ]),
    fault(
      "leaf-place",
      "Binding",
      "signature",
      "a leaf of a commit is signed for another place",
      having(0, signLeaf(scene.suite, alice.signaturePrivateKey, alices, { ...place, leafIndex: 1 })),
    ),
    fault(
      "leaf-parent-hash",
      "Tree",
      "parent_hash",
      "a leaf of a commit is bound to another path",
      having(0, signLeaf(scene.suite, alice.signaturePrivateKey, unbound, place)),
    ),
    fault(
      "leaf-encryption-key",
      "Twice",
      "encryption_key",
      "two leaves have one encryption key",
      changed({ encryptionKey: bob.encryptionKey }),
    ),
    fault(
      "leaf-signature-key",
      "Twice",
      "signature_key",
      "two leaves have one signature key",
      changed({ signatureKey: bob.signatureKey }, scene.signatureOf("mimi://b.example/d/bob/1").privateKey),
    ),
    fault(
      "leaf-credential-type",
      "Unsupported",
      "capabilities",
      "a client does not support the type of its own credential",
      lacking({ credentials: [] }),
    ),
    fault(
      "leaf-version",
      "Unsupported",
      "capabilities",
      "a client does not support this version of MLS",
      lacking({ versions: [] }),
    ),
    fault(
      "leaf-cipher-suite",
      "Unsupported",
      "capabilities",
      "a client does not support the group's cipher suite",
      lacking({ cipherSuites: [] }),
    ),
    fault(
      "leaf-required-extension",
      "Unsupported",
      "capabilities",
      "a client does not support a required extension",
      lacking({ extensions: [] }),
    ),
    fault(
      "leaf-required-proposal",
      "Unsupported",
      "capabilities",
      "a client does not support a required type of proposals",
      lacking({ proposals: [] }),
    ),
    fault(
      "leaf-extension",
      "Unsupported",
      "extensions",
      "a leaf has an extension that its client does not support",
      changed({ extensions: [...own.extensions, { extensionType: 0x7777, extensionData: noBytes }] }),
    ),
  ];
}
