/** `mimi encode`: back to the same octets, and clear words for JSON that has none. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hex } from "../../spec-model/bytes.ts";
import { mimiContent, octetsOf, text } from "../../spec-model/content/arbitrary.ts";
import {
  ContentError,
  encodeContent,
  encodeDerivedValues,
  encodeStatusReport,
} from "../../spec-model/content/index.ts";
import { type Format, formats, JsonError } from "../../spec-model/formats/index.ts";
import { structures } from "../../spec-model/structures.ts";
import { arbitraryOf } from "../../spec-model/wire/arbitrary.ts";
import { EncodeError } from "../../spec-model/wire/index.ts";
import { mimi } from "./in-process.ts";

const pair = { user: "mimi://a.example/u/alice", role_index: 3 };
const pairOctets = `18${Buffer.from(pair.user).toString("hex")}00000003`;

function fileWith(json: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), "mimi-encode-")), "value.json");
  writeFileSync(path, typeof json === "string" ? json : JSON.stringify(json));
  return path;
}

function named(name: string): Format {
  return formats.find((each) => each.name === name) as Format;
}

/** The octets of what `--json` would print for `bytes`. */
function thereAndBack(name: string, bytes: Uint8Array): string {
  const { json, error } = named(name).decode(bytes);
  expect(error).toBeUndefined();
  return hex(named(name).encode(JSON.parse(JSON.stringify(json))));
}

