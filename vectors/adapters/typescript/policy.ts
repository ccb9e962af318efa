/** The policy operations, answered by the model. */
import type { PolicyState } from "../../../spec-model/room/index.ts";
import { decideWritten, type WrittenRequest } from "../../format/policy-request.ts";
import type { Handler } from "./handler.ts";

export const policyHandlers: Readonly<Record<string, Handler>> = {
  "policy.decide": ({ state, request }) => {
    const decision = decideWritten(state as unknown as PolicyState, request as unknown as WrittenRequest);
    return decision.allowed ? { outcome: "allowed" } : { outcome: "refused", says: decision.says };
  },
};
