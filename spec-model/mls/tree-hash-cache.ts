/**
 * Remembers the tree hashes of trees, outside of them so that a tree stays a plain value. A tree made by changing
 * some leaves starts with all hashes of the tree it was made from, but those on the way from these leaves to the root.
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

/** `to` was made from `from` by changes that touch nothing but `changedNodes` and what is above them. */
export function inheritHashes(
  from: readonly unknown[],
  to: readonly unknown[],
  changedNodes: readonly number[],
): void {
  const known = hashesOfTrees.get(from);
  if (known === undefined) return;
  const inherited = known.slice(0, to.length);
  while (inherited.length < to.length) inherited.push(undefined);
  for (const node of changedNodes) {
    inherited[node] = undefined;
    for (const above of directPath(node, to.length)) inherited[above] = undefined;
  }
  hashesOfTrees.set(to, inherited);
}
