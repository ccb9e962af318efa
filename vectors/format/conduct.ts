/** How clients conduct themselves in a room, as the vectors write it: what one does, and what it asks itself. room-policy-04 §6 and §7.1 */
import { type DownloadWay, defaultWay, uploadHost } from "../../spec-model/assets/index.ts";
import {
  type Decision,
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
  decideNotification,
  decidePadding,
  decideSupport,
  decideUse,
  leafUpdateIsDue,
  type RoomPolicy,
  type SentAsset,
  type SharedHistory,
  sendsNotification,
} from "../../spec-model/room/index.ts";
import type { Json } from "./case.ts";

export type ConductPolicy = Partial<RoomPolicy>;

export type Act =
  | { readonly does: "notify"; readonly kind: "delivery" | "read"; readonly done: boolean }
  | {
      readonly does: "detectLinks" | "sendPreview" | "makePreview";
      readonly done: boolean;
      readonly throughProxy?: boolean;
    }
  | ({ readonly does: "sendAsset" } & SentAsset)
  | { readonly does: "download"; readonly way: DownloadWay }
  | ({ readonly does: "shareHistory" } & SharedHistory)
  | { readonly does: "botTakesPart"; readonly bot: string; readonly role: number }
  | { readonly does: "botTargetsMessage" | "botSendsPerUserContent"; readonly bot: string }
  | { readonly does: "sendMessage"; readonly expiresAfter?: number }
  | OperationalAct;

type Capabilities = NonNullable<RoomPolicy["operational"]>["mandatoryCapabilities"];

/** room-policy-04 §7.1. Times are in seconds. */
export type OperationalAct =
  | { readonly does: "takeMessage"; readonly epoch: number; readonly current: number }
  | { readonly does: "sendHandshake"; readonly wireFormat: string }
  | { readonly does: "storeKeyPackage" | "useCredential"; readonly lifetime: number }
  | { readonly does: "keepLeaf"; readonly age: number }
  | { readonly does: "pad"; readonly octets: number }
  | { readonly does: "takePart"; readonly supports: Partial<Capabilities> }
  | { readonly does: "use"; readonly uses: Partial<Capabilities> };

export type Question =
  | { readonly asks: "notify"; readonly kind: "delivery" | "read"; readonly userLikes: boolean }
  | { readonly asks: "downloadWay" }
  | { readonly asks: "uploadHost"; readonly user: string }
  | { readonly asks: "renewLeaf"; readonly age: number };

export function decideAct(policy: ConductPolicy, act: Act): Decision {
  switch (act.does) {
    case "notify":
      return decideNotification(policy, act.kind, act.done);
    case "detectLinks":
      return decideLinkPreview(policy, { ...act, does: "detect" });
    case "sendPreview":
    case "makePreview":
      return decideLinkPreview(policy, { ...act, does: act.does });
    case "sendAsset":
      return decideAsset(policy, act);
    case "download":
      return decideDownload(policy, act.way);
    case "shareHistory":
      return decideHistory(policy, act);
    case "botTakesPart":
      return decideBot(policy, act.bot, { does: "takePart", role: act.role });
    case "botTargetsMessage":
      return decideBot(policy, act.bot, { does: "targetMessage" });
    case "botSendsPerUserContent":
      return decideBot(policy, act.bot, { does: "sendPerUserContent" });
    case "sendMessage":
      return decideExpiration(policy, act.expiresAfter);
    default:
      return decideOperation(policy, act);
  }
}

function decideOperation(policy: ConductPolicy, act: OperationalAct): Decision {
  switch (act.does) {
    case "takeMessage":
      return decideEpochAge(policy, act.epoch, act.current);
    case "sendHandshake":
      return decideHandshakeFormat(policy, act.wireFormat);
    case "storeKeyPackage":
      return decideKeyPackageLifetime(policy, act.lifetime);
    case "useCredential":
      return decideCredentialLifetime(policy, act.lifetime);
    case "keepLeaf":
      return decideLeafAge(policy, act.age);
    case "pad":
      return decidePadding(policy, act.octets);
    case "takePart":
      return decideSupport(policy, act.supports);
    case "use":
      return decideUse(policy, act.uses);
  }
}

/** What the room has a client do; undefined where it leaves that open. */
export function chosen(policy: ConductPolicy, question: Question): Json | undefined {
  switch (question.asks) {
    case "notify":
      return sendsNotification(policy, question.kind, question.userLikes);
    case "downloadWay":
      return defaultWay(policy);
    case "uploadHost":
      return uploadHost(policy, question.user);
    case "renewLeaf":
      return policy.operational === undefined ? undefined : leafUpdateIsDue(policy, question.age);
  }
}
