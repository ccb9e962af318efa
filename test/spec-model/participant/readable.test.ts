/** What a client can receive, and what it says of that. content-09 §7.1, mls-extensions §6.2.3 */
import { describe, expect, it } from "vitest";
import { textOf, utf8 } from "../../../spec-model/bytes.ts";
import { mediaType, type NestedPart } from "../../../spec-model/content/index.ts";
import { KeyPackage, mediaTypesIn } from "../../../spec-model/mls/index.ts";
import { readableText } from "../../../spec-model/participant/readable.ts";
import { alice, aliceClient, clientNamed, sent } from "../provider/world.ts";

const part = (contentType: string, text: string): NestedPart => ({
  disposition: "render",
  language: "",
  cardinality: "single",
  contentType,
  content: utf8(text),
});
const oneOf = (...parts: NestedPart[]): NestedPart => ({
  disposition: "render",
  language: "",
  cardinality: "multi",
  partSemantics: "chooseOne",
  parts,
});

describe("a client", () => {
  it.each([
    ["plain text", part(mediaType.plainText, "Hello"), "Hello"],
    ["Markdown", part(mediaType.markdown, "*Hello*"), "*Hello*"],
    ["a container", oneOf(part(mediaType.html, "<b>Hello</b>"), part(mediaType.plainText, "Hello")), "Hello"],
  ])("reads %s", (_, body, text) => {
    expect(readableText(body)).toBe(text);
  });

  it("reads nothing of a type that it does not know", () => {
    expect(readableText(part(mediaType.html, "<b>Hello</b>"))).toBe("");
    expect(readableText({ disposition: "render", language: "", cardinality: "nullpart" })).toBe("");
  });

  it("advertises in its leaf the container and the types that it reads", () => {
    const message = sent(clientNamed(aliceClient, alice), { type: "publishKeyPackages", count: 1 });
    const [bytes] = message.type === "storeKeyPackages" ? message.keyPackages : [];
    if (bytes === undefined) throw new Error("a KeyPackage was made");
    const types = mediaTypesIn(KeyPackage.decode(bytes).leafNode.extensions) ?? [];
    const named = types.map(({ type, parameters }) =>
      [
        textOf(type),
        ...parameters.map((each) => `${textOf(each.parameterName)}=${textOf(each.parameterValue)}`),
      ].join(";"),
    );
    expect(named).toEqual([mediaType.mimiContent, mediaType.plainText, mediaType.markdown]);
  });
});
