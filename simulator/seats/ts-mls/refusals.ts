/** What ts-mls throws, as a fact. */
import type { Refused } from "../../../spec-model/room/index.ts";

/**
 * What ts-mls gives, or why it refuses. Its errors are of many kinds, some of them the language's own: whatever it
 * throws is its answer, and no reason for a run to end.
 */
export async function askTsMls<T>(where: string, call: () => Promise<T>): Promise<T | Refused> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { errorType: error.name, code: "refusedByTsMls", where, text: error.message };
  }
}
