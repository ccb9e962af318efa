/** What clients and hubs may do under a room's other policies: messages, links, assets, history, bots and MLS itself. */
export { decideAsset, decideDownload, type SentAsset } from "./assets.ts";
export { type BotConduct, decideBot } from "./bots.ts";
export { decideExpiration } from "./expiration.ts";
export { decideHistory, type SharedHistory } from "./history.ts";
export { decideLinkPreview, type LinkConduct } from "./link-preview.ts";
export { loggingClients } from "./logging.ts";
export { decideMediaType } from "./media-types.ts";
export { decideNotification, sendsNotification } from "./notifications.ts";
export {
  decideCredentialLifetime,
  decideEpochAge,
  decideHandshakeFormat,
  decideKeyPackageLifetime,
  decideLeafAge,
  decidePadding,
  decideSupport,
  decideUse,
  leafUpdateIsDue,
  pendingProposalDelay,
} from "./operational.ts";
