/** Franking: the hub's stamp on a message. */

export { type FrankingKeys, frank, frankingTag, isServerFrank, verifyFrank } from "./frank.ts";
export * from "./structures.ts";
