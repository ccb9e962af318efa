import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decideAsset,
  decideBot,
  decideCredentialLifetime,
  decideDownload,
  decideEpochAge,
  decideExpiration,
  decideHandshakeFormat,
  decideHistory,
  decideKeyPackageLifetime,
  decideLeafAge,
  decideLinkPreview,
  decideMediaType,
  decideNotification,
  decidePadding,
  decideSupport,
  decideUse,
  leafUpdateIsDue,
  loggingClients,
  pendingProposalDelay,
  type RoomPolicy,
  type SentAsset,
  sendsNotification,
} from "../../../../spec-model/room/index.ts";
import { operational } from "../components/operational-example.ts";
import { verdict } from "../policy/rooms.ts";

describe("notifications", () => {
  it.each([
    ["forbidden", true, "notification-allowed"],
    ["forbidden", false, "allowed"],
    ["optional", true, "allowed"],
    ["optional", false, "allowed"],
    ["required", true, "allowed"],
    ["required", false, "notification-allowed"],
  ] as const)("that are %s are sent: %s, %s", (rule, sends, expected) => {
    const delivery = {
      statusNotifications: { deliveryNotifications: rule, readReceipts: "optional" as const },
    };
    const read = { statusNotifications: { deliveryNotifications: "optional" as const, readReceipts: rule } };
    expect(verdict(decideNotification(delivery, "delivery", sends))).toBe(expected);
    expect(verdict(decideNotification(read, "read", sends))).toBe(expected);
    expect(verdict(decideNotification(delivery, "read", sends))).toBe("allowed");
    expect(verdict(decideNotification({}, "read", sends))).toBe("allowed");
  });

  it.each([
    ["forbidden", true, false],
    ["forbidden", false, false],
    ["optional", true, true],
    ["optional", false, false],
    ["required", true, true],
    ["required", false, true],
  ] as const)("are for the room's policy, and then for the user: %s, %s, %s", (rule, likes, sent) => {
    const policy = {
      statusNotifications: { deliveryNotifications: rule, readReceipts: "optional" as const },
    };
    expect(sendsNotification(policy, "delivery", likes)).toBe(sent);
    expect(sendsNotification(policy, "read", likes)).toBe(likes);
  });
});

describe("expiry", () => {
  const bounds = {
    minExpirationDuration: 60,
    maxExpirationDuration: 90,
    defaultExpirationDuration: undefined,
  };
  const rule = (expiringMessages: "optional" | "required") => ({
    expiration: { expiringMessages, ...bounds },
  });

  it.each([
    [59, "expiry-allowed"],
    [60, "allowed"],
    [90, "allowed"],
    [91, "expiry-allowed"],
  ])("after %s seconds, within 60 to 90: %s", (seconds, expected) => {
    expect(verdict(decideExpiration(rule("optional"), seconds))).toBe(expected);
    expect(verdict(decideExpiration(rule("required"), seconds))).toBe(expected);
  });

  it("is left out only where it is not required, and set only where it is not forbidden", () => {
    expect(verdict(decideExpiration(rule("optional"), undefined))).toBe("allowed");
    expect(verdict(decideExpiration(rule("required"), undefined))).toBe("expiry-allowed");
    const forbidden = { expiration: { expiringMessages: "forbidden" as const } };
    expect(verdict(decideExpiration(forbidden, undefined))).toBe("allowed");
    expect(verdict(decideExpiration(forbidden, 60))).toBe("expiry-allowed");
    expect(verdict(decideExpiration({}, 60))).toBe("allowed");
  });
});

