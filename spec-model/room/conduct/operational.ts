/** How clients and hubs run the room's group. Times are in seconds. room-policy-04 §7.1 */
import { all, allowed, type Decision, refuse } from "../policy/decision.ts";
import type { Plain, RoomPolicy } from "../policy-facts.ts";
import type { ExtendedCapabilities } from "../structures/index.ts";

type Policy = Pick<Partial<RoomPolicy>, "operational">;

/** Whether the hub takes an application message of `epoch` while the group is in `current`. protocol-06 §5.4 */
export function decideEpochAge({ operational }: Policy, epoch: number, current: number): Decision {
  const tolerance = operational?.appMessagePolicy.epochTolerance ?? 0;
  if (epoch > current) return refuse("epoch-tolerance", `epoch ${epoch} is still to come`);
  if (current - epoch <= tolerance) return allowed;
  return refuse("epoch-tolerance", `epoch ${epoch} is ${current - epoch} epochs old`);
}

/** An empty list of formats takes no position. */
export function decideHandshakeFormat({ operational }: Policy, wireFormat: string | number): Decision {
  const formats: readonly (string | number)[] = operational?.handshakeFormats ?? [];
  if (formats.length === 0 || formats.includes(wireFormat)) return allowed;
  return refuse("handshake-format", `${wireFormat} is not listed`);
}

export function decideKeyPackageLifetime({ operational }: Policy, seconds: number): Decision {
  return within("key-package-lifetime", seconds, operational?.maxKpLifetime);
}

export function decideCredentialLifetime({ operational }: Policy, seconds: number): Decision {
  return within("credential-lifetime", seconds, operational?.maxCredentialLifetime);
}

/** Whether a leaf whose keys are that old may stay. */
export function decideLeafAge({ operational }: Policy, seconds: number): Decision {
  return within("leaf-update-time", seconds, operational?.LeafNodeUpdateTime.maximumTime);
}

/** Whether it is time for a member to renew its leaf: not before the minimum, at the default. */
export function leafUpdateIsDue({ operational }: Policy, seconds: number): boolean {
  return operational !== undefined && seconds >= operational.LeafNodeUpdateTime.defaultTime;
}

/** Whether a padded content has one of the sizes that hide its own; `octets` are those of content and padding. */
export function decidePadding({ operational }: Policy, octets: number): Decision {
  const block = operational?.appMessagePolicy.padToSize ?? 0;
  if (block === 0 || octets % block === 0) return allowed;
  return refuse("padding", `${octets} octets are no multiple of ${block}`);
}

/** When a member commits what is pending, in milliseconds; `draw` is in [0, 1). Undefined: it is left to the client. */
export function pendingProposalDelay({ operational }: Policy, draw: number): number | undefined {
  const policy = operational?.pendingProposalPolicy;
  if (policy === undefined || policy.pendingProposalStrategy === "unspecified") return undefined;
  if (policy.pendingProposalStrategy === "immediate_commit") return 0;
  const { minimumDelayMs, maximumDelayMs } = policy;
  return minimumDelayMs + Math.floor(draw * (maximumDelayMs - minimumDelayMs + 1));
}

/** What a client supports has to include all that is mandatory. */
export function decideSupport(
  { operational }: Policy,
  supported: Partial<Plain<ExtendedCapabilities>>,
): Decision {
  if (operational === undefined) return allowed;
  return all(Object.entries(operational.mandatoryCapabilities), ([field, wanted]) => {
    const missing = wanted.find((each) => !includes(supported, field, each));
    return missing === undefined
      ? allowed
      : refuse("client-capabilities", `${field} lacks ${JSON.stringify(missing)}`);
  });
}

/** What is used in the room has to include nothing forbidden. */
export function decideUse({ operational }: Policy, used: Partial<Plain<ExtendedCapabilities>>): Decision {
  if (operational === undefined) return allowed;
  return all(Object.entries(used), ([field, values]) => {
    const forbidden = values.find((each) => includes(operational.forbiddenCapabilities, field, each));
    return forbidden === undefined
      ? allowed
      : refuse("client-capabilities", `${field}: ${JSON.stringify(forbidden)} is forbidden`);
  });
}

/** Values of all kinds are compared by what they say. */
function includes(lists: Partial<Plain<ExtendedCapabilities>>, field: string, value: unknown): boolean {
  const list = (lists as Readonly<Record<string, readonly unknown[]>>)[field] ?? [];
  return list.some((each) => JSON.stringify(each) === JSON.stringify(value));
}

function within(
  rule: "key-package-lifetime" | "credential-lifetime" | "leaf-update-time",
  seconds: number,
  maximum: number | undefined,
): Decision {
  if (maximum === undefined || seconds <= maximum) return allowed;
  return refuse(rule, `${seconds} seconds, and at most ${maximum}`);
}
