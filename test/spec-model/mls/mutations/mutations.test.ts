import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalBytes } from "../../../../spec-model/bytes.ts";
import { MlsError } from "../../../../spec-model/mls/index.ts";
import { DecodeError } from "../../../../spec-model/wire/index.ts";
import { change, Specimen } from "./changes.ts";
import { differences } from "./difference.ts";
import { type Kind, kinds, receivers } from "./kinds.ts";

const changesOfEach = 600;
let changesMade = 0;

/** What came of processing changed octets. */
function outcomeOf(kind: Kind, octets: Uint8Array): { accepted: unknown } | { refused: string } {
  try {
    return { accepted: kind.process(octets) };
  } catch (error) {
    if (error instanceof MlsError) return { refused: error.code };
    if (error instanceof DecodeError) return { refused: "does not decode" };
    throw error;
  }
}

describe.each(kinds)("a $says", (kind) => {
  const specimen = new Specimen(kind.codec, kind.octets);
  const others = kinds.map(({ octets }) => octets);

  it("is refused with a typed error after any change, but for fields that this receiver cannot verify", () => {
    const before = structuredClone(receivers);
    const original = outcomeOf(kind, kind.octets);
    expect("accepted" in original).toBe(!kind.alwaysRefused);
    const codes = new Set<string>();
    const overlooked = new Set<string>();
    fc.assert(
      fc.property(change, fc.constantFrom(...others), (next, other) => {
        const octets = specimen.changed(next, other);
        if (equalBytes(octets, kind.octets)) return;
        changesMade++;
        const outcome = outcomeOf(kind, octets);
        if ("refused" in outcome) {
          codes.add(outcome.refused);
          return;
        }
        for (const field of differences(specimen.decode(kind.octets), specimen.decode(octets))) {
          overlooked.add(field);
          expect(kind.unprotected.map((each) => each.field)).toContain(field);
        }
        expect(outcome).toEqual(original);
      }),
      { numRuns: changesOfEach, seed: 9420 },
    );
    expect(receivers).toEqual(before);
    expect(outcomeOf(kind, kind.octets)).toEqual(original);
    expect([...overlooked].sort()).toEqual(kind.unprotected.map(({ field }) => field).sort());
    expect(codes.size).toBeGreaterThan(kind.alwaysRefused ? 1 : 2);
  });
});

describe("the changes of all kinds of messages", () => {
  it("are more than 10,000", () => {
    expect(changesMade).toBeGreaterThan(10_000);
  });
});
