/**
 * Arithmetic on node indices of a complete binary tree kept as an array from left to right (RFC 9420, Appendix C).
 * Leaf L is node 2 L. A tree with 2^d leaves has 2^(d+1) - 1 nodes; its size is the number of nodes.
 */

/** 0 for a leaf. */
export function level(node: number): number {
  let k = 0;
  while ((node >> k) & 1) k++;
  return k;
}

export function isLeaf(node: number): boolean {
  return (node & 1) === 0;
}

export function root(size: number): number {
  return (size - 1) >> 1;
}

/** The left child of a parent. */
export function left(parentNode: number): number {
  return parentNode ^ (1 << (level(parentNode) - 1));
}

/** The right child of a parent. */
export function right(parentNode: number): number {
  return parentNode ^ (3 << (level(parentNode) - 1));
}

/** The parent of a node that is not the root. */
export function parent(node: number): number {
  const k = level(node);
  return (node | (1 << k)) & ~(1 << (k + 1));
}

/** The other child of the node's parent. */
export function sibling(node: number): number {
  const above = parent(node);
  return node < above ? right(above) : left(above);
}

/** The nodes above `node`, from its parent to the root. */
export function directPath(node: number, size: number): number[] {
  const path: number[] = [];
  const top = root(size);
  for (let at = node; at !== top; ) {
    at = parent(at);
    path.push(at);
  }
  return path;
}

/** Whether `node` is `ancestor` or lies below it. */
export function isWithin(ancestor: number, node: number): boolean {
  const reach = (1 << level(ancestor)) - 1;
  return node >= ancestor - reach && node <= ancestor + reach;
}

/** The number of leaves of a tree of `size` nodes. */
export function leafCount(size: number): number {
  return (size + 1) >> 1;
}
