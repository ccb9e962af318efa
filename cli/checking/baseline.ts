/** A file of findings that are known: they are not told again. Lines may move; what was found has to stay the same. */
import { type Finding, type RuleId, ruleIds } from "../../spec-model/drafts/index.ts";
import { UsageError } from "../usage-error.ts";

interface Known {
  readonly rule: RuleId;
  readonly token: string;
  readonly message: string;
}

export function writeBaseline(findings: readonly Finding[]): string {
  const known = findings.map(({ rule, token, message }) => ({ rule, token, message: withoutLines(message) }));
  return `${JSON.stringify({ known }, null, 2)}\n`;
}

/** Line numbers in messages change with every edit. */
function withoutLines(message: string): string {
  return message.replace(/\bline \d+/g, "line");
}

/** What `findings` has that the baseline in `text` has not, and how many of its entries are not found any more. */
export function againstBaseline(
  command: string,
  path: string,
  text: string,
  findings: readonly Finding[],
): { fresh: Finding[]; stale: number } {
  const known = parse(command, path, text);
  const left = [...known];
  const fresh = findings.filter(({ rule, token, message }) => {
    const wanted = withoutLines(message);
    const index = left.findIndex(
      (each) => each.rule === rule && each.token === token && each.message === wanted,
    );
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
  return { fresh, stale: left.length };
}

function parse(command: string, path: string, text: string): Known[] {
  const bad = new UsageError(`${command}: ${path} is no baseline; write one with --write-baseline`);
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw bad;
  }
  const known = (read as { known?: unknown } | null)?.known;
  if (!Array.isArray(known) || !known.every((each) => ruleIds.includes((each as Known)?.rule))) throw bad;
  return known as Known[];
}
