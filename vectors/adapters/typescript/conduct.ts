/** How clients conduct themselves in a room, answered by the model. room-policy-04 §6 */
import { type Act, type ConductPolicy, chosen, decideAct, type Question } from "../../format/conduct.ts";
import type { Handler } from "./handler.ts";

export const conductHandlers: Readonly<Record<string, Handler>> = {
  "policy.conduct": ({ policy, act }) => {
    const decision = decideAct(policy as ConductPolicy, act as unknown as Act);
    return decision.allowed ? { outcome: "allowed" } : { outcome: "refused", says: decision.says };
  },
  "policy.choose": ({ policy, question }) => {
    const choice = chosen(policy as ConductPolicy, question as unknown as Question);
    return choice === undefined ? { outcome: "open" } : { outcome: "chosen", output: { choice } };
  },
};
