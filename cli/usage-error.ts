/** What a person did wrong, in one line: the command, what was wrong with which value, and what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
