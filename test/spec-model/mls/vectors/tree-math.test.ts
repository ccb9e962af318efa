import { expect } from "vitest";
import {
  isLeaf,
  leafCount,
  left,
  parent,
  right,
  root,
  sibling,
} from "../../../../spec-model/mls/tree-math.ts";
import { vectorsTogether } from "./family.ts";

interface TreeMath {
  n_leaves: number;
  n_nodes: number;
  root: number;
  left: (number | null)[];
  right: (number | null)[];
  parent: (number | null)[];
  sibling: (number | null)[];
}

vectorsTogether<TreeMath>("tree-math", (vector) => {
  expect(leafCount(vector.n_nodes)).toBe(vector.n_leaves);
  expect(root(vector.n_nodes)).toBe(vector.root);
  for (let node = 0; node < vector.n_nodes; node++) {
    const isRoot = node === vector.root;
    expect(isLeaf(node) ? null : left(node)).toBe(vector.left[node]);
    expect(isLeaf(node) ? null : right(node)).toBe(vector.right[node]);
    expect(isRoot ? null : parent(node)).toBe(vector.parent[node]);
    expect(isRoot ? null : sibling(node)).toBe(vector.sibling[node]);
  }
});
