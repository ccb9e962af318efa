/** What the content of each policy component has to be, whatever the rest of the room. room-policy-04 §3 to §7 */
import { domainOfUri } from "../../identifiers/index.ts";
import { all, allowed, type Decision, refuse } from "../policy/decision.ts";
import type { Plain, RoomPolicy } from "../policy-facts.ts";
import type { MinDefaultMaxTime } from "../structures/index.ts";

/** Whether these parts of a policy are well-formed, each for itself. */
export function decideContents(parts: Partial<RoomPolicy>): Decision {
  return all(checks, (check) => check(parts));
}

const checks: readonly ((parts: Partial<RoomPolicy>) => Decision)[] = [
  roles,
  linkPreview,
  assets,
  logging,
  expiration,
  operational,
];

function roles({ roles: given = [] }: Partial<RoomPolicy>): Decision {
  const indices = given.map((role) => role.index);
  const twice = indices.find((index, i) => indices.indexOf(index) !== i);
  if (twice !== undefined) return refuse("role-indices-distinct", `there are two roles ${twice}`);
  return all(given, (role) => {
    const ordered =
      role.minimumParticipants <= (role.maximumParticipants ?? Number.POSITIVE_INFINITY) &&
      role.minimumActiveParticipants <= (role.maximumActiveParticipants ?? Number.POSITIVE_INFINITY);
    return ordered
      ? allowed
      : refuse("role-limits-ordered", `a minimum of ${role.name} is above its maximum`);
  });
}

/** room-policy-04 §6.3 */
function linkPreview({ linkPreview: policy }: Partial<RoomPolicy>): Decision {
  if (policy === undefined) return allowed;
  if (policy.autodetectHyperlinksInText === "required") {
    return refuse("hyperlinks-not-required", "detecting links is required");
  }
  if (policy.linkPreviewProxyUse === "forbidden") return allowed;
  const named = policy.linkPreviewProxy.some(({ uri }) => uri !== "");
  return named ? allowed : refuse("preview-proxy-named", "there is no preview proxy");
}

/** room-policy-04 §6.4 */
function assets({ assets: policy }: Partial<RoomPolicy>): Decision {
  if (policy === undefined) return allowed;
  if (policy.assetUploadLocation === "hub" && policy.uploadDomains.length !== 1) {
    return refuse("hub-assets-one-provider", `${policy.uploadDomains.length} providers are listed`);
  }
  const { allowedDownloadTypes, forbiddenDownloadTypes, defaultDownloadType } = policy.downloadPrivacy;
  const fits =
    allowedDownloadTypes.includes(defaultDownloadType) &&
    !forbiddenDownloadTypes.includes(defaultDownloadType);
  return fits ? allowed : refuse("download-default-allowed", `${defaultDownloadType} is the default`);
}

/** room-policy-04 §6.5 */
function logging({ logging: policy }: Partial<RoomPolicy>): Decision {
  if (policy === undefined || policy.logging === "forbidden") return allowed;
  const providers = policy.loggingClients.map(({ uri }) => domainOfUri(uri));
  if (policy.logging === "required" && providers.length === 0) {
    return refuse("logging-client-named", "there is no logging client");
  }
  const twice = providers.find((domain, i) => providers.indexOf(domain) !== i);
  if (twice === undefined) return allowed;
  return refuse("one-logger-per-provider", `${twice} has two logging clients`);
}

/** room-policy-04 §6.8 */
function expiration({ expiration: policy }: Partial<RoomPolicy>): Decision {
  if (policy === undefined || policy.expiringMessages === "forbidden") return allowed;
  const { minExpirationDuration: minimum, maxExpirationDuration: maximum } = policy;
  const usual = policy.defaultExpirationDuration ?? minimum;
  if (minimum <= usual && usual <= maximum) return allowed;
  return refuse("expiry-bounds-ordered", `${minimum}, ${usual} and ${maximum} seconds`);
}

/** room-policy-04 §7.1 */
function operational({ operational: policy }: Partial<RoomPolicy>): Decision {
  if (policy === undefined) return allowed;
  const times: readonly Plain<MinDefaultMaxTime>[] = [
    policy.LeafNodeUpdateTime,
    policy.senderNonceKeypairLifetime,
    policy.bufferIncomingMessageTime,
  ];
  const ordered = all(times, ({ minimumTime, defaultTime, maximumTime }) =>
    minimumTime <= defaultTime && defaultTime <= maximumTime
      ? allowed
      : refuse("times-ordered", `${minimumTime}, ${defaultTime} and ${maximumTime}`),
  );
  if (!ordered.allowed) return ordered;
  const { pendingProposalPolicy: pending } = policy;
  if (pending.pendingProposalStrategy === "random_delay" && pending.minimumDelayMs > pending.maximumDelayMs) {
    return refuse("times-ordered", `a delay from ${pending.minimumDelayMs} to ${pending.maximumDelayMs} ms`);
  }
  return mandatoryNotForbidden(policy);
}

function mandatoryNotForbidden(policy: NonNullable<RoomPolicy["operational"]>): Decision {
  const forbidden: Readonly<Record<string, readonly unknown[]>> = policy.forbiddenCapabilities;
  return all(Object.entries(policy.mandatoryCapabilities), ([field, wanted]) => {
    const without = new Set((forbidden[field] ?? []).map((each) => JSON.stringify(each)));
    const both = wanted.find((each) => without.has(JSON.stringify(each)));
    return both === undefined
      ? allowed
      : refuse("required-not-forbidden", `${field}: ${JSON.stringify(both)}`);
  });
}
