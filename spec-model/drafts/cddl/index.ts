/** CDDL in drafts. */
export { parseCddl } from "./parser.ts";
export { linesOfRule } from "./print.ts";
export { type Cddl, type Group, prelude, type Rule, type Type } from "./syntax.ts";
export { type Mismatch, mismatch, schemaOf } from "./validate.ts";
