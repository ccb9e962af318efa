/** Rooms: their components, their participants and what their policy allows. */
export { attempt, isRefused } from "./attempt.ts";
export { decideContents } from "./components/contents.ts";
export { policyIn, policyPart } from "./components/read-policy.ts";
export { rolesOf } from "./components/roles.ts";
export { roomComponentLogic, roomComponentLogicReading } from "./components/update-logic.ts";
export * from "./conduct/index.ts";
export { cooperativeRoles } from "./cooperative-roles.ts";
export {
  clientCredential,
  type Holder,
  holderOf,
  holderOfUri,
  providerCredential,
  providerOf,
} from "./credentials.ts";
export { readDescription } from "./descriptions.ts";
export { type ExampleName, type ExamplePolicy, examplePolicies } from "./examples/index.ts";
export type {
  Author,
  Change,
  CommitFacts,
  ComponentChange,
  MemberClient,
  Participant,
  ProposalFacts,
  Refused,
  RoomFacts,
} from "./facts.ts";
export { effectiveState, policyAfter, roomAfter } from "./fold.ts";
export { encodeParticipants, type IndexReading } from "./participant-list.ts";
export * from "./policy/index.ts";
export type { BaseRules, ClaimFacts, Plain, Preauthorization, Role, RoomPolicy } from "./policy-facts.ts";
export {
  epochNumber,
  laterGroup,
  participantsIn,
  policyStateOf,
  rolesIn,
  roomFacts,
  roomOfGroup,
} from "./read-group.ts";
export { authorOf, proposalFacts } from "./read-proposals.ts";
export { RoomError } from "./room-error.ts";
