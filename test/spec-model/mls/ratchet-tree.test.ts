import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  addLeaf,
  addLeaves,
  type RatchetTree,
  removeLeaf,
  treeOf,
} from "../../../spec-model/mls/ratchet-tree.ts";
import type { LeafNode, ParentNode } from "../../../spec-model/mls/structures/index.ts";
import { directPath } from "../../../spec-model/mls/tree-math.ts";

const leaf = (name: string): LeafNode => ({
  encryptionKey: utf8(name),
  signatureKey: utf8(name),
  credential: { credentialType: "basic", identity: utf8(name) },
  capabilities: { versions: [], cipherSuites: [], extensions: [], proposals: [], credentials: [] },
  leafNodeSource: "update",
  extensions: [],
  signature: noBytes,
});
const parentNode: ParentNode = { encryptionKey: utf8("parent"), parentHash: noBytes, unmergedLeaves: [] };
const leaves = (kind: string, count: number) => Array.from({ length: count }, (_, i) => leaf(`${kind} ${i}`));

/** A tree of so many leaves, with parents above one of them and without some of the others. */
const anyTree = fc
  .record({
    size: fc.integer({ min: 1, max: 20 }),
    above: fc.nat(19),
    removed: fc.array(fc.nat(19), { maxLength: 8 }),
  })
  .map(({ size, above, removed }) => {
    let tree: RatchetTree = leaves("old", size - 1).reduce(
      (before, each) => addLeaf(before, each).tree,
      treeOf(leaf("founder")),
    );
    const gone = removed.filter((leafIndex) => leafIndex > 0 && leafIndex < size);
    for (const leafIndex of new Set(gone)) {
      if (2 * leafIndex < tree.length && tree[2 * leafIndex] !== undefined)
        tree = removeLeaf(tree, leafIndex);
    }
    const path = new Set(directPath(2 * (above % ((tree.length + 1) / 2)), tree.length));
    return tree.map((node, i) => (path.has(i) ? { nodeType: "parent" as const, parentNode } : node));
  });

describe("a ratchet tree", () => {
  it("takes many leaves at once as it takes them one after the other (RFC 9420 §12.1.1)", () => {
    fc.assert(
      fc.property(anyTree, fc.integer({ min: 1, max: 24 }), (before, count) => {
        const added = leaves("new", count);
        let [tree, indices]: [RatchetTree, number[]] = [before, []];
        for (const each of added) {
          const next = addLeaf(tree, each);
          [tree, indices] = [next.tree, [...indices, next.leafIndex]];
        }
        expect(addLeaves(before, added)).toEqual({ tree, leafIndices: indices });
      }),
    );
  });

  it("takes a leaf where the first blank one is, and grows to twice its size where none is", () => {
    const four = leaves("old", 3).reduce((tree, each) => addLeaf(tree, each).tree, treeOf(leaf("founder")));
    expect(addLeaf(removeLeaf(four, 1), leaf("new")).leafIndex).toBe(1);
    const grown = addLeaves(four, leaves("new", 2));
    expect(grown.leafIndices).toEqual([4, 5]);
    expect(grown.tree.length).toBe(15);
  });
});
