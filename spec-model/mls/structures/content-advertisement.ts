/** Saying which media types a client receives, and which one a message has (mls-extensions §6.2). */
import { type Infer, opaque, struct, v, vector } from "../../wire/index.ts";

export const Parameter = struct("Parameter", {
  parameter_name: opaque(v),
  parameter_value: opaque(v).as("without quotation marks or escapes"),
}).from("mls-extensions §6.2.2", "a parameter of a media type");

export const MediaType = struct("MediaType", {
  type: opaque(v).as("type, slash, subtype; empty for the first one that the group requires"),
  parameters: vector(Parameter),
}).from("mls-extensions §6.2.2", "a media type");
export type MediaType = Infer<typeof MediaType>;

export const MediaTypeList = struct("MediaTypeList", {
  media_type_list: vector(MediaType).as("at least one"),
}).from("mls-extensions §6.2.2", "the content of content_media_types");

export const ApplicationFraming = struct("ApplicationFraming", {
  media_type: MediaType,
  inner_application_content: opaque(v),
}).from("mls-extensions §6.2.4", "application data where the group has content_media_types");
