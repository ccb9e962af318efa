/** Key material: what its owner's provider keeps and hands out, and the messages that ask for it. */
export { named, stocked, verifyRequest } from "./claims.ts";
export {
  type ClaimRequested,
  type ClientMaterial,
  type KeyMaterialPolicy,
  type Reservation,
  reservationsOf,
  type StockContext,
  type StockedKeyPackage,
} from "./stock.ts";
export { defaultKeyMaterialPolicy, type StockEvent, stockMachine } from "./stock-machine.ts";
export * from "./structures.ts";
export { codeForStranger } from "./user-code.ts";
