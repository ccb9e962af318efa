/** How seats of flows deviate from the model in a step: other cryptography underneath, or a machine without a guard. */
import type { AnyStateMachine } from "xstate";
import { deviationOf } from "../../simulator/variants/index.ts";
import type { Deviation } from "../../spec-model/deviation.ts";
import {
  cipherSuite,
  completeGroupInfo,
  type MlsApplication,
  type MlsLayer,
  type Provider,
  verifyGroupInfo,
} from "../../spec-model/mls/index.ts";
import { lenientPrimitives, trusting } from "./lenient-primitives.ts";

export const credulous = over(lenientPrimitives["takes any signature"]);
export const trustful = over(trusting);
export const unauthenticated = over(lenientPrimitives["decrypts without looking at the tag"]);

/** MLS and all the rest of an actor's cryptography over other primitives. */
function over(provider: Provider | undefined): Deviation {
  const application = (app: MlsApplication) => (provider === undefined ? app : { ...app, provider });
  const { mls: asking } = deviationOf([{ application }]);
  const known = new Map<MlsLayer, MlsLayer>();
  return {
    mls(layer) {
      const suite = (number: number) => cipherSuite(number, provider) ?? layer.suite(number);
      const inner = asking?.(layer) ?? layer;
      const suiteOf = ({ groupContext }: { readonly groupContext: { readonly cipherSuite: number } }) =>
        suite(groupContext.cipherSuite);
      const before: MlsLayer = known.get(layer) ?? {
        ...inner,
        suite,
        verifyGroupInfo: (info, tree) => verifyGroupInfo(suiteOf(info), info, tree),
        completeGroupInfo: (group, ...rest) => completeGroupInfo(suiteOf(group), group, ...rest),
      };
      known.set(layer, before);
      return before;
    },
  };
}

export function without(id: string, guard: string): Deviation {
  const known = new Map<AnyStateMachine, AnyStateMachine>();
  return {
    machine(machine) {
      if (machine.id !== id) return machine;
      const altered = known.get(machine) ?? machine.provide({ guards: { [guard]: () => false } } as never);
      known.set(machine, altered);
      return altered;
    },
  };
}
