import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canRead,
  hears,
  learns,
  memberTerms,
  nothingKnown,
  type Term,
} from "../../../../spec-model/mls/symbolic/index.ts";
import { SymbolicRoom } from "./symbolic-room.ts";

const names = ["alice", "bob", "cathy", "dora"] as const;
type Name = (typeof names)[number];
type Happening =
  | { readonly type: "path" | "noPath" | "update"; readonly by: Name }
  | { readonly type: "remove"; readonly by: Name; readonly whom: Name }
  | { readonly type: "join" };

const name = fc.constantFrom(...names);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ type: fc.constantFrom("path" as const, "noPath" as const, "update" as const), by: name }),
  fc.record({ type: fc.constant("remove" as const), by: name, whom: name }),
  fc.record({ type: fc.constant("join" as const) }),
);

/** A member's secrets at one moment, and whether they still lead to the present by what is said of the drafts below. */
interface Snapshot {
  readonly of: Name;
  readonly terms: readonly Term[];
  readonly healedBy: Set<"unless committed" | "for good">;
}

/** RFC 9420 §16.6 in the words of this test: a compromise lasts until its victim has brought in fresh keys, or is out. */
function performs(room: SymbolicRoom, inside: Set<Name>, snapshots: Snapshot[], next: Happening): void {
  const of = (victim: Name) => snapshots.filter((snapshot) => snapshot.of === victim);
  if (next.type === "join") {
    // A client joins by itself and takes up nothing that is pending: what was proposed is lost.
    room.joins(`guest ${room.wire.length}`);
    for (const { healedBy } of snapshots) healedBy.delete("unless committed");
    return;
  }
  if (!inside.has(next.by)) return;
  if (next.type === "update") {
    room.updates(next.by);
    for (const { healedBy } of of(next.by)) healedBy.add("unless committed");
    return;
  }
  if (next.type === "remove" && (next.by === next.whom || !inside.has(next.whom))) return;
  const removed = next.type === "remove" ? room.member(next.whom).leafIndex : undefined;
  const hadPending = room.member(next.by).pendingProposals.size > 0;
  if (next.type === "remove" && hadPending) return;
  const proposals = removed === undefined ? [] : [{ proposalType: "remove" as const, removed }];
  const change = {
    proposalType: "app_data_update" as const,
    componentId: 0x8002,
    op: "update" as const,
    update: new Uint8Array(1),
  };
  const made = room.commits(
    next.by,
    next.type === "noPath" ? { proposals: [change] } : { proposals, forcePath: next.type === "path" },
  );
  if (next.type === "remove") inside.delete(next.whom);
  for (const snapshot of snapshots) {
    const fresh = snapshot.of === next.by ? made.facts.hasPath : snapshot.healedBy.has("unless committed");
    const isOut = !inside.has(snapshot.of);
    if (fresh || isOut) snapshot.healedBy.add("for good");
    snapshot.healedBy.delete("unless committed");
  }
}

describe("a compromise at any moment of a room's life", () => {
  it("reads what is said later exactly until its victim has brought in fresh keys or is removed", () => {
    let [overheard, healed] = [0, 0];
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 10 }), (happenings) => {
        const room = new SymbolicRoom(...names);
        const inside = new Set<Name>(names);
        const snapshots: Snapshot[] = [];
        for (const next of happenings) {
          for (const victim of inside) {
            snapshots.push({ of: victim, terms: memberTerms(room.member(victim)), healedBy: new Set() });
          }
          performs(room, inside, snapshots, next);
          const [speaker] = inside;
          if (speaker === undefined) return;
          const said = room.says(speaker, "now");
          for (const { of, terms, healedBy } of snapshots) {
            const adversary = learns(hears(nothingKnown, ...room.wire), ...terms);
            const reads = !healedBy.has("for good");
            expect(canRead(adversary, said), `${of} after ${next.type}`).toBe(reads);
            if (reads) overheard++;
            else healed++;
          }
        }
      }),
      { numRuns: 30, seed: 9420 },
    );
    expect(Math.min(overheard, healed)).toBeGreaterThan(100);
  });
});