describe("assets", () => {
  const type = (name: string, ...parameters: readonly [string, string][]) => ({
    type: name,
    parameters: parameters.map(([parameterName, parameterValue]) => ({ parameterName, parameterValue })),
  });
  const providers = [
    { provider: { domain: "a.example" }, assetUploadDestinations: [{ domain: "assets.a.example" }] },
    { provider: { domain: "b.example" }, assetUploadDestinations: [{ domain: "b-assets.example" }] },
  ];
  const policy = (changes: Partial<NonNullable<RoomPolicy["assets"]>>): Partial<RoomPolicy> => ({
    assets: {
      assetUploadLocation: "localProvider",
      uploadDomains: providers,
      downloadPrivacy: {
        allowedDownloadTypes: ["ohttp", "hubProxy"],
        forbiddenDownloadTypes: ["hubProxy"],
        defaultDownloadType: "ohttp",
      },
      maxImage: 10,
      maxAudio: 20,
      maxVideo: 30,
      maxAttachment: 40,
      forbiddenMediaTypes: [],
      permittedMediaTypes: undefined,
      ...changes,
    },
  });
  const png: SentAsset = {
    senderDomain: "b.example",
    host: "b-assets.example",
    kind: "image",
    mediaType: type("image/png"),
    size: 10,
  };

  it("lie at their sender's provider, at the hub, or anywhere, as the policy says", () => {
    const at = (location: "localProvider" | "hub" | "unspecified", host: string) => {
      const uploadDomains = location === "hub" ? providers.slice(0, 1) : providers;
      return verdict(decideAsset(policy({ assetUploadLocation: location, uploadDomains }), { ...png, host }));
    };
    expect(at("localProvider", "b-assets.example")).toBe("allowed");
    expect(at("localProvider", "assets.a.example")).toBe("asset-host");
    expect(at("hub", "assets.a.example")).toBe("allowed");
    expect(at("hub", "b-assets.example")).toBe("asset-host");
    expect(at("unspecified", "elsewhere.example")).toBe("allowed");
    expect(verdict(decideAsset({}, png))).toBe("allowed");
  });

  it.each([
    ["image", 10],
    ["audio", 20],
    ["video", 30],
    ["attachment", 40],
  ] as const)("of kind %s have at most %s octets", (kind, maximum) => {
    expect(verdict(decideAsset(policy({}), { ...png, kind, size: maximum }))).toBe("allowed");
    expect(verdict(decideAsset(policy({}), { ...png, kind, size: maximum + 1 }))).toBe("asset-size");
  });

  it("have a media type that is not forbidden, and permitted where a list is there", () => {
    const markdown = type("text/markdown");
    const gfm = type("text/markdown", ["variant", "GFM"]);
    const judged = (
      forbidden: (typeof markdown)[],
      permitted: (typeof markdown)[] | undefined,
      sent: typeof gfm,
    ) =>
      verdict(
        decideMediaType(policy({ forbiddenMediaTypes: forbidden, permittedMediaTypes: permitted }), sent),
      );
    expect(judged([markdown], undefined, gfm)).toBe("media-type-permitted");
    expect(judged([gfm], undefined, markdown)).toBe("allowed");
    expect(judged([gfm], undefined, gfm)).toBe("media-type-permitted");
    expect(judged([], [markdown], gfm)).toBe("allowed");
    expect(judged([], [gfm], markdown)).toBe("media-type-permitted");
    expect(judged([markdown], [markdown], markdown)).toBe("media-type-permitted");
    expect(judged([], [], markdown)).toBe("media-type-permitted");
    expect(judged([type("TEXT/markdown")], undefined, markdown)).toBe("media-type-permitted");
    const ordered = type("text/x", ["a", "1"], ["b", "2"]);
    expect(judged([type("text/x", ["b", "2"], ["A", "1"])], undefined, ordered)).toBe("media-type-permitted");
    expect(verdict(decideAsset(policy({ permittedMediaTypes: [] }), png))).toBe("media-type-permitted");
  });

  it("are downloaded in allowed ways only, a forbidden one not even if it is allowed, too", () => {
    const ways = ["direct", "hubProxy", "ohttp"] as const;
    expect(ways.map((way) => verdict(decideDownload(policy({}), way)))).toEqual([
      "download-type",
      "download-type",
      "allowed",
    ]);
  });
});

