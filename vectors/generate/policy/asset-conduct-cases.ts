/** Where assets lie, how large and of what type they are, and how they are downloaded. room-policy-04 §6.4, protocol-06 §5.10 */
import type { VectorGroup } from "../../format/case.ts";
import type { Act, ConductPolicy } from "../../format/conduct.ts";
import { choiceGroup, conductGroup, type ExpectedAct } from "./conduct-group.ts";

export function assetConductGroups(): VectorGroup[] {
  return [places(), sizes(), types(), downloads(), choices()];
}

type Assets = NonNullable<ConductPolicy["assets"]>;
const roomPolicy = (...ids: readonly string[]) => ids.map((id) => `room-policy-${id}`);

const listed = [
  { provider: { domain: "a.example" }, assetUploadDestinations: [{ domain: "assets.a.example" }] },
  {
    provider: { domain: "b.example" },
    assetUploadDestinations: [{ domain: "cdn.b.example" }, { domain: "assets.b.example" }],
  },
];
const policyWith = (changes: Partial<Assets>): ConductPolicy => ({
  assets: {
    assetUploadLocation: "localProvider",
    uploadDomains: listed,
    downloadPrivacy: {
      allowedDownloadTypes: ["ohttp", "hubProxy"],
      forbiddenDownloadTypes: ["direct"],
      defaultDownloadType: "hubProxy",
    },
    ...{ maxImage: 100, maxAudio: 200, maxVideo: 400, maxAttachment: 50 },
    forbiddenMediaTypes: [],
    permittedMediaTypes: undefined,
    ...changes,
  },
});
const usual = policyWith({});
const oneHost = policyWith({
  uploadDomains: [
    ...listed.slice(0, 1),
    { provider: { domain: "b.example" }, assetUploadDestinations: [{ domain: "assets.b.example" }] },
  ],
});
const hub = policyWith({ assetUploadLocation: "hub", uploadDomains: listed.slice(0, 1) });
const anywhere = policyWith({ assetUploadLocation: "unspecified", uploadDomains: [] });

type Sent = Extract<Act, { readonly does: "sendAsset" }>;

const bobs: Sent = {
  does: "sendAsset",
  senderDomain: "b.example",
  host: "assets.b.example",
  kind: "image",
  mediaType: { type: "image/png", parameters: [] },
  size: 100,
};

function places(): VectorGroup {
  const at = (host: string): Act => ({ ...bobs, host });
  const local = roomPolicy("6.4-upload-location", "6.4-host-listed", "6.4-host-of-sender");
  const parent = "conduct-asset-local";
  const path = "act.host";
  const lies = (slug: string, op: string, host: string): ExpectedAct => ({
    id: `${parent}-${slug}`,
    comment: op,
    act: at(host),
    requirements: [...local, "protocol-5.10-upload-policy"],
    refused: { parent, path, op },
  });
  return conductGroup("Bob of b.example sends an image; assets lie at the sender's provider", usual, [
    { id: parent, comment: "at a host of his provider", act: bobs, requirements: local },
    {
      id: `${parent}-first`,
      comment: "at another host of his provider",
      act: at("cdn.b.example"),
      requirements: local,
    },
    lies("other-provider", "at a host of another provider", "assets.a.example"),
    lies("provider", "at the provider's own domain, which is not listed as a host", "b.example"),
    lies("below", "at a host below a listed one", "x.assets.b.example"),
    lies("elsewhere", "at a host that nobody lists", "elsewhere.example"),
    {
      id: "conduct-asset-hub",
      comment: "at the hub, where assets lie there",
      policy: hub,
      act: at("assets.a.example"),
      requirements: roomPolicy("6.4-upload-location"),
    },
    {
      id: "conduct-asset-hub-local",
      comment: "at his provider, where assets lie at the hub",
      policy: hub,
      act: bobs,
      requirements: roomPolicy("6.4-upload-location", "6.4-host-listed"),
      refused: { parent: "conduct-asset-hub", path, op: "a host of the sender's provider" },
    },
    {
      id: "conduct-asset-anywhere",
      comment: "anywhere, where the room does not say",
      policy: anywhere,
      act: at("elsewhere.example"),
      requirements: roomPolicy("6.4-upload-location"),
    },
  ]);
}

