/** What can be wrong with what a client has begun itself: its groups, the races of its commits, and answers. */
import { hex } from "../../../spec-model/bytes.ts";
import { GroupInfo } from "../../../spec-model/mls/index.ts";
import { SubmitMessageResponse } from "../../../spec-model/submit/index.ts";
import type { Json } from "../../format/case.ts";
import { type ClientFlowOutput, type ClientStep, isDelivery } from "../../format/flow-steps.ts";
import { changed, flipped, octetsIn } from "./damage.ts";
import { kindOf, neighbours } from "./event-kind.ts";
import type { FlowFault } from "./provider-faults.ts";

/** Those of the step at this place. */
export function ownFaults(
  steps: readonly ClientStep[],
  outputs: readonly ClientFlowOutput[],
  at: number,
): FlowFault[] {
  return [
    ...foundingFaults(steps[at], at),
    ...answerFaults(steps, outputs, at),
    ...raceFaults(steps, at),
    ...messageAnswerFaults(steps[at], outputs[at], at),
  ];
}

/** The hub has taken a message, and its answer cannot be read, or says something else. */
function messageAnswerFaults(
  step: ClientStep | undefined,
  output: ClientFlowOutput | undefined,
  at: number,
): FlowFault[] {
  if (step === undefined || !("status" in step) || step.to === undefined) return [];
  if (output === undefined || output.shown.length === 0) return [];
  const fault = (slug: string, flag: string, path: string, op: string, body: string): FlowFault => {
    const change = { at, remove: 1, insert: [{ ...step, body }] as unknown as Json[] };
    return { slug: `message-answer-${slug}`, flag, path, op, change, isRefused: true };
  };
  const path = "SubmitMessageResponse";
  const { body } = step;
  const notAllowed = hex(SubmitMessageResponse.encode({ protocol: "mls10", statusCode: "notAllowed" }));
  return [
    fault("trailing-octet", "TrailingOctet", path, `an octet follows the ${path}`, `${body}00`),
    fault("truncated", "Truncated", path, `the last octet of the ${path} is missing`, body.slice(0, -2)),
    fault(
      "not-allowed",
      "Answer",
      `${path}.status_code`,
      "the hub does not take the message: it is not shown",
      notAllowed,
    ),
  ];
}

/** A group that the client reads again as it has published it, and what is kept of it is not that. */
function foundingFaults(step: ClientStep | undefined, at: number): FlowFault[] {
  if (step === undefined || !("founding" in step)) return [];
  const { groupInfo, epochSecret } = step.founding;
  const forged = changed(GroupInfo, groupInfo, (value) => ({
    ...value,
    signature: flipped(value.signature),
  }));
  const fault = (slug: string, flag: string, path: string, op: string, change: object): FlowFault => {
    const insert = [{ ...step, founding: { ...step.founding, ...change } }] as unknown as Json[];
    return { slug, flag, path, op, change: { at, remove: 1, insert }, isRefused: false };
  };
  const secret = hex(flipped(octetsIn(epochSecret)));
  return [
    fault("founding-other-secret", "Tag", "epoch_secret", "the group does not begin with the secret", {
      epochSecret: secret,
    }),
    fault("founding-forged-group-info", "Signature", "GroupInfo.signature", "the signature is another", {
      groupInfo: forged ?? "",
    }),
  ];
}

/** The provider does not take a group that it has taken in the run. */
function answerFaults(
  steps: readonly ClientStep[],
  outputs: readonly ClientFlowOutput[],
  at: number,
): FlowFault[] {
  const [founding, answer] = [steps[at - 1], steps[at]];
  if (founding === undefined || !("founding" in founding)) return [];
  if (answer === undefined || !("status" in answer) || answer.status !== 200) return [];
  const before = outputs.findLast((_, i) => i < at - 1 && steps[i]?.room === answer.room);
  const isSuccessor = before !== undefined && before.epoch !== null;
  return [
    {
      slug: isSuccessor ? "successor-not-taken" : "group-not-taken",
      flag: "Answer",
      path: "status",
      op: isSuccessor
        ? "the provider does not take the group that follows the closed one: the client waits for another"
        : "the provider does not take the group: there is no room",
      change: { at, remove: 1, insert: [{ ...answer, status: 400, body: "" }] },
      isRefused: false,
    },
  ];
}

/** Of a race that is lost the client hears by the answer to its own commit, and not by the commit that has won it. */
function raceFaults(steps: readonly ClientStep[], at: number): FlowFault[] {
  const { before, after } = neighbours(steps, at);
  const [sent, winner, answer] = [steps[before], steps[at], steps[after]];
  if (sent === undefined || !("sent" in sent) || winner === undefined || !isDelivery(winner)) return [];
  if (answer === undefined || !("status" in answer) || kindOf(winner) !== "commit") return [];
  return [
    {
      slug: "winner-lost",
      flag: "Epoch",
      path: "FanoutMessage",
      op: "the commit that has won the race does not come, and the answer to the one that has lost it does",
      change: { at, remove: after - at, insert: [] },
      isRefused: true,
    },
  ];
}
