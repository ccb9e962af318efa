/** Which reports a hub refuses, which it counts, and how it answers. */
import { describe, expect, it } from "vitest";
import {
  type AbuseVariants,
  abuseQuestions,
  defaultAbuseVariants,
  type MessageVerdict,
  type ReportFacts,
  type ReportRule,
  reportMachine,
  reportRules,
} from "../../../spec-model/abuse/index.ts";
import { counting } from "../../machine-coverage.ts";

const reports = counting(reportMachine);
const bob = "mimi://b.example/u/bob";
const cathy = "mimi://c.example/u/cathy";
const proven: MessageVerdict = { verified: true, sender: bob, messageId: "01", acceptedMs: 1000 };
const unproven: MessageVerdict = { verified: false, rule: "frankedHere" };
const good: ReportFacts = {
  name: "first",
  from: "c.example",
  reporter: cathy,
  alleged: bob,
  note: "",
  messages: [proven],
  providerTakesPart: true,
  asker: undefined,
  mayReport: true,
};
const malformed = { errorType: "DecodeError", code: "malformed", where: "byte 3", text: "trailing bytes" };

function decided(facts: (ReportFacts | typeof malformed)[], variants: Partial<AbuseVariants> = {}) {
  const input = { room: "mimi://a.example/r/club", variants: { ...defaultAbuseVariants, ...variants } };
  return reports.run(
    facts.map((report) => ({ type: "reported" as const, report })),
    input,
  );
}
const refusedBy = (report: ReportFacts | typeof malformed, variants?: Partial<AbuseVariants>) =>
  decided([report], variants).effects.flatMap(({ type, ...effect }) => (type === "refuse" ? [effect] : []));
const countedIn = (...args: Parameters<typeof decided>) => decided(...args).snapshot.context.records.length;

describe("a report", () => {
  it("of verified messages of the alleged abuser is recorded and answered", () => {
    const { snapshot, effects } = decided([good]);
    expect(effects.map(({ type }) => type)).toEqual(["answerAccepted"]);
    expect(snapshot.context.records).toEqual([
      { name: "first", from: "c.example", reporter: cathy, alleged: bob, note: "", messages: [proven] },
    ]);
  });

  it("without any message is recorded, too: it proves nothing, and the draft allows it", () => {
    expect(countedIn([{ ...good, messages: [] }])).toBe(1);
  });

  it("is anonymous where its sender likes", () => {
    expect(countedIn([{ ...good, reporter: "", mayReport: false }])).toBe(1);
  });

  const refusals: [ReportRule, 400 | 403, ReportFacts | typeof malformed, Partial<AbuseVariants>?][] = [
    ["malformed", 400, malformed],
    ["ofParticipants", 403, { ...good, providerTakesPart: false }],
    ["reporterOfProvider", 403, { ...good, from: "b.example" }],
    ["reporterNamed", 403, { ...good, reporter: "" }, { anonymous: "refused" }],
    ["reporterMayReport", 403, { ...good, mayReport: false }],
    ["frankedHere", 400, { ...good, messages: [proven, unproven] }],
    ["senderIsAlleged", 400, { ...good, alleged: cathy }],
  ];

  it.each(refusals)("is refused by %s with status %i", (rule, status, report, variants) => {
    expect(refusedBy(report, variants)).toMatchObject([{ rule, status }]);
    expect(countedIn([report], variants)).toBe(0);
  });

  it("is refused by every rule for whole reports in one case or another", () => {
    const rules = refusals.map(([rule]) => rule).filter((rule) => rule in reportRules);
    expect(rules.sort()).toEqual(Object.keys(reportRules).sort());
  });

  it("of the hub's own client names that client's user or nobody", () => {
    const own = { ...good, from: "c.example", asker: cathy };
    expect(countedIn([own])).toBe(1);
    expect(refusedBy({ ...own, asker: "mimi://c.example/u/chris" })).toMatchObject([
      { rule: "reporterOfProvider" },
    ]);
  });

  it("that comes twice is answered twice and counted once", () => {
    const { snapshot, effects } = decided([good, good]);
    expect(effects.map(({ type }) => type)).toEqual(["answerAccepted"]);
    expect(snapshot.context.records).toHaveLength(1);
    expect(countedIn([good, { ...good, name: "second" }])).toBe(2);
  });
});

describe("a variant of what the draft leaves open", () => {
  const effects: [keyof AbuseVariants, Partial<AbuseVariants>, ReportFacts[], number][] = [
    ["reporterDomain", { reporterDomain: "unchecked" }, [{ ...good, from: "b.example" }], 1],
    ["reporterRole", { reporterRole: "anybody" }, [{ ...good, mayReport: false }], 1],
    ["unverified", { unverified: "keep" }, [{ ...good, messages: [unproven] }], 1],
    ["alleged", { alleged: "recorded" }, [{ ...good, alleged: cathy }], 1],
    ["duplicates", { duplicates: "each" }, [good, good], 2],
  ];

  it.each(effects)("%s lets other reports count", (_, variants, facts, count) => {
    expect(countedIn(facts, variants)).toBe(count);
  });

  it("is asked about with its default among the answers, for each question there is", () => {
    expect(abuseQuestions.map(({ id }) => id).sort()).toEqual(Object.keys(defaultAbuseVariants).sort());
    for (const { answers, default: answer } of abuseQuestions) expect(Object.keys(answers)).toContain(answer);
  });
});

it("every state and branch of the machine has been reached by these tests", () => {
  expect(reports.unvisited()).toEqual([]);
  expect(reports.untaken()).toEqual([]);
});
