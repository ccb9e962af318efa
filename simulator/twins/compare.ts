/** Which secrets which probes give away, under a provider's policy. Property I43 */
import type { IntroductionPolicy } from "../../spec-model/introduction/index.ts";
import type { stepProvider } from "../../spec-model/provider/index.ts";
import { type Probe, proberView, probes } from "./probes.ts";
import { type Secret, secrets, worldOf } from "./worlds.ts";

/** A probe that looks different from one world to the other. */
export interface Leak {
  readonly secret: string;
  readonly probe: string;
}

/** Whether a sequence of probes sees the same in both worlds of a secret, octet by octet. */
export function isKept(
  secret: Secret,
  sequence: readonly Probe[],
  policy: Partial<IntroductionPolicy>,
  stepAs?: typeof stepProvider,
): boolean {
  const [one, other] = secret.worlds.map((history) => proberView(worldOf(history, policy), sequence, stepAs));
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Every secret that a single probe gives away. */
export function leaks(policy: Partial<IntroductionPolicy> = {}): Leak[] {
  return secrets.flatMap((secret) =>
    probes
      .filter((probe) => !isKept(secret, [probe], policy))
      .map((probe) => ({ secret: secret.says, probe: probe.name })),
  );
}
