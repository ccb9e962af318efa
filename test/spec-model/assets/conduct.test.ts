/** What a client may upload and download in a room. room-policy-04 §6.4 and §8.5 */
import { describe, expect, it } from "vitest";
import {
  type DownloadWay,
  defaultWay,
  kindOf,
  refusalOfDownload,
  refusalOfUpload,
  uploadHost,
} from "../../../spec-model/assets/index.ts";
import { utf8 } from "../../../spec-model/bytes.ts";
import { type ExternalPart, sealContent } from "../../../spec-model/content/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import type { PolicyState } from "../../../spec-model/room/index.ts";

const bob = "mimi://b.example/u/bob";
const cathy = "mimi://c.example/u/cathy";
const entry = (provider: string, ...hosts: string[]) => ({
  provider: { domain: provider },
  assetUploadDestinations: hosts.map((domain) => ({ domain })),
});
const policy: NonNullable<PolicyState["assets"]> = {
  assetUploadLocation: "localProvider",
  uploadDomains: [
    entry("b.example", "assets.b.example"),
    entry("c.example", "cdn.c.example", "assets.c.example"),
  ],
  downloadPrivacy: {
    allowedDownloadTypes: ["hubProxy", "ohttp"],
    forbiddenDownloadTypes: ["direct"],
    defaultDownloadType: "hubProxy",
  },
  ...{ maxImage: 1000, maxAudio: 100, maxVideo: 100, maxAttachment: 50 },
  forbiddenMediaTypes: [{ type: "image/svg+xml", parameters: [] }],
  permittedMediaTypes: undefined,
};

function room(capabilities: string[], assets: Partial<typeof policy> = {}): PolicyState {
  const role = {
    index: 2,
    name: "user",
    capabilities,
    minimumParticipants: 0,
    minimumActiveParticipants: 0,
    roleChanges: [],
  };
  return {
    roles: [role],
    participants: [bob, cathy].map((user) => ({ user, role: 2 })),
    members: [],
    assets: { ...policy, ...assets },
  };
}
const all = ["Image", "Audio", "Video", "Attachment"].flatMap((kind) => [
  `canUpload${kind}`,
  `canDownload${kind}`,
]);
const open = room(all);

function part(changes: Partial<ExternalPart> = {}, content = "a ferret"): ExternalPart {
  const { protection } = sealContent(utf8(content), expandEntropy(new Uint8Array(32), content));
  return {
    ...{ disposition: "render", language: "", cardinality: "external", contentType: "image/png" },
    ...{ url: "https://assets.b.example/x", expires: 0, description: "", filename: "x.png" },
    ...protection,
    ...changes,
  };
}

describe("an upload", () => {
  it("is in order with the capability, to the host of the sender's provider, within the size", () => {
    expect(refusalOfUpload(open, bob, part())).toBeUndefined();
  });

  const refused: [string, Partial<ExternalPart>, PolicyState?, string?][] = [
    ["canUploadImage", {}, room(all.filter((each) => each !== "canUploadImage"))],
    ["canUploadAttachment", { disposition: "attachment" }, room(["canUploadImage"])],
    ["canUploadVideo", { contentType: "video/mp4" }, room(["canUploadImage"])],
    ["asset-host", { url: "https://assets.c.example/x" }],
    ["asset-host", { url: "https://b.example/x" }],
    ["url scheme", { url: "http://assets.b.example/x" }],
    ["url userinfo", { url: "https://assets.b.example@evil.example/x" }],
    ["asset-size", { disposition: "attachment", size: 51n }],
    ["asset-size", { size: 1001n }],
    ["media-type-permitted", { contentType: "image/svg+xml" }],
    ["mediaType", { contentType: "image" }],
    ["inconsistentPart", { key: new Uint8Array(3) }],
  ];

  it.each(refused)("is refused by %s: %o", (rule, changes, state = open) => {
    expect(refusalOfUpload(state, bob, part(changes))).toBe(rule);
  });

  it("goes to the first host of the own provider, to the hub's, or where the sender likes", () => {
    expect(uploadHost(open, cathy)).toBe("cdn.c.example");
    const atHub = room(all, {
      assetUploadLocation: "hub",
      uploadDomains: [entry("a.example", "assets.a.example")],
    });
    expect(uploadHost(atHub, cathy)).toBe("assets.a.example");
    expect(refusalOfUpload(atHub, bob, part({ url: "https://assets.a.example/x" }))).toBeUndefined();
    expect(uploadHost(room(all, { assetUploadLocation: "unspecified" }), cathy)).toBeUndefined();
    expect(uploadHost({}, cathy)).toBeUndefined();
  });
});

describe("a download", () => {
  const refusal = (way: DownloadWay, state = open, changes: Partial<ExternalPart> = {}) =>
    refusalOfDownload(state, cathy, { sender: bob, part: part(changes), way });

  it("is in order with the capability and in an allowed way", () => {
    expect([refusal("hubProxy"), refusal("ohttp")]).toEqual([undefined, undefined]);
  });

  it("is refused in a forbidden way, without the capability, and from a host that is not the sender's provider's", () => {
    expect(refusal("direct")).toBe("download-type");
    expect(refusal("ohttp", room(["canUploadImage"]))).toBe("canDownloadImage");
    expect(refusal("ohttp", open, { url: "https://assets.c.example/x" })).toBe("asset-host");
    expect(refusal("ohttp", open, { url: "https://assets.b.example:8443/x" })).toBe("url port");
  });

  it("does not ask whether the sender may still upload: the asset is there", () => {
    expect(refusal("ohttp", room(["canDownloadImage"]))).toBeUndefined();
  });

  it("goes the way the room says, and the most private one where it says nothing", () => {
    expect(defaultWay(open)).toBe("hubProxy");
    expect(defaultWay({})).toBe("ohttp");
  });
});

describe("the kind of an asset", () => {
  it("is its media type where it is rendered, else an attachment", () => {
    const kind = (disposition: ExternalPart["disposition"], contentType: string) =>
      kindOf({ disposition, contentType });
    expect(kind("render", "Image/PNG")).toBe("image");
    expect(kind("render", "video/mp4")).toBe("video");
    expect(kind("render", "application/pdf")).toBe("attachment");
    expect(kind("attachment", "image/png")).toBe("attachment");
  });
});
