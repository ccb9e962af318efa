import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, hex } from "../../../spec-model/bytes.ts";
import { extensions, mimiContent } from "../../../spec-model/content/arbitrary.ts";
import { indefinite, itemsOf, longerHeads, splice } from "../../../spec-model/content/cbor-faults.ts";
import {
  ContentError,
  decodeContent,
  encodeContent,
  type MimiContent,
  type NestedPart,
  textMessage,
} from "../../../spec-model/content/index.ts";
import {
  acceptedByCbor2,
  acceptedByCborg,
  encodedByCbor2,
  encodedByCborg,
  hasOtherExtensions,
  hasShape,
  plain,
} from "./oracles.ts";

const alice = {
  sender: "mimi://a.example/u/alice",
  room: "mimi://a.example/r/clubhouse",
  salt: new Uint8Array(16).fill(7),
};
const uris = new Map<number | string, string>([
  [1, alice.sender],
  [2, alice.room],
]);
const null_: NestedPart = { disposition: "render", language: "", cardinality: "nullpart" };
/** Messages with arguments small enough for the fault maker. */
const faultable = mimiContent.map((content) => ({ ...content, mimiExtensions: uris }));

function refusalOf(bytes: Uint8Array): ContentError {
  try {
    decodeContent(bytes);
  } catch (error) {
    if (error instanceof ContentError) return error;
    throw error;
  }
  throw new Error(`${hex(bytes)} was accepted`);
}

function refusalOfValue(change: Partial<MimiContent>): ContentError {
  try {
    encodeContent({ ...textMessage(alice, "x").content, ...change });
  } catch (error) {
    if (error instanceof ContentError) return error;
    throw error;
  }
  throw new Error("the value was encoded");
}

function bytesOf(text: string): Uint8Array {
  const bytes = fromHex(text.replace(/\s/g, ""));
  if (bytes === undefined) throw new Error(`not hexadecimal: ${text}`);
  return bytes;
}

/** A message with the extensions `map` (hexadecimal) and the body `body`. */
function message(map: string, body = "83 01 60 00"): Uint8Array {
  return bytesOf(`87 50 ${"00".repeat(16)} f6 40 f6 f6 ${map} ${body}`);
}

