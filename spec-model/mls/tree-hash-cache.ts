/**
 * Remembers the tree hashes of trees, outside of them so that a tree stays a plain value. A tree made by changing
 * one leaf starts with all hashes of the tree it was made from, but those on the way from that leaf to the root.
 */
import { directPath } from "./tree-math.ts";

type Hashes = (Uint8Array | undefined)[];

const hashesOfTrees = new WeakMap<readonly unknown[], Hashes>();

/** The hashes known of `tree`, by node; to be filled in. */
export function knownHashes(tree: readonly unknown[]): Hashes {
  const known = hashesOfTrees.get(tree);
  if (known !== undefined) return known;
  const none: Hashes = new Array(tree.length).fill(undefined);
  hashesOfTrees.set(tree, none);
  return none;
}

/** `to` was made from `from` by a change that touches nothing but `changedNode` and what is above it. */
export function inheritHashes(
  from: readonly unknown[],
  to: readonly unknown[],
  changedNode: number | undefined,
): void {
  const known = hashesOfTrees.get(from);
  if (known === undefined) return;
  const inherited = Array.from({ length: to.length }, (_, i) => known[i]);
  if (changedNode !== undefined) {
    inherited[changedNode] = undefined;
    for (const above of directPath(changedNode, to.length)) inherited[above] = undefined;
  }
  hashesOfTrees.set(to, inherited);
}
