/** The suite on credentials: chains of certificates, keys that are known, and tokens. identity-05 §4 to §6 */
import type { Suite } from "../../format/case.ts";
import { chainGroup } from "./credential-chains.ts";
import { credentialNotes } from "./credential-notes.ts";
import { People } from "./credential-people.ts";
import { basicGroups, providerGroup } from "./credential-providers.ts";
import { tokenGroup } from "./credential-tokens.ts";
import type { Scene } from "./keys.ts";

export function credentialSuite(scenes: readonly Scene[], seed: string): Suite[] {
  const [edwards, nist] = scenes;
  if (edwards === undefined || nist === undefined) return [];
  const people = new People([edwards, nist]);
  return [
    {
      draft: "identity-05",
      family: "crypto",
      name: "credentials",
      title: "Whom credentials authenticate",
      seed: `${seed} crypto`,
      notes: credentialNotes,
      groups: [chainGroup(people), providerGroup(people), ...basicGroups(people), tokenGroup(people)],
    },
  ];
}