describe("encoding and decoding", () => {
  it("give back any content, in one encoding", () => {
    fc.assert(
      fc.property(mimiContent, (content) => {
        const encoded = encodeContent(content);
        const decoded = decodeContent(encoded);
        expect(decoded.mimiExtensions.size).toBe(content.mimiExtensions.size);
        expect(hex(encodeContent(decoded))).toBe(hex(encoded));
        expect({ ...decoded, mimiExtensions: undefined }).toEqual({ ...content, mimiExtensions: undefined });
      }),
      { numRuns: 1000 },
    );
  });

  it("give back any extensions, whatever order they were made in", () => {
    fc.assert(
      fc.property(extensions, (map) => {
        const encoded = encodeContent({ ...textMessage(alice, "x").content, mimiExtensions: map });
        const decoded = decodeContent(encoded).mimiExtensions;
        const inOrder = new Map([...decoded.keys()].map((key) => [key, map.get(key)]));
        expect(
          hex(
            encodeContent({
              ...textMessage(alice, "x").content,
              mimiExtensions: new Map([...map].reverse()),
            }),
          ),
        ).toBe(hex(encoded));
        expect([...decoded.keys()].sort()).toEqual([...map.keys()].sort());
        for (const [key, value] of decoded) {
          if (!(value instanceof Map)) expect(sortedDeep(value)).toEqual(sortedDeep(inOrder.get(key)));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("give the byte strings as views of the input", () => {
    const { encoded } = textMessage(alice, "hello");
    expect(decodeContent(encoded).salt.buffer).toBe(encoded.buffer);
  });
});

describe("two other libraries", () => {
  it("cborg encodes the same content to the same bytes", () => {
    fc.assert(
      fc.property(faultable, (content) => {
        expect(hex(encodedByCborg(content))).toBe(hex(encodeContent(content)));
      }),
      { numRuns: 1000 },
    );
  });

  it("cbor2 reads what we write as deterministic, and writes it back the same", () => {
    fc.assert(
      fc.property(faultable, (content) => {
        const encoded = encodeContent(content);
        const read = acceptedByCbor2(encoded);
        expect(read).toBeDefined();
        expect(hasShape(read?.value)).toBe(true);
        expect(hex(encodedByCbor2(plain(content)))).toBe(hex(encoded));
      }),
      { numRuns: 300 },
    );
  });

  it("agree on what is no encoding: what we take they take, and what both take with the right shape we take", () => {
    let taken = 0;
    const change = fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom("set", "flip", "insert", "remove"));
    fc.assert(
      fc.property(faultable, fc.array(change, { minLength: 1, maxLength: 2 }), (content, changes) => {
        let bytes = encodeContent(content);
        for (const [at, octet, kind] of changes) {
          const start = at % bytes.length;
          const end = kind === "insert" ? start : start + 1;
          const by =
            kind === "remove" ? [] : [kind === "flip" ? (bytes[start] ?? 0) ^ (1 << (octet % 8)) : octet];
          bytes = splice(bytes, start, end, by);
        }
        const read = acceptedByCbor2(bytes);
        const theirs = read !== undefined && acceptedByCborg(bytes) && hasShape(read.value);
        if (hasOtherExtensions(read?.value)) return;
        const ours = isAccepted(bytes);
        if (ours) taken++;
        expect({ bytes: hex(bytes), accepted: ours }).toEqual({ bytes: hex(bytes), accepted: theirs });
      }),
      { numRuns: 4000 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});

describe("one fault in an encoding", () => {
  it("is refused: any truncation", () => {
    fc.assert(
      fc.property(mimiContent, fc.nat(), (content, at) => {
        const encoded = encodeContent(content);
        expect(refusalOf(encoded.subarray(0, at % encoded.length)).offset).toBeLessThanOrEqual(
          encoded.length,
        );
      }),
      { numRuns: 1000 },
    );
    const { encoded } = textMessage(alice, "hello");
    for (let length = 0; length < 8; length++) expect(refusalOf(encoded.subarray(0, length)).place).toBe("");
    for (let length = 8; length < encoded.length; length++) {
      const error = refusalOf(encoded.subarray(0, length));
      expect([length, error.path.length > 0]).toEqual([length, true]);
    }
  });

  it("is refused: an octet more, wherever a value ends", () => {
    fc.assert(
      fc.property(mimiContent, fc.nat(255), (content, octet) => {
        const encoded = encodeContent(content);
        expect(refusalOf(splice(encoded, encoded.length, encoded.length, [octet])).offset).toBe(
          encoded.length,
        );
      }),
    );
  });

  it("is refused, with its place: any head in a longer form", () => {
    fc.assert(
      fc.property(faultable, (content) => {
        const encoded = encodeContent(content);
        for (const item of itemsOf(encoded)) {
          if (item.major === 7) continue;
          for (const head of longerHeads(item)) {
            const error = refusalOf(splice(encoded, item.start, item.content, head));
            expect(error.offset).toBe(item.start);
            if (item.start > 0) expect(error.path.length).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it("is refused, with its place: any indefinite length", () => {
    fc.assert(
      fc.property(faultable, (content) => {
        const encoded = encodeContent(content);
        for (const item of itemsOf(encoded).filter(({ major }) => major > 1 && major < 6)) {
          const error = refusalOf(indefinite(encoded, item));
          expect(error.offset).toBe(item.start);
          expect(error.found).toContain("indefinite");
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is refused, with its place: octets in any text that are not UTF-8", () => {
    fc.assert(
      fc.property(
        faultable,
        fc.constantFrom([0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]),
        (content, bad) => {
          const encoded = encodeContent(content);
          for (const item of itemsOf(encoded).filter(
            ({ major, argument }) => major === 3 && argument >= bad.length,
          )) {
            const error = refusalOf(splice(encoded, item.content, item.content + bad.length, bad));
            expect(error.offset).toBe(item.start);
            expect(error.expected).toContain("UTF-8");
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is refused, with its place: keys of the extensions out of order or twice", () => {
    const { encoded } = textMessage(alice, "hello");
    const map = itemsOf(encoded)[0]?.members[5];
    const [, first, second] = map?.members ?? [];
    if (first === undefined || second === undefined) throw new Error("the message has no two extensions");
    const twice = refusalOf(splice(encoded, second.start, second.end, [0x01]));
    expect([twice.place, twice.offset]).toEqual(["mimiExtensions[1]", second.start]);
    const swapped = refusalOf(
      splice(splice(encoded, second.start, second.end, [0x01]), first.start - 1, first.start, [0x02]),
    );
    expect([swapped.place, swapped.offset]).toEqual(["mimiExtensions[1]", second.start]);
    expect(swapped.found).toContain("sorts before");
  });
});

describe("the shape of a message", () => {
  it.each([
    ["an array of six", `86 50 ${"00".repeat(16)} f6 40 f6 f6 a0`, "", 0],
    ["a salt of 15 octets", `87 4f ${"00".repeat(15)} f6 40 f6 f6 a0 83 01 60 00`, "salt", 1],
    ["undefined for replaces", `87 50 ${"00".repeat(16)} f7 40 f6 f6 a0 83 01 60 00`, "replaces", 18],
    ["a short message ID", `87 50 ${"00".repeat(16)} 42 0101 40 f6 f6 a0 83 01 60 00`, "replaces", 18],
    [
      "an expiry that is too late",
      `87 50 ${"00".repeat(16)} f6 40 82 f4 1b 0000000100000000 f6 a0 83 01 60 00`,
      "expires.time",
      22,
    ],
    [
      "a number for a boolean",
      `87 50 ${"00".repeat(16)} f6 40 82 00 00 f6 a0 83 01 60 00`,
      "expires.relative",
      21,
    ],
  ])("refuses %s", (_, text, place, offset) => {
    const error = refusalOf(bytesOf(text));
    expect([error.place, error.offset]).toEqual([place, offset]);
  });

  it.each([
    ["a disposition of 256", "83 19 0100 60 00", "nestedPart.disposition"],
    ["cardinality 4", "83 01 60 04", "nestedPart.cardinality"],
    ["a NullPart of five items", "85 01 60 00 60 40", "nestedPart.cardinality"],
    ["a SinglePart of three items", "83 01 60 01", "nestedPart.cardinality"],
    ["a part of four items", "84 01 60 00 00", "nestedPart"],
    ["text as content", "85 01 60 01 60 60", "nestedPart.content"],
    ["one part only", "85 01 60 03 00 81 83 01 60 00", "nestedPart.parts"],
    ["part semantics 3", "85 01 60 03 03 82 83 01 60 00 83 01 60 00", "nestedPart.partSemantics"],
    [
      "a bad part in a part",
      "85 01 60 03 00 82 83 01 60 00 85 01 60 01 40 40",
      "nestedPart.parts[1].contentType",
    ],
  ])("refuses %s", (_, body, place) => {
    expect(refusalOf(message("a0", body)).place).toBe(place);
  });

  it.each([
    ["expires", "", "1b 0000000100000000"],
    ["size", "00", "f6"],
    ["encAlg", "00 00", "1a 00010000"],
    ["key", "00 00 00", "60"],
    ["hashAlg", "00 00 00 40 40 40", "19 0100"],
    ["contentHash", "00 00 00 40 40 40 00", "f6"],
    ["filename", "00 00 00 40 40 40 00 40 60", "40"],
  ])("refuses an ExternalPart whose %s has another type or range", (field, before, bad) => {
    const error = refusalOf(message("a0", `8f 06 60 02 60 60 ${before} ${bad} ${"00".repeat(20)}`));
    expect([error.place, error.offset]).toEqual([
      `nestedPart.${field}`,
      bytesOf(`${"00".repeat(23)} 8f 06 60 02 60 60 ${before}`).length,
    ]);
  });

  it("refuses reserved additional information, whatever follows it", () => {
    const error = refusalOf(bytesOf(`87 5c ${"00".repeat(60)}`));
    expect([error.place, error.found]).toEqual(["salt", "reserved additional information 28"]);
  });

  it("takes parts nested four levels deep and refuses five", () => {
    const nested = (levels: number): NestedPart =>
      levels === 1
        ? null_
        : { ...null_, cardinality: "multi", partSemantics: "chooseOne", parts: [null_, nested(levels - 1)] };
    const encoded = encodeContent({ ...textMessage(alice, "x").content, nestedPart: nested(4) });
    expect(decodeContent(encoded).nestedPart).toEqual(nested(4));
    expect(refusalOfValue({ nestedPart: nested(5) }).place).toBe(
      "nestedPart.parts[1].parts[1].parts[1].parts[0]",
    );
    const deeper = `${"85 01 60 03 00 82 83 01 60 00 ".repeat(4)}83 01 60 00`;
    expect(refusalOf(message("a0", deeper))).toMatchObject({
      rule: "nestedTooDeeply",
      place: "nestedPart.parts[1].parts[1].parts[1].parts[0]",
    });
  });
});

describe("the data model of extensions", () => {
  it.each([
    ["the example of §6.3", "a2 01 61 78 19 0100 82 82 42 1234 d8 20 61 78 82 42 3456 19 168b"],
    ["negative and text keys", "a2 20 f6 61 61 f6"],
    ["the integers farthest from 0 as keys", "a2 1b 001fffffffffffff f6 3b 001ffffffffffffe f6"],
    ["integers of 64 bits as values", "a1 03 82 1b ffffffffffffffff 3b ffffffffffffffff"],
    ["byte strings as keys further down", "a1 03 a1 41 00 f6"],
    ["the one NaN, infinities and -0.0", "a1 03 84 f9 7e00 f9 7c00 f9 fc00 f9 8000"],
    ["each length of float", "a1 03 83 f9 3c00 fa 3f800001 fb 3ff0000000000001"],
    ["simple values and undefined", "a1 03 83 e0 f7 f8 20"],
    ["a bignum", "a1 03 c2 49 010000000000000000"],
    ["the first float that needs 4 octets for its size", "a1 03 fa 47800000"],
    ["a text key of 255 octets", `a1 78 ff ${"61".repeat(255)} f6`],
    ["a typed array of NaNs", "a1 03 d8 50 44 7e017fff"],
  ])("has %s", (_, map) => {
    const bytes = message(map);
    expect(hex(encodeContent(decodeContent(bytes)))).toBe(hex(bytes));
  });

  it.each([
    ["key 0", "a1 00 f6", "mimiExtensions[0]"],
    ["an empty text key", "a1 60 f6", 'mimiExtensions[""]'],
    ["a text key of 256 octets", `a1 79 0100 ${"61".repeat(256)} f6`, "mimiExtensions["],
    ["a byte string as key", "a1 41 00 f6", "mimiExtensions["],
    ["an array as key", "a1 80 f6", "mimiExtensions"],
    ["2^53 as key", "a1 1b 0020000000000000 f6", "mimiExtensions"],
    ["-2^53 as key", "a1 3b 001fffffffffffff f6", "mimiExtensions"],
    ["an integer as senderUri", "a1 01 00", "mimiExtensions[1]"],
    ["null as roomUri", "a1 02 f6", "mimiExtensions[2]"],
    ["true as key further down", "a1 03 a1 f5 f6", "mimiExtensions[3]"],
    ["unsorted keys further down", "a1 03 a2 02 f6 01 f6", "mimiExtensions[3][1]"],
    ["a key twice further down", "a1 03 a2 41 00 f6 41 00 f6", "mimiExtensions[3]"],
    ["text keys before integers", "a2 61 61 f6 03 f6", "mimiExtensions[3]"],
    ["keys in the order of RFC 7049", "a2 18 64 f6 20 f6", ""],
    ["a float that could be shorter", "a1 03 fa 3f800000", "mimiExtensions[3]"],
    ["a double that could be shorter", "a1 03 fb 3ff0000000000000", "mimiExtensions[3]"],
    ["another NaN", "a1 03 f9 7e01", "mimiExtensions[3]"],
    ["a long NaN", "a1 03 fa 7fc00000", "mimiExtensions[3]"],
    ["a simple value below 32 in two octets", "a1 03 f8 14", "mimiExtensions[3]"],
    ["a bignum that fits an integer", "a1 03 c2 41 01", "mimiExtensions[3]"],
    ["a bignum of 8 octets", "a1 03 c3 48 ffffffffffffffff", "mimiExtensions[3]"],
    ["a bignum with a leading zero", "a1 03 c2 4a 00010000000000000000", "mimiExtensions[3]"],
    ["a tag in a longer form", "a1 03 d8 05 f6", "mimiExtensions[3]"],
    ["five levels", "a1 03 81 81 81 81 f6", "mimiExtensions[3][0][0][0]"],
    ["five levels with tags", "a1 03 c6 81 c6 a0", "mimiExtensions[3][0]"],
    ["reserved additional information", "a1 03 1c", "mimiExtensions[3]"],
    ["a count that the bytes cannot hold", "a1 03 9b 001fffffffffffff", "mimiExtensions[3]"],
    ["a length that the bytes cannot hold", "a1 03 5b 7fffffffffffffff", "mimiExtensions[3]"],
  ])("refuses %s", (name, map, place) => {
    if (name === "keys in the order of RFC 7049") {
      // RFC 7049 sorts the shorter -1 (20) before 100 (1864); RFC 8949 compares octets, which is what stands here.
      expect(isAccepted(message(map))).toBe(true);
      expect(isAccepted(message("a2 20 f6 18 64 f6"))).toBe(false);
    } else {
      expect(refusalOf(message(map)).place).toContain(place);
    }
  });
});

describe("values that have no encoding", () => {
  const external = {
    ...null_,
    cardinality: "external" as const,
    contentType: "",
    url: "",
    expires: 0,
    size: 0n,
  };
  const unprotected = { encAlg: 0, key: alice.salt, nonce: alice.salt, aad: alice.salt, hashAlg: 0 };
  const described = { contentHash: alice.salt, description: "", filename: "" };
  it.each<[string, Partial<MimiContent>, string]>([
    ["a salt of 15 octets", { salt: new Uint8Array(15) }, "salt"],
    ["a short message ID", { inReplyTo: new Uint8Array(31) }, "inReplyTo"],
    ["an expiry past 2106", { expires: { relative: false, time: 2 ** 32 } }, "expires.time"],
    ["half a second", { expires: { relative: true, time: 0.5 } }, "expires.time"],
    [
      "a registered disposition by number",
      { nestedPart: { ...null_, disposition: 2 } },
      "nestedPart.disposition",
    ],
    ["a lone surrogate", { nestedPart: { ...null_, language: "\ud800" } }, "nestedPart.language"],
    [
      "a size beyond 64 bits",
      { nestedPart: { ...external, ...unprotected, ...described, size: 2n ** 64n } },
      "nestedPart.size",
    ],
    [
      "one part",
      { nestedPart: { ...null_, cardinality: "multi", partSemantics: "chooseOne", parts: [null_] } },
      "nestedPart.parts",
    ],
    ["key 0", { mimiExtensions: new Map([[0, null]]) }, "mimiExtensions"],
    ["an integer as senderUri", { mimiExtensions: new Map([[1, 5]]) }, "mimiExtensions[1]"],
    ["a fraction that is no float", { mimiExtensions: new Map([[3, 1.5]]) }, "mimiExtensions[3]"],
    ["an integer beyond 64 bits", { mimiExtensions: new Map([[3, 2n ** 64n]]) }, "mimiExtensions[3]"],
    ["simple value 24", { mimiExtensions: new Map([[3, { simple: 24 }]]) }, "mimiExtensions[3]"],
    ["five levels", { mimiExtensions: new Map([[3, [[[[null]]]]]]) }, "mimiExtensions[3][0][0][0]"],
    [
      "equal byte string keys",
      {
        mimiExtensions: new Map([
          [
            3,
            new Map([
              [alice.salt, 1],
              [alice.salt.slice(), 2],
            ]),
          ],
        ]),
      },
      "mimiExtensions[3]",
    ],
  ])("%s", (_, change, place) => {
    const error = refusalOfValue(change);
    expect(error.place).toBe(place);
    expect(error.offset).toBeUndefined();
  });
});

describe("bytes from anywhere", () => {
  it("are decoded or refused with a ContentError, 100,000 times", () => {
    let seed = 1;
    const random = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed >>> 8;
    };
    const prefix = message("a1 03", "");
    for (let run = 0; run < 100_000; run++) {
      const body = Uint8Array.from({ length: random() % 40 }, () => random());
      const bytes = run % 2 === 0 ? body : Uint8Array.from([...prefix, ...body]);
      try {
        decodeContent(bytes);
      } catch (error) {
        if (!(error instanceof ContentError)) throw new Error(`${hex(bytes)}: ${error}`);
      }
    }
  });

  it("do not overflow the stack when they are nested 100,000 levels deep", () => {
    const deep = new Uint8Array(100_000).fill(0x81);
    refusalOf(Uint8Array.from([...message("a1 03", ""), ...deep]));
    refusalOf(deep);
  });

  const corpus = new URL("./corpus/", import.meta.url);
  it.each(readdirSync(corpus))("that once found something are refused or sound: %s", (file) => {
    const lines = readFileSync(new URL(file, corpus), "utf8").split("\n");
    for (const line of lines.filter((each) => each !== "" && !each.startsWith("#"))) {
      const [verdict, text = ""] = line.split(/\s+/, 2);
      expect(`${isAccepted(bytesOf(text)) ? "accept" : "refuse"} ${text}`).toBe(`${verdict} ${text}`);
    }
  });
});

function isAccepted(bytes: Uint8Array): boolean {
  try {
    decodeContent(bytes);
    return true;
  } catch (error) {
    if (error instanceof ContentError) return false;
    throw error;
  }
}

/** Values with maps in them compare by encoding order, which `toEqual` would not know. */
function sortedDeep(value: unknown): unknown {
  if (value instanceof Map) return "a map";
  if (Array.isArray(value)) return value.map(sortedDeep);
  if (typeof value === "object" && value !== null && "tag" in value && "value" in value) {
    return { tag: value.tag, value: sortedDeep(value.value) };
  }
  return value;
}
