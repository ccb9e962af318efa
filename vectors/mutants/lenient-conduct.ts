/** Clients that make one mistake each about a room's policy for their conduct. room-policy-04 §6 */
import type { Act, ConductPolicy } from "../format/conduct.ts";
import { type ConductMutant, changed, misreads } from "./conduct-mutant.ts";

type Assets = NonNullable<ConductPolicy["assets"]>;
type MediaTypes = readonly Assets["forbiddenMediaTypes"][number][];

/** A client that looks at assets in its own way. */
const assets = (change: (assets: Assets, act: Extract<Act, { does: "sendAsset" }>) => Partial<Assets>) =>
  changed("assets", (part, act) => (act.does === "sendAsset" ? change(part, act) : {}));

const downloads = (change: Partial<Assets["downloadPrivacy"]>) =>
  changed("assets", ({ downloadPrivacy }) => ({ downloadPrivacy: { ...downloadPrivacy, ...change } }));

const everyWay = ["direct", "hubProxy", "ohttp"] as const;

/** A domain that takes the assets of whoever sends. */
const takenFor = (senderDomain: string, ...hosts: readonly string[]): Assets["uploadDomains"][number] => ({
  provider: { domain: senderDomain },
  assetUploadDestinations: hosts.map((domain) => ({ domain })),
});

const withoutParameters = (types: MediaTypes) => types.map(({ type }) => ({ type, parameters: [] }));

const messages: readonly ConductMutant[] = [
  misreads("by the user's taste", "notifies as its user likes", (policy) =>
    policy.statusNotifications === undefined ? undefined : {},
  ),
  misreads(
    "with one setting for both reports",
    "takes the setting of delivery notifications for that of read receipts",
    changed("statusNotifications", ({ deliveryNotifications }) => ({ readReceipts: deliveryNotifications })),
  ),
  misreads("that leaves required things out", "takes what is required for optional", (policy) =>
    JSON.parse(JSON.stringify(policy).replaceAll('"required"', '"optional"')),
  ),
  misreads(
    "that detects every link",
    "makes links of text where that is forbidden",
    changed("linkPreview", () => ({ autodetectHyperlinksInText: "optional" as const })),
  ),
  misreads(
    "that sends previews",
    "does not ask whether previews may be sent",
    changed("linkPreview", () => ({ sendLinkPreviews: "optional" as const })),
  ),
  misreads(
    "that makes previews",
    "takes the setting of sent previews for those that it makes itself",
    changed("linkPreview", ({ sendLinkPreviews }) => ({ automaticLinkPreviews: sendLinkPreviews })),
  ),
  misreads(
    "past the proxy",
    "does not ask whether previews go through the proxy",
    changed("linkPreview", () => ({ linkPreviewProxyUse: "optional" as const })),
  ),
  misreads("with any history", "shares history where no policy says so", (policy, act) =>
    act.does !== "shareHistory" || policy.history?.historySharing === "optional"
      ? undefined
      : {
          ...policy,
          history: {
            historySharing: "optional",
            rolesThatCanShare: [act.role],
            automaticallyShare: true,
            maxTimePeriod: act.age,
          },
        },
  ),
  misreads(
    "with everybody's history",
    "does not ask which roles share history",
    changed("history", (_, act) => (act.does === "shareHistory" ? { rolesThatCanShare: [act.role] } : {})),
  ),
  misreads(
    "with automatic history",
    "shares history without being asked",
    changed("history", () => ({ automaticallyShare: true })),
  ),
  misreads(
    "with old history",
    "does not ask how far back history goes",
    changed("history", (_, act) => (act.does === "shareHistory" ? { maxTimePeriod: act.age } : {})),
  ),
  misreads(
    "with short expiry",
    "does not look at the shortest time",
    changed("expiration", () => ({ minExpirationDuration: 0 })),
  ),
  misreads(
    "with long expiry",
    "does not look at the longest time",
    changed("expiration", () => ({ maxExpirationDuration: Number.MAX_SAFE_INTEGER })),
  ),
  misreads("with forbidden expiry", "lets messages expire in every room", (policy) =>
    policy.expiration?.expiringMessages === "forbidden" ? {} : undefined,
  ),
];

const bots: readonly ConductMutant[] = [
  misreads("of any bot", "takes every bot for one of the listed", (policy, act) => {
    const [first] = policy.bots?.allowedBots ?? [];
    if (first === undefined || !("bot" in act)) return undefined;
    return { ...policy, bots: { allowedBots: [{ ...first, name: act.bot }] } };
  }),
  misreads(
    "of bots in any role",
    "does not compare a bot's role",
    changed("bots", ({ allowedBots }, act) => ({
      allowedBots: allowedBots.map((bot) => ({
        ...bot,
        ...(act.does === "botTakesPart" ? { botRoleIndex: act.role } : {}),
      })),
    })),
  ),
  misreads(
    "of bots at clients",
    "takes a bot at one client for a participant",
    changed("bots", ({ allowedBots }) => ({
      allowedBots: allowedBots.map((bot) => ({ ...bot, localClientBot: false })),
    })),
  ),
  misreads(
    "of bots that pick",
    "takes leave to write to each something else for leave to write to some only",
    changed("bots", ({ allowedBots }) => ({
      allowedBots: allowedBots.map((bot) => ({ ...bot, canTargetMessageInGroup: bot.perUserContent })),
    })),
  ),
  misreads(
    "of bots that vary",
    "takes leave to write to some only for leave to write to each something else",
    changed("bots", ({ allowedBots }) => ({
      allowedBots: allowedBots.map((bot) => ({ ...bot, perUserContent: bot.canTargetMessageInGroup })),
    })),
  ),
];