function sizes(): VectorGroup {
  const limits = { image: 100, audio: 200, video: 400, attachment: 50 } as const;
  const kinds = ["image", "audio", "video", "attachment"] as const;
  return conductGroup(
    "Images have at most 100 octets, audio 200, video 400, attachments 50",
    usual,
    kinds.flatMap((kind): ExpectedAct[] => {
      const id = `conduct-asset-size-${kind}`;
      const act = (size: number): Act => ({ ...bobs, kind, size });
      const requirements = roomPolicy("6.4-maximum-sizes");
      return [
        { id, comment: `${kind} of ${limits[kind]} octets`, act: act(limits[kind]), requirements },
        {
          id: `${id}-beyond`,
          comment: "an octet more",
          act: act(limits[kind] + 1),
          requirements,
          refused: { parent: id, path: "act.size", op: "an octet more than the limit" },
        },
      ];
    }),
  );
}

function types(): VectorGroup {
  const type = (name: string, parameters: Readonly<Record<string, string>> = {}) => ({
    type: name,
    parameters: Object.entries(parameters).map(([parameterName, parameterValue]) => ({
      parameterName,
      parameterValue,
    })),
  });
  type Type = ReturnType<typeof type>;
  const [markdown, gfm] = [type("text/markdown"), type("text/markdown", { variant: "GFM" })];
  const sent = (mediaType: Type): Act => ({ ...bobs, kind: "attachment", size: 50, mediaType });
  const room = (forbidden: readonly Type[], permitted?: readonly Type[]): ConductPolicy =>
    policyWith({ forbiddenMediaTypes: forbidden, permittedMediaTypes: permitted });
  const ids = {
    forbidden: roomPolicy("6.4-forbidden-types"),
    permitted: roomPolicy("6.4-permitted-types"),
    parameters: roomPolicy("6.4-type-without-parameters"),
  };
  const parent = "conduct-asset-type";
  const wrong = (
    slug: string,
    comment: string,
    policy: ConductPolicy,
    mediaType: Type,
    requirements: readonly string[],
  ): ExpectedAct => ({
    id: `${parent}-${slug}`,
    comment,
    policy,
    act: sent(mediaType),
    requirements,
    refused: { parent, path: "policy.assets", op: comment },
  });
  const right = (
    slug: string,
    comment: string,
    policy: ConductPolicy,
    mediaType: Type,
    requirements: readonly string[],
  ): ExpectedAct => ({ id: `${parent}-${slug}`, comment, policy, act: sent(mediaType), requirements });
  const ordered = type("text/x", { a: "1", b: "2" });
  const turned = type("text/x", { b: "2", A: "1" });
  return conductGroup("Media types that are forbidden, and those that are permitted", usual, [
    {
      id: parent,
      comment: "nothing is forbidden, and no list says what is permitted",
      act: sent(gfm),
      requirements: ids.forbidden,
    },
    right("permitted", "a listed type", room([], [markdown]), markdown, ids.permitted),
    right(
      "permitted-any",
      "a listed type stands for any parameters",
      room([], [markdown]),
      gfm,
      ids.parameters,
    ),
    right(
      "forbidden-variant",
      "another variant than the forbidden one",
      room([gfm]),
      markdown,
      ids.forbidden,
    ),
    wrong("forbidden", "the type is forbidden", room([markdown]), markdown, ids.forbidden),
    wrong("forbidden-any", "the type is forbidden with any parameters", room([markdown]), gfm, [
      ...ids.forbidden,
      ...ids.parameters,
    ]),
    wrong(
      "forbidden-case",
      "the type is forbidden in another case",
      room([type("TEXT/Markdown")]),
      markdown,
      ids.forbidden,
    ),
    wrong(
      "forbidden-order",
      "the type is forbidden with its parameters in another order",
      room([turned]),
      ordered,
      ids.forbidden,
    ),
    wrong(
      "not-permitted",
      "another type is permitted",
      room([], [type("image/png")]),
      markdown,
      ids.permitted,
    ),
    wrong("other-variant", "a variant of it is permitted", room([], [gfm]), markdown, ids.permitted),
    wrong("none-permitted", "the list of what is permitted is empty", room([], []), markdown, ids.permitted),
    wrong(
      "both",
      "the type is permitted and forbidden",
      room([markdown], [markdown]),
      markdown,
      ids.forbidden,
    ),
  ]);
}

