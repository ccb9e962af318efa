/** How binding a decision is: what rests on a reading of room-policy-04 that the draft does not settle is no MUST. */
import { defaultVariants, openQuestions, type PolicyState } from "../../../spec-model/room/index.ts";
import type { Level } from "../../format/case.ts";
import { decideWritten, type WrittenRequest } from "../../format/policy-request.ts";

/** The drafts answer these by themselves, protocol-06 §7.1 and room-policy-04 §5; the other answers are there to be tried. */
const settled: readonly string[] = ["authorizationBase", "parentSubset"];

const others = openQuestions
  .filter(({ id }) => !settled.includes(id))
  .flatMap(({ id, answers, default: usual }) =>
    Object.keys(answers)
      .filter((answer) => answer !== usual)
      .map((answer) => ({ [id]: answer })),
  );

/** Every other answer to one open question, and to two: some answers refer to another question's. */
const readings = others.flatMap((one, index) => [
  { ...defaultVariants, ...one },
  ...others.slice(index + 1).map((two) => ({ ...defaultVariants, ...one, ...two })),
]);

/** SHOULD where a hub with other answers decides otherwise. */
export function levelOf(state: PolicyState, request: WrittenRequest): Level {
  const { allowed } = decideWritten(state, request);
  return readings.every((each) => decideWritten(state, request, each).allowed === allowed)
    ? "MUST"
    : "SHOULD";
}
