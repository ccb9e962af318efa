/** Figures against runs: every way in which a drawn message can differ from what was sent. */
import { describe, expect, it } from "vitest";
import { checkDrafts, type Flow } from "../../../spec-model/drafts/index.ts";
import { code, draftOf, forms, written } from "./forms.ts";

const lifelines =
  "ClientA         ServerA         ServerB         ServerC\n  |               |               |               |";
const steps = [
  "ClientA->ServerA: [[ a message ]]",
  "ServerA->ServerB: POST /submitMessage/a.example",
  "ServerB->ServerA: 200 OK",
  "ServerB->ServerC: POST /notify/a.example",
  "ServerC->ServerB: 201",
];
const flow: Flow = {
  title: "A sends",
  messages: [
    { from: "ClientA", to: "ServerA", what: "local", at: 0 },
    { from: "ServerA", to: "ServerB", what: "/submitMessage", at: 1 },
    { from: "ServerB", to: "ServerA", what: "200", at: 2 },
    { from: "ServerB", to: "ServerC", what: "/notify", at: 3 },
    { from: "ServerC", to: "ServerB", what: "201", at: 4 },
  ],
};
const quiet: Flow = { title: "Nothing", messages: [] };

function deviations(
  drawn: readonly string[],
  flows: readonly Flow[] = [flow],
  form: (typeof forms)[number] = "markdown",
) {
  const arrows =
    "  |<--------------+               |               |\n  +-------------->|               |               |";
  const figure = code("aasvg", `${lifelines}\n${arrows}\n\n${drawn.join("\n")}`);
  const draft = draftOf(form, written(form, [figure], "draft-ietf-mimi-protocol"));
  const only = new Set(["figure-model-run" as const]);
  return checkDrafts([draft], { only, flowsOf: () => flows }).map(({ message }) => message);
}

const replaced = (index: number, step: string) => steps.map((each, i) => (i === index ? step : each));

describe.each(forms)("a figure in %s", (form) => {
  it("is not told to differ where each message of it was sent", () => {
    expect(deviations(steps, [quiet, flow], form)).toEqual([]);
  });

  it("is told to differ in the name of a request", () => {
    expect(deviations(replaced(1, "ServerA->ServerB: POST /submit"), [flow], form)).toEqual([
      "the model's run has no /submit from ServerA to ServerB: it has /submitMessage there",
    ]);
  });
});

describe("a figure", () => {
  it.each([
    [
      "a direction",
      replaced(3, "ServerC->ServerB: POST /notify"),
      "no /notify from ServerC to ServerB: it goes in the other direction",
    ],
    [
      "a receiver",
      replaced(3, "ServerB->ServerA: POST /notify"),
      "no /notify from ServerB to ServerA: it goes to ServerC",
    ],
    [
      "a sender",
      replaced(3, "ServerA->ServerC: POST /notify"),
      "no /notify from ServerA to ServerC: it comes from ServerB",
    ],
    [
      "an answer",
      replaced(4, "ServerC->ServerB: 200 OK"),
      "no answer 200 from ServerC to ServerB: it has answer 201 there",
    ],
    [
      "a message that nobody sends",
      [...steps, "ServerC->ServerA: POST /update"],
      "no /update from ServerC to ServerA",
    ],
  ])("differs in %s", (_, drawn, says) => {
    expect(deviations(drawn)).toEqual([`the model's run has ${says}`]);
  });

  it("differs in the order of what one actor sends", () => {
    const [first = "", second = "", answer = "", notify = "", last = ""] = steps;
    expect(deviations([first, second, notify, answer, last])).toEqual([
      "in the model's run, ServerB sends answer 200 to ServerA before what stands above it",
    ]);
  });

  it("does not differ where several actors' messages stand in another order", () => {
    const [first = "", second = "", answer = "", notify = "", last = ""] = steps;
    expect(deviations([second, first, answer, notify, last])).toEqual([]);
  });

  it("differs where a request is not drawn, but not for an answer or a local message that it leaves out", () => {
    expect(deviations(steps.filter((_, i) => i !== 3 && i !== 0))).toEqual([
      "the model's run has a /notify from ServerB to ServerC, which is not drawn",
    ]);
    expect(deviations(steps.slice(0, 4))).toEqual([]);
  });

  it("differs where somebody gets a message who has no lifeline", () => {
    const more = { from: "ServerC", to: "ClientC", what: "local", at: 5 };
    expect(deviations(steps, [{ ...flow, messages: [...flow.messages, more] }])).toEqual([
      "in the model's run, ClientC gets messages, too",
    ]);
  });

  it("may show all clients of a user as one, with an asterisk", () => {
    const starred = steps.map((step) => step.replace("ClientA", "Client*"));
    expect(deviations(starred).filter((says) => says.includes("no message"))).toEqual([]);
  });

  it("is compared with no run that it is not like", () => {
    expect(
      deviations(["ServerA->ServerB: POST /x", "ServerB->ServerC: POST /y", "ServerC->ServerA: POST /z"]),
    ).toEqual([]);
  });
});
