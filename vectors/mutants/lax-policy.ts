/** Hubs that lack one rule of a room's policy each: what the model refuses by that rule, they allow. */
import { type PolicyState, policyRules } from "../../spec-model/room/index.ts";
import { decideWritten, type WrittenRequest } from "../format/policy-request.ts";
import { actRules } from "../generate/policy/act-cases.ts";
import { contradictionRules } from "../generate/policy/contradiction-cases.ts";
import { creationRules } from "../generate/policy/creation-cases.ts";
import { outsideRules } from "../generate/policy/outside-cases.ts";
import { ownRules } from "../generate/policy/own-cases.ts";
import { readingRules } from "../generate/policy/readings/index.ts";
import type { LoadedCase } from "../verify/index.ts";

/** The rules that the vectors are about so far. */
const rules: readonly (keyof typeof policyRules)[] = [
  "authorised-role-change",
  "canAddOwnClient",
  "canAddParticipant",
  "canBan",
  "canChangeMlsOperationalPolicies",
  "canChangePreauthorizedUserList",
  "canChangeRoleDefinitions",
  "canChangeRoomAvatar",
  "canChangeRoomDescription",
  "canChangeRoomMembershipStyle",
  "canChangeRoomMood",
  "canChangeRoomName",
  "canChangeRoomSubject",
  "canChangeUserRole",
  "canCreateJoinCode",
  "canDeleteJoinCode",
  "canKick",
  "canOpenJoin",
  "canRemoveOwnClient",
  "canRemoveParticipant",
  "canReportAbuse",
  "canSendMLSReinitProposal",
  "canSendMessage",
  "canUnBan",
  "committer-is-participant",
  "entry-role",
  "fixed-membership",
  "join-code-valid",
  "joins-as-participant",
  "max-clients",
  "max-users",
  "role-limits",
  "sender-is-active",
  "single-device",
  ...creationRules,
  ...ownRules,
  ...outsideRules,
  ...contradictionRules,
  ...readingRules,
  ...(actRules as (keyof typeof policyRules)[]),
];

export const laxPolicies = rules.map((rule) => ({
  id: `policy without ${rule}`,
  says: `does not see to it: ${policyRules[rule].says}`,
  survives: (each: LoadedCase) => each.operation === "policy.decide" && refusingRule(each) === rule,
}));

function refusingRule({ input }: LoadedCase): string | undefined {
  const { state, request } = input;
  const decision = decideWritten(state as unknown as PolicyState, request as unknown as WrittenRequest);
  return decision.allowed ? undefined : decision.rule;
}