function downloads(): VectorGroup {
  const room = (allowed: readonly string[], forbidden: readonly string[]): ConductPolicy =>
    policyWith({
      downloadPrivacy: {
        allowedDownloadTypes: allowed,
        forbiddenDownloadTypes: forbidden,
        defaultDownloadType: "ohttp",
      } as Assets["downloadPrivacy"],
    });
  const by = (way: "direct" | "hubProxy" | "ohttp"): Act => ({ does: "download", way });
  const requirements = roomPolicy("6.4-download-types");
  const parent = "conduct-download";
  const wrong = (slug: string, comment: string, policy: ConductPolicy, act: Act): ExpectedAct => ({
    id: `${parent}-${slug}`,
    comment,
    policy,
    act,
    requirements,
    refused: { parent, path: "policy.assets.downloadPrivacy", op: comment },
  });
  const all = ["direct", "hubProxy", "ohttp"] as const;
  return conductGroup("Direct downloads, the hub's proxy and Oblivious HTTP", room(all, []), [
    ...all.map(
      (way): ExpectedAct => ({
        id: way === "direct" ? parent : `${parent}-${way === "ohttp" ? way : "hub-proxy"}`,
        comment: `by ${way}, where every way is allowed`,
        act: by(way),
        requirements,
      }),
    ),
    wrong("not-listed", "the way is neither allowed nor forbidden", room(["ohttp"], []), by("direct")),
    wrong("forbidden", "the way is allowed and forbidden", room(all, ["direct"]), by("direct")),
    wrong(
      "proxy-not-listed",
      "the proxy is neither allowed nor forbidden",
      room(["ohttp"], []),
      by("hubProxy"),
    ),
  ]);
}

function choices(): VectorGroup {
  const upload = ["protocol-5.10-upload-policy", ...roomPolicy("6.4-upload-location", "6.4-host-of-sender")];
  const way = ["protocol-5.10.1-direct", ...roomPolicy("6.4-download-types")];
  const [bob, cathy] = ["mimi://b.example/u/bob", "mimi://c.example/u/cathy"];
  const uploading = (
    slug: string,
    comment: string,
    policy: ConductPolicy,
    user: string,
    choice?: string,
  ) => ({
    id: `choose-upload-${slug}`,
    comment,
    policy,
    question: { asks: "uploadHost" as const, user },
    requirements: upload,
    ...(choice === undefined ? {} : { choice }),
  });
  return choiceGroup("Where a client uploads to, and how it downloads where its user has not said", [
    uploading("local", "the host of its provider", oneHost, bob, "assets.b.example"),
    uploading("hub", "the hub's host", hub, bob, "assets.a.example"),
    uploading("anywhere", "the room does not say", anywhere, bob),
    uploading("unlisted", "its provider has no host", usual, cathy),
    uploading("no-policy", "the room has no such policy", {}, bob),
    {
      id: "choose-download-default",
      comment: "the room's default",
      policy: usual,
      question: { asks: "downloadWay" },
      choice: "hubProxy",
      requirements: way,
    },
    {
      id: "choose-download-no-policy",
      comment: "the way that tells least, where the room says nothing: no draft demands it of those",
      level: "MAY",
      policy: {},
      question: { asks: "downloadWay" },
      choice: "ohttp",
      requirements: way,
    },
  ]);
}
