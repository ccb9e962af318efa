/** How the structures are divided into files: a draft's area each. */
import { type NamedStructure, structures } from "../../../spec-model/structures.ts";

export interface Area {
  readonly draft: string;
  readonly name: string;
  readonly title: string;
  readonly structures: readonly NamedStructure[];
}

/** The draft, the beginning of a section number, the file's name and title; the first that fits counts. */
const areas: readonly (readonly [draft: string, section: string, name: string, title: string])[] = [
  ["protocol-06", "5.2", "key-material", "Key material requests and responses"],
  ["protocol-06", "5.3", "update", "Room updates"],
  ["protocol-06", "5.4", "submit-message", "Message submission and franking"],
  ["protocol-06", "5.5", "notify", "Fan-out"],
  ["protocol-06", "5.6", "group-info", "Group information"],
  ["protocol-06", "5.7", "consent", "Consent"],
  ["protocol-06", "5.8", "identifier-query", "Identifier queries"],
  ["protocol-06", "5.9", "abuse-report", "Abuse reports"],
  ["protocol-06", "", "room-state", "Identifiers, framing and room state"],
  ["room-policy-04", "6", "features", "Policy components for features of a room"],
  ["room-policy-04", "7", "operational", "Operational parameters"],
  ["room-policy-04", "", "roles", "Roles, preauthorised users and the base policy"],
  ["mls-extensions", "", "extensions", "MLS extensions"],
  ["semiprivatemessage-07", "", "semiprivatemessage", "SemiPrivateMessage"],
  ["ratchet-tree-options-03", "", "ratchet-tree-options", "Ratchet tree options"],
  ["rfc9420", "6", "framing", "MLS message framing"],
  ["rfc9420", "7", "ratchet-tree", "MLS ratchet trees"],
  ["rfc9420", "8", "key-schedule", "MLS key schedule"],
  ["rfc9420", "10", "key-packages", "MLS KeyPackages"],
  ["rfc9420", "12", "proposals-and-commits", "MLS proposals, commits and Welcomes"],
  ["rfc9420", "", "common", "MLS cryptographic objects, credentials and extensions"],
];

/** All structures, each in one area. */
export function codecAreas(): Area[] {
  const taken = new Set<NamedStructure>();
  return areas.map(([draft, section, name, title]) => {
    const here = structures.filter((each) => !taken.has(each) && isFrom(each, draft, section));
    for (const each of here) taken.add(each);
    return { draft, name, title, structures: here };
  });
}

/** The draft of a source as folders name it: `RFC 9420 §7.2` as `rfc9420`. */
function isFrom({ source }: NamedStructure, draft: string, section: string): boolean {
  const [document = "", number = ""] = source.replace(/^RFC (\d+)/, "rfc$1").split(" §");
  const inSection = section === "" || number === section || number.startsWith(`${section}.`);
  return document === draft && inSection;
}