const stored: readonly ConductMutant[] = [
  misreads(
    "with assets at any provider",
    "does not ask whose hosts they are",
    assets(({ uploadDomains }, { senderDomain }) => ({
      uploadDomains: [
        takenFor(
          senderDomain,
          ...uploadDomains.flatMap((each) => each.assetUploadDestinations.map(({ domain }) => domain)),
        ),
      ],
    })),
  ),
  misreads(
    "with assets at the provider itself",
    "takes a provider's domain for a host",
    assets(({ uploadDomains }, { senderDomain }) => ({
      uploadDomains: [...uploadDomains, takenFor(senderDomain, senderDomain)],
    })),
  ),
  misreads(
    "with assets below a host",
    "compares hosts by their ends",
    assets(({ uploadDomains }, { senderDomain, host }) => {
      const above = uploadDomains.some(
        ({ provider, assetUploadDestinations }) =>
          provider.domain === senderDomain &&
          assetUploadDestinations.some(({ domain }) => host.endsWith(`.${domain}`)),
      );
      return above ? { uploadDomains: [takenFor(senderDomain, host)] } : {};
    }),
  ),
  misreads(
    "with assets anywhere",
    "does not ask where assets lie",
    assets(() => ({ assetUploadLocation: "unspecified" as const })),
  ),
  misreads(
    "with assets at home",
    "has its assets at its own provider where the room has them at the hub",
    assets(({ assetUploadLocation, uploadDomains }, { senderDomain, host }) =>
      assetUploadLocation === "hub" && host.endsWith(senderDomain)
        ? { uploadDomains: [...uploadDomains, takenFor(senderDomain, host)] }
        : {},
    ),
  ),
  misreads(
    "below the next octet",
    "takes an asset that is an octet too large",
    assets(({ maxImage, maxAudio, maxVideo, maxAttachment }) => ({
      ...{ maxImage: maxImage + 1, maxAudio: maxAudio + 1 },
      ...{ maxVideo: maxVideo + 1, maxAttachment: maxAttachment + 1 },
    })),
  ),
  misreads(
    "with one size for all",
    "measures every asset by the largest limit",
    assets(({ maxImage, maxAudio, maxVideo, maxAttachment }) => {
      const most = Math.max(maxImage, maxAudio, maxVideo, maxAttachment);
      return { maxImage: most, maxAudio: most, maxVideo: most, maxAttachment: most };
    }),
  ),
  misreads(
    "with permitted types alone",
    "does not look at what is forbidden",
    assets(() => ({ forbiddenMediaTypes: [] })),
  ),
  misreads(
    "with forbidden types alone",
    "does not look at what is permitted",
    assets(() => ({ permittedMediaTypes: undefined })),
  ),
  misreads(
    "with an empty list for none",
    "takes a list of permitted types that is empty for no list",
    assets(({ permittedMediaTypes: permitted }) =>
      permitted?.length === 0 ? { permittedMediaTypes: undefined } : {},
    ),
  ),
  misreads(
    "with types by case",
    "compares media types by their case",
    assets(({ forbiddenMediaTypes }, { mediaType }) => ({
      forbiddenMediaTypes: forbiddenMediaTypes.filter(({ type }) => type === mediaType.type),
    })),
  ),
  misreads(
    "with types to the letter",
    "takes an entry without parameters for the type without parameters",
    assets(({ forbiddenMediaTypes }, { mediaType }) => ({
      forbiddenMediaTypes: forbiddenMediaTypes.filter(
        ({ parameters }) => JSON.stringify(parameters) === JSON.stringify(mediaType.parameters),
      ),
    })),
  ),
  misreads(
    "with types without parameters",
    "does not compare the parameters of media types",
    assets(({ permittedMediaTypes: permitted }) =>
      permitted === undefined ? {} : { permittedMediaTypes: withoutParameters(permitted) },
    ),
  ),
  misreads(
    "by any way that is listed",
    "does not ask which ways to download are forbidden",
    downloads({ forbiddenDownloadTypes: [] }),
  ),
  misreads(
    "by any way that is not forbidden",
    "does not ask which ways to download are allowed",
    downloads({ allowedDownloadTypes: everyWay }),
  ),
];

export const conductMutants: readonly ConductMutant[] = [...messages, ...bots, ...stored];
