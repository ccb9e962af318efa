/** What a FanoutMessage is to the client that it reaches. protocol-06 §5.5 */
import { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import { attempt, isRefused } from "../../../spec-model/room/index.ts";
import { contentTypeOf } from "../../../spec-model/update/index.ts";
import type { ClientFlowStep } from "../../format/flow-steps.ts";
import { octetsIn } from "./damage.ts";

/** undefined: none that can be read. */
export function kindOf(step: ClientFlowStep): "welcome" | "commit" | "proposal" | "message" | undefined {
  const fanned = attempt(() => FanoutMessage.decode(octetsIn(step.message)));
  if (isRefused(fanned)) return undefined;
  if (fanned.message.wireFormat === "mls_welcome") return "welcome";
  const type = contentTypeOf(fanned.message);
  return type === "application" ? "message" : type;
}
