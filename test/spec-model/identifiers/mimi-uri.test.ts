import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  domainOfUri,
  IdentifierError,
  type MimiUriKind,
  mimiUri,
  normaliseMimiUri,
  parseMimiUri,
  parseMimiUriOf,
  sameMimiUri,
} from "../../../spec-model/identifiers/index.ts";

const named = ["user", "client", "room", "group", "pseudonym", "team"] as const satisfies MimiUriKind[];
const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
const domain = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join("."));
const name = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .filter((text) => text !== "." && text !== ".." && text.isWellFormed());

function refusal(text: string): { position: number; reason: string } {
  const result = parseMimiUri(text);
  if (result.ok) throw new Error(`${text} was accepted`);
  return { position: result.error.position, reason: result.error.reason };
}

describe("the URIs that the drafts show", () => {
  it.each([
    ["mimi://a.example", "provider", []],
    ["mimi://a.example/u/alice", "user", ["alice"]],
    ["mimi://a.example/d/ClientA1", "client", ["ClientA1"]],
    ["mimi://a.example/d/alice/ClientA1", "client", ["alice", "ClientA1"]],
    ["mimi://a.example/r/clubhouse", "room", ["clubhouse"]],
    ["mimi://a.example/g/TII9t5viBrXiXc", "group", ["TII9t5viBrXiXc"]],
    ["mimi://a.example/p/crazykoala75", "pseudonym", ["crazykoala75"]],
    ["mimi://a.example/t/engineering", "team", ["engineering"]],
    ["mimi://irc.example.com/u/jcapulet1583@example.com", "user", ["jcapulet1583@example.com"]],
    ["mimi://example.com/r/engineering_team", "room", ["engineering_team"]],
    ["mimi://local.invalid/u/alice.smith", "user", ["alice.smith"]],
  ] as const)("%s names a %s and is in its normal form", (text, kind, names) => {
    expect(parseMimiUri(text)).toMatchObject({ ok: true, value: { kind, names, uri: text } });
  });
});

