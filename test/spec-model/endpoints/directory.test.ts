import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Directory,
  DirectoryError,
  directoryAt,
  directoryDocument,
  endpointNames,
  endpoints,
  parseDirectory,
  statusCodes,
} from "../../../spec-model/endpoints/index.ts";

const base = "https://mimi.a.example/v1";
const whole = directoryAt(base);

function refusal(text: string): string {
  const parsed = parseDirectory(text);
  if (parsed.ok) throw new Error("not refused");
  expect(parsed.error).toBeInstanceOf(DirectoryError);
  return parsed.error.message;
}

describe("a directory", () => {
  it("has all endpoints below a base, with the variables of their sections", () => {
    expect(whole.keyMaterial).toBe(`${base}/keyMaterial/{targetUser}`);
    expect(whole.requestConsent).toBe(`${base}/requestConsent/{targetDomain}`);
    expect(Object.keys(whole)).toEqual([...endpointNames]);
  });

  it("round-trips with whatever endpoints it has", () => {
    fc.assert(
      fc.property(fc.subarray([...endpointNames]), (names) => {
        const some: Directory = Object.fromEntries(names.map((name) => [name, whole[name]]));
        expect(parseDirectory(directoryDocument(some))).toEqual({ ok: true, value: some });
      }),
    );
  });

  it("is written in the order of the draft, whatever order it was made in", () => {
    const turned: Directory = Object.fromEntries(Object.entries(whole).toReversed());
    expect(directoryDocument(turned)).toBe(directoryDocument(whole));
  });

  it("may name the user where the section names the domain, and may lack a slash, as the draft's sample", () => {
    const text = `{"requestConsent": "${base}/requestConsent/{targetUser}", "update": "${base}/update{roomId}"}`;
    expect(parseDirectory(text).ok).toBe(true);
  });

  it("ignores members that it does not know, whatever they hold", () => {
    expect(parseDirectory('{"meta": {"meta": [1, {"update": 2}]}, "x": null}')).toEqual({
      ok: true,
      value: {},
    });
  });
});

describe("a text that is no directory", () => {
  it("is not JSON, or not an object", () => {
    for (const text of [
      "",
      "[]",
      "null",
      '"x"',
      "{",
      '{"proxyDownload" "https://a.example/{downloadUrl}"}',
    ]) {
      expect(refusal(text)).toBe("directory: this is not a JSON object");
    }
  });

  it("has a member twice, however it is written", () => {
    expect(refusal('{"x": 1, "\\u0078": 2}')).toBe("directory member x: it is there twice");
    expect(parseDirectory('{"a": {"x": 1}, "b": {"x": 1}, "c": "\\"x\\": {"}').ok).toBe(true);
  });

  it("has something else than a text for an endpoint", () => {
    expect(refusal('{"update": 1}')).toBe("directory member update: a URI template is a text");
  });

  it("has an endpoint that is not at an https URI with a path", () => {
    for (const uri of [
      "http://a.example/{roomId}",
      "/update/{roomId}",
      "https://a.example",
      "https://a.example/ü/{roomId}",
    ]) {
      expect(refusal(JSON.stringify({ update: uri }))).toContain("this is not an https URI with a path");
    }
    for (const uri of [
      "https://10.0.0.1/{roomId}",
      "https://u@a.example/{roomId}",
      "https:///{roomId}",
      "https://a.example:x/{roomId}",
    ]) {
      expect(refusal(JSON.stringify({ update: uri }))).toContain(
        "is not a domain name with or without a port",
      );
    }
  });

  it("has an endpoint without its one variable", () => {
    for (const path of ["", "{targetUser}", "{roomId}/{roomId}", "{roomId", "{}", "{+roomId}"]) {
      expect(refusal(JSON.stringify({ update: `${base}/${path}` }))).toBe(
        "directory member update: its one variable has to be {roomId}",
      );
    }
  });

  it("never makes the parser throw", () => {
    fc.assert(fc.property(fc.json(), (text) => typeof parseDirectory(text).ok === "boolean"));
    fc.assert(fc.property(fc.string(), (text) => typeof parseDirectory(text).ok === "boolean"));
  });
});

describe("endpoints", () => {
  it("are called by their names, and have a body to answer with where they answer 200 to a POST", () => {
    for (const name of endpointNames) {
      const endpoint = endpoints[name];
      expect(endpoint.name).toBe(name);
      expect(endpoint.request === undefined).toBe(endpoint.method === "GET");
      const acknowledges = endpoint.method === "POST" && endpoint.response === undefined;
      expect(endpoint.done).toBe(acknowledges ? statusCodes.accepted : statusCodes.ok);
    }
  });
});
