/** Where assets may lie, how large they may be and how they are downloaded. room-policy-04 §6.4 */
import { allowed, type Decision, refuse } from "../policy/decision.ts";
import type { Plain, RoomPolicy } from "../policy-facts.ts";
import type { DownloadPrivacyType, MediaType } from "../structures/index.ts";
import { decideMediaType } from "./media-types.ts";

/** An asset as a message refers to it. */
export interface SentAsset {
  /** The domain of the sender's URI. */
  readonly senderDomain: string;
  /** The host in the asset's URL. */
  readonly host: string;
  readonly kind: "image" | "audio" | "video" | "attachment";
  readonly mediaType: Plain<MediaType>;
  /** Octets. */
  readonly size: number;
}

export function decideAsset(policy: Partial<RoomPolicy>, asset: SentAsset): Decision {
  const { assets } = policy;
  if (assets === undefined) return allowed;
  const anywhere = assets.assetUploadLocation === "unspecified";
  if (!anywhere && !hostsFor(assets, asset.senderDomain).includes(asset.host)) {
    return refuse("asset-host", `${asset.host} holds no assets of ${asset.senderDomain}`);
  }
  const maximum = {
    image: assets.maxImage,
    audio: assets.maxAudio,
    video: assets.maxVideo,
    attachment: assets.maxAttachment,
  }[asset.kind];
  if (asset.size > maximum) return refuse("asset-size", `${asset.size} octets, and at most ${maximum}`);
  return decideMediaType(policy, asset.mediaType);
}

/** Whether clients may download in this way. */
export function decideDownload({ assets }: Partial<RoomPolicy>, way: DownloadPrivacyType): Decision {
  if (assets === undefined) return allowed;
  const { allowedDownloadTypes, forbiddenDownloadTypes } = assets.downloadPrivacy;
  if (allowedDownloadTypes.includes(way) && !forbiddenDownloadTypes.includes(way)) return allowed;
  return refuse("download-type", `${way} is not an allowed way to download`);
}

/** The hosts of the sender's own provider, or of the one provider listed where assets are uploaded to the hub. */
function hostsFor(assets: NonNullable<RoomPolicy["assets"]>, senderDomain: string): readonly string[] {
  const listed = assets.uploadDomains.filter(
    ({ provider }) => assets.assetUploadLocation === "hub" || provider.domain === senderDomain,
  );
  return listed.flatMap((each) => each.assetUploadDestinations.map(({ domain }) => domain));
}
