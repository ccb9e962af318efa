/** Links by which users may join a room. room-policy-04 §6.2 */
import { alias, bool, type Infer, opaque, struct, uint32, v, vector } from "../../wire/index.ts";

export const JoinLinkPolicy = struct("JoinLinkPolicy", {
  on_request: bool.as("at most one link is kept in the room; others are asked for"),
  join_link: opaque(v).as("where links are asked for; empty where they are not"),
  multiuser: bool.as("several users may use the same link"),
  expiration: uint32.as("seconds from a link's creation"),
})
  .from("room-policy-04 §6.2", "how join links come about; the content of the join_link_policy component")
  .decided({
    question: "the text speaks of a URI in link_requests, the structure has join_link in its place",
    reading: "the field join_link is what the text means by link_requests",
    reason: "it is the only field that can hold a URI",
    alternatives: ["a link itself, and no field for requests"],
  });
export type JoinLinkPolicy = Infer<typeof JoinLinkPolicy>;

export const JoinLink = struct("JoinLink", { join_link: opaque(v) })
  .from("room-policy-04 §6.2", "one link that is in force")
  .decided({
    question: "join_link had no length up to room-policy-03",
    reading: "opaque<V>, as room-policy-04 has it",
    reason: "the later revision",
    alternatives: [],
  });
export type JoinLink = Infer<typeof JoinLink>;

export const JoinLinksData = alias("JoinLinksData", vector(JoinLink))
  .from("room-policy-04 §6.2", "all links in force; the content of the join_links component")
  .decided({
    question:
      "`JoinLink JoinLinksData<V>` stands outside any structure, where the other components name a structure",
    reading: "the component's data is the vector itself, with its length",
    reason: "a structure around a single vector would have the same octets",
    alternatives: [],
  });
export type JoinLinksData = Infer<typeof JoinLinksData>;

export const JoinLinksUpdate = struct("JoinLinksUpdate", {
  removedIndices: vector(uint32).as("into JoinLinksData, before this update"),
  added_links: vector(JoinLink).as("at the end of the list"),
})
  .from("room-policy-04 §6.2", "changes of the links in force; an AppDataUpdate of join_links")
  .decided({
    question: "in which order removals and additions are applied, and which list the indices refer to",
    reading: "removals first, indices into the list before the update",
    reason: "the order of the fields, and the rule for the like-named field of ParticipantListUpdate",
    alternatives: ["each index refers to the list without the links removed before it"],
  });
export type JoinLinksUpdate = Infer<typeof JoinLinksUpdate>;
