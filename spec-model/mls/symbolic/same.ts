/** Comparing what many simulated members hold: mostly they hold one and the same object. */
import { equalBytes } from "../../bytes.ts";

/** Whether two byte strings are the same; quick where they are one object. */
export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one === other || equalBytes(one, other);
}
