/** Assets: where they lie, how they are downloaded, and who learns of it. protocol-06 §5.10, room-policy-04 §6.4 */
export { defaultWay, kindOf, refusalOfDownload, refusalOfUpload, uploadHost } from "./conduct.ts";
export { type DownloadWay, downloadMachine } from "./download-machine.ts";
export { fetchMachine } from "./fetch-machine.ts";
export { type FetchContext, mostOctets } from "./fetch-rules.ts";
export * from "./ohttp/index.ts";
export { type AssetHosts, type ProxyDecision, proxyDecision } from "./proxy-rule.ts";
export {
  type Access,
  type AssetServerState,
  newAssetServer,
  type StoredAsset,
  stepAssetServer,
} from "./server.ts";
export { type AssetUrl, type ParsedUrl, parseAssetUrl, type UrlProblem } from "./url.ts";
export {
  type AssetQuestion,
  type AssetVariants,
  assetQuestions,
  defaultAssetVariants,
} from "./variants.ts";
export { type Learned, type Passage, type Secrets, whoLearns } from "./who-learns.ts";
