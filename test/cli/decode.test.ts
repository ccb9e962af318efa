/** `mimi decode`: what it shows of good, damaged and unknown bytes. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { parseEDN } from "cbor-edn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hexdumpLines } from "../../cli/decoding/hexdump.ts";
import { treeLines } from "../../cli/decoding/print-tree.ts";
import { hex, utf8 } from "../../spec-model/bytes.ts";
import { mimiContent } from "../../spec-model/content/arbitrary.ts";
import { decodeContent, encodeContent } from "../../spec-model/content/index.ts";
import { directoryAt, directoryDocument } from "../../spec-model/endpoints/index.ts";
import { contentFormats, type Format, formats, type Part } from "../../spec-model/formats/index.ts";
import { structures } from "../../spec-model/structures.ts";
import { arbitraryOf } from "../../spec-model/wire/arbitrary.ts";
import { sharedFolder } from "../shared-folder.ts";
import { proposalMessageOctets } from "../spec-model/mls-messages.ts";
import { octets } from "../spec-model/octets.ts";
import { mimi } from "./in-process.ts";

const pair = `${hex(Uint8Array.of(24))}${hex(utf8("mimi://a.example/u/alice"))}00000003`;
const shared = sharedFolder();

function fileWith(content: string | Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), "mimi-decode-")), "input.bin");
  writeFileSync(path, content);
  return path;
}

/** All parts, the whole first. */
function all(part: Part): Part[] {
  return [part, ...part.children.flatMap(all)];
}

function named(name: string): Format {
  return formats.find((each) => each.name === name) as Format;
}

