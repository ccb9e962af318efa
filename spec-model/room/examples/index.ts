/** The example policies of room-policy-04 appendix A, as data. */
import { cooperative } from "./cooperative.ts";
import { moderated } from "./moderated.ts";
import { multiOrganization } from "./multi-organization.ts";
import type { ExamplePolicy } from "./role.ts";
import { strict } from "./strict.ts";

export type { ExamplePolicy } from "./role.ts";

export type ExampleName = "cooperative" | "strict" | "moderated" | "multiOrganization";

export const examplePolicies: Readonly<Record<ExampleName, ExamplePolicy>> = {
  cooperative,
  strict,
  moderated,
  multiOrganization,
};
