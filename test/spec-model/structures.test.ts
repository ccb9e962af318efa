/** All structures of the drafts: every instance round-trips, every single fault is reported at its place. */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalBytes } from "../../spec-model/bytes.ts";
import { type NamedStructure, structureNamed, structures } from "../../spec-model/structures.ts";
import { arbitraryOf } from "../../spec-model/wire/arbitrary.ts";
import { type Codec, DecodeError, Reader, singleFaults } from "../../spec-model/wire/index.ts";

/** A structure in one of its surroundings. */
interface Case {
  readonly title: string;
  readonly codec: Codec<unknown>;
  readonly enclosing: unknown;
}

const cases: readonly Case[] = structures.flatMap(casesOf);

function casesOf({ name, codec, surroundings }: NamedStructure): Case[] {
  if (surroundings.length === 0) return [{ title: name, codec, enclosing: undefined }];
  return surroundings.map(({ says, enclosing }) => ({ title: `${name} ${says}`, codec, enclosing }));
}

function decodeError(run: () => unknown): DecodeError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
}

describe("the list of structures", () => {
  it("has those of MIMI, of room policy and of MLS", () => {
    for (const name of [
      "KeyMaterialRequest",
      "FanoutMessage",
      "BaseRoomUpdate",
      "OperationalParameters",
      "KeyPackage",
    ]) {
      expect(structureNamed(name)?.name).toBe(name);
    }
  });

  it("finds a structure whatever the case of its name", () => {
    expect(structureNamed("keypackage")?.name).toBe("KeyPackage");
  });

  it("says where each comes from and what it is", () => {
    for (const { name, source, says } of structures) {
      expect(name).toMatch(/^[A-Za-z][A-Za-z0-9]+$/);
      expect(source).toMatch(/^(RFC \d+|[a-z-]+(-\d\d)?) §/);
      expect(says.length).toBeGreaterThan(5);
    }
  });
});

describe.each(cases)("$title", ({ codec, enclosing }) => {
  it("round-trips: 1,000 random instances have one encoding each, which decodes to them", () => {
    fc.assert(
      fc.property(arbitraryOf(codec, enclosing), (value) => {
        const bytes = codec.encode(value, enclosing);
        const decoded = codec.decode(bytes, enclosing);
        return isDeepStrictEqual(decoded, value) && equalBytes(codec.encode(decoded, enclosing), bytes);
      }),
      { numRuns: 1000 },
    );
  });

  it("reports every single fault, at its place", () => {
    fc.assert(
      fc.property(arbitraryOf(codec, enclosing), (value) => {
        const bytes = codec.encode(value, enclosing);
        if (bytes.length > 2000) return;
        for (const fault of singleFaults(codec, bytes, enclosing)) {
          const error = decodeError(() => codec.decode(fault.bytes, enclosing));
          if (isDeepStrictEqual(error?.path, fault.path)) continue;
          expect({ fault: fault.fault, path: error?.path }).toEqual({ fault: fault.fault, path: fault.path });
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe("all decoders", () => {
  const familyOf = (codec: Codec<unknown>) => codec.notes.origin?.source.split(" §")[0] ?? "";
  const families = [...new Set(cases.map(({ codec }) => familyOf(codec)))];

  it.each(families)(
    "of %s answer 100,000 random byte strings with a value or a DecodeError, and read no octet that is not there",
    (family) => {
      const members = cases.filter(({ codec }) => familyOf(codec) === family);
      const perCase = Math.ceil(100_000 / members.length);
      for (const { codec, enclosing } of members) {
        fc.assert(
          fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
            const reader = new Reader(bytes);
            decodeError(() => codec.read(reader, enclosing));
            return reader.offset <= bytes.length;
          }),
          { numRuns: perCase },
        );
      }
    },
  );

  it("answer valid encodings with a few random octets in them: what they accept is the one encoding of its value", () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 });
    for (const { codec, enclosing } of cases) {
      fc.assert(
        fc.property(arbitraryOf(codec, enclosing), changes, (value, changed) => {
          const bytes = codec.encode(value, enclosing);
          for (const [at, octet] of changed) bytes[at % bytes.length] = octet;
          decodeError(() => {
            const encoded = codec.encode(codec.decode(bytes, enclosing), enclosing);
            expect(equalBytes(encoded, bytes)).toBe(true);
          });
        }),
        { numRuns: 100 },
      );
    }
  });

  it("allocate nothing for a length that is only announced", () => {
    const before = process.memoryUsage().arrayBuffers;
    for (const { codec, enclosing } of cases) {
      const [value] = fc.sample(arbitraryOf(codec, enclosing), { numRuns: 1, seed: 7 });
      const bytes = codec.encode(value, enclosing);
      for (let at = 0; at < Math.min(bytes.length, 300); at++) {
        const announced = bytes.slice();
        announced.set([0xbf, 0xff, 0xff, 0xff].slice(0, bytes.length - at), at);
        decodeError(() => codec.decode(announced, enclosing));
      }
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200_000_000);
  });
});