describe("mimi decode", () => {
  it("shows offset, length, name, value and meaning of every field", async () => {
    const { code, out, error } = await mimi("decode", "UserRolePair", "--hex", pair);
    expect(error).toBe("");
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual([
      expect.stringMatching(/^UserRolePair · protocol-06 §7.5 · /),
      "29 octets",
      "",
      "  offset  length",
      "       0      29  UserRolePair",
      '       0      25  ├ user        "mimi://a.example/u/alice"  a MIMI user URI',
      expect.stringMatching(/^ {6}25 {7}4 {2}└ role_index {2}3 +uint32 · /),
    ]);
  });

  it("guesses the type, and says that it did", async () => {
    const { code, out } = await mimi("decode", "--hex", hex(proposalMessageOctets));
    expect(code).toBe(0);
    expect(out).toMatch(/^MLSMessage · RFC 9420 §6 · .*\n\d+ octets, type guessed/);
  });

  it("takes names of types in any case", async () => {
    expect((await mimi("decode", "userrolepair", "--hex", pair)).out).toMatch(/^UserRolePair/);
  });

  it.each([
    ["a binary file", octets(pair)],
    ["a file in hexadecimal", `${pair.toUpperCase().replace(/(..)/g, "$1 ")}\n`],
    ["a file in base64", `${Buffer.from(octets(pair)).toString("base64")}\n`],
    ["a file in base64url without padding", Buffer.from(octets(pair)).toString("base64url")],
  ])("reads %s", async (_, content) => {
    const { out } = await mimi("decode", "UserRolePair", fileWith(content), "--json");
    expect(JSON.parse(out).value).toEqual({ user: "mimi://a.example/u/alice", role_index: 3 });
  });

  it("reads standard input", () => {
    const script = fileURLToPath(new URL("../../cli/mimi.mjs", import.meta.url));
    const { stdout, status } = spawnSync(process.execPath, [script, "decode", "-", "--json"], {
      input: octets(pair),
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(JSON.parse(stdout).value).toEqual({ user: "mimi://a.example/u/alice", role_index: 3 });
  });

  it("gives bytes as hexadecimal and integers of 64 bits as decimal texts in JSON", async () => {
    const { out } = await mimi("decode", "UpdateRoomResponse", "--hex", "0000ffffffffffffffff", "--json");
    expect(JSON.parse(out)).toEqual({
      type: "UpdateRoomResponse",
      source: "protocol-06 §5.3",
      value: expect.objectContaining({ accepted_timestamp: "18446744073709551615" }),
    });
    const key = await mimi("decode", "HPKEPublicKey", "--base64", "A6q7zA==", "--json");
    expect(JSON.parse(key.out).value).toBe("aabbcc");
  });

  it("shows a directory document", async () => {
    const { code, out } = await mimi("decode", fileWith(directoryDocument(directoryAt("https://m.example"))));
    expect(code).toBe(0);
    expect(out).toContain("Directory · protocol-06 §5.1");
    expect(out).toContain(
      '├ keyMaterial      "https://m.example/keyMaterial/{targetUser}"  protocol-06 §5.2',
    );
  });

  it("puts all octets beside what they are", async () => {
    const { out } = await mimi("decode", "UserRolePair", "--hex", pair, "--hexdump");
    expect(out.split("\n").slice(4, 7)).toEqual([
      "       0                           │ UserRolePair",
      '       0  18 6d 69 6d 69 3a 2f 2f  │ ├ user        "mimi://a.example/u/alice"',
      "       8  61 2e 65 78 61 6d 70 6c  │ │",
    ]);
  });
});

describe("damaged bytes", () => {
  it("are shown as far as they can be read, with the error behind and the exit code 1", async () => {
    const { code, out, error } = await mimi("decode", "UserRolePair", "--hex", pair.slice(0, -2));
    expect(code).toBe(1);
    expect(out).toContain('├ user        "mimi://a.example/u/alice"');
    expect(out).toMatch(/25 {7}0 {2}└ role_index {2}incomplete +the error is here/);
    expect(out).toMatch(/25 {7}3 {2}not read$/);
    expect(error).toBe("mimi decode: UserRolePair.role_index: 3 bytes left at byte 25 (4 bytes are needed)");
  });

  it("keep in JSON what could be read, and the error", async () => {
    const { code, out } = await mimi("decode", "UserRolePair", "--hex", pair.slice(0, -2), "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      value: { user: "mimi://a.example/u/alice" },
      error: { offset: 25 },
    });
  });

  it("of MIMI content have the field and the offset in the error, and the mark in the tree", async () => {
    const { code, out, error } = await mimi(
      "decode",
      "mimiContent",
      "--hex",
      `8750${"00".repeat(16)}f640f6f6a083`,
    );
    expect(code).toBe(1);
    expect(out).toContain("├ salt");
    expect(error).toMatch(/^mimi decode: mimiContent\.nestedPart\b.* at byte \d+ \(expected .*\)$/);
  });

  it("of a guessed type are still told by what they begin with", async () => {
    const { code, out, error } = await mimi("decode", "--hex", `${hex(proposalMessageOctets)}ff`);
    expect(code).toBe(1);
    expect(out).toMatch(/^MLSMessage/);
    expect(error).toMatch(/^mimi decode: MLSMessage: 1 trailing bytes at byte \d+/);
  });
});

describe("wrong usage", () => {
  it.each([
    [["decode"], "mimi decode: give bytes: --hex DIGITS, --base64 TEXT, a file, or - for standard input"],
    [["decode", "keypackge"], 'mimi decode: there is no type "keypackge". Did you mean "KeyPackage"?'],
    [
      ["decode", "Keypackge", "--hex", "00"],
      'mimi decode: there is no type "Keypackge". Did you mean "KeyPackage"?',
    ],
    [["decode", "zzzzzzzzzzz", "--hex", "00"], 'no type "zzzzzzzzzzz". mimi explain lists all types.'],
    [["decode", "KeyPackage"], "mimi decode: KeyPackage of which bytes?"],
    [["decode", "no/such.bin"], "mimi decode: cannot read no/such.bin: there is no such file or folder"],
    [["decode", "--hex", "0g"], 'mimi decode: --hex: "g" is no hexadecimal digit'],
    [
      ["decode", "--hex", "000"],
      "mimi decode: --hex: there are 3 hexadecimal digits, and an octet takes two",
    ],
    [["decode", "--base64", "a*"], "mimi decode: --base64: this is not base64"],
    [["decode", "--hex", ""], "mimi decode: there are no bytes to guess the type of"],
    [["decode", "--hex", "00", "--base64", "AA=="], "mimi decode: give one of --hex, --base64 and a file"],
    [["decode", "--hex", "ffffffffffff"], "mimi decode: these 6 octets are of no type that is known."],
    [["decode", "Add", "--hex", "00", "--diagnostic"], "mimi decode: "],
    [["decode", "Protocol", "--hex", "01", "--diagnostic"], "mimi decode: Protocol is not CBOR"],
  ])("%j: one clear line", async (args, says) => {
    const { code, error } = await mimi(...args);
    expect(error).toContain(says);
    expect(error.split("\n")).toHaveLength(1);
    expect(code).toBe(args.includes("Add") ? 1 : 2);
  });
});

/** Every structure in its first surroundings. */
const instances = structures.map(({ name, codec, surroundings }) => {
  const enclosing = surroundings[0]?.enclosing;
  return { name, bytes: arbitraryOf(codec, enclosing).map((value) => codec.encode(value, enclosing)) };
});

describe("every structure", () => {
  it("has a tree and a hexdump of at most 110 columns, and the dump has every octet once", () => {
    for (const { name, bytes } of instances) {
      const property = fc.property(bytes, (encoded) => {
        const { part, error } = named(name).decode(encoded);
        expect(error).toBeUndefined();
        const dump = hexdumpLines(part, encoded).map(stripVTControlCharacters);
        const tree = treeLines(part, encoded.length, undefined).map(stripVTControlCharacters);
        expect([...dump, ...tree].filter((line) => [...line].length > 110)).toEqual([]);
        const digits = dump.slice(1).map((line) => line.slice(10, 34).replaceAll(" ", ""));
        return digits.join("") === hex(encoded);
      });
      fc.assert(property, { numRuns: 8 });
    }
  });

  it("is shown as far as it goes when it is cut: the offset of the error is never beyond the end", () => {
    for (const { name, bytes } of instances) {
      const property = fc.property(bytes, fc.nat(), (encoded, at) => {
        const cut = encoded.subarray(0, encoded.length === 0 ? 0 : at % encoded.length);
        const { part, error } = named(name).decode(cut);
        expect(treeLines(part, cut.length, error?.offset).length).toBeGreaterThan(1);
        return (error?.offset ?? 0) <= cut.length;
      });
      fc.assert(property, { numRuns: 8 });
    }
  });
});

it("shows a list of 300,000 items", () => {
  const list = structures.find(({ name }) => name === "ComponentsList");
  const bytes = list?.codec.encode({ componentIds: Array.from({ length: 300_000 }, (_, i) => i % 65_536) });
  const { part } = named("ComponentsList").decode(bytes ?? octets(""));
  expect(treeLines(part, part.length, undefined).join("\n")).toContain("component_ids  [0, 1, 2, 3,");
  expect(hexdumpLines(part, bytes ?? octets("")).length).toBe(300_003);
});

describe("CBOR", () => {
  it("in diagnostic notation is what another implementation reads back as the same octets", () => {
    const [format] = contentFormats;
    fc.assert(
      fc.property(mimiContent, (content) => {
        const encoded = encodeContent(content);
        const { diagnostic } = format?.decode(encoded) ?? {};
        // The other implementation rounds tags beyond 2^53.
        fc.pre(!/\d{16,}\(/.test(diagnostic ?? ""));
        return hex(parseEDN(diagnostic ?? "", {}) as Uint8Array) === hex(encoded);
      }),
      { numRuns: 300 },
    );
  });

  it("has an item at its place for every scalar", () => {
    const [format] = contentFormats;
    fc.assert(
      fc.property(mimiContent, (content) => {
        const encoded = encodeContent(content);
        const parts = format === undefined ? [] : all(format.decode(encoded).part);
        const salt = parts.find(({ name }) => name === "salt");
        const start = (salt?.offset ?? 0) + 1;
        expect(hex(encoded.subarray(start, start + 16))).toBe(hex(decodeContent(encoded).salt));
        for (const { offset, length, children } of parts) {
          for (const child of children) {
            if (child.offset < offset || child.offset + child.length > offset + length) return false;
          }
        }
        return true;
      }),
    );
  });

  it("of any octets never makes a decoder throw or hang", () => {
    const heads = fc.constantFrom(0x87, 0x83, 0x85, 0x9f, 0xa2, 0x50, 0x58, 0xc1, 0xf6, 0xfb, 0xbb, 0x9b);
    const likely = fc.array(fc.oneof(heads, fc.integer({ min: 0, max: 255 })), { maxLength: 80 });
    fc.assert(
      fc.property(likely, (list) => {
        const bytes = Uint8Array.from(list);
        for (const format of contentFormats) {
          const { part, error } = format.decode(bytes);
          treeLines(part, bytes.length, error?.offset);
          hexdumpLines(part, bytes);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("nested a thousand deep is refused like anything else", () => {
    const deep = new Uint8Array(100_000).fill(0x81);
    for (const format of contentFormats) expect(format.decode(deep).error).toBeDefined();
  });
});

describe.skipIf(!shared)("the example messages of the draft", () => {
  const folder = `${shared}/drafts/content-examples-08`;
  const files = shared === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith(".cbor"));

  it.each(files)("%s is recognised and shown whole", async (name) => {
    const { code, out } = await mimi("decode", join(folder, name));
    expect(code).toBe(0);
    expect(out).toMatch(/^(mimiContent|MessageDerivedValues) · content-09/);
    expect(out.split("\n").filter((line) => [...line].length > 110)).toEqual([]);
  });

  it.each(files)("%s has the draft's own diagnostic notation", async (name) => {
    const { out } = await mimi("decode", join(folder, name), "--diagnostic");
    expect(hex(parseEDN(out, {}) as Uint8Array)).toBe(readFileSync(join(folder, name)).toString("hex"));
  });
});
