/** Where the drafts, their examples and the MLS working group's vectors lie, beside the repository or in MIMI_SHARED. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder's path, or undefined where it is missing: tests that need it are then skipped with `missingShared`. */
export function sharedFolder(): string | undefined {
  const folder = process.env["MIMI_SHARED"] ?? fileURLToPath(new URL("../../shared", import.meta.url));
  return existsSync(`${folder}/drafts`) ? folder : undefined;
}

export const missingShared =
  "skipped: neither ../shared nor MIMI_SHARED holds the drafts and the MLS vectors";
