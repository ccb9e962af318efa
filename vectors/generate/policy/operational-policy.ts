/** An operational policy as the state of a room has it, which asks for nothing and forbids nothing. room-policy-04 §7.1 */
import { type PolicyState, policyPart } from "../../../spec-model/room/index.ts";
import {
  componentIds,
  OperationalParameters,
  plainOperationalParameters,
} from "../../../spec-model/room/structures/index.ts";

type Operational = NonNullable<PolicyState["operational"]>;

export function operationalPolicy(changes: Partial<Operational>): Operational {
  const octets = OperationalParameters.encode(plainOperationalParameters());
  const { operational } = policyPart(componentIds.mls_operational_policy, octets);
  if (operational === undefined) throw new Error("no operational policy");
  return { ...operational, ...changes };
}

export const { mandatoryCapabilities: nothingOfMls, LeafNodeUpdateTime: times } = operationalPolicy({});