describe("mimi encode", () => {
  it("gives the octets of a value in hexadecimal", async () => {
    expect(await mimi("encode", "UserRolePair", fileWith(pair))).toEqual({
      code: 0,
      out: pairOctets,
      error: "",
    });
  });

  it("takes what mimi decode --json prints", async () => {
    const { out } = await mimi("decode", "UserRolePair", "--hex", pairOctets, "--json");
    expect((await mimi("encode", "UserRolePair", fileWith(out))).out).toBe(pairOctets);
  });

  it("prints base64, or writes the octets into a file", async () => {
    const base64 = await mimi("encode", "UserRolePair", fileWith(pair), "--base64");
    expect(Buffer.from(base64.out, "base64").toString("hex")).toBe(pairOctets);
    const path = fileWith("");
    expect(await mimi("encode", "UserRolePair", fileWith(pair), "--out", path)).toEqual({
      code: 0,
      out: "",
      error: "",
    });
    expect(readFileSync(path).toString("hex")).toBe(pairOctets);
  });

  it.each([
    ["UserRolPair", pair, 'there is no type "UserRolPair". Did you mean "UserRolePair"?'],
    ["UserRolePair", "{", "is not JSON: "],
    ["UserRolePair", { ...pair, role_index: "3" }, 'UserRolePair.role_index: "3" is not an integer'],
    [
      "UserRolePair",
      { ...pair, role_index: -1 },
      "UserRolePair.role_index: -1 (an integer from 0 to 4294967295)",
    ],
    ["UserRolePair", { user: pair.user }, "UserRolePair.role_index: it is missing (an integer)"],
    [
      "UserRolePair",
      { ...pair, roleindex: 3 },
      'UserRolePair: there is no field "roleindex"; did you mean "role_index"?',
    ],
    ["UserRolePair", [], "UserRolePair: [] is not an object"],
    ["HPKEPublicKey", '"abc"', 'HPKEPublicKey: "abc" is not bytes in hexadecimal'],
    ["Protocol", '"mls11"', "mls11"],
    ["Directory", { update: "http://a" }, "directory member update: this is not an https URI with a path"],
    ["MessageStatusReport", [{ messageId: "00", status: "read" }], "[0].messageId: "],
    ["mimiContent", { salt: "00" }, "mimiContent.topicId: it is missing (bytes in hexadecimal)"],
    [
      "UserRolePair",
      { type: "KeyPackage", source: "RFC 9420 §10", value: {} },
      "this is the JSON of type KeyPackage, not of UserRolePair",
    ],
    [
      "UserRolePair",
      { type: "UserRolePair", source: "", value: {}, error: {} },
      "could not be decoded to their end",
    ],
  ])("%s %j: one clear line and exit code 2", async (type, json, says) => {
    const { code, out, error } = await mimi("encode", type, fileWith(json));
    expect(error).toContain(says);
    expect(error).toMatch(/^mimi encode: [^\n]*$/);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  it("says which file it cannot write", async () => {
    const { code, error } = await mimi("encode", "UserRolePair", fileWith(pair), "--out", "/dev/null/x");
    expect(code).toBe(2);
    expect(error).toBe("mimi encode: cannot write into /dev/null: part of the path is not a folder");
  });
});

describe("JSON", () => {
  it.each(structures)("of $name leads back to the same octets", ({ name, codec, surroundings }) => {
    const enclosings =
      surroundings.length === 0 ? [undefined] : surroundings.map(({ enclosing }) => enclosing);
    for (const enclosing of enclosings) {
      const property = fc.property(arbitraryOf(codec, enclosing), (value) => {
        const bytes = codec.encode(value, enclosing);
        return thereAndBack(name, bytes) === hex(bytes);
      });
      fc.assert(property, { numRuns: 40 });
    }
  });

  it("of MIMI content leads back to the same octets", () => {
    fc.assert(
      fc.property(mimiContent, (content) => {
        const bytes = encodeContent(content);
        return thereAndBack("mimiContent", bytes) === hex(bytes);
      }),
      { numRuns: 300 },
    );
  });

  it("of status reports and derived values leads back to the same octets", () => {
    const status = fc.constantFrom("unread", "delivered", "read", "error", 7, 255) as fc.Arbitrary<"read">;
    fc.assert(
      fc.property(fc.array(fc.record({ messageId: octetsOf(32), status }), { maxLength: 4 }), (report) => {
        const bytes = encodeStatusReport(report);
        return thereAndBack("MessageStatusReport", bytes) === hex(bytes);
      }),
    );
    const time = fc.oneof(
      fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
      fc.constant({ tag: 1001 as const, value: new Map([[1, 1_700_000_000]]) }),
    );
    const derived = fc.record({
      messageId: octetsOf(32),
      hubAcceptedTimestamp: time,
      mlsGroupId: octetsOf(8),
      senderLeafIndex: fc.nat(),
      senderClientUrl: text,
      senderUserUrl: text,
      roomUrl: text,
    });
    fc.assert(
      fc.property(derived, (values) => {
        const bytes = encodeDerivedValues(values);
        return thereAndBack("MessageDerivedValues", bytes) === hex(bytes);
      }),
    );
  });

  it("of any other shape is refused with an error for people, never another one", () => {
    const known = (error: unknown) =>
      error instanceof JsonError || error instanceof EncodeError || error instanceof ContentError;
    for (const format of formats) {
      const property = fc.property(fc.jsonValue({ maxDepth: 3 }), (json) => {
        try {
          return format.encode(json) instanceof Uint8Array;
        } catch (error) {
          return known(error);
        }
      });
      fc.assert(property, { numRuns: 60 });
    }
  });

  it("with one value in it replaced by another is encoded or refused with an error for people", () => {
    const other = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom("mls10", "add", 1e20, -1, "ff"));
    for (const { name, codec, surroundings } of structures) {
      const enclosing = surroundings[0]?.enclosing;
      const property = fc.property(
        arbitraryOf(codec, enclosing),
        fc.nat(),
        other,
        (value, at, replacement) => {
          const { json } = named(name).decode(codec.encode(value, enclosing));
          try {
            named(name).encode(replaced(json, at, replacement));
          } catch (error) {
            if (!(error instanceof JsonError || error instanceof EncodeError)) throw error;
          }
        },
      );
      fc.assert(property, { numRuns: 40 });
    }
  });
});

/** `json` with the value at the `at`-th place of it (counted round) replaced. */
function replaced(json: unknown, at: number, replacement: unknown): unknown {
  const places = JSON.stringify(json).match(/"(?:[^"\\]|\\.)*"(?!:)|\d+|true|false|null/g) ?? [];
  if (places.length === 0) return replacement;
  let left = at % places.length;
  return JSON.parse(
    JSON.stringify(json, (_, value: unknown) => {
      const isLeaf = typeof value !== "object" || value === null;
      return isLeaf && left-- === 0 ? replacement : value;
    }) ?? "null",
  );
}
