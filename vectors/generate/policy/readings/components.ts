/** Policies, and other proposals, that no capability in use speaks of. room-policy-04 §8.6 and §8.7 */
import type { Change } from "../../../../spec-model/room/index.ts";
import { componentIds } from "../../../../spec-model/room/structures/index.ts";
import type { VectorGroup } from "../../../format/case.ts";
import { roomWhere } from "../able-room.ts";
import { type Expected, policyGroup } from "../cases.ts";
import { authorIn, memberOf } from "../people.ts";
import { change, committing, hub, otherProvider, proposing } from "./requests.ts";

export function componentReadings(): VectorGroup[] {
  return [otherPolicies(), frankingAgents(), mlsProposals()];
}

function otherPolicies(): VectorGroup {
  const names = [
    "status_notification_policy",
    "join_link_policy",
    "link_preview_policy",
    "asset_policy",
    "logging_policy",
    "chat_history_policy",
    "bot_policy",
    "message_expiration_policy",
  ] as const;
  const able = roomWhere(["canChangeOtherPolicyAttribute"]);
  const others = roomWhere([
    "canChangeRoomMembershipStyle",
    "canChangeRoleDefinitions",
    "canChangeMlsOperationalPolicies",
  ]);
  return policyGroup(
    "Alice may change what has no capability of its own",
    able,
    names.flatMap((name): Expected[] => {
      const id = `policy-other-${name.replaceAll("_", "-")}`;
      const request = committing(able, change(componentIds[name]));
      return [
        { id, comment: `Alice replaces the ${name}`, request },
        {
          id: `${id}-without`,
          comment: `Alice replaces the ${name}, and her role has other capabilities for policies`,
          state: others,
          request,
          refused: { parent: id, path: "state.roles", op: "the role lacks canChangeOtherPolicyAttribute" },
        },
      ];
    }),
  );
}

/** protocol-06 §5.4.1 */
function frankingAgents(): VectorGroup {
  const able = roomWhere(["canChangeOtherPolicyAttribute"]);
  const has = { ...able, components: [componentIds.roles_list, componentIds.franking_signature_key] };
  const agent = change(componentIds.franking_signature_key);
  const parent = "policy-franking-agent";
  return policyGroup("Alice gives a room a franking agent", able, [
    { id: parent, comment: "a room without one", request: committing(able, agent) },
    {
      id: `${parent}-without`,
      comment: "a room without one, and her role has no capability for it",
      state: roomWhere(["canChangeRoomMembershipStyle"]),
      request: committing(able, agent),
      refused: { parent, path: "state.roles", op: "the role lacks canChangeOtherPolicyAttribute" },
    },
    {
      id: `${parent}-second`,
      comment: "a room that has one",
      state: has,
      request: committing(able, agent),
      refused: { parent, path: "state.components", op: "there is a franking agent already" },
    },
    {
      id: `${parent}-by-hub`,
      comment: "the hub proposes it, and holds no role",
      request: proposing(hub, agent),
      refused: { parent, path: "request.proposals", op: "by the hub, as an external sender" },
    },
  ]);
}

/** protocol-06 §7.4, RFC 9420 §11.2 */
function mlsProposals(): VectorGroup {
  const state = roomWhere(["canSendMLSPSKProposal", "canChangeRoomMembershipStyle"]);
  const other = (proposalType: string): Change => ({ kind: "other", proposalType });
  const extensions = other("group_context_extensions");
  const follows = { ...state, former: [memberOf("alice", 0).client] };
  const parent = "policy-context-by-hub";
  return policyGroup("Other proposals of MLS", state, [
    {
      id: parent,
      comment: "the hub proposes other extensions of the GroupContext",
      request: proposing(hub, extensions),
    },
    {
      id: "policy-context-twice",
      comment: "the hub proposes other extensions of the GroupContext, and others again",
      request: proposing(hub, extensions, extensions),
      refused: { parent, path: "request.proposals", op: "a second change of all extensions" },
    },
    {
      id: "policy-context-by-provider",
      level: "SHOULD",
      comment: "another provider does",
      request: proposing(otherProvider, extensions),
      refused: { parent, path: "request.proposals", op: "by another provider than the hub" },
    },
    {
      id: "policy-context-by-member",
      level: "SHOULD",
      comment: "a member does",
      request: proposing(authorIn(state, "alice"), extensions),
      refused: { parent, path: "request.proposals", op: "by a member" },
    },
    {
      id: "policy-psk-in-successor",
      level: "SHOULD",
      comment: "a pre-shared key in a group that follows another",
      state: follows,
      request: committing(state, other("psk")),
    },
    {
      id: "policy-psk",
      comment: "a pre-shared key in a group that follows none",
      request: committing(state, other("psk")),
      refused: { parent: "policy-psk-in-successor", path: "state.former", op: "there is no former group" },
    },
    {
      id: "policy-update-own",
      comment: "a member without any capability proposes new keys for its leaf",
      request: proposing(authorIn(state, "bob"), { kind: "updateClient", ...memberOf("bob", 1) }),
    },
  ]);
}
