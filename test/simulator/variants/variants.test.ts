import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run } from "../../../simulator/run/index.ts";
import type { Scenario } from "../../../simulator/scenario/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import { writeTrace } from "../../../simulator/trace/index.ts";
import {
  defects,
  formatChoice,
  parseChoice,
  questions,
  VariantTextError,
  variants,
} from "../../../simulator/variants/index.ts";
import { requirements } from "../../../spec-model/requirements/index.ts";

const selfRemove = scenarios.get("self-remove") as Scenario;

describe("the variants", () => {
  it("have distinct ids", () => {
    expect(new Set(variants.map(({ id }) => id)).size).toBe(variants.length);
  });

  it("are about requirements that there are", () => {
    const known = new Set(requirements.map(({ id }) => id));
    expect(defects.flatMap(({ breaks }) => breaks).filter((id) => !known.has(id))).toEqual([]);
  });

  it("have for every question the model's answer among its answers, and another one", () => {
    const odd = questions.filter(
      ({ answers, default: usual }) => !(usual in answers) || Object.keys(answers).length < 2,
    );
    expect(odd.map(({ id }) => id)).toEqual([]);
  });

  it("find what they change in the machines: a run with each begins without an error", () => {
    const short: Scenario = { ...selfRemove, chapters: selfRemove.chapters.slice(0, 2), outcomes: [] };
    for (const variant of variants) {
      const others = variant.kind === "question" ? Object.keys(variant.answers) : [undefined];
      for (const answer of others) {
        const choice = { variant, ...(answer === undefined ? {} : { answer }) };
        expect(() =>
          run(short, { seed: 1, mls: "symbolic", variants: [choice], mostSteps: 500 }),
        ).not.toThrow();
      }
    }
  }, 300_000);
});

describe("a variant's text", () => {
  it("is read back as it was written, for any variant, answer and actor", () => {
    const choice = fc.constantFrom(...variants).chain((variant) =>
      fc.record({
        variant: fc.constant(variant),
        answer:
          variant.kind === "question"
            ? fc.constantFrom(...Object.keys(variant.answers))
            : fc.constant(undefined),
        actor: fc.option(fc.constantFrom("b.example", "mimi://b.example/d/bob/ClientB1"), { nil: undefined }),
      }),
    );
    fc.assert(
      fc.property(choice, ({ variant, answer, actor }) => {
        const text = formatChoice({
          variant,
          ...(answer === undefined ? {} : { answer }),
          ...(actor === undefined ? {} : { actor }),
        });
        expect(formatChoice(parseChoice(text))).toBe(text);
      }),
    );
  });

  it.each([
    ["hub-ignore-epoch", 'did you mean "hub-ignores-epoch"?'],
    ["policy.unban=loose", 'policy.unban has no answer "loose"; there are onlyCanUnBan, literal'],
    ["room.externalCommit", "has several other answers"],
    ["hub-ignores-epoch=yes", "is no question and takes no answer"],
    ["=", "there is no variant"],
  ])("is refused with a hint: %s", (text, hint) => {
    expect(() => parseChoice(text)).toThrow(VariantTextError);
    expect(() => parseChoice(text)).toThrow(hint);
  });
});

describe("a run with variants", () => {
  it("names them in its header", () => {
    const chosen = ["room.externalCommit=acceptAndVoid", "follower-drops@c.example"].map(parseChoice);
    const { trace } = run(selfRemove, { seed: 1, mls: "symbolic", variants: chosen });
    expect(trace.header.variants).toEqual({
      "room.externalCommit": "acceptAndVoid",
      "follower-drops@c.example": "yes",
    });
  });

  it("is the model's own where each question has the model's answer", () => {
    const chosen = questions.map((variant) => ({ variant, answer: variant.default }));
    const events = (made: ReturnType<typeof run>) => writeTrace(made.trace).split("\n").slice(1).join("\n");
    const usual = run(selfRemove, { seed: 3, mls: "symbolic" });
    expect(events(run(selfRemove, { seed: 3, mls: "symbolic", variants: chosen }))).toBe(events(usual));
  });

  it("gives the defect to the actor that is named, and to nobody else", () => {
    const lonely = run(selfRemove, {
      seed: 1,
      mls: "symbolic",
      variants: [parseChoice("hub-allows-everything@b.example")],
    });
    expect(lonely.holds).toBe(true);
  });
});
