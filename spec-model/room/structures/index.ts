/** The components of a room: participant list, metadata and policies. */
export * from "./asset-policy.ts";
export * from "./base-room-policy.ts";
export * from "./bot-policy.ts";
export * from "./capability-type.ts";
export * from "./component-ids.ts";
export * from "./components.ts";
export * from "./join-links.ts";
export * from "./logging-policy.ts";
export * from "./media-type.ts";
export * from "./message-policies.ts";
export * from "./metadata.ts";
export * from "./operational-policy.ts";
export * from "./optionality.ts";
export * from "./participant-list.ts";
export * from "./preauthorized-users.ts";
export * from "./roles.ts";
