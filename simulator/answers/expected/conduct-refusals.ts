/** The same for contents of policies, and for what clients do under them. room-policy-04 §6, §7.1 and §8.3 to §8.7 */
import { capabilityRules, type PolicyRule, type PolicyState } from "../../../spec-model/room/index.ts";
import type { CapabilityName } from "../../../spec-model/room/structures/index.ts";
import type { Asked, Refusals } from "./policy-refusals.ts";
import {
  assets,
  capabilitiesWith,
  dealer,
  disordered,
  history,
  links,
  loggers,
  mediaType,
  operational,
  picture,
} from "./policy-settings.ts";
import { role, room, user } from "./rooms.ts";

const created =
  (part: Partial<PolicyState>): Asked =>
  ({ decide }) =>
    decide(room({ alice: 3 }, part), { kind: "create", creator: user("alice") });
const holding =
  (part: Parameters<Parameters<Asked>[0]["decideContents"]>[0]): Asked =>
  ({ decideContents }) =>
    decideContents(part);

const wholePolicies: Refusals = {
  "history-shared-by-active-roles": created({ history: { ...history, rolesThatCanShare: [1] } }),
  "bot-role": created({ bots: { allowedBots: [{ ...dealer, botRoleIndex: 9 }] } }),
  "hub-assets-one-provider": created({
    assets: {
      ...assets().assets,
      assetUploadLocation: "hub",
      uploadDomains: [{ provider: { domain: "b.example" }, assetUploadDestinations: [] }],
    },
  }),
  "one-link-on-request": created({
    joinLinks: ["aa", "bb"],
    joinLinkPolicy: { onRequest: true, joinLink: "", multiuser: false, expiration: 60 },
  }),
};

const contents: Refusals = {
  "role-indices-distinct": holding({ roles: [role(2), role(2)] }),
  "role-limits-ordered": holding({ roles: [role(2, { minimumParticipants: 2, maximumParticipants: 1 })] }),
  "hyperlinks-not-required": holding({ linkPreview: { ...links, autodetectHyperlinksInText: "required" } }),
  "preview-proxy-named": holding({ linkPreview: { ...links, linkPreviewProxy: [] } }),
  "download-default-allowed": holding(
    assets({
      downloadPrivacy: {
        allowedDownloadTypes: ["ohttp"],
        forbiddenDownloadTypes: ["hubProxy"],
        defaultDownloadType: "hubProxy",
      },
    }),
  ),
  "logging-client-named": holding(loggers("required")),
  "one-logger-per-provider": holding(
    loggers("optional", "mimi://a.example/d/log/1", "mimi://a.example/d/log/2"),
  ),
  "expiry-bounds-ordered": holding({
    expiration: {
      expiringMessages: "optional",
      minExpirationDuration: 90,
      maxExpirationDuration: 60,
      defaultExpirationDuration: undefined,
    },
  }),
  "times-ordered": holding(operational({ LeafNodeUpdateTime: disordered })),
  "required-not-forbidden": holding(
    operational({
      mandatoryCapabilities: capabilitiesWith({ proposals: ["self_remove"] }),
      forbiddenCapabilities: capabilitiesWith({ proposals: ["self_remove"] }),
    }),
  ),
};

const expiry = {
  expiration: {
    expiringMessages: "optional",
    minExpirationDuration: 60,
    maxExpirationDuration: 90,
    defaultExpirationDuration: undefined,
  },
} as const;
const silent = {
  statusNotifications: { deliveryNotifications: "forbidden", readReceipts: "forbidden" },
} as const;

const conduct: Refusals = {
  "sender-is-active": ({ decide }) => decide(room({ alice: 3 }), { kind: "send", user: user("bob") }),
  "asset-host": ({ decideAsset }) => decideAsset(assets(), { ...picture, host: "assets.a.example" }),
  "asset-size": ({ decideAsset }) => decideAsset(assets(), { ...picture, size: 11 }),
  "media-type-permitted": ({ decideMediaType }) =>
    decideMediaType(assets({ forbiddenMediaTypes: [mediaType("image/png")] }), mediaType("image/png")),
  "download-type": ({ decideDownload }) => decideDownload(assets(), "hubProxy"),
  "notification-allowed": ({ decideNotification }) => decideNotification(silent, "read", true),
  "link-preview-allowed": ({ decideLinkPreview }) =>
    decideLinkPreview({ linkPreview: links }, { does: "sendPreview", done: true }),
  "expiry-allowed": ({ decideExpiration }) => decideExpiration(expiry, 91),
  "history-allowed": ({ decideHistory }) =>
    decideHistory({ history }, { role: 2, automatically: false, age: 0 }),
  "bot-allowed": ({ decideBot }) =>
    decideBot({ bots: { allowedBots: [dealer] } }, "dealer", { does: "targetMessage" }),
  "epoch-tolerance": ({ decideEpochAge }) => decideEpochAge(operational(), 3, 5),
  "handshake-format": ({ decideHandshakeFormat }) =>
    decideHandshakeFormat(operational(), "mls_private_message"),
  "key-package-lifetime": ({ decideKeyPackageLifetime }) => decideKeyPackageLifetime(operational(), 101),
  "credential-lifetime": ({ decideCredentialLifetime }) => decideCredentialLifetime(operational(), 201),
  "leaf-update-time": ({ decideLeafAge }) => decideLeafAge(operational(), 31),
  padding: ({ decidePadding }) => decidePadding(operational(), 31),
  "client-capabilities": ({ decideSupport }) =>
    decideSupport(
      operational({ mandatoryCapabilities: capabilitiesWith({ proposals: ["self_remove"] }) }),
      {},
    ),
};

/** Bob's role has every capability but one, and he does what takes that one. room-policy-04 §8 */
function withoutCapability(capability: CapabilityName): Asked {
  const capabilities = Object.keys(capabilityRules).filter((each) => each !== capability);
  const state = room({ alice: 3, bob: 2 }, { roles: [role(0), role(1), role(2, { capabilities }), role(3)] });
  return ({ decide }) => decide(state, { kind: "act", user: user("bob"), capability });
}

const names = Object.keys(capabilityRules) as (CapabilityName & PolicyRule)[];

export const conductRefusals: Refusals = {
  ...Object.fromEntries(names.map((name) => [name, withoutCapability(name)])),
  ...wholePolicies,
  ...contents,
  ...conduct,
};
