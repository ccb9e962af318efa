/** All operations, by family. */
import { bodyOperations } from "./bodies.ts";
import { codecOperations } from "./codec.ts";
import { conductOperations } from "./conduct.ts";
import { contentOperations } from "./content.ts";
import { credentialOperations } from "./credentials.ts";
import { cryptoOperations } from "./crypto.ts";
import { flowOperations } from "./flows.ts";
import { groupOperations } from "./groups.ts";
import type { Operation } from "./operation.ts";
import { policyOperations } from "./policy.ts";
import { searchOperations } from "./search.ts";
import { stateOperations } from "./state.ts";

export type { Operation } from "./operation.ts";

export const operations: readonly Operation[] = [
  ...codecOperations,
  ...contentOperations,
  ...bodyOperations,
  ...cryptoOperations,
  ...groupOperations,
  ...credentialOperations,
  ...policyOperations,
  ...conductOperations,
  ...stateOperations,
  ...searchOperations,
  ...flowOperations,
];
