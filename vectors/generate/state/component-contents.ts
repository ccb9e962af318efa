/** What a component refuses of its own data, whatever the rest of the room is. room-policy-04 §3 to §7 */
import { hex } from "../../../spec-model/bytes.ts";
import {
  AssetPolicy,
  type componentIds,
  LinkPreviewPolicy,
  LoggingPolicy,
  MessageExpiration,
  nothingOfMls,
  OperationalParameters,
  plainOperationalParameters,
  type Role,
  RoleData,
} from "../../../spec-model/room/structures/index.ts";
import type { Level, VectorCase } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";

interface Fault {
  readonly slug: string;
  readonly path: string;
  readonly op: string;
  readonly update: Uint8Array;
  /** MUST where the draft says so; otherwise nobody could follow such a policy. */
  readonly level: Level;
}

interface Contents {
  readonly right: Uint8Array;
  readonly faults: readonly Fault[];
}

export const contentRules: Readonly<Partial<Record<keyof typeof componentIds, () => Contents>>> = {
  roles_list: roles,
  link_preview_policy: linkPreviews,
  asset_policy: assets,
  logging_policy: logging,
  message_expiration_policy: expiration,
  mls_operational_policy: operation,
};

/** A right update of the component, and what is wrong with others like it. */
export function contentCases(id: string, { right, faults }: Contents): VectorCase[] {
  const data = hex(right);
  const parent = positive({
    id: `${id}-sound`,
    comment: "data that the component takes",
    outcome: "applied",
    input: { updates: [data] },
    output: { data },
  });
  const wrong = faults.map(({ slug, path, op, update, level }) =>
    negative(parent, {
      ...{ slug, flag: "Contents", path, op, level },
      outcome: "refused",
      change: { updates: [hex(update)] },
    }),
  );
  return [parent, ...wrong];
}

const faulty =
  <T>(codec: { encode(value: T): Uint8Array }, right: T) =>
  (slug: string, level: Level, path: string, op: string, change: Partial<T>): Fault => ({
    ...{ slug, level, path, op },
    update: codec.encode({ ...right, ...change }),
  });

function role(roleIndex: number, limits: Partial<Role> = {}): Role {
  return {
    roleIndex,
    roleName: `role ${roleIndex}`,
    roleDescription: "",
    roleCapabilities: [],
    minimumParticipantsConstraint: 1,
    maximumParticipantsConstraint: 2,
    minimumActiveParticipantsConstraint: 1,
    maximumActiveParticipantsConstraint: 2,
    authorizedRoleChanges: [],
    ...limits,
  };
}

function roles(): Contents {
  const right = { roles: [role(2), role(3)] };
  const wrong = faulty(RoleData, right);
  const limits = "RoleData.roles";
  return {
    right: RoleData.encode(right),
    faults: [
      wrong("index-twice", "SHOULD", `${limits}.role_index`, "two roles have one index", {
        roles: [role(2), role(2)],
      }),
      wrong("limits", "SHOULD", limits, "a minimum is above its maximum", {
        roles: [role(2), role(3, { minimumParticipantsConstraint: 3 })],
      }),
      wrong("active-limits", "SHOULD", limits, "a minimum of active participants is above its maximum", {
        roles: [role(2), role(3, { minimumActiveParticipantsConstraint: 3 })],
      }),
    ],
  };
}

function linkPreviews(): Contents {
  const right: LinkPreviewPolicy = {
    autodetectHyperlinksInText: "optional",
    sendLinkPreviews: "optional",
    automaticLinkPreviews: "optional",
    linkPreviewProxyUse: "optional",
    linkPreviewProxy: [{ uri: "https://proxy.a.example" }],
  };
  const wrong = faulty(LinkPreviewPolicy, right);
  return {
    right: LinkPreviewPolicy.encode(right),
    faults: [
      wrong("links-required", "MUST", "autodetect_hyperlinks_in_text", "links in text have to be detected", {
        autodetectHyperlinksInText: "required",
      }),
      wrong("no-proxy", "MUST", "link_preview_proxy", "previews may go through a proxy, and none is named", {
        linkPreviewProxyUse: "optional",
        linkPreviewProxy: [],
      }),
    ],
  };
}

