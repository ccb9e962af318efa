/** Reports of abusive messages. */
export { type Complaint, composeReport } from "./compose.ts";
export {
  examineReported,
  type HubKeyInUse,
  type MessageVerdict,
  type ReportDesk,
  type ReportedMessageRule,
  reportedMessageRules,
} from "./examine.ts";
export { reportMachine } from "./report-machine.ts";
export {
  type AbuseRecord,
  type ReportContext,
  type ReportFacts,
  type ReportRefusal,
  type ReportRule,
  reportRules,
} from "./report-rules.ts";
export * from "./structures.ts";
export {
  type AbuseQuestion,
  type AbuseVariants,
  abuseQuestions,
  defaultAbuseVariants,
} from "./variants.ts";
