/** Key material: what its owner's provider keeps and hands out, and the messages that ask for it. */
export { named, stocked, verifyRequest } from "./claims.ts";
export { type ClaimRequested, type ClientMaterial, type StockEvent, stockMachine } from "./stock-machine.ts";
export * from "./structures.ts";
