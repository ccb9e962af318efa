/** The run against the figures of protocol-06 §3: their step lists are read from the draft. docs/figures.md */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { run } from "../../../simulator/run/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import type { TraceEvent } from "../../../simulator/trace/index.ts";
import { missingShared, sharedFolder } from "../../shared-folder.ts";

/** An arrow of a step list: who, to whom, and the endpoint, the status or "local". */
interface Step {
  readonly from: string;
  readonly to: string;
  readonly what: string;
}

const shared = sharedFolder();
const draft =
  shared === undefined ? "" : readFileSync(`${shared}/drafts/draft-ietf-mimi-protocol-06.md`, "utf8");
const clubhouse = scenarios.get("clubhouse");
if (clubhouse === undefined) throw new Error("the clubhouse is not among the scenarios");
const { trace } = run(clubhouse, { seed: 1 });
const labels = new Map(trace.header.actors.map((actor) => [actor.id, actor.label]));

/** The steps of the figure with this anchor, in the draft's order. */
function stepsOfFigure(anchor: string): Step[] {
  const end = draft.indexOf(`{: #${anchor} `);
  const figure = draft.slice(draft.lastIndexOf("~~~ aasvg", end), end);
  return figure.split("\n").flatMap((line) => {
    const [, from, to, text] = /^(\w+\*?)->(\w+\*?): (.*)$/.exec(line) ?? [];
    if (from === undefined || to === undefined || text === undefined) return [];
    return [{ from, to, what: whatOf(text) }];
  });
}

function whatOf(text: string): string {
  if (text.startsWith("[[")) return "local";
  return /^POST (\/\w+)/.exec(text)?.[1] ?? /^(\d{3}) /.exec(text)?.[1] ?? "local";
}

/** What was sent in the chapter with this title. */
function stepsOfChapter(title: string): (Step & { readonly at: number })[] {
  const start = trace.events.findIndex((event) => event.type === "phase" && event.title === title);
  const next = trace.events.findIndex(
    (event, i) => i > start && (event.type === "phase" || event.type === "end"),
  );
  return trace.events.slice(start, next).flatMap((event) => (event.type === "send" ? [stepOf(event)] : []));
}

function stepOf(event: TraceEvent<"send">): Step & { readonly at: number } {
  const name = (id: string) => labels.get(id) ?? id;
  const what =
    event.kind === "local" ? "local" : event.kind === "request" ? event.label : String(event.status);
  return { from: name(event.from), to: name(event.to), what, at: event.at };
}

const fits = (drawn: string, actual: string) =>
  drawn.endsWith("*") ? actual.startsWith(drawn.slice(0, -1)) : drawn === actual;

/** What docs/figures.md says is wrong in a figure. */
const mended: Readonly<Record<string, (step: Step) => readonly Step[]>> = {
  "fig-c-msg": (step) => [{ ...step, what: step.what === "/submit" ? "/submitMessage" : step.what }],
  "fig-b-leave": (step) => [{ ...step, from: step.from === "ServerC1" ? "ServerC" : step.from }],
  // Bob has left: his provider gets nothing any more.
  "fig-c3-new-client": (step) => (step.from === "ServerB" || step.to === "ServerB" ? [] : [step]),
};

/** What the model sends beyond a figure: answers to notify, and events to clients that the figure leaves out. */
function isExpectedExtra(step: Step): boolean {
  if (step.what === "201") return true;
  if (step.what === "local") return step.from.startsWith("Server") || /^Client[ABC][12]$/.test(step.from);
  return step.what === "200" || step.what === "/notify";
}

describe.skipIf(shared === undefined)(`the figures of protocol-06 §3 (else ${missingShared})`, () => {
  it.each([
    ["fig-ab-kp-fetch", "Alice fetches KeyPackages for Bob's clients"],
    ["fig-ab-add", "Alice adds Bob to the room"],
    ["fig-bc-kp-fetch", "Bob fetches KeyPackages for Cathy's clients"],
    ["fig-bc-add", "Bob adds Cathy to the room"],
    ["fig-c-msg", "Cathy sends a message"],
    ["fig-b-leave", "Bob leaves the room"],
    ["fig-c3-new-client", "Cathy adds a new client"],
  ])("%s has the messages of the run, in the order in which each actor sends them", (anchor, title) => {
    const mend = mended[anchor] ?? ((step: Step) => [step]);
    const drawn = stepsOfFigure(anchor).flatMap(mend);
    expect(drawn.length).toBeGreaterThan(2);
    const actual = stepsOfChapter(title);
    const taken = new Set<number>();
    const lastBy = new Map<string, number>();
    for (const step of drawn) {
      const before = lastBy.get(step.from) ?? -1;
      // Several things that one actor sends at one instant have no order among themselves.
      const found = actual.findIndex(
        (each, i) =>
          !taken.has(i) &&
          each.at >= before &&
          fits(step.from, each.from) &&
          fits(step.to, each.to) &&
          each.what === step.what,
      );
      expect(found, `${step.from}->${step.to}: ${step.what} in the run`).toBeGreaterThanOrEqual(0);
      taken.add(found);
      lastBy.set(step.from, actual[found]?.at ?? 0);
    }
    const extras = actual.filter((_, i) => !taken.has(i)).filter((step) => !isExpectedExtra(step));
    expect(extras.map(({ from, to, what }) => `${from}->${to}: ${what}`)).toEqual([]);
  });
});
