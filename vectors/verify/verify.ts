/** Runs cases against an implementation, one after the other. */
import type { LoadedCase, LoadedFile } from "./files.ts";
import { withoutFreeMembers } from "./free-members.ts";
import { type Implementation, ImplementationError, lacking } from "./implementation.ts";
import { judge, type Verdict } from "./judge.ts";

export interface Result {
  readonly path: string;
  readonly case: LoadedCase;
  readonly verdict: Verdict;
  /** In milliseconds. */
  readonly took: number;
}

/** Every case of `files` has one result. What an implementation does wrong is a result, never an error. */
export async function verify(
  files: readonly LoadedFile[],
  implementation: Implementation,
  heard: (result: Result) => void = () => {},
): Promise<Result[]> {
  const results: Result[] = [];
  for (const { path, cases } of files) {
    for (const each of cases) {
      const start = performance.now();
      const verdict = await verdictOn(each, implementation);
      const result = { path, case: each, verdict, took: performance.now() - start };
      heard(result);
      results.push(result);
    }
  }
  return results;
}

async function verdictOn(each: LoadedCase, implementation: Implementation): Promise<Verdict> {
  const { id, operation, input } = each;
  const lacks = lacking(implementation.capabilities, operation, input);
  if (lacks !== undefined) return { verdict: "skipped", says: `it lacks ${lacks}` };
  try {
    const answer = await implementation.answer({ type: "case", id, operation, input });
    return judge(each, withoutFreeMembers(each, answer));
  } catch (error) {
    if (error instanceof ImplementationError) return { verdict: "failed", says: error.message };
    throw error;
  }
}