describe("links", () => {
  const rules = {
    autodetectHyperlinksInText: "forbidden",
    sendLinkPreviews: "optional",
    automaticLinkPreviews: "required",
    linkPreviewProxyUse: "required",
    linkPreviewProxy: [{ uri: "https://proxy.example" }],
  } as const;
  const judged = (does: "detect" | "sendPreview" | "makePreview", done: boolean, throughProxy?: boolean) =>
    verdict(
      decideLinkPreview(
        { linkPreview: rules },
        { does, done, ...(throughProxy === undefined ? {} : { throughProxy }) },
      ),
    );

  it("are detected, sent with a preview and previewed as the policy says", () => {
    expect([judged("detect", true), judged("detect", false)]).toEqual(["link-preview-allowed", "allowed"]);
    expect([judged("sendPreview", true), judged("sendPreview", false)]).toEqual(["allowed", "allowed"]);
    expect([judged("makePreview", true), judged("makePreview", false)]).toEqual([
      "allowed",
      "link-preview-allowed",
    ]);
  });

  it("are previewed through the proxy where that is required, and not where it is forbidden", () => {
    expect([judged("makePreview", true, true), judged("makePreview", true, false)]).toEqual([
      "allowed",
      "link-preview-allowed",
    ]);
    const { linkPreviewProxy: _, ...others } = rules;
    const without = { linkPreview: { ...others, linkPreviewProxyUse: "forbidden" as const } };
    expect(verdict(decideLinkPreview(without, { does: "makePreview", done: true, throughProxy: true }))).toBe(
      "link-preview-allowed",
    );
  });
});

describe("history", () => {
  const policy: Partial<RoomPolicy> = {
    history: {
      historySharing: "optional",
      rolesThatCanShare: [3],
      automaticallyShare: false,
      maxTimePeriod: 60,
    },
  };
  it.each([
    [{ role: 3, automatically: false, age: 60 }, "allowed"],
    [{ role: 3, automatically: false, age: 61 }, "history-allowed"],
    [{ role: 3, automatically: true, age: 60 }, "history-allowed"],
    [{ role: 2, automatically: false, age: 0 }, "history-allowed"],
  ])("%o: %s", (shared, expected) => {
    expect(verdict(decideHistory(policy, shared))).toBe(expected);
  });
  it("is shared by nobody where it is forbidden or not spoken of", () => {
    const shared = { role: 3, automatically: false, age: 0 };
    expect(verdict(decideHistory({ history: { historySharing: "forbidden" } }, shared))).toBe(
      "history-allowed",
    );
    expect(verdict(decideHistory({}, shared))).toBe("history-allowed");
  });
});

describe("bots and loggers", () => {
  const bot = { description: "", homepage: { uri: "" } };
  const dealer = {
    ...bot,
    name: "dealer",
    localClientBot: false,
    botRoleIndex: 2,
    canTargetMessageInGroup: true,
    perUserContent: true,
  };
  const helper = {
    ...bot,
    name: "helper",
    localClientBot: true,
    botRoleIndex: 0,
    canTargetMessageInGroup: false,
    perUserContent: false,
  };
  const policy = { bots: { allowedBots: [dealer, helper] } };

  it("do what their entries allow", () => {
    expect(verdict(decideBot(policy, "dealer", { does: "takePart", role: 2 }))).toBe("allowed");
    expect(verdict(decideBot(policy, "dealer", { does: "takePart", role: 3 }))).toBe("bot-allowed");
    expect(verdict(decideBot(policy, "helper", { does: "takePart", role: 0 }))).toBe("bot-allowed");
    for (const does of ["targetMessage", "sendPerUserContent"] as const) {
      expect(verdict(decideBot(policy, "dealer", { does }))).toBe("allowed");
      expect(verdict(decideBot(policy, "helper", { does }))).toBe("bot-allowed");
      expect(verdict(decideBot(policy, "stranger", { does }))).toBe("bot-allowed");
    }
  });

  it("log where the policy names them", () => {
    const uris = { machineReadablePolicy: { uri: "" }, humanReadablePolicy: { uri: "" } };
    const logging = {
      logging: "optional" as const,
      loggingClients: [{ uri: "mimi://a.example/d/log/1" }],
      ...uris,
    };
    expect(loggingClients({ logging })).toEqual(["mimi://a.example/d/log/1"]);
    expect(loggingClients({ logging: { logging: "forbidden" } })).toEqual([]);
    expect(loggingClients({})).toEqual([]);
  });
});

