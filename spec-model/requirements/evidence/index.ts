/** The evidence for each requirement: rules of the model, and tests that check them. */
import { contentEvidence } from "./content.ts";
import { extensionsEvidence } from "./extensions.ts";
import type { EvidenceByRequirement } from "./links.ts";
import { otherEvidence } from "./others.ts";
import { protocolEvidence } from "./protocol.ts";
import { roomPolicyEvidence } from "./room-policy.ts";

export type { Link } from "./links.ts";

export const evidence: EvidenceByRequirement = {
  ...protocolEvidence,
  ...roomPolicyEvidence,
  ...contentEvidence,
  ...extensionsEvidence,
  ...otherEvidence,
};
