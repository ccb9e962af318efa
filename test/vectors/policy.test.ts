/** The policy family: every rule that a hub decides by has a case, and so has every answer to what the draft leaves open. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  defaultVariants,
  openQuestions,
  type PolicyState,
  policyRules,
} from "../../spec-model/room/index.ts";
import { type Act, type ConductPolicy, decideAct } from "../../vectors/format/conduct.ts";
import { decideWritten, type WrittenRequest } from "../../vectors/format/policy-request.ts";
import { loadFile, publishedPaths, vectorsFolder } from "../../vectors/verify/index.ts";

const cases = publishedPaths()
  .filter((path) => path.includes("/policy/"))
  .flatMap((path) => loadFile(join(vectorsFolder, path)).cases);

const decisions = cases
  .filter(({ operation }) => operation === "policy.decide")
  .map(({ id, input, expect: { level, allow } }) => ({
    id,
    level,
    allowed: allow.includes("allowed"),
    state: input["state"] as unknown as PolicyState,
    request: input["request"] as unknown as WrittenRequest,
  }));

/** Rules that no request of `policy.decide` comes to, each with the reason. */
const elsewhere: Readonly<Record<string, string>> = {
  "asset-host": "policy.conduct",
  "asset-size": "policy.conduct",
  "bot-allowed": "policy.conduct",
  "client-capabilities": "policy.conduct",
  "credential-lifetime": "policy.conduct",
  "download-type": "policy.conduct",
  "epoch-tolerance": "policy.conduct",
  "expiry-allowed": "policy.conduct",
  "handshake-format": "policy.conduct",
  "history-allowed": "policy.conduct",
  "key-package-lifetime": "policy.conduct",
  "leaf-update-time": "policy.conduct",
  "link-preview-allowed": "policy.conduct",
  "media-type-permitted": "policy.conduct",
  "notification-allowed": "policy.conduct",
  padding: "policy.conduct",
  canJoinIfPreauthorized: "without it the preauthorisation is none, and another way in is asked for",
  "component-has-capability": "another reading than the project's",
  "group-is-gone": "no draft has a message for a new group in an old room",
  "room-is-persistent": "no draft has a message for a new group in an old room",
};

describe("the cases of policy.decide", () => {
  it("have one that is refused by each rule that a hub decides by", () => {
    const used = new Set(
      decisions.map(({ state, request }) => {
        const decision = decideWritten(state, request);
        return decision.allowed ? "" : decision.rule;
      }),
    );
    const without = Object.entries(policyRules)
      .filter(([rule, { says }]) => !used.has(rule) && !says.startsWith("reserved:"))
      .map(([rule]) => rule);
    expect(without.sort()).toEqual(Object.keys(elsewhere).sort());
  });

  it("have one with another outcome for each other answer to a question that the draft leaves open", () => {
    const untold = openQuestions.flatMap(({ id, answers, default: usual }) =>
      Object.keys(answers)
        .filter((answer) => answer !== usual && !decisions.some((each) => differs(each, { [id]: answer })))
        .map((answer) => `${id}: ${answer}`),
    );
    expect(untold).toEqual([]);
  });

  it("demand nothing at the level of a MUST that hangs on such an answer", () => {
    // These two the drafts answer themselves.
    const settled = ["authorizationBase", "parentSubset"];
    const open = openQuestions.filter(({ id }) => !settled.includes(id));
    const overdone = decisions
      .filter(({ level }) => level === "MUST")
      .filter((each) =>
        open.some(({ id, answers }) =>
          Object.keys(answers).some((answer) => differs(each, { [id]: answer })),
        ),
      );
    expect(overdone.map(({ id }) => id)).toEqual([]);
  });
});

describe("the cases of policy.conduct", () => {
  it("have one that is refused by each rule for conduct", () => {
    const used = new Set(
      cases
        .filter(({ operation }) => operation === "policy.conduct")
        .map(({ input }) => decideAct(input["policy"] as ConductPolicy, input["act"] as unknown as Act))
        .flatMap((decision) => (decision.allowed ? [] : [decision.rule])),
    );
    const rules = Object.keys(elsewhere).filter((rule) => elsewhere[rule] === "policy.conduct");
    expect(rules.filter((rule) => !used.has(rule as keyof typeof policyRules))).toEqual([]);
  });
});

function differs(each: (typeof decisions)[number], answer: Readonly<Record<string, string>>): boolean {
  const variants = { ...defaultVariants, ...answer };
  return decideWritten(each.state, each.request, variants).allowed !== each.allowed;
}
