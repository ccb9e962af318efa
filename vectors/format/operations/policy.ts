/** The operations of the policy family. */
import { anything, type Operation } from "./operation.ts";

export const policyOperations: readonly Operation[] = [
  {
    name: "policy.decide",
    family: "policy",
    says: "Decide whether a room's policy allows what somebody wants to do.",
    outcomes: { allowed: "it is allowed", refused: "it is refused" },
    input: {
      state: { schema: anything, says: "the room in the current epoch, see [Rooms](#rooms)" },
      request: { schema: anything, says: "who wants what, see [Requests](#requests)" },
    },
    output: {},
  },
];
