/**
 * The policies that a hub admits for a room, set when the room is created. arch-03 §4.4 has the idea and no draft a
 * format: here it is the hub's own configuration, and members meet it where the hub refuses a change.
 */
import type { BaseRules } from "../policy-facts.ts";
import { componentIds } from "../structures/index.ts";
import { all, allowed, type Decision, refuse } from "./decision.ts";
import type { PolicyState } from "./state.ts";

/** Bounds of a room's policy; what is not there is not bounded. */
export interface PolicyEnvelope {
  /** The room's own limits on users and clients are there, and no higher. */
  readonly maxUsers?: number;
  readonly maxClients?: number;
  /** What the base policy has to say. */
  readonly base?: Partial<Pick<BaseRules, BaseChoice>>;
  /** The policy components that the room may have besides its base policy and its roles. */
  readonly components?: readonly number[];
}

type BaseChoice =
  | "fixedMembership"
  | "parentDependant"
  | "multiDevice"
  | "pseudonymsAllowed"
  | "persistentRoom"
  | "discoverable";

/** Whether the room's policy lies within its envelope; one without bounds admits every policy. */
export function decideEnvelope(state: PolicyState): Decision {
  return state.envelope === undefined ? allowed : all(bounds, (bound) => bound(state, state.envelope ?? {}));
}

const bounds: readonly ((state: PolicyState, envelope: PolicyEnvelope) => Decision)[] = [
  ({ base }, { maxUsers }) => limit("users", base?.maxUsers, maxUsers),
  ({ base }, { maxClients }) => limit("clients", base?.maxClients, maxClients),
  baseChoices,
  componentsAdmitted,
];

function limit(what: string, own: number | undefined, most: number | undefined): Decision {
  if (most === undefined || (own !== undefined && own <= most)) return allowed;
  return refuse(
    "policy-in-envelope",
    `the room takes ${own ?? "any number of"} ${what}, and may take ${most}`,
  );
}

function baseChoices({ base }: PolicyState, envelope: PolicyEnvelope): Decision {
  return all(Object.entries(envelope.base ?? {}), ([name, wanted]) =>
    base?.[name as BaseChoice] === wanted
      ? allowed
      : refuse("policy-in-envelope", `${name} has to be ${wanted}`),
  );
}

function componentsAdmitted({ components = [] }: PolicyState, envelope: PolicyEnvelope): Decision {
  const { components: admitted } = envelope;
  if (admitted === undefined) return allowed;
  const other = components.find((id) => isPolicy(id) && !admitted.includes(id));
  return other === undefined ? allowed : refuse("policy-in-envelope", `component ${other} is not admitted`);
}

function isPolicy(id: number): boolean {
  const { mls_operational_policy: first, message_expiration_policy: last } = componentIds;
  return id >= first && id <= last && id !== componentIds.base_room_policy && id !== componentIds.roles_list;
}
