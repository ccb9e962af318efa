/** The constraints on a room as a whole. room-policy-04 §5 */
import { ComponentID } from "../../mls/structures/index.ts";
import { bool, type Infer, optional, struct, uint32, vector } from "../../wire/index.ts";
import { Uri } from "./metadata.ts";

export const BaseRoomPolicy = struct("BaseRoomPolicy", {
  fixed_membership: bool.as("nobody is added or removed after the room's creation"),
  parent_dependant: bool.as("participants are participants of the parent room, too"),
  parent_room: vector(Uri).as("one URI where parent_dependant, otherwise none"),
  multi_device: bool.as("a user may have several clients in the group"),
  max_clients: optional(uint32),
  max_users: optional(uint32).as("the banned are not counted"),
  pseudonyms_allowed: bool,
  persistent_room: bool.as("outlives its MLS group"),
  discoverable: bool.as("can be searched for"),
  policy_component_ids: vector(ComponentID).as("the other policy components in use"),
})
  .from("room-policy-04 §5", "a room's basic rules; the content of the base_room_policy component")
  .decided({
    question: "parent_room is `Uri parent_room<V>`: a vector of Uri, each with a length of its own",
    reading: "a vector of Uri with no or one item",
    reason: "the syntax is sound and says so; where there is no parent both readings have the same octet",
    alternatives: ["a single Uri, zero-length where there is none"],
  })
  .decided({
    question: "policy_component_ids holds items of the type Component, which is not defined",
    reading: "ComponentID of mls-extensions §4.1",
    reason: "the field's name and the text speak of component IDs",
    alternatives: ["ComponentData, with the data of each policy"],
  })
  .decided({
    question: "`enum { false(0), true(1) } bool` has no maximum that says how wide it is",
    reading: "one octet",
    reason: "RFC 8446 §3.5: as many octets as the largest value needs",
    alternatives: [],
  })
  .decided({
    question: "the field is called parent_dependant, the text says parent_dependent",
    reading: "the field's spelling",
    reason: "names are not on the wire",
    alternatives: [],
  });
export type BaseRoomPolicy = Infer<typeof BaseRoomPolicy>;

/** A base policy that asks for nothing, but for `changes`. */
export function plainBaseRoomPolicy(changes: Partial<BaseRoomPolicy> = {}): BaseRoomPolicy {
  return {
    fixedMembership: false,
    parentDependant: false,
    parentRoom: [],
    multiDevice: true,
    maxClients: undefined,
    maxUsers: undefined,
    pseudonymsAllowed: false,
    persistentRoom: false,
    discoverable: false,
    policyComponentIds: [],
    ...changes,
  };
}
