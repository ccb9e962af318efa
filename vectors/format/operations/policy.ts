/** The operations of the policy family. */

import { ref } from "./closed.ts";
import type { Operation } from "./operation.ts";
import { requestDefinitions } from "./requests.ts";
import { roomDefinitions } from "./rooms.ts";

export const policyOperations: readonly Operation[] = [
  {
    name: "policy.decide",
    family: "policy",
    says: "Decide whether a room's policy allows what somebody wants to do.",
    outcomes: { allowed: "it is allowed", refused: "it is refused" },
    input: {
      state: { schema: ref("state"), says: "the room in the current epoch, see [Rooms](#rooms)" },
      request: { schema: ref("request"), says: "who wants what, see [Requests](#requests)" },
    },
    output: {},
    definitions: { ...roomDefinitions, ...requestDefinitions },
  },
];
