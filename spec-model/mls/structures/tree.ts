/** The nodes of the ratchet tree, what is hashed of them, and the path that a commit brings (RFC 9420 §7). */
import { closedEnum, type Infer, opaque, optional, struct, uint32, v, vector } from "../../wire/index.ts";
import { HPKECiphertext, HPKEPublicKey } from "./basics.ts";
import { LeafNode } from "./leaf-node.ts";

export const ParentNode = struct("ParentNode", {
  encryption_key: HPKEPublicKey,
  parent_hash: opaque(v),
  unmerged_leaves: vector(uint32).as("leaves below that do not know the private key; ascending"),
}).from("RFC 9420 §7.1", "a key that all members below the node share");
export type ParentNode = Infer<typeof ParentNode>;

export const NodeType = closedEnum("NodeType", 255, { leaf: 1, parent: 2 }).from(
  "RFC 9420 §7.8",
  "the kind of a node",
);

export const Node = struct("Node", { node_type: NodeType })
  .select("node_type", { leaf: { leaf_node: LeafNode }, parent: { parent_node: ParentNode } })
  .from("RFC 9420 §12.4.3.3", "a node of the tree that is not blank");
export type Node = Infer<typeof Node>;

export const RatchetTreeExtension = vector(optional(Node)).from(
  "RFC 9420 §12.4.3.3",
  "the content of ratchet_tree: all nodes from left to right, without the blank ones at the end",
);

export const LeafNodeHashInput = struct("LeafNodeHashInput", {
  leaf_index: uint32,
  leaf_node: optional(LeafNode),
}).from("RFC 9420 §7.8", "what a leaf contributes to the tree hash");

export const ParentNodeHashInput = struct("ParentNodeHashInput", {
  parent_node: optional(ParentNode),
  left_hash: opaque(v),
  right_hash: opaque(v),
}).from("RFC 9420 §7.8", "what a parent contributes to the tree hash");

export const TreeHashInput = struct("TreeHashInput", { node_type: NodeType })
  .select("node_type", { leaf: LeafNodeHashInput, parent: ParentNodeHashInput })
  .from("RFC 9420 §7.8", "what the tree hash of a subtree is the hash of");

export const ParentHashInput = struct("ParentHashInput", {
  encryption_key: HPKEPublicKey,
  parent_hash: opaque(v),
  original_sibling_tree_hash: opaque(v),
}).from("RFC 9420 §7.9", "what ties a node to the update that made it");

export const UpdatePathNode = struct("UpdatePathNode", {
  encryption_key: HPKEPublicKey,
  encrypted_path_secret: vector(HPKECiphertext).as("one for each node in the resolution of the copath child"),
}).from("RFC 9420 §7.6", "a new key of the committer's filtered direct path");
export type UpdatePathNode = Infer<typeof UpdatePathNode>;

export const UpdatePath = struct("UpdatePath", {
  leaf_node: LeafNode,
  nodes: vector(UpdatePathNode).as("from the leaf's parent upwards"),
}).from("RFC 9420 §7.6", "fresh keys from the committer's leaf to the root");
export type UpdatePath = Infer<typeof UpdatePath>;
