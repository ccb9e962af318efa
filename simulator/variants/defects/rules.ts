/** Hubs that do not know one rule: of a room's policy, or of their own. What the rule refuses they let pass. */

import { evidence, requirements } from "../../../spec-model/requirements/index.ts";
import { type PolicyRule, policyRules } from "../../../spec-model/room/index.ts";
import type { Defect } from "../variant.ts";
import { alsoBroken } from "./rule-requirements.ts";

/** Rules of the hub itself, which no policy can change, with the requirements that they are for. */
const hubRules: Readonly<Record<string, readonly [says: string, breaks: readonly string[]]>> = {
  "providers-speak-for-their-own": [
    "takes what a provider sends in the name of another one's users",
    [
      "arch-5.2-authenticated-by-server",
      "arch-5.1-server-verifies-actor",
      "protocol-5.4-sender-is-participant",
    ],
  ],
  "leavers-do-not-commit": [
    "takes commits of clients that it has accepted the removal of",
    ["protocol-5.3-removed-no-commits", "room-policy-8.1.2-not-committed-by-leaver"],
  ],
  "leavers-do-not-send": [
    "takes messages of users that it has accepted the removal of",
    ["protocol-5.3-removed-no-messages"],
  ],
  "fixed-unique": [
    "hosts a second room with fixed membership for the same users",
    ["room-policy-5-fixed-unique"],
  ],
  "request-is-signed": [
    "gives the GroupInfo to whoever asks, signed or not",
    ["protocol-5.6-credential-or-code", "protocol-5.6-not-authorized"],
  ],
};

/** What a message does is for clients to see to, as no hub can read it; of links and calls no client of a run knows. */
const clientRules: ReadonlySet<string> = new Set<PolicyRule>([
  "canReplyToMessage",
  "canReactToMessage",
  "canEditReaction",
  "canDeleteOwnReaction",
  "canDeleteOtherReaction",
  "canEditOwnMessage",
  "canDeleteOwnMessage",
  "canDeleteOtherMessage",
  "canStartTopic",
  "canReplyInTopic",
]);

export const ruleDefects: readonly Defect[] = [
  ...Object.entries(hubRules).map(([rule, [says, breaks]]) => lacking(rule, says, breaks)),
  ...(Object.keys(policyRules) as PolicyRule[]).map((rule) =>
    lacking(rule, `does not see to it: ${policyRules[rule].says}`, brokenWithout(rule)),
  ),
];

function lacking(rule: string, says: string, breaks: readonly string[]): Defect {
  const party = clientRules.has(rule) ? "client" : "hub";
  return {
    kind: "defect",
    id: `${party}-without-${rule}`,
    says,
    party,
    breaks,
    alteration: { lacksRule: rule },
  };
}

/** The requirements whose evidence is the rule; for a capability those that speak of it, too. */
function brokenWithout(rule: PolicyRule): string[] {
  const speaksOfIt = new RegExp(`(^|: |and )${rule}\\b`);
  const found = requirements
    .filter(({ id, says }) => {
      const links = evidence[id] ?? [];
      const isEvidence = links.some(
        (link) => link.kind === "rule" && link.file.includes("/room/policy/") && link.name === rule,
      );
      return isEvidence || (rule.startsWith("can") && speaksOfIt.test(says));
    })
    .map(({ id }) => id);
  return [...new Set([...found, ...(alsoBroken[rule] ?? [])])];
}
