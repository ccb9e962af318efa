/** Who may change metadata, policies and what else MLS proposals change. room-policy-04 §8.2, §8.6 and §8.7 */
import type { Change, ComponentChange } from "../facts.ts";
import { componentIds } from "../structures/index.ts";
import { all, allowed, type Decision, refuse } from "./decision.ts";
import type { Case } from "./membership.ts";
import type { PolicyRule } from "./rules.ts";
import { needs } from "./state.ts";

type Of<Kind extends Change["kind"]> = Extract<Change, { kind: Kind }>;

/** Without these a room is no room: they are replaced and never removed. protocol-06 §7 */
const needed: readonly number[] = [
  componentIds.participant_list,
  componentIds.room_metadata,
  componentIds.roles_list,
  componentIds.base_room_policy,
];

const metadataCapabilities: Readonly<Record<string, PolicyRule>> = {
  room_name: "canChangeRoomName",
  room_descriptions: "canChangeRoomDescription",
  room_avatar: "canChangeRoomAvatar",
  room_subject: "canChangeRoomSubject",
  room_mood: "canChangeRoomMood",
};

/** Every changed field needs its capability; the room's own URI has none. room-policy-04 §8.2 */
export function decideChangeMetadata({ actor }: Case, { fields }: Of<"changeMetadata">): Decision {
  return all(fields, (field) => {
    const capability = metadataCapabilities[field];
    if (capability === undefined) return refuse("metadata-field-is-changeable", `${field} has no capability`);
    return needs(actor, capability);
  });
}

export function decideChangeComponent(given: Case, change: ComponentChange): Decision {
  const { component, op } = change;
  if (op === "remove" && needed.includes(component)) {
    return refuse("component-is-needed", `component ${component} is removed`);
  }
  switch (component) {
    case componentIds.roles_list:
      return needs(given.actor, "canChangeRoleDefinitions");
    case componentIds.preauth_list:
      return needs(given.actor, "canChangePreauthorizedUserList");
    case componentIds.base_room_policy:
      return needs(given.actor, "canChangeRoomMembershipStyle");
    case componentIds.mls_operational_policy:
      return decideOperationalPolicy(given);
    case componentIds.join_links:
      return decideJoinLinks(given, change);
    case componentIds.franking_signature_key:
      return decideFrankingAgent(given);
    default:
      return isPolicy(component)
        ? decideOtherPolicy(given)
        : refuse("component-is-known", `component ${component} is none of a room's policies`);
  }
}

/** What MLS proposals change that is neither list, clients nor components. */
export function decideOther({ state, actor, variants }: Case, { proposalType }: Of<"other">): Decision {
  switch (proposalType) {
    case "reinit":
      return needs(actor, "canSendMLSReinitProposal");
    case "psk":
      // The first commit of a group that follows another cannot be without the link.
      if (state.former !== undefined) return allowed;
      return variants.pskProposals === "nobody"
        ? refuse("change-is-known", "no capability in use authorises a pre-shared key")
        : needs(actor, "canSendMLSPSKProposal");
    case "group_context_extensions": {
      const isHub = actor.author.kind === "provider" && actor.author.domain === state.hub;
      if (isHub && variants.contextExtensions === "hub") return allowed;
      return refuse("change-is-known", "no capability authorises other extensions of the GroupContext");
    }
    default:
      return refuse("change-is-known", `no capability authorises a proposal of type ${proposalType}`);
  }
}

export function decideUpdateClient({ actor, variants }: Case): Decision {
  return variants.leafUpdates === "everybody" ? allowed : needs(actor, "canSendMLSUpdateProposal");
}

function decideOperationalPolicy(given: Case): Decision {
  const { actor, variants } = given;
  if (variants.operationalPolicy === "otherPolicies") return decideOtherPolicy(given);
  if (variants.operationalPolicy === "nobody") return nobody("the operational policy");
  return needs(actor, variants.operationalPolicy);
}

function decideJoinLinks(given: Case, { op, links }: ComponentChange): Decision {
  const { actor, variants } = given;
  if (variants.joinLinkChanges === "otherPolicies") return decideOtherPolicy(given);
  if (variants.joinLinkChanges === "nobody") return nobody("the join links");
  const adds = links === undefined || links.added.length > 0;
  const removes = op === "remove" || links === undefined || links.removed.length > 0;
  const capabilities: readonly PolicyRule[] = [
    ...(adds && op !== "remove" ? (["canCreateJoinCode"] as const) : []),
    ...(removes ? (["canDeleteJoinCode"] as const) : []),
  ];
  return all(capabilities, (capability) => needs(actor, capability));
}

function decideFrankingAgent(given: Case): Decision {
  const { state, actor, variants } = given;
  if (state.components?.includes(componentIds.franking_signature_key)) {
    return refuse("franking-agent-stays", "there is a franking agent already");
  }
  if (variants.frankingAgent === "otherPolicies") return decideOtherPolicy(given);
  const isHub = actor.author.kind === "provider" && actor.author.domain === state.hub;
  return variants.frankingAgent === "hub" && isHub ? allowed : nobody("the franking agent");
}

function decideOtherPolicy({ actor, variants }: Case): Decision {
  if (variants.otherPolicies === "nobody") return nobody("policies without a capability of their own");
  return needs(actor, variants.otherPolicies);
}

function isPolicy(component: number): boolean {
  return (
    component >= componentIds.mls_operational_policy && component <= componentIds.message_expiration_policy
  );
}

function nobody(what: string): Decision {
  return refuse("component-has-capability", `nobody may change ${what}`);
}
