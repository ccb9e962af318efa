/** References between parts, salts, HTML in Markdown, and descriptions of rooms. content-09 §4.4, §7.1.1, §9.2; protocol-06 §7.6 */
import { hex, utf8 } from "../../../spec-model/bytes.ts";
import { compose, contentIdUri, type NestedPart, saltFrom } from "../../../spec-model/content/index.ts";
import { bodyHandlers } from "../../adapters/typescript/bodies.ts";
import type { Json, JsonObject, VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";
import { alice, room, saltOf } from "./examples.ts";

export function bodyGroups(): VectorGroup[] {
  return [references(), salts(), tags(), escapes(), descriptions()];
}

const group = (operation: string, comment: string, tests: readonly VectorCase[]): VectorGroup => ({
  operation,
  comment,
  input: {},
  tests,
});

/** What the model answers, which has to be what the case is written for. */
function answered(operation: string, id: string, outcome: string, input: JsonObject): JsonObject | undefined {
  const answer = bodyHandlers[operation]?.(input);
  if (answer?.outcome !== outcome) throw new Error(`${id}: the model answers ${answer?.outcome}`);
  return answer.output as JsonObject | undefined;
}

const single = (text: string, contentType = "text/markdown;variant=GFM-MIMI"): NestedPart => ({
  ...{ disposition: "render", language: "", cardinality: "single" },
  contentType,
  content: utf8(text),
});
const image: NestedPart = single("\u0089PNG", "image/png");
const nothing: NestedPart = { disposition: "render", language: "", cardinality: "nullpart" };
const external: NestedPart = {
  ...{ disposition: "inline", language: "", cardinality: "external", contentType: "image/png" },
  ...{ url: "https://assets.a.example/x", expires: 0, size: 0n, encAlg: 0, hashAlg: 0 },
  ...{ key: utf8(""), nonce: utf8(""), aad: utf8(""), contentHash: utf8("") },
  ...{ description: "", filename: "" },
};
const multi = (...parts: readonly NestedPart[]): NestedPart => ({
  ...{ disposition: "render", language: "", cardinality: "multi", partSemantics: "processAll" },
  parts: [...parts],
});

/** A text that refers to a part, and the parts behind it: their indexes begin with 2. */
function message(text: string, ...behind: readonly NestedPart[]): JsonObject {
  const by = { sender: alice, room, salt: saltOf("references") };
  return { bytes: hex(compose(by, multi(single(text), ...behind)).encoded) };
}

function references(): VectorGroup {
  const operation = "content.references";
  const shows = (index: number) => `![a ferret](${contentIdUri(index)})`;
  const made = (id: string, comment: string, input: JsonObject, requirement = "content-4.4-content-id") => {
    const output = answered(operation, id, "sound", input);
    return positive({
      ...{ id, comment, outcome: "sound", input, requirements: [requirement] },
      ...(output === undefined ? {} : { output }),
    });
  };
  const parent = made("references-single", "a text shows the image behind it", message(shows(2), image));
  const target = ["content-4.4-content-id-target"];
  const wrong = (slug: string, op: string, change: JsonObject) => {
    const output = answered(operation, slug, "dangling", change);
    return negative(parent, {
      ...{ slug, flag: "ContentId", path: "nestedPart.parts[0].content", op, outcome: "dangling", change },
      ...{ requirements: target },
      ...(output === undefined ? {} : { output }),
    });
  };
  return group(operation, "Texts that refer to other parts", [
    parent,
    made("references-external", "a text shows an external part", message(shows(2), external), target[0]),
    made("references-none", "a text without references", message("a ferret", image)),
    made("references-twice", "one reference twice counts once", message(`${shows(2)} ${shows(2)}`, image)),
    made("references-case", "the scheme and the domain have no case", message("CID:2@LOCAL.invalid", image)),
    made(
      "references-other-domain",
      "a content ID of another domain is none",
      message("cid:9@a.example", image),
    ),
    made("references-leading-zero", "an index has no leading zeros", message("cid:02@local.invalid", image)),
    made("references-nested", "indexes count depth first", message(shows(4), multi(image, image))),
    wrong("beyond", "it leads to a part that there is not", message(shows(3), image)),
    wrong("to-multipart", "it leads to a part that holds others", message(shows(2), multi(image, image))),
    wrong("to-nullpart", "it leads to an empty part", message(shows(2), nothing)),
    wrong("to-outermost", "it leads to the body that it is in", message(shows(0), image)),
  ]);
}

function salts(): VectorGroup {
  const octets = (name: string, length: number) => new Uint8Array(length).map((_, i) => name.length * 16 + i);
  const pairs = [
    ["a nonce of 16 octets", octets("s", 32), octets("no", 16)],
    ["another nonce", octets("s", 32), octets("non", 16)],
    ["another secret", octets("secr", 32), octets("no", 16)],
    ["a secret longer than a block of the hash", octets("secre", 100), octets("no", 16)],
  ] as const;
  return group(
    "content.salt",
    "Salts that an HMAC gives, so that no two messages of a group have the same",
    pairs.map(([comment, secret, nonce], index) =>
      positive({
        id: `salt-${index + 1}`,
        comment,
        outcome: "salt",
        input: { secret: hex(secret), nonce: hex(nonce) },
        output: { salt: hex(saltFrom(secret, nonce)) },
        requirements: ["content-9.2-exported-salt"],
        level: "MAY",
      }),
    ),
  );
}

const texts: readonly (readonly [slug: string, comment: string, text: string])[] = [
  ["none", "a text", "Kudos to [@Alice](mimi://a.example/u/alice)"],
  ["autolink", "a URI in angle brackets", "<mimi://a.example/u/alice>"],
  ["comparison", "brackets that are no tags", "1 < 2 and 3 > 2"],
  ["code", "a tag in a code span", "`<b>`"],
  ["block", "a tag in a fenced code block", "```\n<b>\n```\n"],
  ["escaped", "a tag behind a backslash", "\\<b>"],
  ["element", "an element", "<b>bold</b>"],
  ["attributes", "a tag with attributes", "<a href=\"x>y\" title='z' checked>"],
  ["void", "a tag that closes itself", "<br/>"],
  ["comment", "a comment", "a <!-- comment --> b"],
  ["instruction", "a processing instruction", "<?php x ?>"],
  ["declaration", "a declaration", "<!DOCTYPE html>"],
  ["cdata", "a CDATA section", "<![CDATA[x]]>"],
  ["open-code", "a tag behind a backtick that closes nothing", "` <i>"],
  ["behind-block", "a tag behind a fenced code block", "```\n<i>\n```\n<b>"],
  ["uncovered", "a tag that shows when another is escaped", "<a x='`'> ` <b>"],
];

function tags(): VectorGroup {
  const operation = "content.markdown-tags";
  return group(
    operation,
    "HTML tags in Markdown: a receiver shows them as they are written",
    texts.map(([slug, comment, text]) => {
      const answer = bodyHandlers[operation]?.({ text });
      return positive({
        ...{ id: `markdown-tags-${slug}`, comment, outcome: answer?.outcome ?? "", input: { text } },
        output: (answer?.output ?? {}) as JsonObject,
        requirements: ["content-7.1.1-html-as-text", "content-7.1.1-no-html"],
      });
    }),
  );
}

function escapes(): VectorGroup {
  const operation = "content.markdown-escape";
  return group(
    operation,
    "What a sender makes of texts with HTML tags",
    texts.map(([slug, comment, text]) =>
      positive({
        ...{ id: `markdown-escape-${slug}`, comment, outcome: "escaped", input: { text } },
        output: answered(operation, slug, "escaped", { text }) ?? {},
        requirements: ["content-7.1.1-html-escaped", "content-7.1.1-no-html"],
      }),
    ),
  );
}

function descriptions(): VectorGroup {
  const operation = "room.description";
  const input = (mediaType: string, content: Uint8Array): JsonObject => ({
    mediaType,
    content: hex(content),
  });
  const latin = Uint8Array.of(0x63, 0x61, 0x66, 0xe9);
  const cases: readonly (readonly [string, string, string, JsonObject])[] = [
    ["no-type", "no media type: plain text in UTF-8", "text", input("", utf8("caf\u00e9"))],
    ["empty", "no media type and no octets", "text", input("", utf8(""))],
    ["plain", "plain text", "text", input("text/plain;charset=utf-8", utf8("caf\u00e9"))],
    ["markdown", "Markdown", "text", input("text/markdown;variant=GFM-MIMI", utf8("*caf\u00e9*"))],
    ["image", "an image", "other", input("image/png", latin)],
  ];
  const made = (slug: string, comment: string, outcome: string, given: JsonObject) =>
    positive({
      ...{ id: `description-${slug}`, comment, outcome, input: given },
      output: answered(operation, slug, outcome, given) ?? {},
      requirements: ["protocol-7.6-empty-media-type"],
    });
  const [first, ...others] = cases.map((each) => made(...each));
  if (first === undefined) throw new Error("there are no descriptions");
  const change: Readonly<Record<string, Json>> = { content: hex(latin) };
  const output = answered(operation, "latin", "other", { ...first.input, ...change });
  return group(operation, "Descriptions of a room, with the media type that they are in", [
    first,
    ...others,
    negative(first, {
      ...{ slug: "latin", flag: "Utf8", path: "RichDescription.description_content" },
      ...{ op: "octets that are no UTF-8", outcome: "other", change },
      ...(output === undefined ? {} : { output }),
    }),
  ]);
}
