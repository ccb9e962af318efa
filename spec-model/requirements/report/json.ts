/** The matrix for programs. */
import { type DraftMatrix, sumOf } from "../matrix.ts";

/** JSON with the counts, and in it each draft with its counts and its rows. */
export function matrixAsJson(matrix: readonly DraftMatrix[]): string {
  const drafts = matrix.map(({ draft, count, rows }) => ({
    draft,
    count,
    requirements: rows.map(({ requirement, status, links }) => ({
      ...requirement,
      status,
      evidence: links.map((link) => ({ ...link })),
    })),
  }));
  return `${JSON.stringify({ count: sumOf(matrix.map(({ count }) => count)), drafts }, null, 2)}\n`;
}