describe("the operational policy", () => {
  const policy = { operational: operational({}) };

  it("tolerates messages of past epochs up to a number, and of none where it is missing", () => {
    expect([5, 4, 3, 6].map((epoch) => verdict(decideEpochAge(policy, epoch, 5)))).toEqual([
      "allowed",
      "allowed",
      "epoch-tolerance",
      "epoch-tolerance",
    ]);
    expect([5, 4].map((epoch) => verdict(decideEpochAge({}, epoch, 5)))).toEqual([
      "allowed",
      "epoch-tolerance",
    ]);
  });

  it("bounds lifetimes and the age of leaves", () => {
    const around = (decide: (seconds: number) => ReturnType<typeof decideLeafAge>, maximum: number) =>
      [maximum, maximum + 1].map((seconds) => verdict(decide(seconds)));
    expect(around((s) => decideKeyPackageLifetime(policy, s), 100)).toEqual([
      "allowed",
      "key-package-lifetime",
    ]);
    expect(around((s) => decideCredentialLifetime(policy, s), 200)).toEqual([
      "allowed",
      "credential-lifetime",
    ]);
    expect(around((s) => decideLeafAge(policy, s), 30)).toEqual(["allowed", "leaf-update-time"]);
    expect(verdict(decideKeyPackageLifetime({}, 1e9))).toBe("allowed");
    expect([19, 20].map((seconds) => leafUpdateIsDue(policy, seconds))).toEqual([false, true]);
    expect(leafUpdateIsDue({}, 1e9)).toBe(false);
  });

  it("has handshakes in listed formats, and in any where none is listed", () => {
    expect(verdict(decideHandshakeFormat(policy, "mls_public_message"))).toBe("allowed");
    expect(verdict(decideHandshakeFormat(policy, "mls_private_message"))).toBe("handshake-format");
    const open = { operational: operational({ handshakeFormats: [] }) };
    expect(verdict(decideHandshakeFormat(open, "mls_private_message"))).toBe("allowed");
  });

  it("has contents padded to whole blocks", () => {
    expect([0, 31, 32, 64].map((octets) => verdict(decidePadding(policy, octets)))).toEqual([
      "allowed",
      "padding",
      "allowed",
      "allowed",
    ]);
    expect(verdict(decidePadding({}, 31))).toBe("allowed");
  });

  it("has pending proposals committed at once, after a delay within its bounds, or as the client likes", () => {
    const strategy = (pendingProposalPolicy: ReturnType<typeof operational>["pendingProposalPolicy"]) => ({
      operational: operational({ pendingProposalPolicy }),
    });
    expect(pendingProposalDelay(policy, 0.5)).toBe(0);
    expect(pendingProposalDelay(strategy({ pendingProposalStrategy: "unspecified" }), 0.5)).toBeUndefined();
    expect(pendingProposalDelay({}, 0.5)).toBeUndefined();
    const bounds = {
      pendingProposalStrategy: "random_delay" as const,
      minimumDelayMs: 100,
      maximumDelayMs: 200,
    };
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (draw) => {
        const delay = pendingProposalDelay(strategy(bounds), draw) ?? -1;
        return Number.isInteger(delay) && delay >= 100 && delay <= 200;
      }),
    );
    expect([0, 0.999999].map((draw) => pendingProposalDelay(strategy(bounds), draw))).toEqual([100, 200]);
  });

  it("asks clients to support what is mandatory, and to use nothing forbidden", () => {
    const none = operational({}).mandatoryCapabilities;
    const demanding = {
      operational: operational({
        mandatoryCapabilities: {
          ...none,
          proposals: ["self_remove"],
          mediaTypes: [{ type: "text/plain", parameters: [] }],
        },
        forbiddenCapabilities: { ...none, credentials: ["basic"] },
      }),
    };
    const text = { mediaTypes: [{ type: "text/plain", parameters: [] }] };
    expect(verdict(decideSupport(demanding, { ...text, proposals: ["psk", "self_remove"] }))).toBe("allowed");
    expect(verdict(decideSupport(demanding, { ...text, proposals: ["psk"] }))).toBe("client-capabilities");
    expect(verdict(decideSupport(demanding, { proposals: ["self_remove"] }))).toBe("client-capabilities");
    expect(verdict(decideSupport({}, {}))).toBe("allowed");
    expect(verdict(decideUse(demanding, { credentials: ["x509"] }))).toBe("allowed");
    expect(verdict(decideUse(demanding, { credentials: ["x509", "basic"] }))).toBe("client-capabilities");
  });
});
