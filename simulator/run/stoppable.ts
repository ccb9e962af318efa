/** A server beside the messaging providers that stops for a while: what reaches it meanwhile is lost. */
import type { RunningActor } from "../running-actor.ts";

/** Discovery providers, issuers and asset servers: they keep what they have, and were asked nothing that they owe. */
export function stoppable(actor: RunningActor): RunningActor {
  let isDown = false;
  return {
    ...actor,
    take(input, moment) {
      const { type } =
        input.type === "intention" ? (input.intention as { readonly type: string }) : { type: "" };
      if (type !== "crash" && type !== "restart") return isDown ? [] : actor.take(input, moment);
      isDown = type === "crash";
      return [];
    },
  };
}
