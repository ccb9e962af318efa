/** What a hub knows of the reports about a room, and the questions it decides a new one by. protocol-06 §5.9 */
import { domainOfUri } from "../identifiers/index.ts";
import type { Refused } from "../room/index.ts";
import { type MessageVerdict, type ReportedMessageRule, reportedMessageRules } from "./examine.ts";
import type { AbuseVariants } from "./variants.ts";

/** A report that the hub has accepted. */
export interface AbuseRecord {
  readonly name: string;
  /** The provider that it came through. */
  readonly from: string;
  /** Empty where the reporter is not named. */
  readonly reporter: string;
  readonly alleged: string;
  readonly note: string;
  readonly messages: readonly MessageVerdict[];
}

export interface ReportContext {
  readonly room: string;
  readonly variants: AbuseVariants;
  readonly records: readonly AbuseRecord[];
}

/** What is known of a report before it is decided on. */
export interface ReportFacts extends AbuseRecord {
  /** Whether a user of the provider that it came through is in the participant list. */
  readonly providerTakesPart: boolean;
  /** The user behind the client that asked, where that is the hub's own. */
  readonly asker: string | undefined;
  /** Whether the named reporter's role has canReportAbuse. */
  readonly mayReport: boolean;
}

export interface ReportEvent {
  readonly type: "reported";
  readonly report: ReportFacts | Refused;
}

/** What the refusals of a report as a whole ask; those of its messages are in reportedMessageRules. */
export const reportRules = {
  malformed: "the body is an AbuseReport",
  ofParticipants: "the report comes through a provider with participants in the room",
  reporterOfProvider: "the reporting user is of the provider that the report comes through",
  reporterNamed: "the reporting user is named",
  reporterMayReport: "the reporting user's role has canReportAbuse",
  senderIsAlleged: "the alleged abuser has sent the reported messages",
} as const;

export type ReportRule = keyof typeof reportRules | ReportedMessageRule;

/** Why a report is refused, with the HTTP status that the model answers. The draft leaves the status open. */
export interface ReportRefusal {
  readonly rule: ReportRule;
  readonly says: string;
  readonly status: 400 | 403;
}

export function refusal(rule: ReportRule, status: ReportRefusal["status"]): ReportRefusal {
  const says = { ...reportRules, ...reportedMessageRules }[rule];
  return { rule, says, status };
}

export function comesFromStrangers({ providerTakesPart }: ReportFacts): boolean {
  return !providerTakesPart;
}

export function namesAnotherAsReporter({ variants }: ReportContext, report: ReportFacts): boolean {
  const { reporter, from, asker } = report;
  if (reporter === "" || variants.reporterDomain === "unchecked") return false;
  return asker === undefined ? domainOfUri(reporter) !== from : reporter !== asker;
}

export function lacksName({ variants }: ReportContext, { reporter }: ReportFacts): boolean {
  return reporter === "" && variants.anonymous === "refused";
}

export function mayNotReport({ variants }: ReportContext, { reporter, mayReport }: ReportFacts): boolean {
  return reporter !== "" && variants.reporterRole === "canReportAbuse" && !mayReport;
}

/** The first check that one of the messages fails. */
export function brokenRule(report: ReportFacts): ReportedMessageRule | undefined {
  const bad = report.messages.find((message) => !message.verified);
  return bad === undefined || bad.verified ? undefined : bad.rule;
}

export function hasUnverified({ variants }: ReportContext, report: ReportFacts): boolean {
  return variants.unverified === "refuse" && brokenRule(report) !== undefined;
}

export function accusesAnother({ variants }: ReportContext, report: ReportFacts): boolean {
  if (variants.alleged === "recorded") return false;
  return report.messages.some((message) => message.verified && message.sender !== report.alleged);
}

export function isRepeated({ variants, records }: ReportContext, report: ReportFacts): boolean {
  return variants.duplicates === "once" && records.some(({ name }) => name === report.name);
}

export function recorded(context: ReportContext, report: ReportFacts): Pick<ReportContext, "records"> {
  const { name, from, reporter, alleged, note, messages } = report;
  return { records: [...context.records, { name, from, reporter, alleged, note, messages }] };
}
