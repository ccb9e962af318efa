/** Reports of abusive messages. */
export * from "./structures.ts";
