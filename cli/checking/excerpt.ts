/** The line of a draft that a finding is about. */
import type { Draft, Finding, Place } from "../../spec-model/drafts/index.ts";

/** The line's text; empty where it is not known. */
export function lineAt({ file, line }: Place, drafts: readonly Draft[]): string {
  for (const draft of drafts) {
    const source = draft.file === file ? draft.source : draft.includes.get(file);
    if (source !== undefined) return source[line - 1] ?? "";
  }
  return "";
}

/** The line and, below it, marks under the word that is meant. */
export function excerpt(
  { place, token }: Finding,
  drafts: readonly Draft[],
): { text: string; marks: string } | undefined {
  const text = lineAt(place, drafts).replaceAll("\t", " ");
  if (text.trim() === "") return undefined;
  const from = Math.max(0, place.column - 1);
  const at = token !== "" && text.startsWith(token, from) ? from : token === "" ? from : text.indexOf(token);
  const start = at === -1 ? from : at;
  const length = at === -1 || token === "" ? Math.max(1, text.trimEnd().length - start) : token.length;
  return { text, marks: " ".repeat(start) + "^".repeat(Math.max(1, Math.min(length, text.length - start))) };
}
