/** What a room's policy allows: one function decides, and says by which rule. */
export { type CapabilityRule, capabilityRules } from "./capabilities.ts";
export { removedWithParent } from "./creation.ts";
export { decide, type PolicyRequest } from "./decide.ts";
export type { Decision } from "./decision.ts";
export { type EntryPath, entryPaths, mayJoinExternally } from "./entry.ts";
export type { PolicyEnvelope } from "./envelope.ts";
export {
  decideCommit,
  decideHandshake,
  decideProposals,
  jointlyCommittable,
  type ProposedCommit,
} from "./handshake.ts";
export { type JoinCode, newJoinCode, spendJoinCode, validJoinCodes } from "./join-codes.ts";
export { decideNewGroup, isDiscoverable, isOver } from "./lifetime.ts";
export { decideMessage, type MessageAct, mayReceive, maySend } from "./messages.ts";
export { type OpenQuestion, openQuestions, type SettledReading, settledReadings } from "./open-questions.ts";
export { type BasicClaim, basicClaim } from "./preauthorization.ts";
export { type PolicyRule, policyRules, type RuleText } from "./rules.ts";
export { bannedRole, type PolicyState, unlistedRole } from "./state.ts";
export { decideTogether } from "./together.ts";
export { defaultVariants, type PolicyVariants } from "./variants.ts";
