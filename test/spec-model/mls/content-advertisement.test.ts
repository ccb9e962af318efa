/** Media types that clients advertise and groups require. mls-extensions §6.2 */
import { describe, expect, it } from "vitest";
import { hex, noBytes, textOf, utf8 } from "../../../spec-model/bytes.ts";
import {
  componentIds,
  dictionaryExtension,
  frameContent,
  lackingMediaTypes,
  type MediaType,
  MediaTypeList,
  mediaTypesData,
  mediaTypesIn,
  unframeContent,
} from "../../../spec-model/mls/index.ts";
import { client } from "./room-fixture.ts";

const typed = (type: string, ...parameters: [string, string][]): MediaType => ({
  type: utf8(type),
  parameters: parameters.map(([name, value]) => ({ parameterName: utf8(name), parameterValue: utf8(value) })),
});
const content = typed("application/mimi-content");
const plain = typed("text/plain", ["charset", "UTF-8"]);
const listing = (data: Uint8Array) => [
  dictionaryExtension(new Map([[componentIds.content_media_types, data]])),
];
const group = listing(mediaTypesData([content, plain]));
const malformed = expect.objectContaining({ code: "malformed" });

describe("a list of media types", () => {
  it("is never empty, neither where it is made nor where it is read", () => {
    expect(mediaTypesIn(group)).toEqual([content, plain]);
    expect(() => mediaTypesData([])).toThrow(malformed);
    expect(() => mediaTypesIn(listing(MediaTypeList.encode({ mediaTypeList: [] })))).toThrow(malformed);
  });

  it("has values of parameters without quotes and escapes", () => {
    for (const value of ['"UTF-8"', "UTF\\-8"]) {
      const quoted = [typed("text/plain", ["charset", value])];
      expect(() => mediaTypesData(quoted)).toThrow(malformed);
      expect(() => mediaTypesIn(listing(MediaTypeList.encode({ mediaTypeList: quoted })))).toThrow(malformed);
    }
  });

  it("says of a client which of the group's required types it lacks", () => {
    const leafOf = (data?: Uint8Array) =>
      client("dave", { leafExtensions: data === undefined ? [] : listing(data) }).keyPackage.leafNode;
    expect(lackingMediaTypes(leafOf(mediaTypesData([plain, content, typed("text/html")])), group)).toEqual(
      [],
    );
    expect(lackingMediaTypes(leafOf(mediaTypesData([content, typed("text/plain")])), group)).toEqual([plain]);
    expect(lackingMediaTypes(leafOf(), group)).toEqual([content, plain]);
    expect(lackingMediaTypes(leafOf(), [])).toEqual([]);
  });
});

describe("application data in a group with required media types", () => {
  it("is framed with its media type, and elsewhere as it is", () => {
    const framed = frameContent(group, plain, utf8("hello"));
    expect(hex(framed)).not.toBe(hex(utf8("hello")));
    expect(unframeContent(group, framed)).toEqual({ mediaType: plain, content: utf8("hello") });
    expect(frameContent([], plain, utf8("hello"))).toEqual(utf8("hello"));
    expect(unframeContent([], utf8("hello"))).toEqual({ mediaType: undefined, content: utf8("hello") });
  });

  it("is refused where it is not framed", () => {
    expect(() => unframeContent(group, noBytes)).toThrow(malformed);
    expect(() => unframeContent(group, utf8("hello"))).toThrow(malformed);
  });

  it("is of the first required type where it names none", () => {
    const framed = frameContent(group, typed(""), utf8("hello"));
    const { mediaType } = unframeContent(group, framed);
    expect(textOf(mediaType?.type ?? noBytes)).toBe("application/mimi-content");
  });
});
