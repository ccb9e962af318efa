import { parseEDN } from "cbor-edn";
import { describe, expect, it } from "vitest";
import { equalBytes, hex } from "../../../spec-model/bytes.ts";
import {
  danglingReferences,
  decodeContent,
  decodeDerivedValues,
  decodeStatusReport,
  encodeContent,
  encodeDerivedValues,
  encodeStatusReport,
  extensionKey,
  indexedParts,
  judge,
  messageIdOf,
  statusByMessage,
} from "../../../spec-model/content/index.ts";
import { missingShared, sharedFolder } from "../../shared-folder.ts";
import { type DraftExample, draftExamples, draftFile, octetsOfDump } from "./draft-examples.ts";

const examples = draftExamples();
const title = sharedFolder() === undefined ? ` (${missingShared})` : "";

function uris(example: DraftExample): { senderUri: string; roomUri: string } {
  const { mimiExtensions } = decodeContent(example.cbor);
  return {
    senderUri: String(mimiExtensions.get(extensionKey.senderUri)),
    roomUri: String(mimiExtensions.get(extensionKey.roomUri)),
  };
}

function idOf(example: DraftExample): string {
  const { salt } = decodeContent(example.cbor);
  return hex(messageIdOf({ encoded: example.cbor, salt, ...uris(example) }));
}

function named(name: string): DraftExample {
  const example = examples.find((each) => each.name === name);
  if (example === undefined) throw new Error(`no example ${name}`);
  return example;
}

function verdictOn(example: DraftExample, formatPublished: number) {
  const acceptedTimestamp = example.timestamp?.msecs ?? 1_644_387_225_019;
  return judge({
    encoded: example.cbor,
    ...uris(example),
    senderIsMember: true,
    acceptedTimestamp,
    now: acceptedTimestamp + 1000,
    isKnown: (id) => examples.some((each) => each !== example && each.messageId === id),
    limits: { formatPublished },
  });
}

describe.skipIf(!sharedFolder())(`the examples of content-08 §5 and appendix B${title}`, () => {
  it("are fourteen", () => expect(examples).toHaveLength(14));

  it.each(examples)("$name decodes and encodes to the same bytes", ({ cbor }) => {
    expect(hex(encodeContent(decodeContent(cbor)))).toBe(hex(cbor));
  });

  it.each(examples)("$name has the message ID that its file states", (example) => {
    expect(idOf(example)).toBe(example.messageId);
  });

  it.each(examples)(
    "$name has the same bytes in its EDN and its dump as in its CBOR",
    ({ cbor, edn, pretty }) => {
      expect(hex(parseEDN(edn, {}) as Uint8Array)).toBe(hex(cbor));
      expect(octetsOfDump(pretty)).toBe(hex(cbor));
    },
  );

  it.each(examples)("$name breaks no rule but the age of the format", (example) => {
    expect(verdictOn(example, 0)).toMatchObject({ decision: "keep" });
  });

  it.each(examples)("$name has content IDs that lead to parts", ({ cbor }) => {
    expect(danglingReferences(decodeContent(cbor).nestedPart)).toEqual([]);
  });

  it("refer to each other by the message IDs they have", () => {
    const id = (name: string) => idOf(named(name));
    const references = (name: string) => {
      const { replaces, inReplyTo } = decodeContent(named(name).cbor);
      return { replaces: replaces && hex(replaces), inReplyTo: inReplyTo && hex(inReplyTo) };
    };
    const original = id("original");
    for (const name of ["reply", "reaction", "mention", "mention-html"]) {
      expect(references(name)).toEqual({ replaces: undefined, inReplyTo: original });
    }
    for (const name of ["edit", "delete"]) {
      expect(references(name)).toEqual({ replaces: id("reply"), inReplyTo: original });
    }
    expect(references("unlike")).toEqual({ replaces: id("reaction"), inReplyTo: original });
  });

  it("number the eleven parts of the nested example depth first", () => {
    const parts = indexedParts(decodeContent(named("multipart-3").cbor).nestedPart);
    const kinds = parts.map(({ part }) =>
      part.cardinality === "multi"
        ? part.partSemantics
        : part.cardinality === "single"
          ? part.contentType
          : "",
    );
    expect(kinds).toEqual([
      "chooseOne",
      "processAll",
      "chooseOne",
      "text/html;charset=utf-8",
      "text/html;charset=utf-8",
      "image/gif",
      "processAll",
      "chooseOne",
      "text/html;charset=utf-8",
      "text/html;charset=utf-8",
      "image/png",
    ]);
  });
});

