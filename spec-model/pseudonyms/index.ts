/** Pseudonymous clients of minimal-metadata rooms. */
export * from "./structures.ts";
