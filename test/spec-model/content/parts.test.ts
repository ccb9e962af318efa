import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8 } from "../../../spec-model/bytes.ts";
import { nestedPart } from "../../../spec-model/content/arbitrary.ts";
import {
  contentIdUri,
  danglingReferences,
  indexedParts,
  type NestedPart,
  type PartSemantics,
  partsToProcess,
  referencesIn,
} from "../../../spec-model/content/index.ts";

const single = (contentType: string, content = ""): NestedPart => ({
  disposition: "render",
  language: "",
  cardinality: "single",
  contentType,
  content: utf8(content),
});
const multi = (partSemantics: PartSemantics, ...parts: NestedPart[]): NestedPart => ({
  disposition: "render",
  language: "",
  cardinality: "multi",
  partSemantics,
  parts,
});
const nothing: NestedPart = { disposition: "render", language: "", cardinality: "nullpart" };
const understandsAll = { understands: () => true };
const understandsOnly = (...types: string[]) => ({
  understands: ({ contentType }: { readonly contentType: string }) => types.includes(contentType),
});
const indexes = (body: NestedPart, preferences: Parameters<typeof partsToProcess>[1]) =>
  partsToProcess(body, preferences).map(({ index }) => index);

/** The shape of the draft's nested example: GIF or PNG, each with English or French HTML that refers to it. */
const nested = multi(
  "chooseOne",
  multi(
    "processAll",
    multi(
      "chooseOne",
      single("text/html", `<img src="${contentIdUri(5)}">`),
      single("text/x-fr", contentIdUri(5)),
    ),
    single("image/gif"),
  ),
  multi(
    "processAll",
    multi("chooseOne", single("text/html", contentIdUri(10)), single("text/x-fr", contentIdUri(10))),
    single("image/png"),
  ),
);

describe("part indexes", () => {
  it("count depth first from 0, a part before those in it", () => {
    const found = indexedParts(nested);
    expect(found).toHaveLength(11);
    expect(found[5]?.part).toMatchObject({ contentType: "image/gif" });
    expect(found[10]?.part).toMatchObject({ contentType: "image/png" });
  });

  it("number every part of any body once", () => {
    const size = (part: NestedPart): number =>
      part.cardinality === "multi" ? 1 + part.parts.reduce((sum, each) => sum + size(each), 0) : 1;
    fc.assert(
      fc.property(nestedPart(1), (body) => {
        const found = indexedParts(body);
        expect(found.map(({ index }) => index)).toEqual([...Array(size(body)).keys()]);
        expect(found[0]?.part).toBe(body);
      }),
    );
  });
});

describe("content IDs", () => {
  it("are found in text, each once", () => {
    const html =
      "cid:3@local.invalid CID:4@LOCAL.invalid cid:3@local.invalid cid:05@local.invalid cid:6@example";
    expect(referencesIn(single("text/html", html))).toEqual([3, 4]);
  });

  it("may lead only to single and external parts that exist", () => {
    const body = multi("processAll", single("text/html", "cid:0@local.invalid cid:2@local.invalid"), nothing);
    expect(danglingReferences(body)).toEqual([
      { from: 1, to: 0 },
      { from: 1, to: 2 },
    ]);
    expect(danglingReferences(nested)).toEqual([]);
    expect(danglingReferences(single("text/html", "cid:999999999@local.invalid"))).toHaveLength(1);
  });
});

describe("the parts to process", () => {
  it("are one choice, and not the image it shows by itself", () => {
    expect(indexes(nested, understandsAll)).toEqual([3]);
  });

  it("are the choice that can be processed", () => {
    expect(indexes(nested, understandsOnly("text/x-fr", "image/png"))).toEqual([4]);
    expect(indexes(nested, understandsOnly("image/png"))).toEqual([10]);
    expect(indexes(nested, understandsOnly())).toEqual([]);
  });

  it("are the choice of the receiver, not the first", () => {
    const preferences = {
      ...understandsAll,
      choose: (candidates: readonly NestedPart[]) => candidates.at(-1),
    };
    expect(indexes(nested, preferences)).toEqual([9]);
  });

  it("are a single unit only where all of it can be processed", () => {
    const unit = multi("singleUnit", single("a/a"), single("b/b"));
    expect(indexes(unit, understandsAll)).toEqual([1, 2]);
    expect(indexes(unit, understandsOnly("a/a"))).toEqual([]);
  });

  it("are all that can be processed of processAll", () => {
    expect(indexes(multi("processAll", single("a/a"), single("b/b")), understandsOnly("b/b"))).toEqual([2]);
  });

  it("leave out what an earlier part refers to, whatever its disposition", () => {
    const body = multi("processAll", single("a/a", "cid:2@local.invalid"), {
      ...single("b/b"),
      disposition: "inline",
    });
    expect(indexes(body, understandsAll)).toEqual([1]);
  });
});
