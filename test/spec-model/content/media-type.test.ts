import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  escapeHtmlTags,
  htmlTagsIn,
  isMediaType,
  languageTags,
  mediaType,
  parseMediaType,
} from "../../../spec-model/content/index.ts";

describe("media types", () => {
  it.each([
    ["text/plain;charset=utf-8", "text", "plain", { charset: "utf-8" }],
    ["Text/Markdown; Variant=GFM-MIMI", "text", "markdown", { variant: "GFM-MIMI" }],
    ['a/b;x="a;\\"b"; y=2;', "a", "b", { x: 'a;"b', y: "2" }],
    [
      "application/vnd.examplevendor-fancy-im-message",
      "application",
      "vnd.examplevendor-fancy-im-message",
      {},
    ],
  ])("%s is taken apart", (text, type, subtype, parameters) => {
    const parsed = parseMediaType(text);
    expect(parsed && { ...parsed, parameters: Object.fromEntries(parsed.parameters) }).toEqual({
      type,
      subtype,
      parameters,
    });
  });

  it.each([
    "",
    "text",
    "text/",
    "/plain",
    "text/plain;x",
    "text/plain;x=",
    "text/plain x",
    'a/b;x="',
    "a/b;x=1;X=2",
    "a /b",
  ])("%j is none", (text) => expect(parseMediaType(text)).toBeUndefined());

  it("are compared by type and the wanted parameters, whatever the case", () => {
    expect(isMediaType("TEXT/markdown;variant=gfm-mimi;x=y", mediaType.markdown)).toBe(true);
    expect(isMediaType("text/markdown;variant=CommonMark", mediaType.markdown)).toBe(false);
    expect(isMediaType("text/markdown", mediaType.markdown)).toBe(false);
    expect(isMediaType("nonsense", mediaType.markdown)).toBe(false);
  });

  it("are parsed in time whatever the text", () => {
    fc.assert(fc.property(fc.string(), (text) => void parseMediaType(`a/b${text}`)));
    expect(parseMediaType(`a/b${";".repeat(50_000)}!`)).toBeUndefined();
    expect(parseMediaType(`a/b;x="${"\\\\".repeat(50_000)}`)).toBeUndefined();
  });
});

describe("languages", () => {
  it.each([
    "en",
    "en,fr",
    "zh-Hant-TW",
    "de-CH-1996",
    "x-klingon",
    "i-default",
    "sl-rozaj-biske",
    "en-a-bbb-x-a",
  ])("%s is a list of tags", (text) => expect(languageTags(text)).toEqual(text.split(",")));

  it("may be missing", () => expect(languageTags("")).toEqual([]));

  it.each(["e", "en_US", "en,", ",en", "en, fr", "english!", "123"])("%j is no list of tags", (text) =>
    expect(languageTags(text)).toBeUndefined(),
  );
});

describe("GFM-MIMI", () => {
  it.each([
    ["<b>bold</b>", ["<b>", "</b>"]],
    ["<a href=\"x>y\" title='z' checked>", ["<a href=\"x>y\" title='z' checked>"]],
    ["<br/>", ["<br/>"]],
    ["a <!-- comment --> b", ["<!-- comment -->"]],
    ["<?php x ?>", ["<?php x ?>"]],
    ["<!DOCTYPE html>", ["<!DOCTYPE html>"]],
    ["<![CDATA[x]]>", ["<![CDATA[x]]>"]],
    ["`` ` `` <i>", ["<i>"]],
    ["` <i>", ["<i>"]],
    ["```\n<i>\n```\n<b>", ["<b>"]],
    ["    x\n~~~ html\n<i>\n~~~~\n<b>", ["<b>"]],
  ])("has no room for the HTML tags of %j", (text, tags) => {
    expect(htmlTagsIn(text).map(({ tag }) => tag)).toEqual(tags);
  });

  it.each([
    "Kudos to [@Alice Smith](mimi://example.com/u/alice-smith)",
    "<mimi://example.com/u/alice-smith>",
    "1 < 2 and 3 > 2",
    "`<b>`",
    "```\n<b>\n",
    "\\<b>",
    "<33 <a b=<>",
    "&lt;b>",
  ])("has room for %j", (text) => expect(htmlTagsIn(text)).toEqual([]));

  it("is what escaping makes of any text, and leaves what has no tags alone", () => {
    const piece = fc.constantFrom(
      "<b>",
      "</b>",
      "<a x='`'>",
      "`",
      "``",
      "```\n",
      "\n",
      "\\",
      "<",
      ">",
      "x ",
      "<!--",
      "-->",
      '"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = pieces.join("");
        const escaped = escapeHtmlTags(text);
        expect(htmlTagsIn(escaped)).toEqual([]);
        expect(escaped.replaceAll("&lt;", "<")).toBe(text);
        if (htmlTagsIn(text).length === 0) expect(escaped).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it("is checked in time whatever the text", () => {
    for (const text of ["<!--", "<a ", "`", "<?", "```\n", "<a b='"]) htmlTagsIn(text.repeat(5_000));
  });
});
