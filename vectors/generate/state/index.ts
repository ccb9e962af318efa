/** The state family: what changes do to dictionaries, lists, consent and stocks of KeyPackages. */
import type { Suite } from "../../format/case.ts";
import { dictionaryGroups } from "./app-data.ts";
import { claimGroups } from "./claims.ts";
import { consentGroups } from "./consent.ts";
import { stateNotes } from "./notes.ts";
import { participantGroups } from "./participants.ts";
import { roomComponentGroups } from "./room-components.ts";
import { searchGroups } from "./search.ts";

export function stateSuites(seed: string): Suite[] {
  const common = { family: "state", seed: `${seed} state`, notes: stateNotes } as const;
  const protocol = { ...common, draft: "protocol-06" };
  return [
    {
      ...common,
      draft: "mls-extensions",
      name: "dictionary",
      title: "Data of components",
      groups: dictionaryGroups(),
    },
    {
      ...common,
      draft: "room-policy-04",
      name: "components",
      title: "Updates of a room's components",
      groups: roomComponentGroups(seed),
    },
    { ...protocol, name: "participants", title: "The participant list", groups: participantGroups() },
    { ...protocol, name: "consent", title: "Consent", groups: consentGroups() },
    { ...protocol, name: "key-packages", title: "Claims of KeyPackages", groups: claimGroups() },
    { ...protocol, name: "searches", title: "Searches among a provider's users", groups: searchGroups() },
  ];
}
