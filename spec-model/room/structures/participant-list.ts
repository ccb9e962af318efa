/** The participant list and its changes. protocol-06 §7.5 */
import { type Infer, struct, text, uint32, v, vector } from "../../wire/index.ts";

export const UserRolePair = struct("UserRolePair", {
  user: text(v).as("a MIMI user URI"),
  role_index: uint32.as("of a role in roles_list"),
})
  .from("protocol-06 §7.5", "a user of the room and the one role it holds")
  .decided({
    question: "what the octets of user are",
    reading: "the text of the user's MIMI URI",
    reason: "the figures list participants by URI, and the same value has to match credentials of clients",
    alternatives: ["an IdentifierUri: a second length inside the first"],
  });
export type UserRolePair = Infer<typeof UserRolePair>;

export const ParticipantListData = struct("ParticipantListData", {
  participants: vector(UserRolePair),
}).from("protocol-06 §7.5", "the users of a room; the content of the participant_list component");
export type ParticipantListData = Infer<typeof ParticipantListData>;

export const UserindexRolePair = struct("UserindexRolePair", {
  user_index: uint32.as("into participants, before this update"),
  role_index: uint32.as("the role from now on"),
}).from("protocol-06 §7.5", "a participant whose role changes");
export type UserindexRolePair = Infer<typeof UserindexRolePair>;

export const ParticipantListUpdate = struct("ParticipantListUpdate", {
  changedRoleParticipants: vector(UserindexRolePair).as("applied first"),
  removedIndices: vector(uint32).as("applied second; into participants, before this update"),
  addedParticipants: vector(UserRolePair).as("applied last, at the end of the list"),
})
  .from("protocol-06 §7.5", "changes of the participant list; an AppDataUpdate of participant_list")
  .decided({
    question: "whether an index refers to the list before or after the changes in front of it",
    reading: "to the list before the update, whatever the update does besides",
    reason:
      "the text speaks of the current ParticipantListData; additions come last and are never referred to",
    alternatives: ["each index refers to the list without the participants removed before it"],
  })
  .decided({
    question: "changedRoleParticipants has no semicolon",
    reading: "a field like the other two",
    reason: "nothing else can be meant",
    alternatives: [],
  });
export type ParticipantListUpdate = Infer<typeof ParticipantListUpdate>;
