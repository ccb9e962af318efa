/** How the model reads what room-policy-04 leaves open. The questions, with reasons, are in open-questions.ts. */

/** One choice for each open question. */
export interface PolicyVariants {
  readonly limits: "net" | "stepwise";
  readonly authorizationBase: "effective" | "epochContext";
  readonly unban: "onlyCanUnBan" | "literal";
  readonly fixedEntry: "noWayIn" | "literal";
  readonly fixedRemoval: "nobody" | "byCapability";
  readonly parentSubset: "strict" | "subsetOrEqual";
  readonly parentRemoval: "hub" | "byCapability";
  readonly singleDevice: "perUser" | "perRoom";
  readonly minimaAtCreation: "onceMet" | "atOnce";
  readonly preauthorizedRole: "indexed" | "embedded";
  readonly emptyClaimset: "matchesEverybody" | "matchesNobody";
  readonly clientsOfListed: "withAddition" | "canAddParticipant";
  readonly kick: "anyClients" | "allClients";
  readonly joinCodeRole: "codeAndRoleZero" | "code";
  readonly otherPolicies: OtherPolicies;
  readonly operationalPolicy: "canChangeMlsOperationalPolicies" | "otherPolicies" | "nobody";
  readonly joinLinkChanges: "joinCodeCapabilities" | "otherPolicies" | "nobody";
  readonly frankingAgent: "otherPolicies" | "hub" | "nobody";
  readonly contextExtensions: "hub" | "nobody";
  readonly leafUpdates: "everybody" | "canSendMLSUpdateProposal";
  readonly pskProposals: "nobody" | "canSendMLSPSKProposal";
  readonly submitting: "canSendMessage" | "anyMessageCapability";
  readonly listedComponents: "enforced" | "ignored";
}

type OtherPolicies =
  | "canChangeOtherPolicyAttribute"
  | "canChangeRoomMembershipStyle"
  | "canChangeRoleDefinitions"
  | "nobody";

export const defaultVariants: PolicyVariants = {
  limits: "net",
  authorizationBase: "effective",
  unban: "onlyCanUnBan",
  fixedEntry: "noWayIn",
  fixedRemoval: "nobody",
  parentSubset: "strict",
  parentRemoval: "hub",
  singleDevice: "perUser",
  minimaAtCreation: "onceMet",
  preauthorizedRole: "indexed",
  emptyClaimset: "matchesEverybody",
  clientsOfListed: "withAddition",
  kick: "anyClients",
  joinCodeRole: "codeAndRoleZero",
  otherPolicies: "canChangeOtherPolicyAttribute",
  operationalPolicy: "canChangeMlsOperationalPolicies",
  joinLinkChanges: "joinCodeCapabilities",
  frankingAgent: "otherPolicies",
  contextExtensions: "hub",
  leafUpdates: "everybody",
  pskProposals: "nobody",
  submitting: "canSendMessage",
  listedComponents: "enforced",
};
