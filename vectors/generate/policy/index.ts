/** The policy family: what a room's policy allows, to whom. room-policy-04 */
import type { Suite } from "../../format/case.ts";
import { actGroups } from "./act-cases.ts";
import { assetConductGroups } from "./asset-conduct-cases.ts";
import { capabilityGroups } from "./capability-cases.ts";
import { conductGroups } from "./conduct-cases.ts";
import { contradictionGroups } from "./contradiction-cases.ts";
import { creationGroups } from "./creation-cases.ts";
import { operationalConductGroups } from "./operational-conduct-cases.ts";
import { outsideGroups } from "./outside-cases.ts";
import { ownGroups } from "./own-cases.ts";
import { readingGroups } from "./readings/index.ts";
import { roomGroups } from "./room-cases.ts";

export function policySuites(): Suite[] {
  const common = { draft: "room-policy-04", family: "policy", seed: "none", notes } as const;
  return [
    { ...common, name: "capabilities", title: "What each capability authorises", groups: capabilityGroups() },
    {
      ...common,
      name: "rooms",
      title: "Roles, limits, ways in, and pending proposals",
      groups: roomGroups(),
    },
    { ...common, name: "acts", title: "Messages, downloads and calls", groups: actGroups() },
    {
      ...common,
      name: "own-acts",
      title: "Own roles, leaving, unbanning, preauthorisation and pseudonyms",
      groups: ownGroups(),
    },
    {
      ...common,
      name: "outside",
      title: "GroupInfo for newcomers, providers, parent rooms, and who may not commit",
      groups: outsideGroups(),
    },
    {
      ...common,
      name: "new-rooms",
      title: "New rooms, and changes that keep apart",
      groups: creationGroups(),
    },
    {
      ...common,
      name: "contradictions",
      title: "Changes that contradict the room, or each other",
      groups: contradictionGroups(),
    },
    {
      ...common,
      name: "readings",
      title: "What room-policy-04 leaves open, as this project reads it",
      groups: readingGroups(),
    },
    {
      ...common,
      name: "conduct",
      title: "What clients do with notifications, links, history, bots, expiry and assets",
      groups: [...conductGroups(), ...assetConductGroups()],
    },
    {
      ...common,
      name: "operation",
      title: "How clients and hubs run a room's group, where its operational policy says so",
      groups: operationalConductGroups(),
    },
  ];
}

const notes = {
  Allowed: {
    kind: "valid",
    description: "What the room's policy allows.",
    effect: "A hub that refuses it, or a client that does, is out of step with the others.",
    draft: "room-policy-04 §8",
  },
  Refused: {
    kind: "authorisation",
    description: "What the room's policy does not allow; `view` names the rule.",
    effect: "Somebody does what the room's members have not agreed to.",
    draft: "room-policy-04 §8",
  },
} as const;
