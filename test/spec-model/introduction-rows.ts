/**
 * The transition tables of a user's consent and discoverability (U) and of a discovery provider (DP), row by row: what
 * reaches each, or why nothing can. For the rows of hubs, followers and clients see ./transition-rows.ts.
 */
import type { TransitionRow } from "./transition-rows.ts";

const consent = "spec-model/consent/consent-machine.test.ts";
const cache = "spec-model/consent/cache-machine.test.ts";
const ledger = "spec-model/consent/ledger.test.ts";
const keyMaterial = "spec-model/provider/key-material.test.ts";
const requirements = "spec-model/discovery/mappings/requirements.test.ts";
const identifier = "spec-model/discovery/mappings/identifier-machine.test.ts";

export const introductionRows: readonly TransitionRow[] = [
  {
    row: "U1",
    event: "consent is requested",
    scenarios: ["introduction-from-phone", "consent-refused"],
    tests: [
      [consent, "U1: becomes a request that the target is shown"],
      [consent, "U1: after a revocation keeps the request, and does not show it"],
      [consent, "U1: for one room, does not get past a revocation for any"],
    ],
  },
  {
    row: "U2",
    event: "a request is taken back",
    scenarios: ["consent-refused"],
    tests: [[consent, "U2: goes back to where it was when the request is taken back"]],
  },
  {
    row: "U3",
    event: "a cancel without a request",
    tests: [
      [consent, "U3: ignores a cancel that no request came before"],
      [cache, "sends a cancel for a request that was made, and for no other"],
    ],
  },
  {
    row: "U4",
    event: "the target grants",
    scenarios: ["introduction-from-phone", "unsolicited-grant", "connection"],
    tests: [[consent, "U4: is granted from any state, and the requester's provider is told"]],
    missing:
      "a grant of the model carries no KeyPackages: they would not have passed the hub, which §5.2 demands",
  },
  {
    row: "U5",
    event: "the target revokes",
    scenarios: ["consent-refused", "consent-revoked"],
    tests: [
      [consent, "U5: is revoked from any state, and nobody is told unless the provider's policy says so"],
    ],
  },
  {
    row: "U6",
    event: "decisions about any room and about one",
    scenarios: ["unsolicited-grant"],
    tests: [
      [ledger, "U6: go by what was said of this room, whenever it was said, by default"],
      [ledger, "U6: go by the later decision under `latest`"],
    ],
  },
  {
    row: "U7",
    event: "grant and revocation overtake each other",
    tests: [
      [cache, "in order, the cache ends where the target's provider is"],
      [cache, "out of order, it ends elsewhere whenever the last decision is not the last to arrive"],
    ],
  },
  {
    row: "U8",
    event: "revoked between claim and Add",
    scenarios: ["consent-revoked"],
    tests: [[keyMaterial, "U8: lead nowhere once consent is taken back"]],
  },
  {
    row: "U9",
    event: "Add outside keyMaterial",
    tests: [[keyMaterial, "U9: lead nowhere where they were never handed out"]],
  },
  {
    row: "U10",
    event: "identifierQuery and searchability",
    scenarios: ["introduction-from-phone"],
    tests: [
      ["spec-model/discovery/answer-query.test.ts", "Xavier is found by a part of his first or last name"],
      [
        "spec-model/discovery/answer-query.test.ts",
        "Yolanda is found by her exact handle and not by her name",
      ],
      ["spec-model/discovery/answer-query.test.ts", "Zach is found by nothing"],
    ],
  },
  {
    row: "U11",
    event: "key material of a deleted user",
    tests: [[keyMaterial, "U11: a deleted user is userDeleted or noConsent"]],
  },
  {
    row: "U12",
    event: "key material under a pseudonym",
    tests: [[keyMaterial, "U12: consent of a user does not reach to another name of the same person"]],
    missing: "how a pseudonym is asked for is undefined: the model takes it for a user of its own",
  },
  {
    row: "DP1",
    event: "a mapping is authorised",
    scenarios: ["introduction-from-phone", "number-changes-hands"],
    tests: [
      [identifier, "DP1: is mapped by a genuine mapping"],
      [requirements, "takes one that the holder signed"],
      [requirements, "refuses a mapping signed by another key"],
    ],
  },
  {
    row: "DP2",
    event: "lookup",
    scenarios: ["introduction-from-phone", "number-changes-hands"],
    tests: [
      [requirements, "of one recipient, whoever's services they are for"],
      [requirements, "tells no mapping from one without services, one service from several"],
      [requirements, "as data: the relay learns the sender, the discovery provider the identifier"],
    ],
  },
  {
    row: "DP3",
    event: "a sender verifies",
    scenarios: ["introduction-from-phone"],
    tests: [
      [requirements, "with the issuer's key and nothing else"],
      [
        "spec-model/participant/finding.test.ts",
        "R4: leaves out mappings that no trusted issuer stands behind",
      ],
    ],
  },
  {
    row: "DP4",
    event: "a mapping is removed",
    scenarios: ["number-changes-hands"],
    tests: [
      [identifier, "DP4: is not mapped any more once its holder says so"],
      [requirements, "by the recipient; then they are neither answered with nor kept"],
      [requirements, "forgets a former holder when the issuer gives the number to somebody else"],
    ],
  },
  {
    row: "DP5",
    event: "bulk scraping",
    tests: [
      [requirements, "looks up nothing without a token, with another's, or with one twice"],
      [requirements, "gives a provider's users so many tokens in a period, and again in the next"],
      ["spec-model/provider/outside-rooms.test.ts", "R8: gets so many tokens a day for each user"],
    ],
  },
];
