/** Where assets are uploaded and how they are downloaded. room-policy-04 §6.4 */
import { closedEnum, type Infer, optional, struct, text, uint64, v, vector } from "../../wire/index.ts";
import { MediaType } from "./media-type.ts";

export const AssetUploadLocation = closedEnum("AssetUploadLocation", 255, {
  unspecified: 0,
  localProvider: 1,
  hub: 2,
}).from("room-policy-04 §6.4", "where clients upload assets");
export type AssetUploadLocation = Infer<typeof AssetUploadLocation>;

export const DomainName = struct("DomainName", { domain: text(v) }).from(
  "room-policy-04 §6.4",
  "a domain name",
);
export type DomainName = Infer<typeof DomainName>;

export const ProviderAssetUploadDomains = struct("ProviderAssetUploadDomains", {
  provider: DomainName,
  asset_upload_destinations: vector(DomainName),
}).from("room-policy-04 §6.4", "where assets of one provider's users lie");
export type ProviderAssetUploadDomains = Infer<typeof ProviderAssetUploadDomains>;

export const DownloadPrivacyType = closedEnum("DownloadPrivacyType", 255, {
  direct: 0,
  hubProxy: 1,
  ohttp: 2,
}).from("room-policy-04 §6.4", "a way to download, by who learns of it");
export type DownloadPrivacyType = Infer<typeof DownloadPrivacyType>;

export const DownloadPrivacy = struct("DownloadPrivacy", {
  allowed_download_types: vector(DownloadPrivacyType),
  forbidden_download_types: vector(DownloadPrivacyType),
  default_download_type: DownloadPrivacyType,
}).from("room-policy-04 §6.4", "which ways to download are allowed");
export type DownloadPrivacy = Infer<typeof DownloadPrivacy>;

export const AssetPolicy = struct("AssetPolicy", {
  asset_upload_location: AssetUploadLocation,
  upload_domains: vector(ProviderAssetUploadDomains).as("only the hub's where assets are uploaded there"),
  download_privacy: DownloadPrivacy,
  max_image: uint64.as("octets"),
  max_audio: uint64.as("octets"),
  max_video: uint64.as("octets"),
  max_attachment: uint64.as("octets"),
  forbidden_media_types: vector(MediaType),
  permitted_media_types: optional(vector(MediaType)).as("where present, nothing else is permitted"),
})
  .from("room-policy-04 §6.4", "the content of the asset_policy component")
  .decided({
    question: "`optional<MediaType> permitted_media_types<V>` reads as a vector of optional items",
    reading: "an optional vector of MediaType",
    reason: "the text says what the list means where it is present; absent items in a list mean nothing",
    alternatives: ["a vector whose items each have a presence octet", "a vector, empty where absent"],
  })
  .decided({
    question: "the field is called upload_domains, the text says asset_upload_domains",
    reading: "the field's name",
    reason: "names are not on the wire",
    alternatives: [],
  });
export type AssetPolicy = Infer<typeof AssetPolicy>;
