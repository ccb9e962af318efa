/** All requirements of all drafts that are modelled. */
import { arch } from "./drafts/arch.ts";
import { content } from "./drafts/content.ts";
import { discovery } from "./drafts/discovery.ts";
import { extensions } from "./drafts/extensions.ts";
import { identity } from "./drafts/identity.ts";
import { protocol } from "./drafts/protocol.ts";
import { roomPolicy } from "./drafts/room-policy.ts";
import { semiprivate } from "./drafts/semiprivate.ts";
import { status } from "./drafts/status.ts";
import { treeOptions } from "./drafts/tree-options.ts";
import type { Requirement } from "./requirement.ts";

/** In the order of the drafts, and in each of its sections. */
export const requirements: readonly Requirement[] = [
  protocol,
  roomPolicy,
  content,
  arch,
  status,
  identity,
  discovery,
  extensions,
  semiprivate,
  treeOptions,
].flat();

/** For each fingerprint of a sentence the requirements that come from it. */
export function requirementsByFingerprint(): ReadonlyMap<string, readonly Requirement[]> {
  const found = new Map<string, Requirement[]>();
  for (const requirement of requirements) {
    for (const fingerprint of requirement.fingerprints) {
      found.set(fingerprint, [...(found.get(fingerprint) ?? []), requirement]);
    }
  }
  return found;
}
