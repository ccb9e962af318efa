/** Pseudonymous clients of minimal-metadata rooms. */
export * from "./structures.ts";

/** In the range for private use (RFC 9420 §17.5): none is registered. */
export const pseudonymousCredentialType = 0xf0c1;
