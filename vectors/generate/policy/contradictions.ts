/** Policies that contradict themselves, each in one component. room-policy-04 §6.3 to §6.8 */
import type { PolicyState } from "../../../spec-model/room/index.ts";
import type { Level } from "../../format/case.ts";

/** The rules that they break. */
export const contentRules = [
  "hyperlinks-not-required",
  "preview-proxy-named",
  "download-default-allowed",
  "logging-client-named",
  "one-logger-per-provider",
  "expiry-bounds-ordered",
] as const;

const previews: NonNullable<PolicyState["linkPreview"]> = {
  autodetectHyperlinksInText: "optional",
  sendLinkPreviews: "optional",
  automaticLinkPreviews: "optional",
  linkPreviewProxyUse: "optional",
  linkPreviewProxy: [{ uri: "https://proxy.a.example" }],
};
const uris = { machineReadablePolicy: { uri: "" }, humanReadablePolicy: { uri: "" } };
const logging = (...clients: readonly string[]): Pick<PolicyState, "logging"> => ({
  logging: { logging: "required", loggingClients: clients.map((uri) => ({ uri })), ...uris },
});
const assets: NonNullable<PolicyState["assets"]> = {
  assetUploadLocation: "unspecified",
  uploadDomains: [],
  downloadPrivacy: {
    allowedDownloadTypes: ["ohttp"],
    forbiddenDownloadTypes: ["direct"],
    defaultDownloadType: "direct",
  },
  ...{ maxImage: 0, maxAudio: 0, maxVideo: 0, maxAttachment: 0 },
  forbiddenMediaTypes: [],
  permittedMediaTypes: undefined,
};

export const contradictions: readonly {
  readonly slug: string;
  readonly says: string;
  readonly path: string;
  readonly policy: Partial<PolicyState>;
  /** Missing: MUST. The draft does not refuse all of them in so many words. */
  readonly level?: Level;
}[] = [
  {
    slug: "links-required",
    says: "clients have to detect links in text",
    path: "state.linkPreview.autodetectHyperlinksInText",
    policy: { linkPreview: { ...previews, autodetectHyperlinksInText: "required" } },
  },
  {
    slug: "no-proxy",
    says: "previews may go through a proxy, and none is named",
    path: "state.linkPreview.linkPreviewProxy",
    policy: { linkPreview: { ...previews, linkPreviewProxy: [] } },
  },
  {
    slug: "default-forbidden",
    level: "SHOULD",
    says: "the default way to download is forbidden",
    path: "state.assets.downloadPrivacy",
    policy: { assets },
  },
  {
    slug: "no-logger",
    says: "logging is required, and no client logs",
    path: "state.logging.loggingClients",
    policy: logging(),
  },
  {
    slug: "two-loggers",
    level: "SHOULD",
    says: "a provider has two clients that log",
    path: "state.logging.loggingClients",
    policy: logging("mimi://b.example/d/log/1", "mimi://b.example/d/log/2"),
  },
  {
    slug: "expiry-unordered",
    level: "SHOULD",
    says: "the shortest time is longer than the longest",
    path: "state.expiration",
    policy: {
      expiration: {
        expiringMessages: "optional",
        ...{ minExpirationDuration: 90, maxExpirationDuration: 60, defaultExpirationDuration: undefined },
      },
    },
  },
];
