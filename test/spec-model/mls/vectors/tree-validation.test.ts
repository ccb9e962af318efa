import { expect } from "vitest";
import { decodeRatchetTree, encodeRatchetTree } from "../../../../spec-model/mls/group-info.ts";
import { resolution } from "../../../../spec-model/mls/ratchet-tree.ts";
import { treeHash } from "../../../../spec-model/mls/tree-hash.ts";
import { validateTree } from "../../../../spec-model/mls/tree-validation.ts";
import { bothProviders, expectHex, octets, vectorFamily } from "./family.ts";

interface TreeValidation {
  cipher_suite: number;
  tree: string;
  group_id: string;
  tree_hashes: string[];
  resolutions: number[][];
}

vectorFamily<TreeValidation>("tree-validation", bothProviders, (vector, suite) => {
  const tree = decodeRatchetTree(octets(vector.tree));
  expectHex(encodeRatchetTree(tree), vector.tree);
  vector.tree_hashes.forEach((hash, node) => {
    expectHex(treeHash(suite, tree, node), hash, `node ${node}`);
  });
  vector.resolutions.forEach((nodes, node) => {
    expect(resolution(tree, node)).toEqual(nodes);
  });
  const context = {
    version: "mls10" as const,
    cipherSuite: suite.id,
    groupId: octets(vector.group_id),
    epoch: 0n,
    treeHash: treeHash(suite, tree),
    confirmedTranscriptHash: new Uint8Array(0),
    extensions: [],
  };
  validateTree(suite, tree, context, {});
});
