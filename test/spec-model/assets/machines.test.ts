/** Downloads at a hub and at a client, step by step. protocol-06 §5.10 */
import { describe, expect, it } from "vitest";
import {
  type AssetVariants,
  defaultAssetVariants,
  downloadMachine,
  fetchMachine,
  mostOctets,
} from "../../../spec-model/assets/index.ts";
import { stateName } from "../../../spec-model/machine.ts";
import { counting } from "../../machine-coverage.ts";

const fetches = counting(fetchMachine);
const hosts = { "b.example": ["assets.b.example"] };
const url = "https://assets.b.example/x";
const asked = { type: "asked" as const, isCached: false };
const upstream = (status: number, location?: string, size = 10) => ({
  type: "upstream" as const,
  status,
  size,
  location,
});

function fetched(
  events: Parameters<typeof fetches.run>[0],
  variants: Partial<AssetVariants> = {},
  from = url,
) {
  const input = { url: from, hosts, variants: { ...defaultAssetVariants, ...variants } };
  const { snapshot, effects } = fetches.run(events, input);
  return [
    stateName(snapshot),
    ...effects.map(({ type, status, rule, url: to }) =>
      [type, status ?? to, rule].filter((x) => x !== undefined).join(" "),
    ),
  ];
}

describe("a download at a hub", () => {
  it("is refused where the URL is not one of a peer's assets", () => {
    expect(fetched([asked], {}, "https://internal.example/x")).toEqual(["refused", "refuse 403 assetHost"]);
    expect(fetched([asked], {}, "https://assets.b.example@internal/")).toEqual([
      "refused",
      "refuse 403 userinfo",
    ]);
  });

  it("is answered from the cache without asking the asset server, but not where it is forbidden", () => {
    expect(fetched([{ ...asked, isCached: true }])).toEqual(["answered", "answerFromCache"]);
    expect(fetched([{ ...asked, isCached: true }], {}, "https://internal.example/x")[0]).toBe("refused");
  });

  it("asks the asset server, keeps what it gives, and passes it on", () => {
    expect(fetched([asked])).toEqual(["fetching", `fetch ${url}`]);
    expect(fetched([asked, upstream(200)])).toEqual(["answered", "cache", "passOn 200"]);
  });

  it("passes on that there is nothing, or no server, without keeping it", () => {
    expect(fetched([asked, upstream(404)])).toEqual(["answered", "passOn 404"]);
    expect(fetched([asked, { type: "unanswered" }])).toEqual(["answered", "passOn 504"]);
  });

  it("does not follow redirects, wherever they lead", () => {
    for (const location of ["https://internal.example/", "https://assets.b.example/y"]) {
      expect(fetched([asked, upstream(302, location)])).toEqual(["refused", "refuse 502 redirect"]);
    }
  });

  it("follows them to asset hosts only, three times at most, in the variant that follows", () => {
    const within = { redirects: "assetHosts" as const };
    const next = upstream(302, "https://assets.b.example/y");
    expect(fetched([asked, next], within)).toEqual(["fetching", "fetch https://assets.b.example/y"]);
    expect(fetched([asked, upstream(302, "https://internal.example/")], within)[0]).toBe("refused");
    expect(fetched([asked, upstream(302)], within)[0]).toBe("refused");
    expect(fetched([asked, next, next, next, next], within)).toEqual(["refused", "refuse 502 redirect"]);
  });

  it("goes wherever an asset server sends it in the defect that follows blindly", () => {
    const blind = { redirects: "follow" as const };
    const away = upstream(302, "https://internal.example/");
    expect(fetched([asked, away], blind)).toEqual(["fetching", "fetch https://internal.example/"]);
  });

  it("gives up on what is too large", () => {
    expect(fetched([asked, upstream(200, undefined, mostOctets + 1)])).toEqual([
      "refused",
      "refuse 502 tooLarge",
    ]);
  });

  it("has been through every state and branch of its machine", () => {
    expect(fetches.unvisited()).toEqual([]);
    expect(fetches.untaken()).toEqual([]);
  });
});

const downloads = counting(downloadMachine);

describe("a download at a client", () => {
  const wanted = { type: "wanted" as const, refusal: undefined, hasKey: false };
  const arrived = (status: number, problem?: string) => ({ type: "arrived" as const, status, problem });
  const gone = (way: "direct" | "hubProxy" | "ohttp", ...events: Parameters<typeof downloads.run>[0]) => {
    const { snapshot, effects } = downloads.run(events, { way });
    return [
      stateName(snapshot),
      ...effects.map(({ type, problem }) => (problem === undefined ? type : `${type} ${problem}`)),
    ];
  };

  it("is refused by the room's policy before anybody is asked", () => {
    expect(gone("direct", { ...wanted, refusal: "download-type" })).toEqual([
      "refused",
      "report download-type",
    ]);
  });

  it("asks for the gateway's key first, where it goes by Oblivious HTTP and the key is not known", () => {
    expect(gone("ohttp", wanted)).toEqual(["fetchingKey", "askForKey"]);
    expect(gone("ohttp", { ...wanted, hasKey: true })).toEqual(["fetching", "askForAsset"]);
    expect(gone("hubProxy", wanted)).toEqual(["fetching", "askForAsset"]);
    expect(gone("ohttp", wanted, { type: "keyArrived", problem: undefined })).toEqual([
      "fetching",
      "askForAsset",
    ]);
    expect(gone("ohttp", wanted, { type: "keyArrived", problem: "ohttp truncated" })).toEqual([
      "failed",
      "report ohttp truncated",
    ]);
  });

  it("opens what it gets, or says what is wrong with it", () => {
    expect(gone("direct", wanted, arrived(200))).toEqual(["opened", "open"]);
    expect(gone("direct", wanted, arrived(404))).toEqual(["failed", "report status404"]);
    expect(gone("direct", wanted, arrived(200, "wrongHash"))).toEqual(["failed", "report wrongHash"]);
  });

  it("has been through every state and branch of its machine", () => {
    expect(downloads.unvisited()).toEqual([]);
    expect(downloads.untaken()).toEqual([]);
  });
});
