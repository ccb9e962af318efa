/**
 * What room-policy-04 leaves open: for each question a case that has another outcome under every other answer, so that
 * an implementation finds out where it reads the draft differently.
 */
import type { policyRules } from "../../../../spec-model/room/index.ts";
import type { VectorGroup } from "../../../format/case.ts";
import { componentReadings } from "./components.ts";
import { entryReadings } from "./entries.ts";
import { hubReadings } from "./hubs.ts";
import { membershipReadings } from "./membership.ts";

/** The rules that these cases are about. */
export const readingRules: readonly (keyof typeof policyRules)[] = [
  "canChangeOtherPolicyAttribute",
  "canUseJoinCode",
  "change-is-known",
  "external-commits-allowed",
  "external-proposals-allowed",
  "franking-agent-stays",
  "one-context-change",
];

export function readingGroups(): VectorGroup[] {
  return [...componentReadings(), ...membershipReadings(), ...entryReadings(), ...hubReadings()];
}
