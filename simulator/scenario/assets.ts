/** Words about assets: servers that keep them, sharing and downloading. protocol-06 §5.10 */
import type { DownloadWay } from "../../spec-model/assets/index.ts";
import type { AssetServer } from "./asset-server.ts";
import type { Moment, Outcome } from "./scenario.ts";
import type { Client, Person, Provider, Room } from "./story.ts";

export function assetServer(label: string, domain: string, of: Provider): AssetServer {
  return { label, domain, provider: of.setting.domain };
}

/** Sends an image; what it shows is a text, for want of a camera. */
export function sharesImage({ setting }: Client, { uri }: Room, filename: string, content: string): Moment {
  const image = { content, contentType: "image/png", filename };
  const intention = { type: "shareAsset" as const, room: uri, ...image };
  return { actor: setting.client, says: `${setting.label} shares ${filename}`, intention };
}

/** Downloads what a person has shared last; without `way` as the room has it. */
export function downloads(
  { setting }: Client,
  { name, user }: Person,
  { uri }: Room,
  way?: DownloadWay,
): Moment {
  const ways = { direct: "directly", hubProxy: "through the hub", ohttp: "by Oblivious HTTP" };
  const how = way === undefined ? "" : ` ${ways[way]}`;
  return {
    actor: setting.client,
    says: `${setting.label} downloads what ${name} has shared${how}`,
    intention: {
      type: "downloadAsset",
      room: uri,
      of: { latestOf: user },
      ...(way === undefined ? {} : { way }),
    },
  };
}

/** Who has downloaded from a server, in order, as the server sees it. */
export function downloadedBy({ domain }: AssetServer, ...actors: readonly (Client | Provider)[]): Outcome {
  const ids = actors.map(({ setting }) => ("client" in setting ? setting.client : setting.domain));
  return { kind: "downloads", server: domain, by: ids };
}
