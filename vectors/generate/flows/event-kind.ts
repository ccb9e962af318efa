/** What a step of a client's flow is about: what a FanoutMessage is to it, and what belongs to its own messages. */
import { hex } from "../../../spec-model/bytes.ts";
import { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import { MLSMessage } from "../../../spec-model/mls/index.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";
import { contentTypeOf } from "../../../spec-model/update/index.ts";
import { type ClientFlowStep, type ClientStep, isDelivery } from "../../format/flow-steps.ts";
import { octetsIn } from "./damage.ts";

/** undefined: none that can be read. */
export function kindOf(step: ClientFlowStep): "welcome" | "commit" | "proposal" | "message" | undefined {
  const fanned = attempt(() => FanoutMessage.decode(octetsIn(step.message)));
  if (isRefused(fanned)) return undefined;
  if (fanned.message.wireFormat === "mls_welcome") return "welcome";
  const type = contentTypeOf(fanned.message);
  return type === "application" ? "message" : type;
}

/** The nearest steps before and after this place that are not about messages of the client's own; -1 where there is none. */
export function neighbours(steps: readonly ClientStep[], at: number): { before: number; after: number } {
  const said = new Set(steps.flatMap((step) => ("said" in step ? [step.said.message] : [])));
  const isOther = (step: ClientStep) => !isSaying(step, said);
  return {
    before: steps.findLastIndex((step, i) => i < at && isOther(step)),
    after: steps.findIndex((step, i) => i > at && isOther(step)),
  };
}

/** A message is sent, answered, or comes back. */
function isSaying(step: ClientStep, said: ReadonlySet<string>): boolean {
  if ("said" in step || ("status" in step && step.to !== undefined)) return true;
  if (!isDelivery(step)) return false;
  const fanned = attempt(() => FanoutMessage.decode(octetsIn(step.message)));
  return !isRefused(fanned) && said.has(hex(MLSMessage.encode(fanned.message)));
}
