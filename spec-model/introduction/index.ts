/** From knowing a user to having it in a room. */
export { type ClaimEvent, claimMachine } from "./claim-machine.ts";