describe("what is no MIMI URI", () => {
  it.each([
    ["", 0, "starts with"],
    ["im:alice@a.example", 0, "starts with"],
    ["mimi:a.example/u/alice", 5, '"//"'],
    ["mimi:///u/alice", 7, "no empty labels"],
    ["mimi://a.example:443/u/alice", 9, "not a label"],
    ["mimi://alice@a.example/u/alice", 7, "not a label"],
    ["mimi://192.0.2.1/u/alice", 15, "not an address"],
    ["mimi://[2001:db8::1]/u/alice", 7, "not a label"],
    ["mimi://bücher.example/u/alice", 7, "not a label"],
    ["mimi://a.example./u/alice", 17, "no empty labels"],
    ["mimi://a.example/x/alice", 17, "says the kind"],
    ["mimi://a.example/U/alice", 17, "says the kind"],
    ["mimi://a.example/u", 18, "a user has a name"],
    ["mimi://a.example/u/", 19, "not empty"],
    ["mimi://a.example/u//alice", 19, "not empty"],
    ["mimi://a.example/u/alice/", 25, "not empty"],
    ["mimi://a.example/u/../r/clubhouse", 19, "not empty"],
    ["mimi://a.example/u/%2e%2E/r/clubhouse", 19, "not empty"],
    ["mimi://a.example/u/alice?x=1", 24, "no place"],
    ["mimi://a.example/u/alice#top", 24, "no place"],
    ["mimi://a.example/u/al ice", 21, "no place"],
    ["mimi://a.example/u/älice", 19, "no place"],
    ["mimi://a.example/u/al%4gice", 21, "two hexadecimal digits"],
    ["mimi://a.example/u/alice%4", 24, "two hexadecimal digits"],
    ["mimi://a.example/u/%ff", 19, "UTF-8"],
  ])("refuses %s at position %d", (text, position, reason) => {
    const found = refusal(text);
    expect(found.position).toBe(position);
    expect(found.reason).toContain(reason);
  });

  it("refuses a URI of another kind where one kind is wanted", () => {
    expect(parseMimiUriOf("room", "mimi://a.example/u/alice").ok).toBe(false);
    expect(parseMimiUriOf("user", "mimi://a.example/u/alice").ok).toBe(true);
  });

  it("never throws, and names a position within the text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((rest) => `mimi://a.example/${rest}`),
        ),
        (text) => {
          const result = parseMimiUri(text);
          if (!result.ok) expect(result.error.position).toBeLessThanOrEqual(text.length);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("a domain name", () => {
  const labels = `${"a".repeat(63)}.`.repeat(3);

  it("has 253 characters at most", () => {
    expect(parseMimiUri(`mimi://${labels}${"a".repeat(61)}`).ok).toBe(true);
    expect(refusal(`mimi://${labels}${"a".repeat(62)}`)).toMatchObject({ position: 7 + 253 });
  });

  it("has 63 characters in a label at most, which hyphens neither start nor end", () => {
    expect(refusal(`mimi://${"a".repeat(64)}.example`).reason).toContain("at most 63");
    expect(parseMimiUri("mimi://-a.example").ok).toBe(false);
    expect(parseMimiUri("mimi://a-.example").ok).toBe(false);
    expect(parseMimiUri("mimi://xn--bcher-kva.example").ok).toBe(true);
  });
});

describe("comparison", () => {
  it.each([
    ["MIMI://A.Example/u/alice", "mimi://a.example/u/alice"],
    ["mimi://a.example/u/%61lice", "mimi://a.example/u/alice"],
    ["mimi://a.example/u/%c3%a4", "mimi://a.example/u/%C3%A4"],
    ["mimi://a.example/", "mimi://a.example"],
  ])("%s and %s are the same", (a, b) => expect(sameMimiUri(a, b)).toBe(true));

  it.each([
    ["mimi://a.example/u/Alice", "mimi://a.example/u/alice"],
    ["mimi://a.example/u/alice", "mimi://a.example/r/alice"],
    ["mimi://a.example/u/a%40b", "mimi://a.example/u/a@b"],
    ["mimi://a.example/u/a%2Fb", "mimi://a.example/u/a/b"],
    ["not a URI", "not a URI"],
  ])("%s and %s are not", (a, b) => expect(sameMimiUri(a, b)).toBe(false));

  it("has a normal form that is its own normal form", () => {
    fc.assert(
      fc.property(
        domain,
        fc.constantFrom(...named),
        fc.array(fc.webSegment(), { minLength: 1 }),
        (host, kind, path) => {
          const text = `${mimiUri(kind, host, "x").slice(0, -1)}${path.join("/")}`;
          const normal = normaliseMimiUri(text);
          fc.pre(normal !== undefined);
          expect(normaliseMimiUri(normal)).toBe(normal);
        },
      ),
    );
  });
});

describe("building", () => {
  it("gives URIs that parse to what they were built from", () => {
    fc.assert(
      fc.property(
        domain,
        fc.constantFrom(...named),
        fc.array(name, { minLength: 1, maxLength: 3 }),
        (host, kind, names) => {
          const uri = mimiUri(kind, host, ...names);
          expect(parseMimiUri(uri)).toMatchObject({ ok: true, value: { kind, domain: host, names, uri } });
          expect(domainOfUri(uri)).toBe(host);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("refuses what would be no URI", () => {
    expect(() => mimiUri("user", "not a domain", "alice")).toThrow(IdentifierError);
    expect(() => mimiUri("user", "a.example")).toThrow(IdentifierError);
    expect(() => mimiUri("provider", "a.example", "alice")).toThrow(IdentifierError);
    expect(() => mimiUri("user", "a.example", "..")).toThrow(IdentifierError);
  });

  it("has no domain for what is no MIMI URI", () => expect(domainOfUri("https://a.example")).toBe(""));
});
