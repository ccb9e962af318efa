/** Every format of the drafts under its name: bytes to annotated parts and JSON, and JSON to bytes. */
export { type FieldGroup, groups as fieldGroups } from "./content-fields.ts";
export { contentFormats } from "./content-formats.ts";
export { findFormat, formats } from "./formats.ts";
export { JsonError } from "./from-json.ts";
export type { Decoded, Format, Part, Value } from "./part.ts";
export { wireFromJson as valueFromJson, wireToJson as valueToJson } from "./wire-json.ts";
