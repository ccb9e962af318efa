/** Rooms: their components, their participants and what their policy allows. */
export { attempt, isRefused } from "./attempt.ts";
export { roomComponentLogic } from "./component-logic.ts";
export { cooperativeRoles } from "./cooperative-roles.ts";
export {
  clientCredential,
  type Holder,
  holderOf,
  holderOfUri,
  providerCredential,
  providerOf,
} from "./credentials.ts";
export type {
  Author,
  Change,
  CommitFacts,
  MemberClient,
  Participant,
  ProposalFacts,
  Refused,
  RoomFacts,
} from "./facts.ts";
export { roomAfter } from "./fold.ts";
export { encodeParticipants } from "./participant-list.ts";
export {
  type Decision,
  decideHandshake,
  decideTogether,
  mayJoinExternally,
  maySend,
  type PolicyState,
  type Role,
} from "./policy.ts";
export { epochNumber, participantsIn, RoomError, rolesIn, roomFacts, roomOfGroup } from "./read-group.ts";
export { authorOf, proposalFacts } from "./read-proposals.ts";
