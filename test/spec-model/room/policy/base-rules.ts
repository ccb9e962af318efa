/** A base room policy that asks for nothing, for tests to change. */
import type { BaseRules } from "../../../../spec-model/room/index.ts";

export function baseRules(changes: Partial<BaseRules> = {}): BaseRules {
  return {
    fixedMembership: false,
    parentDependant: false,
    parentRoom: [],
    multiDevice: true,
    maxClients: undefined,
    maxUsers: undefined,
    pseudonymsAllowed: false,
    persistentRoom: false,
    discoverable: false,
    policyComponentIds: [],
    ...changes,
  };
}
