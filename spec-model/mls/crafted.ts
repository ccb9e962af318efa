/**
 * What a dishonest committer puts in the place of what RFC 9420 §12.4 has it compute, signed like all the rest: whoever
 * looks at the commit from outside the group cannot tell.
 */
import { receivingNodes } from "./create-path.ts";
import { filteredDirectPath, type RatchetTree } from "./ratchet-tree.ts";
import type { UpdatePath } from "./structures/index.ts";
import { isWithin } from "./tree-math.ts";

export interface Crafted {
  /** There is no path, whatever the proposals need. RFC 9420 §12.4 */
  readonly withoutPath?: boolean;
  /** Leaves that get garbage for a path secret, and with each all that learn theirs by the same node. RFC 9420 §7.5 */
  readonly shutsOut?: ReadonlySet<number>;
  /** Another confirmation tag, in the commit and in the GroupInfo. RFC 9420 §8.1 */
  readonly confirmationTag?: (tag: Uint8Array) => Uint8Array;
}

/** The path as `crafted` has it; `tree` and `added` as the path was made for them. */
export function craftedPath(
  path: UpdatePath,
  { shutsOut = nobody }: Crafted,
  tree: RatchetTree,
  committer: number,
  added: ReadonlySet<number>,
): UpdatePath {
  if (shutsOut.size === 0) return path;
  const steps = filteredDirectPath(tree, committer);
  const nodes = path.nodes.map((node, i) => {
    const step = steps[i];
    const receivers = step === undefined ? [] : receivingNodes(tree, step.copathChild, added);
    const encryptedPathSecret = node.encryptedPathSecret.map((box, at) => {
      const receiver = receivers[at];
      const isShutOut = receiver !== undefined && [...shutsOut].some((leaf) => isWithin(receiver, 2 * leaf));
      return isShutOut ? { ...box, ciphertext: anotherOctet(box.ciphertext) } : box;
    });
    return { ...node, encryptedPathSecret };
  });
  return { ...path, nodes };
}

/** The same length, and another value. */
function anotherOctet(octets: Uint8Array): Uint8Array {
  return octets.map((octet, i) => (i === 0 ? octet ^ 1 : octet));
}

const nobody: ReadonlySet<number> = new Set();
