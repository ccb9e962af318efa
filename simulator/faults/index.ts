/** What can go wrong in a run, as policies of the network. */
export { type BitFlip, bitFlip, parseBitFlip } from "./bit-flip.ts";
