/** The hub proxies assets of its peers and is nobody's open proxy, however a URL is written. protocol-06 §5.10.2 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAssetUrl, proxyDecision, type UrlProblem } from "../../../spec-model/assets/index.ts";

const hosts = { "b.example": ["assets.b.example"], "c.example": ["assets.c.example", "cdn.c.example"] };
const known = Object.values(hosts).flat();

describe("a URL that the hub is asked to download", () => {
  it("is taken where its host is an asset host of a peer, in its normal form", () => {
    expect(proxyDecision(hosts, "https://Assets.B.example/x?y=1")).toEqual({
      allowed: true,
      target: { url: "https://assets.b.example/x?y=1", host: "assets.b.example", path: "/x?y=1" },
    });
    expect(proxyDecision(hosts, "https://cdn.c.example").allowed).toBe(true);
  });

  const refused: [string, UrlProblem | "assetHost"][] = [
    ["https://b.example/x", "assetHost"],
    ["https://mail.b.example/x", "assetHost"],
    ["https://evilassets.b.example/x", "assetHost"],
    ["https://assets.b.example.evil.example/x", "assetHost"],
    ["https://localhost/x", "assetHost"],
    ["http://assets.b.example/x", "scheme"],
    ["ftp://assets.b.example/x", "scheme"],
    ["file:///etc/passwd", "scheme"],
    ["//assets.b.example/x", "scheme"],
    ["assets.b.example/x", "scheme"],
    ["https:assets.b.example/x", "scheme"],
    ["https:/assets.b.example/x", "scheme"],
    ["", "scheme"],
    ["https://assets.b.example@internal/x", "userinfo"],
    ["https://assets.b.example:pass@internal/x", "userinfo"],
    ["https://user@assets.b.example/x", "userinfo"],
    ["https://assets.b.example:8443/x", "port"],
    ["https://assets.b.example:443/x", "port"],
    ["https://assets.b.example:/x", "port"],
    ["https://assets.b.example#@internal/x", "fragment"],
    ["https://assets.b.example/x#y", "fragment"],
    ["https://internal\\@assets.b.example/x", "characters"],
    ["https://assets.b.example\\.internal/x", "characters"],
    ["https://assets.b.example /x", "characters"],
    ["https://assets.b.example\t/x", "characters"],
    ["https://assets.b.example\r\nHost: internal/x", "characters"],
    ["https://assets.b.example/\u0000", "characters"],
    ["https://assets.b.exampl\u0435/x", "characters"],
    ["https://assets.b.example/%zz", "characters"],
    ["https://assets%2eb.example/x", "host"],
    ["https://assets.b.example./x", "host"],
    ["https:///x", "host"],
    ["https://?x", "host"],
    ["https://127.0.0.1/x", "host"],
    ["https://2130706433/x", "host"],
    ["https://[::1]/x", "host"],
    ["https://0x7f.1/x", "host"],
  ];

  it.each(refused)("%j is refused: %s", (url, rule) => {
    expect(proxyDecision(hosts, url)).toEqual({ allowed: false, rule });
  });

  it("is never taken where another parser would see another host, port or user (any text built of parts of URLs)", () => {
    const piece = fc.constantFrom(
      ...[
        "https",
        "http",
        "HTTPS",
        ":",
        "/",
        "//",
        "@",
        "#",
        "?",
        "\\",
        ".",
        "%2e",
        "%40",
        " ",
        "\t",
        "\n",
        "[",
        "]",
      ],
      ...[
        "assets.b.example",
        "ASSETS.B.EXAMPLE",
        "internal",
        "127.0.0.1",
        "443",
        "8080",
        "user",
        "x",
        "\u3002",
        "%",
      ],
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
      fc.array(piece, { maxLength: 8 }).map((pieces) => `https://assets.b.example${pieces.join("")}`),
    );
    fc.assert(
      fc.property(text, (url) => {
        const decision = proxyDecision(hosts, url);
        if (!decision.allowed) return;
        // The platform's parser is the second opinion.
        const other = new URL(url);
        expect(known).toContain(other.host);
        expect([other.protocol, other.port, other.username, other.password]).toEqual(["https:", "", "", ""]);
        expect(decision.target.host).toBe(other.hostname);
      }),
      { numRuns: 5000 },
    );
  });

  it("would be taken for a host that only ends like an asset host where the hub compares suffixes: a defect", () => {
    const lax = { hostCheck: "suffix" as const };
    expect(proxyDecision(hosts, "https://evilassets.b.example/x", lax).allowed).toBe(true);
  });

  it("is parsed to the same again in its normal form", () => {
    const parsed = parseAssetUrl("https://CDN.c.example?x");
    if (!parsed.ok) throw new Error("it is a URL");
    expect(parseAssetUrl(parsed.value.url)).toEqual(parsed);
  });
});
