import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  expandEndpoint,
  fromPathSegment,
  identifierAtEndpoint,
  toPathSegment,
} from "../../../spec-model/identifiers/index.ts";

const anyText = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => text.isWellFormed());

describe("an identifier in a path", () => {
  it("is one segment with everything but unreserved characters percent-encoded", () => {
    expect(toPathSegment("mimi://a.example/r/clubhouse")).toBe("mimi%3A%2F%2Fa.example%2Fr%2Fclubhouse");
    expect(toPathSegment("it's (100%)*!")).toBe("it%27s%20%28100%25%29%2A%21");
  });

  it("comes back as it went in", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const segment = toPathSegment(text);
        expect(segment).toMatch(/^[A-Za-z0-9._~%-]+$/);
        expect(fromPathSegment(segment)).toEqual({ ok: true, value: text });
      }),
      { numRuns: 1000 },
    );
  });

  it("is read from any percent-encoding of the segment", () => {
    expect(fromPathSegment("mimi:%2f%2fa.example%2Fr%2fclub")).toEqual({
      ok: true,
      value: "mimi://a.example/r/club",
    });
  });

  it.each(["", "a.example/r/clubhouse", "a?b", "a#b", "a%2", "%ff", "ä", "a b"])("is not %j", (segment) => {
    expect(fromPathSegment(segment).ok).toBe(false);
  });

  it("keeps its % signs apart from those of the encoding", () => {
    expect(toPathSegment("mimi://a.example/u/a%40b")).toContain("a%2540b");
  });
});

describe("an endpoint of the directory", () => {
  const template = "https://mimi.example.com/v1/keyMaterial/{targetUser}";
  const user = "mimi://b.example/u/bob";

  it("is expanded with an identifier and gives it back", () => {
    const url = expandEndpoint(template, user);
    expect(url).toEqual({
      ok: true,
      value: "https://mimi.example.com/v1/keyMaterial/mimi%3A%2F%2Fb.example%2Fu%2Fbob",
    });
    if (url.ok) expect(identifierAtEndpoint(template, url.value)).toEqual({ ok: true, value: user });
  });

  it("may go on after the identifier", () => {
    const url = expandEndpoint("/r/{roomId}/notify", "$&$1");
    expect(url).toEqual({ ok: true, value: "/r/%24%26%241/notify" });
    if (url.ok)
      expect(identifierAtEndpoint("/r/{roomId}/notify", url.value)).toMatchObject({ value: "$&$1" });
  });

  it("needs exactly one variable", () => {
    expect(expandEndpoint("https://a.example/x", user).ok).toBe(false);
    expect(expandEndpoint("https://a.example/{a}/{b}", user).ok).toBe(false);
    expect(identifierAtEndpoint("https://a.example/{a}/{b}", "https://a.example/1/2").ok).toBe(false);
  });

  it("is not another URL, nor one with the identifier missing or spread over segments", () => {
    expect(identifierAtEndpoint(template, "https://mimi.example.com/v1/notify/x").ok).toBe(false);
    expect(identifierAtEndpoint(template, "https://mimi.example.com/v1/keyMaterial/").ok).toBe(false);
    expect(identifierAtEndpoint(template, "https://mimi.example.com/v1/keyMaterial/b.example/u/bob").ok).toBe(
      false,
    );
    expect(identifierAtEndpoint("/a/{x}/a/", "/a/").ok).toBe(false);
  });
});
