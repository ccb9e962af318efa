/** CDDL in drafts. */
export { parseCddl } from "./parser.ts";
export { type Cddl, type Entry, type Group, prelude, type Rule, type Type } from "./syntax.ts";
export { type Mismatch, mismatch, type Schema, schemaOf } from "./validate.ts";
