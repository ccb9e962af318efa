/** Seeded randomness for the simulator: one independent stream a purpose. */
export type { RandomStream, Seed } from "./random-stream.ts";
export { rootRandom } from "./random-stream.ts";
