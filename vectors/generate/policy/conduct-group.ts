/** Cases of conduct: what the model decides has to be what the one who wrote the case expects. */
import type { Json, JsonObject, Level, VectorCase, VectorGroup } from "../../format/case.ts";
import { type Act, type ConductPolicy, chosen, decideAct, type Question } from "../../format/conduct.ts";

export interface ExpectedAct {
  readonly id: string;
  readonly comment: string;
  readonly act: Act;
  /** The room's policy, where it is not the group's. */
  readonly policy?: ConductPolicy;
  /** Missing: it is allowed. `parent` is the case that is allowed but for this fault. */
  readonly refused?: { readonly parent: string; readonly path: string; readonly op: string };
  /** MUST where it is missing. */
  readonly level?: Level;
  readonly requirements: readonly string[];
}

export function conductGroup(
  comment: string,
  policy: ConductPolicy,
  expected: readonly ExpectedAct[],
): VectorGroup {
  return {
    operation: "policy.conduct",
    comment,
    input: { policy: plain(policy) },
    tests: expected.map((each) => conductCase(policy, each)),
  };
}

/** Throws where the model decides otherwise than `expected` says. */
function conductCase(shared: ConductPolicy, expected: ExpectedAct): VectorCase {
  const { id, comment, act, policy, refused, level = "MUST", requirements } = expected;
  const decision = decideAct(policy ?? shared, act);
  if (decision.allowed !== (refused === undefined)) {
    throw new Error(`${id}: the model ${decision.allowed ? "allows it" : `refuses it by ${decision.rule}`}`);
  }
  const input = { ...(policy === undefined ? {} : { policy: plain(policy) }), act: plain(act) };
  const common = { id, comment, requirements, input };
  if (decision.allowed || refused === undefined) {
    return { ...common, flags: ["Allowed"], expect: { level, allow: ["allowed"] } };
  }
  const { parent, path, op } = refused;
  return {
    ...common,
    flags: ["Refused"],
    expect: { level, allow: ["refused"] },
    parent,
    fault: { path, op },
    view: { rule: decision.rule, draft: decision.draft },
  };
}

export interface ExpectedChoice {
  readonly id: string;
  readonly comment: string;
  readonly policy: ConductPolicy;
  readonly question: Question;
  /** Missing: the policy leaves it open. */
  readonly choice?: Json;
  /** MUST where it is missing. */
  readonly level?: Level;
  readonly requirements: readonly string[];
}

export function choiceGroup(comment: string, expected: readonly ExpectedChoice[]): VectorGroup {
  return { operation: "policy.choose", comment, input: {}, tests: expected.map(choiceCase) };
}

/** Throws where the model chooses otherwise than `expected` says. */
function choiceCase(expected: ExpectedChoice): VectorCase {
  const { id, comment, policy, question, choice, level = "MUST", requirements } = expected;
  const made = chosen(policy, question);
  if (made !== choice) throw new Error(`${id}: the model chooses ${JSON.stringify(made)}`);
  return {
    id,
    comment,
    flags: ["Allowed"],
    requirements,
    expect: { level, allow: [choice === undefined ? "open" : "chosen"] },
    input: { policy: plain(policy), question: plain(question) },
    ...(choice === undefined ? {} : { output: { choice } }),
  };
}

/** As JSON has it: what is undefined is not there. */
function plain(value: unknown): JsonObject & Json {
  return JSON.parse(JSON.stringify(value)) as JsonObject & Json;
}
