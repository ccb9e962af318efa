/** What a room is called and looks like. protocol-06 §7.6 */
import { alias, type Infer, opaque, restricted, struct, text, v, vector } from "../../wire/index.ts";

export const Uri = struct("Uri", { uri: text(v).as("empty where there is none") }).from(
  "protocol-06 §7.6, room-policy-04 §B",
  "a URI of any scheme",
);
export type Uri = Infer<typeof Uri>;

const textWithoutNulls = restricted(text(v), "text without null characters", (s) => !s.includes("\0"));

export const UTF8String = struct("UTF8String", { string: textWithoutNulls }).from(
  "protocol-06 §7.6",
  "text for people",
);
export type UTF8String = Infer<typeof UTF8String>;

export const RichDescription = struct("RichDescription", {
  media_type: text(v).as("empty: text/plain;charset=utf-8"),
  language_tag: text(v).as("a language tag of BCP 47, or empty"),
  description_content: opaque(v).as("in the format media_type says"),
}).from("protocol-06 §7.6", "a description of the room in one language and format");
export type RichDescription = Infer<typeof RichDescription>;

export const RoomMetaData = struct("RoomMetaData", {
  room_uri: Uri.as("the room's MIMI URI"),
  room_name: UTF8String,
  room_descriptions: vector(RichDescription),
  room_avatar: Uri.as("an https URI of an image"),
  room_subject: UTF8String,
  room_mood: UTF8String,
})
  .from("protocol-06 §7.6", "what clients show of a room; the content of the room_metadata component")
  .decided({
    question: "how a room says that it has no avatar, or no name",
    reading: "with a zero-length value",
    reason: "none of the fields is optional, and a room need not have all of them",
    alternatives: ["refuse a zero-length URI"],
  });
export type RoomMetaData = Infer<typeof RoomMetaData>;

export const RoomMetaUpdate = alias("RoomMetaUpdate", RoomMetaData).from(
  "protocol-06 §7.6",
  "an AppDataUpdate of room_metadata: replaces all of it",
);