function assets(): Contents {
  const privacy: AssetPolicy["downloadPrivacy"] = {
    allowedDownloadTypes: ["ohttp", "direct"],
    forbiddenDownloadTypes: ["hubProxy"],
    defaultDownloadType: "ohttp",
  };
  const right: AssetPolicy = {
    assetUploadLocation: "hub",
    uploadDomains: [{ provider: { domain: "hub.example" }, assetUploadDestinations: [] }],
    downloadPrivacy: privacy,
    ...{ maxImage: 1n, maxAudio: 1n, maxVideo: 1n, maxAttachment: 1n },
    forbiddenMediaTypes: [],
    permittedMediaTypes: undefined,
  };
  const wrong = faulty(AssetPolicy, right);
  const place = "download_privacy.default_download_type";
  return {
    right: AssetPolicy.encode(right),
    faults: [
      wrong("default-not-allowed", "SHOULD", place, "the default way to download is not allowed", {
        downloadPrivacy: { ...privacy, allowedDownloadTypes: ["direct"] },
      }),
      wrong("default-forbidden", "SHOULD", place, "the default way to download is forbidden", {
        downloadPrivacy: { ...privacy, forbiddenDownloadTypes: ["ohttp"] },
      }),
      wrong("hub-without-domains", "MUST", "upload_domains", "assets go to the hub, which has no domains", {
        uploadDomains: [],
      }),
    ],
  };
}

function logging(): Contents {
  const client = (name: string) => ({ uri: `mimi://b.example/d/log/${name}` });
  const uris = { machineReadablePolicy: { uri: "" }, humanReadablePolicy: { uri: "" } };
  const right: LoggingPolicy = { logging: "required", loggingClients: [client("1")], ...uris };
  const wrong = faulty(LoggingPolicy, right);
  return {
    right: LoggingPolicy.encode(right),
    faults: [
      wrong("nobody", "MUST", "logging_clients", "logging is required, and nobody logs", {
        ...{ logging: "required", ...uris },
        loggingClients: [],
      }),
      wrong("two-of-one", "SHOULD", "logging_clients", "two clients of one provider log", {
        ...{ logging: "required", ...uris },
        loggingClients: [client("1"), client("2")],
      }),
    ],
  };
}

function expiration(): Contents {
  const right: MessageExpiration = {
    expiringMessages: "optional",
    ...{ minExpirationDuration: 60, maxExpirationDuration: 90, defaultExpirationDuration: 70 },
  };
  const wrong = faulty(MessageExpiration, right);
  const bounds = (least: number, usual: number, most: number): MessageExpiration => ({
    expiringMessages: "optional",
    ...{
      minExpirationDuration: least,
      maxExpirationDuration: most,
      defaultExpirationDuration: usual,
    },
  });
  return {
    right: MessageExpiration.encode(right),
    faults: [
      wrong(
        "default-above",
        "SHOULD",
        "default_expiration_duration",
        "the default is above the longest time",
        bounds(60, 91, 90),
      ),
      wrong(
        "default-below",
        "SHOULD",
        "default_expiration_duration",
        "the default is below the shortest time",
        bounds(60, 59, 90),
      ),
    ],
  };
}

function operation(): Contents {
  const right = plainOperationalParameters({
    mandatoryCapabilities: { ...nothingOfMls, componentIds: [37] },
    pendingProposalPolicy: {
      pendingProposalStrategy: "random_delay",
      minimumDelayMs: 10n,
      maximumDelayMs: 20n,
    },
  });
  const times = right.LeafNodeUpdateTime;
  const wrong = faulty(OperationalParameters, right);
  return {
    right: OperationalParameters.encode(right),
    faults: [
      wrong("default-below", "SHOULD", "LeafNode_update_time", "the default is below the minimum", {
        LeafNodeUpdateTime: { ...times, defaultTime: 9n },
      }),
      wrong("default-above", "SHOULD", "buffer_incoming_message_time", "the default is above the maximum", {
        bufferIncomingMessageTime: { ...times, defaultTime: 31n },
      }),
      wrong("delays", "SHOULD", "pending_proposal_policy", "the shortest delay is above the longest", {
        pendingProposalPolicy: {
          pendingProposalStrategy: "random_delay",
          minimumDelayMs: 21n,
          maximumDelayMs: 20n,
        },
      }),
      wrong(
        "mandatory-and-forbidden",
        "SHOULD",
        "forbidden_capabilities",
        "a mandatory component is forbidden",
        { forbiddenCapabilities: { ...nothingOfMls, componentIds: [37] } },
      ),
    ],
  };
}
