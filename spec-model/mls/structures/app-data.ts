/** Application data in MLS objects and messages (mls-extensions §4 and §5). */
import { closedEnum, type Infer, opaque, struct, v, vector } from "../../wire/index.ts";
import { ComponentID } from "./basics.ts";

export const ComponentData = struct("ComponentData", { component_id: ComponentID, data: opaque(v) }).from(
  "mls-extensions §4.6",
  "the data of one component",
);
export type ComponentData = Infer<typeof ComponentData>;

export const AppDataDictionary = struct("AppDataDictionary", {
  component_data: vector(ComponentData).as("by ascending component_id, each at most once"),
}).from("mls-extensions §4.6", "the content of app_data_dictionary");
export type AppDataDictionary = Infer<typeof AppDataDictionary>;

export const AppDataUpdateOperation = closedEnum("AppDataUpdateOperation", 255, { update: 1, remove: 2 })
  .from("mls-extensions §4.7", "what happens to a component's data")
  .decided({
    question: "what an operation without a number of its own means",
    reading: "the proposal is malformed",
    reason: "the select has no case for it",
    alternatives: ["an invalid proposal that can still be decoded"],
  });

export const AppDataUpdate = struct("AppDataUpdate", {
  component_id: ComponentID,
  op: AppDataUpdateOperation,
})
  .select("op", { update: { update: opaque(v).as("interpreted by the component") }, remove: {} })
  .from("mls-extensions §4.7", "a change of one component's data in the GroupContext");

export const AppEphemeral = struct("AppEphemeral", { component_id: ComponentID, data: opaque(v) }).from(
  "mls-extensions §4.8",
  "data that travels with a commit and leaves no state",
);

export const SafeAADItem = struct("SafeAADItem", {
  component_id: ComponentID,
  aad_item_data: opaque(v),
}).from("mls-extensions §4.9", "one component's additional authenticated data");
export type SafeAADItem = Infer<typeof SafeAADItem>;

export const SafeAAD = struct("SafeAAD", {
  aad_items: vector(SafeAADItem).as("by ascending component_id"),
}).from("mls-extensions §4.9", "authenticated_data shared by several components");

export const ComponentsList = struct("ComponentsList", { component_ids: vector(ComponentID) }).from(
  "mls-extensions §5",
  "components that a client supports or a group requires",
);

export const ComponentOperationLabel = struct("ComponentOperationLabel", {
  base_label: opaque(v).as('always "MLS Component"'),
  component_id: ComponentID,
  label: opaque(v),
}).from("mls-extensions §4.1", "a label that no other component and no part of MLS uses");
