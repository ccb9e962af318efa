import { decodeRatchetTree, encodeRatchetTree } from "../../../../spec-model/mls/group-info.ts";
import {
  addLeaf,
  type RatchetTree,
  removeLeaf,
  updateLeaf,
} from "../../../../spec-model/mls/ratchet-tree.ts";
import { Proposal } from "../../../../spec-model/mls/structures/index.ts";
import { treeHash } from "../../../../spec-model/mls/tree-hash.ts";
import { bothProviders, expectHex, octets, roundTrip, vectorFamily } from "./family.ts";

interface TreeOperation {
  cipher_suite: number;
  tree_before: string;
  proposal: string;
  proposal_sender: number;
  tree_hash_before: string;
  tree_after: string;
  tree_hash_after: string;
}

function applied(tree: RatchetTree, proposal: Proposal, sender: number): RatchetTree {
  switch (proposal.proposalType) {
    case "add":
      return addLeaf(tree, proposal.keyPackage.leafNode).tree;
    case "update":
      return updateLeaf(tree, sender, proposal.leafNode);
    case "remove":
      return removeLeaf(tree, proposal.removed);
    default:
      throw new Error(`${proposal.proposalType} changes no tree`);
  }
}

vectorFamily<TreeOperation>("tree-operations", bothProviders, (vector, suite) => {
  const before = decodeRatchetTree(octets(vector.tree_before));
  expectHex(treeHash(suite, before), vector.tree_hash_before, "hash before");
  const proposal = roundTrip(Proposal, vector.proposal);
  const after = applied(before, proposal, vector.proposal_sender);
  expectHex(encodeRatchetTree(after), vector.tree_after, "tree after");
  expectHex(treeHash(suite, after), vector.tree_hash_after, "hash after, from the inherited hashes");
  expectHex(treeHash(suite, [...after]), vector.tree_hash_after, "hash after, from scratch");
});
