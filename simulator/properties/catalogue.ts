/** All properties, and those that the toolkit checks elsewhere or not at all, with the reason. */
import { authorisation } from "./authorisation.ts";
import { content } from "./content.ts";
import type { Property } from "./definition.ts";
import { delivery } from "./delivery.ts";
import { epochs } from "./epochs.ts";
import { franking } from "./franking.ts";
import { handshakes } from "./handshakes.ts";
import { keyPackages } from "./key-packages.ts";
import { lifeCycle } from "./life-cycle.ts";
import { liveness } from "./liveness.ts";
import { membership } from "./membership.ts";
import { secrecy } from "./secrecy.ts";
import { showing } from "./showing.ts";

/** In the order of their ids. */
export const properties: readonly Property[] = [
  ...epochs,
  ...membership,
  ...authorisation,
  ...keyPackages,
  ...handshakes,
  ...delivery,
  ...franking,
  ...content,
  ...lifeCycle,
  ...secrecy,
  ...showing,
  ...liveness,
].toSorted((a, b) => (a.id < b.id ? -1 : 1));

export const propertyById: ReadonlyMap<string, Property> = new Map(
  properties.map((property) => [property.id, property]),
);

export interface NotImplemented {
  readonly id: string;
  readonly says: string;
  readonly because: string;
}

/** Properties that no watcher looks for. */
export const notImplemented: readonly NotImplemented[] = [
  {
    id: "I06",
    says: "an index in a list update denotes the user that its proposer meant",
    because:
      "what a proposer meant is in its intention alone; updates are built by index from the list that it sees",
  },
  {
    id: "I09",
    says: "what is pending can be committed together, by somebody who is there",
    because:
      "it is checked by what it comes to: L03 asks that what is pending is committed once somebody tries",
  },
  {
    id: "I13",
    says: "the policy stays within the envelope that the room was created with",
    because:
      "hubs judge every change by it (the policy's rule policy-in-envelope); no draft has a format for it",
  },
  {
    id: "I25",
    says: "who was removed lacks the secrets of later epochs",
    because: "it is about what can be derived: the symbolic layer's knowledge queries decide it, not a run",
  },
  {
    id: "I40",
    says: "a follower cannot tell who has sent a message",
    because:
      "it compares two worlds: see simulator/twins; guessing tells, as the finding the-frank-names-the-sender has it",
  },
  {
    id: "I42",
    says: "a hub cannot tell whose pseudonyms it sees",
    because: "it compares two runs of the scenario minimal-metadata that differ in names: its tests do",
  },
  {
    id: "I43",
    says: "an answer does not tell whether a user exists",
    because: "it compares two worlds: see simulator/twins",
  },
  {
    id: "I52",
    says: "a discovery provider never has both ends of a mapping's use",
    because: "who learns what is computed from the exchanges: see spec-model/discovery/mappings",
  },
  {
    id: "I54",
    says: "a hub that forks a room leaves evidence",
    because: "the drafts have none to look for: franks give a part of it",
  },
  {
    id: "L04",
    says: "who is allowed to join and keeps trying joins",
    because: "clients try a bounded number of times: what follows is the scenario's to say, in its endings",
  },
  {
    id: "L06",
    says: "a participant without clients can become active or leave",
    because: "it says that something stays possible: it takes a search over states, not a run",
  },
  {
    id: "L09",
    says: "a frank stays reportable for as long as the hub promises",
    because: "the drafts promise no time",
  },
  {
    id: "L10",
    says: "a decision on consent shows only where its maker wants it to",
    because: "it compares two worlds: see simulator/twins",
  },
  {
    id: "L11",
    says: "key material is replenished before it runs out",
    because: "nothing in the drafts asks a client to; users of the model publish when they want to",
  },
];
