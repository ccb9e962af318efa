/** The reports about one room at its hub: which are refused, which are counted. protocol-06 §5.9 */
import { assign, setup } from "xstate";
import { isRefused } from "../room/index.ts";
import type { ReportContext, ReportEvent, ReportFacts, ReportRefusal } from "./report-rules.ts";
import * as rules from "./report-rules.ts";

type Args = { readonly context: ReportContext; readonly event: ReportEvent };

/** A question about a report that could be read. */
const when =
  (holds: (context: ReportContext, report: ReportFacts) => boolean) =>
  ({ context, event }: Args): boolean =>
    !isRefused(event.report) && holds(context, event.report);

const refuse = (rule: rules.ReportRule, status: ReportRefusal["status"]) => ({
  type: "refuse" as const,
  params: () => rules.refusal(rule, status),
});

const refuseForMessage = {
  type: "refuse" as const,
  params: ({ event }: Args) => {
    const broken = isRefused(event.report) ? undefined : rules.brokenRule(event.report);
    return rules.refusal(broken ?? "malformed", 400);
  },
};

export const reportMachine = setup({
  types: {
    context: {} as ReportContext,
    events: {} as ReportEvent,
    input: {} as Pick<ReportContext, "room" | "variants">,
  },
  guards: {
    isMalformed: ({ event }) => isRefused(event.report),
    comesFromStrangers: when((_, report) => rules.comesFromStrangers(report)),
    namesAnotherAsReporter: when(rules.namesAnotherAsReporter),
    lacksName: when(rules.lacksName),
    mayNotReport: when(rules.mayNotReport),
    hasUnverified: when(rules.hasUnverified),
    accusesAnother: when(rules.accusesAnother),
    isRepeated: when(rules.isRepeated),
  },
  actions: {
    refuse: (_, _params: ReportRefusal) => {},
    answerAccepted: () => {},
    record: assign(({ context, event }) =>
      isRefused(event.report) ? {} : rules.recorded(context, event.report),
    ),
  },
}).createMachine({
  id: "abuseReports",
  context: ({ input }) => ({ ...input, records: [] }),
  initial: "open",
  states: {
    open: {
      on: {
        reported: [
          { guard: "isMalformed", actions: refuse("malformed", 400) },
          { guard: "comesFromStrangers", actions: refuse("ofParticipants", 403) },
          { guard: "namesAnotherAsReporter", actions: refuse("reporterOfProvider", 403) },
          { guard: "lacksName", actions: refuse("reporterNamed", 403) },
          { guard: "mayNotReport", actions: refuse("reporterMayReport", 403) },
          { guard: "hasUnverified", actions: refuseForMessage },
          { guard: "accusesAnother", actions: refuse("senderIsAlleged", 400) },
          { guard: "isRepeated", actions: "answerAccepted" },
          { actions: ["record", "answerAccepted"] },
        ],
      },
    },
  },
});
