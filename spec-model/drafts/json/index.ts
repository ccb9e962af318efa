/** JSON in drafts. */
export { type Json, type JsonValue, type Member, parseJson } from "./json.ts";
