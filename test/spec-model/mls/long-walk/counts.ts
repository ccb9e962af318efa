/** How often a walk met each of the things that it is there for. */
import type { CommitResult, RatchetTree } from "../../../../spec-model/mls/index.ts";
import { isLeaf, left, right, root } from "../../../../spec-model/mls/tree-math.ts";

export class Counts {
  largest = 0;
  private readonly seen = new Map<string, number>();

  note(what: string): void {
    this.seen.set(what, this.of(what) + 1);
  }

  /** What a commit that everybody accepts does. */
  commit({ facts, message }: Pick<CommitResult, "facts" | "message">): void {
    if (facts.psks.length > 0) this.note("commit with a PSK");
    if (!facts.hasPath) this.note("commit without a path");
    if (message.wireFormat === "mls_semiprivate_message") this.note("commit as SemiPrivateMessage");
    for (const _ of facts.added) this.note("joined by Welcome");
    for (const _ of facts.updated) this.note("updated by reference");
    for (const { itself } of facts.removed) this.note(itself ? "removed by SelfRemove" : "removed by others");
    for (const { proposal, reference } of facts.proposals) {
      if (proposal.proposalType === "add" && reference !== undefined) this.note("added by reference");
    }
    if (!facts.external) return;
    const resync = facts.removed.some(({ itself }) => !itself);
    this.note(resync ? "rejoined externally" : "joined externally");
  }

  of(what: string): number {
    return this.seen.get(what) ?? 0;
  }
}

/** Whether some inner node has only blank leaves below it. */
export function hasBlankSubtree(tree: RatchetTree): boolean {
  const isBlankBelow = (node: number): boolean =>
    isLeaf(node) ? tree[node] === undefined : isBlankBelow(left(node)) && isBlankBelow(right(node));
  const search = (node: number): boolean =>
    !isLeaf(node) && (isBlankBelow(node) || search(left(node)) || search(right(node)));
  return search(root(tree.length));
}
