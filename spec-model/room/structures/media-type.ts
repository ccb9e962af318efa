/** Media types in their binary form. mls-extensions §6.2 */
import { type Infer, struct, text, v, vector } from "../../wire/index.ts";

export const Parameter = struct("Parameter", {
  parameter_name: text(v),
  parameter_value: text(v).as("without quotation marks"),
}).from("mls-extensions §6.2", "one parameter of a media type");

export const MediaType = struct("MediaType", {
  type: text(v).as("type/subtype; empty: the first one in content_media_types"),
  parameters: vector(Parameter),
}).from("mls-extensions §6.2", "a media type with its parameters");
export type MediaType = Infer<typeof MediaType>;
