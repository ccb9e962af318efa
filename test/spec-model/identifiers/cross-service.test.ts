import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  imUri,
  parseCrossServiceIdentifier,
  parseDomain,
  parseEmail,
  parseImUri,
  parsePhone,
} from "../../../spec-model/identifiers/index.ts";

describe("telephone numbers", () => {
  it("are + and digits, as the identifier query shows them", () => {
    expect(parsePhone("+12125551212")).toEqual({ ok: true, value: { kind: "phone", text: "+12125551212" } });
  });

  it.each(["12125551212", "+1 212 555 1212", "+01", "+1", "+1234567890123456", "+", "+١٢٣"])(
    "are not %j",
    (text) => expect(parsePhone(text).ok).toBe(false),
  );
});

describe("e-mail addresses", () => {
  it.each([
    ["asmith@A.Example", "asmith@a.example"],
    ["A.Smith+x@a.example", "A.Smith+x@a.example"],
    ['"a b@c"@a.example', '"a b@c"@a.example'],
    ["o'hara@a.example", "o'hara@a.example"],
  ])("%s is kept, its domain in lower case", (text, normal) =>
    expect(parseEmail(text)).toMatchObject({ ok: true, value: { text: normal } }),
  );

  it.each([
    "asmith",
    "@a.example",
    ".a@a.example",
    "a..b@a.example",
    "a@b@a.example",
    "a@[192.0.2.1]",
    "a@",
    "ä@a.example",
  ])("are not %j", (text) => expect(parseEmail(text).ok).toBe(false));
});

describe("cross-service identifiers", () => {
  it("tell telephone numbers from e-mail addresses", () => {
    expect(parseCrossServiceIdentifier("+12125551212")).toMatchObject({ value: { kind: "phone" } });
    expect(parseCrossServiceIdentifier("+x@a.example")).toMatchObject({ value: { kind: "email" } });
  });

  it("never make a parser throw", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseCrossServiceIdentifier(text);
        parseImUri(text);
        parseImUri(`im:${text}@a.example`);
        parseDomain(text);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("im URIs", () => {
  it("give the user part and the domain", () => {
    expect(parseImUri("im:alice.smith@a.example")).toEqual({
      ok: true,
      value: { user: "alice.smith", domain: "a.example", uri: "im:alice.smith@a.example" },
    });
  });

  it("are the same in any case of scheme and domain and any percent-encoding", () => {
    expect(parseImUri("IM:%61lice%2bx@A.example")).toMatchObject({
      value: { uri: imUri("alice+x", "a.example") },
    });
    expect(parseImUri("im:alice+x@a.example")).toMatchObject({
      value: { uri: imUri("alice+x", "a.example") },
    });
  });

  it.each([
    "alice@a.example",
    "im:alice",
    "im:@a.example",
    "im:a b@a.example",
    "im:a%4@a.example",
    "im:a@b@a.example",
  ])("are not %j", (text) => expect(parseImUri(text).ok).toBe(false));

  it("come back from what they are built of", () => {
    const user = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(user, (name) => {
        expect(parseImUri(imUri(name, "a.example"))).toMatchObject({ ok: true, value: { user: name } });
      }),
    );
  });
});
