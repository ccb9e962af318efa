import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { directoryAt, endpointAt, endpointNames, endpointUrl } from "../../../spec-model/endpoints/index.ts";

const directory = directoryAt("https://mimi.a.example:8443/v1");
const room = "mimi://a.example/r/clubhouse";

function url(
  ...[name, identifier, reading]: [Parameters<typeof endpointUrl>[1], string, ("wholeUri" | "asInFigures")?]
) {
  const made = endpointUrl(directory, name, identifier, reading);
  if (!made.ok) throw made.error;
  return made.value;
}

describe("the URL of an endpoint", () => {
  it("has the whole identifier, percent-encoded, in one segment", () => {
    expect(url("notify", room)).toEqual({
      url: "https://mimi.a.example:8443/v1/notify/mimi%3A%2F%2Fa.example%2Fr%2Fclubhouse",
      host: "mimi.a.example:8443",
      path: "/v1/notify/mimi%3A%2F%2Fa.example%2Fr%2Fclubhouse",
    });
  });

  it("has the identifier without its scheme in the other reading, as the draft's figures", () => {
    expect(url("notify", room, "asInFigures").path).toBe("/v1/notify/a.example/r/clubhouse");
    expect(url("requestConsent", "b.example", "asInFigures").path).toBe("/v1/requestConsent/b.example");
  });

  it("carries a download URL with a query in either reading", () => {
    const download = "https://assets.b.example/f?id=1&x=%20#top";
    for (const reading of ["wholeUri", "asInFigures"] as const) {
      const { url: made } = url("proxyDownload", download, reading);
      expect(endpointAt(directory, made, reading)).toEqual({ name: "proxyDownload", identifier: download });
    }
  });

  it("is none where the directory has no such endpoint", () => {
    const made = endpointUrl({}, "update", room);
    expect(made.ok ? undefined : made.error.reason).toBe("the directory has no endpoint update");
  });
});

describe("the endpoint of a URL", () => {
  it("is found with its identifier: the way there and back is the identity", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...endpointNames),
        fc.string({ minLength: 1, unit: "grapheme" }),
        (name, text) => {
          expect(endpointAt(directory, url(name, text).url)).toEqual({ name, identifier: text });
        },
      ),
    );
  });

  it("is found in the reading of the figures, which understands the other one, too", () => {
    for (const reading of ["wholeUri", "asInFigures"] as const) {
      const { url: made } = url("update", room, reading);
      expect(endpointAt(directory, made, "asInFigures")).toEqual({ name: "update", identifier: room });
    }
  });

  it("is not guessed: slashes are no part of an identifier in the default reading", () => {
    expect(endpointAt(directory, url("update", room, "asInFigures").url)).toBeUndefined();
  });

  it("is none for another host, another path, bad percent-encoding or no identifier", () => {
    for (const other of [
      "https://mimi.b.example:8443/v1/update/x",
      "https://mimi.a.example:8443/v2/update/x",
      "https://mimi.a.example:8443/v1/update/%zz",
      "https://mimi.a.example:8443/v1/update/",
      "https://mimi.a.example:8443/v1/update/x?y",
    ]) {
      expect(endpointAt(directory, other, "asInFigures"), other).toBeUndefined();
    }
  });
});
