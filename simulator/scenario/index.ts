/** How scenarios are told. */

export { changesFrankingKey, changesHubKey, frankedWithNewest, reports, reportsAtHub } from "./abuse.ts";
export type { AssetServer } from "./asset-server.ts";
export {
  assetServer,
  downloadedBy,
  downloads,
  sharesImage,
} from "./assets.ts";
export type { IntroductionSetting, IssuerSetting, ServerSetting } from "./introduction-setting.ts";
export { assigns, comesToKnow, introducing, listedUnder } from "./introductions.ts";
export { knows, type Masked, masked, maskedClient } from "./pseudonyms.ts";
export type { Chapter, ClientSetting, Moment, Outcome, ProviderSetting, Scenario } from "./scenario.ts";
export {
  type Client,
  chapter,
  client,
  ending,
  finds,
  members,
  noticed,
  type Person,
  type Provider,
  participants,
  person,
  provider,
  type Room,
  type RoomSetup,
  room,
  roomIs,
  scenario,
  shows,
} from "./story.ts";
