/** Consent to be added to rooms. */
export * from "./structures.ts";