describe.skipIf(!sharedFolder())(`the status report of message-status-01 §5${title}`, () => {
  it("decodes, encodes to the same bytes, and is what its EDN says", () => {
    const cbor = draftFile("mimi-message-status.cbor");
    expect(hex(encodeStatusReport(decodeStatusReport(cbor)))).toBe(hex(cbor));
    const edn = new TextDecoder().decode(draftFile("mimi-message-status.edn"));
    expect(hex(parseEDN(edn, {}) as Uint8Array)).toBe(hex(cbor));
  });

  it("is about the content draft's examples", () => {
    const report = statusByMessage(decodeStatusReport(draftFile("mimi-message-status.cbor")));
    const stated = ["original", "reply", "mention", "expiring"].map((name) => report.get(idOf(named(name))));
    expect(stated).toEqual(["read", "read", "unread", "expired"]);
  });
});

describe.skipIf(!sharedFolder())(`where the drafts' examples disagree with themselves${title}`, () => {
  const implied = "content-examples-08/implied-original";

  it("implied-original.cbor is a sound encoding, of another message ID than its EDN and the original's", () => {
    const cbor = draftFile(`${implied}.cbor`);
    const values = decodeDerivedValues(cbor);
    expect(equalBytes(encodeDerivedValues(values), cbor)).toBe(true);
    expect(hex(values.messageId)).toMatch(/^01b00844/);
    const edn = new TextDecoder().decode(draftFile(`${implied}.edn`));
    const fromEdn = decodeDerivedValues(parseEDN(edn, {}) as Uint8Array);
    expect(hex(fromEdn.messageId)).toBe(named("original").messageId);
    expect({ ...fromEdn, messageId: values.messageId }).toEqual(values);
  });

  it("seven examples call their timestamp a date that it is not", () => {
    const wrong = examples.filter(
      ({ timestamp }) => timestamp && new Date(timestamp.msecs).toISOString() !== timestamp.date,
    );
    expect(wrong.map(({ name }) => name)).toEqual([
      "delete",
      "edit",
      "expiring",
      "mention",
      "mention-html",
      "reaction",
      "unlike",
    ]);
  });

  it("the expiring message expires 601 seconds after it was accepted, not 600", () => {
    const { expires } = decodeContent(named("expiring").cbor);
    expect(expires?.time).toBe(Math.floor((named("expiring").timestamp?.msecs ?? 0) / 1000) + 601);
  });

  it("the heart of the reaction is U+2764, not the U+2665 that the text and the EDN's comment speak of", () => {
    const { nestedPart } = decodeContent(named("reaction").cbor);
    expect(nestedPart.cardinality === "single" && hex(nestedPart.content)).toBe("e29da4");
    expect(hex(new TextEncoder().encode("\u2665"))).toBe("e299a5");
    expect(named("reaction").edn).toContain("U+2665");
  });

  it("all dated examples are older than the format, which §9.1 calls nonsensical", () => {
    for (const example of examples.filter(({ timestamp }) => timestamp)) {
      const verdict = verdictOn(example, 1_713_830_400_000);
      expect(verdict.decision).toBe("discard");
      expect(verdict.findings.map(({ rule }) => rule)).toContain("acceptedBeforeFormat");
    }
  });
});
