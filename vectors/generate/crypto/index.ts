/** The crypto family: what is signed, encrypted, hashed and derived, with all keys and intermediate values. */
import type { Suite } from "../../format/case.ts";
import { abuseReportGroups } from "./abuse-report.ts";
import { componentGroups } from "./components.ts";
import { credentialSuite } from "./credentials.ts";
import { exporterGroups } from "./exporter.ts";
import { externalPartGroup, externalPartNotes } from "./external-parts.ts";
import { frankingGroups } from "./franking.ts";
import { foundGroup } from "./group.ts";
import { groupInfoGroups } from "./group-info.ts";
import { handshakeGroups } from "./handshakes.ts";
import { keyMaterialRequestGroups } from "./key-material-request.ts";
import { keyPackageGroups } from "./key-packages.ts";
import { scenes } from "./keys.ts";
import { mlsHandshakeGroups } from "./mls/index.ts";
import { ratchetTreeGroups } from "./mls/trees.ts";
import { multiCredentialGroups } from "./multi-credentials.ts";
import { cryptoNotes } from "./notes.ts";
import { partialGroupInfoGroups } from "./partial-group-info.ts";
import { pskGroups } from "./pre-shared-keys.ts";
import { pseudonymGroups } from "./pseudonyms.ts";
import { semiPrivateGroups } from "./semi-private.ts";

export function cryptoSuites(seed: string): Suite[] {
  const all = scenes(seed);
  const groups = all.map(foundGroup);
  const common = { family: "crypto", seed: `${seed} crypto`, notes: cryptoNotes } as const;
  const suite = (draft: string, name: string, title: string, made: Suite["groups"]): Suite => ({
    ...common,
    draft,
    name,
    title,
    groups: made,
  });
  const protocol = "protocol-06";
  return [
    suite(
      protocol,
      "key-material-request",
      "Signed requests for key material",
      keyMaterialRequestGroups(all),
    ),
    suite(protocol, "group-info", "Requests for GroupInfo and their answers", groupInfoGroups(all, groups)),
    suite(protocol, "franking", "Franking", frankingGroups(all)),
    suite(protocol, "abuse-report", "Reported messages", abuseReportGroups(all)),
    suite(protocol, "pseudonyms", "Pseudonymous credentials", pseudonymGroups(all)),
    {
      ...suite("content-09", "external-parts", "What external parts lead to", [externalPartGroup(seed)]),
      notes: externalPartNotes,
    },
    suite(
      protocol,
      "mls-handshakes",
      "Handshakes that MLS refuses, as a hub and a joiner see them",
      mlsHandshakeGroups(all),
    ),
    suite(protocol, "mls-trees", "Ratchet trees as a hub and a joiner get them", ratchetTreeGroups(all)),
    suite("mls-extensions", "components", "Labels of components", componentGroups(all)),
    suite("mls-extensions", "exporter", "Exported secrets", exporterGroups(all)),
    suite("mls-extensions", "handshakes", "Proposals and commits seen from outside", handshakeGroups(all)),
    suite("mls-extensions", "key-packages", "KeyPackages for a group", keyPackageGroups(all)),
    suite("mls-extensions", "multi-credentials", "Credentials of several", multiCredentialGroups(all)),
    suite("mls-extensions", "pre-shared-keys", "Pre-shared keys", pskGroups(all)),
    suite("semiprivatemessage-07", "messages", "SemiPrivateMessages", semiPrivateGroups(all, groups)),
    suite(
      "ratchet-tree-options-03",
      "partial-group-info",
      "PartialGroupInfos",
      partialGroupInfoGroups(all, groups),
    ),
    ...credentialSuite(all, seed),
  ];
}
