/** What a client may upload and download in a room: hosts, sizes, media types, capabilities. room-policy-04 §6.4 and §8.5 */
import { type ExternalPart, inconsistenciesOf, parseMediaType } from "../content/index.ts";
import { domainOfUri } from "../identifiers/index.ts";
import { decide, decideAsset, decideDownload, type PolicyState, type SentAsset } from "../room/index.ts";
import type { DownloadWay } from "./download-machine.ts";
import { parseAssetUrl } from "./url.ts";

type Kind = SentAsset["kind"];

const uploads = { image: "canUploadImage", audio: "canUploadAudio", video: "canUploadVideo" } as const;
const downloads = {
  image: "canDownloadImage",
  audio: "canDownloadAudio",
  video: "canDownloadVideo",
} as const;

/** What the capabilities and the sizes go by: an attachment, or what is rendered, by its type. §8.5 */
export function kindOf({
  disposition,
  contentType,
}: Pick<ExternalPart, "disposition" | "contentType">): Kind {
  const [type] = contentType.toLowerCase().split("/");
  if (disposition !== "render") return "attachment";
  return type === "image" || type === "audio" || type === "video" ? type : "attachment";
}

/** The rule against sending `part` as `sender`'s; undefined: it is in order. Receivers ask the same. */
export function refusalOfUpload(state: PolicyState, sender: string, part: ExternalPart): string | undefined {
  const kind = kindOf(part);
  const capability = kind === "attachment" ? "canUploadAttachment" : uploads[kind];
  return refusalOf(state, sender, part, capability);
}

/** The rule against `user`'s downloading a part of `sender`'s in this way; undefined: it may. */
export function refusalOfDownload(
  state: PolicyState,
  user: string,
  { sender, part, way }: { readonly sender: string; readonly part: ExternalPart; readonly way: DownloadWay },
): string | undefined {
  const byWay = decideDownload(state, way);
  if (!byWay.allowed) return byWay.rule;
  const kind = kindOf(part);
  const capability = kind === "attachment" ? "canDownloadAttachment" : downloads[kind];
  const mine = decide(state, { kind: "act", user, capability });
  return mine.allowed ? refusalOf(state, sender, part) : mine.rule;
}

/** The way to download where the user has not chosen one; the most private one where the room says nothing. */
export function defaultWay({ assets }: Pick<PolicyState, "assets">): DownloadWay {
  return assets?.downloadPrivacy.defaultDownloadType ?? "ohttp";
}

/** Where the room has `user` upload; undefined where the policy leaves it open. */
export function uploadHost({ assets }: Pick<PolicyState, "assets">, user: string): string | undefined {
  if (assets === undefined || assets.assetUploadLocation === "unspecified") return undefined;
  const atHub = assets.assetUploadLocation === "hub";
  const domain = domainOfUri(user);
  const entry = assets.uploadDomains.find(({ provider }) => atHub || provider.domain === domain);
  return entry?.assetUploadDestinations[0]?.domain;
}

function refusalOf(
  state: PolicyState,
  sender: string,
  part: ExternalPart,
  capability?: (typeof uploads)[keyof typeof uploads] | "canUploadAttachment",
): string | undefined {
  const may = capability === undefined ? undefined : decide(state, { kind: "act", user: sender, capability });
  if (may !== undefined && !may.allowed) return may.rule;
  const url = parseAssetUrl(part.url);
  if (!url.ok) return `url ${url.problem}`;
  if (inconsistenciesOf(part).length > 0) return "inconsistentPart";
  const type = parseMediaType(part.contentType);
  if (type === undefined) return "mediaType";
  const asset = {
    senderDomain: domainOfUri(sender),
    host: url.value.host,
    kind: kindOf(part),
    mediaType: {
      type: `${type.type}/${type.subtype}`,
      parameters: [...type.parameters].map(([parameterName, parameterValue]) => ({
        parameterName,
        parameterValue,
      })),
    },
    size: Number(part.size),
  };
  const decision = decideAsset(state, asset);
  return decision.allowed ? undefined : decision.rule;
}
