/** A draft's CDDL against the formats that are modelled: what the model encodes fits its own rules, and differences are told. */
import { existsSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mimiContent as arbitraryContent } from "../../../spec-model/content/arbitrary.ts";
import { encodeContent } from "../../../spec-model/content/index.ts";
import { decodeItem } from "../../../spec-model/drafts/cbor/index.ts";
import { mismatch, parseCddl, schemaOf } from "../../../spec-model/drafts/cddl/index.ts";
import { againstModel, modelledRules } from "../../../spec-model/drafts/index.ts";
import { code, draftOf, forms, written } from "./forms.ts";

const opened = new Set([
  "mimiContent",
  "NestedPart",
  "Expiration",
  "MessageStatusReport",
  "PerMessageStatus",
  "MessageDerivedValues",
]);
const enumerations = new Set(["baseDispos", "baseStatus"]);

/** The modelled rules as a schema, with the names that only drafts have. */
function schema(draft: "content-09" | "message-status-01"): string {
  const own = [...modelledRules()].filter(([, rule]) => rule.draft === draft);
  const shared = draft === "message-status-01" ? [["MessageId", "bstr .size 32"]] : [];
  const rules = own.map(([name, { lines }]) => {
    const body = lines
      .join(",\n  ")
      .replaceAll("(named elsewhere)", draft === "content-09" ? "uint" : "baseStatus")
      .replace("cardinality: uint", `cardinality: ${cardinalities.get(name) ?? "uint"}`);
    if (name === "extensions") return `${name} = {\n  ${body},\n  * any => any\n}`;
    if (enumerations.has(name)) return `${name} = &(\n  ${body}\n)`;
    if (opened.has(name)) return `${name} = [\n  ${body}\n]`;
    return lines.length > 1 || lines[0]?.includes(": ") ? `${name} = (\n  ${body}\n)` : `${name} = ${body}`;
  });
  return [...rules, ...shared.map(([name, type]) => `${name} = ${type}`)].join("\n\n");
}

const cardinalities = new Map([
  ["NullPart", "nullpart"],
  ["SinglePart", "single"],
  ["ExternalPart", "external"],
  ["MultiPart", "multi"],
]);

function changes(form: (typeof forms)[number], cddl: string, name: string) {
  const draft = draftOf(form, written(form, [code("cddl", cddl)], name));
  const found = againstModel(draft) ?? [];
  return found
    .filter(({ area }) => area === "schema")
    .map(({ kind, name: rule, details }) => [kind, rule, ...details]);
}

describe("the modelled rules", () => {
  it("are what the model encodes", () => {
    const { rules, faults } = parseCddl(schema("content-09"));
    expect(faults).toEqual([]);
    const parsed = schemaOf(rules);
    fc.assert(
      fc.property(arbitraryContent, (message) => {
        const decoded = decodeItem(encodeContent(message));
        if (!decoded.ok) throw new Error(decoded.reason);
        expect(mismatch(decoded.item, "mimiContent", parsed)?.message).toBeUndefined();
      }),
    );
  });

  it("are not what the model never encodes", () => {
    const parsed = schemaOf(parseCddl(schema("content-09").replace(".size 16", ".size 17")).rules);
    fc.assert(
      fc.property(arbitraryContent, (message) => {
        const decoded = decodeItem(encodeContent(message));
        expect(decoded.ok && mismatch(decoded.item, "mimiContent", parsed)).toBeDefined();
      }),
    );
  });

  it("have files of the model that exist, and the names of both drafts", () => {
    const files = [...modelledRules()].flatMap(([, rule]) => rule.files);
    const repository = new URL("../../../", import.meta.url);
    expect(files.filter((path) => !existsSync(new URL(path, repository)))).toEqual([]);
    expect(modelledRules().get("baseStatus")?.lines).toContain("read: 2");
    expect(modelledRules().get("baseDispos")?.lines).toHaveLength(9);
  });
});

describe.each(forms)("a draft in %s", (form) => {
  const same = schema("content-09");
  const told = (from: string, to: string) => {
    expect(same).toContain(from);
    return changes(form, same.replace(from, to), "draft-ietf-mimi-content");
  };

  it("has no difference where its rules are the modelled ones", () => {
    expect(changes(form, same, "draft-ietf-mimi-content")).toEqual([]);
    expect(changes(form, schema("message-status-01"), "draft-mahy-mimi-message-status")).toEqual([]);
  });

  it("has a field more, less, or of another type", () => {
    expect(told("  topicId: bstr,\n", "  topicId: bstr,\n  urgent: bool,\n")).toEqual([
      ["changed", "mimiContent", "+ urgent: bool"],
    ]);
    expect(told("  topicId: bstr,\n", "")).toEqual([["changed", "mimiContent", "- topicId: bstr"]]);
    expect(told("  topicId: bstr,\n", "  topicId: tstr,\n")).toEqual([
      ["changed", "mimiContent", "- topicId: bstr", "+ topicId: tstr"],
    ]);
  });

  it("has a key of the map more", () => {
    expect(told("? &(roomUri: 2) => tstr", "? &(roomUri: 2) => tstr,\n  ? &(threadUri: 3) => tstr")).toEqual([
      ["changed", "extensions", "+ ? &(threadUri: 3) => tstr"],
    ]);
  });

  it("has another value, another choice, another rule", () => {
    expect(told("preview: 8", "preview: 8,\n  poll: 9")).toEqual([["changed", "baseDispos", "+ poll: 9"]]);
    expect(told("(NullPart // SinglePart", "(NullPart // PollPart // SinglePart")).toEqual([
      [
        "changed",
        "NestedPart",
        "- (NullPart // SinglePart // ExternalPart // MultiPart)",
        "+ (NullPart // PollPart // SinglePart // ExternalPart // MultiPart)",
      ],
    ]);
    expect(told("MessageId = bstr", "Poll = [ question: tstr ]\n\nMessageId = bstr")).toEqual([
      ["added", "Poll", "+ question: tstr"],
    ]);
  });

  it("has no difference where a type only has another name, or the layout is another", () => {
    expect(told("url: tstr", "url: Link")).toEqual([
      ["changed", "ExternalPart", "- url: tstr", "+ url: Link"],
    ]);
    expect(
      changes(form, `${same.replace("url: tstr", "url: MsgUri")}\nMsgUri = tstr`, "draft-ietf-mimi-content"),
    ).toEqual([]);
    expect(told("  topicId: bstr,\n", "  topicId:\n      bstr, ; of the topic\n")).toEqual([]);
  });
});
