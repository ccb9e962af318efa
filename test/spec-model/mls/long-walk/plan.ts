/** What happens in each round of a long walk: decided from a stream of its own, never from octets that keys produce. */
import type { RandomSource } from "../../../../spec-model/random.ts";

/** How the commit of a round comes about. */
export type CommitKind =
  | "add"
  | "addWithPath"
  | "remove"
  | "removeSubtree"
  | "refresh"
  | "pending"
  | "change"
  | "psk"
  | "join"
  | "rejoin";

/** What is proposed before the commit of a round. */
export type ProposalKind =
  | "update"
  | "remove"
  | "change"
  | "selfRemove"
  | "hubRemoves"
  | "hubAdds"
  | "newcomerAsks";

/** What the network does with a message to one receiver. */
export type Fate = "arrives" | "lost" | "late" | "twice";

/** Draws of small numbers and choices. */
export class Decisions {
  private readonly source: RandomSource;

  constructor(source: RandomSource) {
    this.source = source;
  }

  below(limit: number): number {
    const [a = 0, b = 0] = this.source.bytes(2);
    return (256 * a + b) % limit;
  }

  oneIn(n: number): boolean {
    return this.below(n) === 0;
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.below(from.length)];
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  }

  /** Each kind as often as its weight says. */
  weighted<T extends string>(weights: Readonly<Record<T, number>>): T {
    const kinds = Object.entries<number>(weights).flatMap(([kind, weight]) =>
      Array.from({ length: weight }, () => kind as T),
    );
    return this.pick(kinds);
  }
}

/** The size that the group moves to in this round: three times from a few members up to the largest and back. */
export function wantedSize(round: number, rounds: number, largest: number): number {
  const period = rounds / 3;
  const phase = (round % period) / period;
  const height = 1 - Math.abs(2 * phase - 1);
  const smallest = 3;
  return Math.round(smallest + 2 * height ** 4 * (largest - smallest));
}

/** Which kind of commit brings a group of `size` members nearer to the wanted size. */
export function commitKind(decisions: Decisions, size: number, wanted: number, largest: number): CommitKind {
  const changes = { refresh: 2, pending: 4, change: 2, psk: 1 };
  if (size >= largest) return decisions.weighted({ remove: 2, removeSubtree: 1, rejoin: 1, ...changes });
  if (size < wanted) return decisions.weighted({ add: 5, addWithPath: 4, join: 4, rejoin: 2, ...changes });
  return decisions.weighted({ remove: 4, removeSubtree: 4, rejoin: 2, join: 1, add: 1, ...changes });
}

/** What is proposed in a round with `size` members, in order. */
export function proposalKinds(decisions: Decisions, size: number, largest: number): ProposalKind[] {
  const count = decisions.below(4);
  return Array.from({ length: count }, () => {
    const shrinks = size > 4 ? { selfRemove: 2, remove: 1, hubRemoves: 1 } : {};
    const grows = size < largest - count ? { hubAdds: 1, newcomerAsks: 1 } : {};
    return decisions.weighted<ProposalKind>({
      ...{ update: 4, change: 2, selfRemove: 0, remove: 0, hubRemoves: 0, hubAdds: 0, newcomerAsks: 0 },
      ...shrinks,
      ...grows,
    });
  });
}
