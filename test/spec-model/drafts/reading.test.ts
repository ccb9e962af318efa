/** Reading drafts: the same draft in three forms gives the same parts, and no input brings reading down. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkDrafts,
  fingerprintOf,
  normativeSentences,
  ReadError,
  readDraft,
} from "../../../spec-model/drafts/index.ts";
import { code, draftOf, forms, heading, items, table, text, tls, written } from "./forms.ts";

const utf8 = (words: string) => new TextEncoder().encode(words);
const pieces = [
  text("A provider MUST answer. It SHOULD NOT\nanswer twice, and `nobody` MAY ask. It is so."),
  heading("Structures"),
  tls("struct {\n  uint8 code;\n\n  opaque key<V>;\n} Answer;"),
  text("The Answer has a code, as the table shows."),
  table(["Value", "Name", "Reference"], ["1", "first", "RFCXXXX"], ["2", "second", "RFCXXXX"]),
  items("keeper\n   role_index = 2\n   canSendMessage\nguest\n   role_index = 3"),
  code("json", '{\n  "a": [1, 2]\n}'),
];

describe.each(forms)("a draft in %s", (form) => {
  const draft = draftOf(form, written(form, pieces));

  it("has its sections with their numbers", () => {
    expect(
      draft.sections.filter(({ number }) => number !== "").map(({ number, title }) => `${number} ${title}`),
    ).toEqual(["1 Start", "2 Structures"]);
  });

  it("has its blocks line by line, each line with its place in the source", () => {
    expect(draft.blocks.map(({ lines }) => lines.map((line) => line.text))).toEqual([
      ["struct {", "  uint8 code;", "", "  opaque key<V>;", "} Answer;"],
      ["{", '  "a": [1, 2]', "}"],
    ]);
    for (const { lines } of draft.blocks) {
      for (const line of lines.filter((each) => each.text !== "")) {
        expect(draft.source[line.line - 1]?.slice(line.column - 1)).toBe(line.text);
      }
    }
  });

  it("has its table cell by cell", () => {
    expect(
      draft.tables.map(({ header, rows }) => [header, ...rows].map((row) => row.map((cell) => cell.text))),
    ).toEqual([
      [
        ["Value", "Name", "Reference"],
        ["1", "first", "RFCXXXX"],
        ["2", "second", "RFCXXXX"],
      ],
    ]);
  });

  it("has the items of its lists with their depth", () => {
    const list = draft.prose
      .filter(({ depth }) => depth > 0)
      .map(({ depth, lines }) => `${depth} ${lines[0]?.text}`);
    expect(list).toEqual(["1 keeper", "2 role_index = 2", "2 canSendMessage", "1 guest", "2 role_index = 3"]);
  });

  it("has its normative sentences with their keywords and the fingerprints that they have in all forms", () => {
    const sentences = normativeSentences(draft);
    expect(sentences.map(({ keywords, section }) => `${section.number} ${keywords.join(", ")}`)).toEqual([
      "1 MUST",
      "1 SHOULD NOT, MAY",
    ]);
    expect(sentences.map(({ fingerprint }) => fingerprint)).toEqual([
      fingerprintOf("A provider MUST answer."),
      fingerprintOf("It SHOULD NOT answer twice, and nobody MAY ask."),
    ]);
  });

  it("is found to have no defect", () => {
    expect(checkDrafts([draft])).toEqual([]);
  });

  it("is read as far as it goes where it is cut anywhere, without an error", () => {
    const source = written(form, pieces);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: source.length }), (length) => {
        checkDrafts([draftOf(form, source.slice(0, length))]);
      }),
    );
  });

  it("does not bring the checks down with any single change", () => {
    const source = written(form, pieces);
    const change = fc.record({
      at: fc.nat(source.length),
      length: fc.nat(6),
      by: fc.stringMatching(/^[-{}[\]()<>|;:=,"'`~#/*\\&. a-z0-9\n]{0,6}$/),
    });
    fc.assert(
      fc.property(change, ({ at, length, by }) => {
        checkDrafts([draftOf(form, source.slice(0, at) + by + source.slice(at + length))]);
      }),
    );
  });
});

describe("reading", () => {
  it("says that an unknown file format is no text", () => {
    expect(() =>
      readDraft({ file: "draft.md", bytes: Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 2, 3) }),
    ).toThrow(ReadError);
  });

  it("throws nothing but its own error for any octets", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom("a.md", "a.xml", "a.txt"),
        (bytes, file) => {
          try {
            checkDrafts([readDraft({ file, bytes })]);
          } catch (error) {
            expect(error).toBeInstanceOf(ReadError);
          }
        },
      ),
    );
  });

  it("includes files in all ways of kramdown-rfc and mmark, and gives findings their places in them", () => {
    const files = new Map([
      ["a.cddl", "note = [ code: uint, id: Idd, more: tstr ]\n"],
      ["b.edn", "[ 1, h'0g' ]\n"],
    ]);
    const source =
      "# A\n\n~~~ cddl\n{::include a.cddl}\n~~~\n\n<{{b.edn}}\n\n~~~ cddl\n; local\nIdx = uint\n{::include none.cddl}\n~~~\n";
    const draft = readDraft({ file: "x.md", bytes: utf8(source) }, (path) =>
      files.has(path) ? utf8(files.get(path) ?? "") : undefined,
    );
    expect(checkDrafts([draft]).map(({ rule, place }) => `${rule} ${place.file}:${place.line}`)).toEqual([
      "missing-include x.md:12",
      "edn-syntax b.edn:1",
    ]);
  });

  it("removes page breaks with their footers and headers from text", () => {
    const lines = [
      "1.  Start",
      "",
      "   A sentence that",
      "",
      "",
      "",
      "Author         Expires 3 January 2027         [Page 1]",
      "\f",
      "Internet-Draft         Example         July 2026",
      "",
      "",
      "   MUST go on.",
    ];
    const draft = readDraft({ file: "draft-a-00.txt", bytes: utf8(lines.join("\n")) });
    expect(draft.prose.flatMap((prose) => prose.lines.map((line) => line.text)).join(" ")).toBe(
      "A sentence that MUST go on.",
    );
  });

  it("tells of XML that is not well-formed, and reads on", () => {
    const source =
      "<rfc><middle><section><name>A</name><t>One<t>Two</t><sourcecode type='tls'>struct { opaque a; } B;</sourcecode></section></middle></rfc>";
    const rules = checkDrafts([readDraft({ file: "a.xml", bytes: utf8(source) })]).map(({ rule }) => rule);
    expect(rules).toContain("malformed-xml");
    expect(rules).toContain("tls-missing-length");
  });

  it("stops at elements nested without end, and says so", () => {
    const source = `<rfc><middle>${"<section>".repeat(5000)}`;
    expect(
      checkDrafts([readDraft({ file: "a.xml", bytes: utf8(source) })]).map(({ rule }) => rule),
    ).toContain("reading-stopped");
  });

  it.each([
    ["brackets in notation", "~~~ cbor-diag\n", "[", "\n~~~\n"],
    ["objects in JSON", "~~~ json\n", '{"a":', "\n~~~\n"],
    ["groups in CDDL", "~~~ cddl\na = ", "[", "\n~~~\n"],
    ["structures", "~~~ tls\n", "struct { select (a) { case b: ", "\n~~~\n"],
    ["lists", "", "- a\n - b\n  - c\n", ""],
    ["arrays in a dump", "~~~ cbor-pretty\n83 # array(3)\n", "81\n", "\n~~~\n"],
  ])("copes with ten thousand %s in each other", (_, before, again, after) => {
    const draft = readDraft({ file: "a.md", bytes: utf8(`# A\n\n${before}${again.repeat(10_000)}${after}`) });
    expect(checkDrafts([draft]).length).toBeLessThan(100);
  });

  it.each(forms)(
    "checks 10 MB of %s in less than 10 s",
    (form) => {
      const one = written(form, pieces).length - written(form, []).length;
      const source = written(form, Array.from({ length: Math.ceil(10_000_000 / one) }, () => pieces).flat());
      expect(source.length).toBeGreaterThanOrEqual(10_000_000);
      // Processor time: what else the machine does at the same time does not count.
      const start = process.cpuUsage();
      checkDrafts([draftOf(form, source)]);
      const { user, system } = process.cpuUsage(start);
      expect((user + system) / 1000).toBeLessThan(10_000);
    },
    60_000,
  );
});
