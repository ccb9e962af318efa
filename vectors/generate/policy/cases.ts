/** A decision as a case: what the model decides has to be what the one who wrote the case expects. */
import type { PolicyState } from "../../../spec-model/room/index.ts";
import type { Json, JsonObject, Level, VectorCase, VectorGroup } from "../../format/case.ts";
import { decideWritten, type WrittenRequest } from "../../format/policy-request.ts";
import { levelOf } from "./levels.ts";

export interface Expected {
  readonly id: string;
  readonly comment: string;
  readonly request: WrittenRequest;
  /** The room, where it is not the group's. */
  readonly state?: PolicyState;
  /** Where it rests on a reading that is no open question of the model; otherwise the open questions tell. */
  readonly level?: Level;
  /** Missing: it is allowed. */
  readonly refused?: { readonly parent: string; readonly path: string; readonly op: string };
}

export function policyGroup(comment: string, state: PolicyState, expected: readonly Expected[]): VectorGroup {
  return {
    operation: "policy.decide",
    comment,
    input: { state: plain(state) },
    tests: expected.map((each) => policyCase(state, each)),
  };
}

/** Throws where the model decides otherwise than `expected` says. */
function policyCase(shared: PolicyState, expected: Expected): VectorCase {
  const { id, comment, request, state, refused } = expected;
  const decision = decideWritten(state ?? shared, request);
  if (decision.allowed !== (refused === undefined)) {
    throw new Error(`${id}: the model ${decision.allowed ? "allows it" : `refuses it by ${decision.rule}`}`);
  }
  const input = {
    ...(state === undefined ? {} : { state: plain(state) }),
    request: plain(request),
  };
  const level = expected.level ?? levelOf(state ?? shared, request);
  const common = { id, comment, requirements: [], input };
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

/** As JSON has it: what is undefined is not there. */
function plain(value: unknown): JsonObject & Json {
  return JSON.parse(JSON.stringify(value)) as JsonObject & Json;
}
