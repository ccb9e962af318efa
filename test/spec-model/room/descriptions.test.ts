/** A room's descriptions. protocol-06 §7.6 */
import { describe, expect, it } from "vitest";
import { utf8 } from "../../../spec-model/bytes.ts";
import { readDescription } from "../../../spec-model/room/index.ts";

const read = (mediaType: string, octets: Uint8Array) =>
  readDescription({ mediaType, descriptionContent: octets });

describe("a description of a room", () => {
  it("is plain text in UTF-8 where it names no media type", () => {
    expect(read("", utf8("Für Frettchen"))).toEqual({
      mediaType: "text/plain;charset=utf-8",
      text: "Für Frettchen",
    });
  });

  it("is of the media type that it names", () => {
    expect(read("text/markdown", utf8("*Ferrets*"))).toEqual({
      mediaType: "text/markdown",
      text: "*Ferrets*",
    });
    expect(read("image/png", Uint8Array.of(137))).toEqual({ mediaType: "image/png", text: undefined });
  });

  it("has no text where its octets are none", () => {
    expect(read("", Uint8Array.of(0xff)).text).toBeUndefined();
  });
});
