/** `mimi requirements`: what the drafts demand, and what shows that the model obeys. */
import { basename, dirname } from "node:path";
import { Command } from "commander";
import { closest } from "../../spec-model/closest.ts";
import {
  type Actor,
  actors,
  type DraftMatrix,
  type Filter,
  isDraft,
  levels,
  matrixAsHtml,
  matrixAsJson,
  matrixAsMarkdown,
  matrixOf,
  requirements,
} from "../../spec-model/requirements/index.ts";
import { writeFiles } from "../files.ts";
import { printMatrix } from "../print-matrix.ts";
import { UsageError } from "../usage-error.ts";

interface Options {
  readonly draft?: string;
  readonly level?: string;
  readonly actor?: string;
  readonly gaps?: boolean;
  readonly format?: string;
  readonly out?: string;
}

const formats: Readonly<Record<string, (matrix: readonly DraftMatrix[]) => string>> = {
  json: matrixAsJson,
  markdown: matrixAsMarkdown,
  html: matrixAsHtml,
};

export function requirementsCommand(): Command {
  return new Command("requirements")
    .description("what the drafts require and what shows that the model obeys, gaps first")
    .option("--draft <name>", "only this draft, e.g. protocol or room-policy-04")
    .option("--level <keyword>", 'only this level, e.g. MUST, "SHOULD NOT" or declared')
    .option("--actor <who>", `only what binds one of: ${Object.keys(actors).join(", ")}`)
    .option("--gaps", "only what no test checks")
    .option("--format <format>", `${Object.keys(formats).join(", ")}; without it, lines for reading here`)
    .option("--out <file>", "write into this file; needs --format")
    .action((options: Options) => {
      const matrix = matrixOf(filterOf(options));
      if (options.format === undefined) {
        if (options.out !== undefined) throw wrong("--out needs --format: json, markdown or html");
        printMatrix(matrix);
        return;
      }
      const write = formats[oneOf("format", options.format, Object.keys(formats))];
      const text = write?.(matrix) ?? "";
      if (options.out === undefined) process.stdout.write(text);
      else {
        const files = new Map([[basename(options.out), text]]);
        for (const path of writeFiles("mimi requirements", dirname(options.out), files)) console.log(path);
      }
    });
}

function filterOf({ draft, level, actor, gaps }: Options): Filter {
  const drafts = [...new Set(requirements.map((requirement) => requirement.draft))];
  if (draft !== undefined && !drafts.some((each) => isDraft(draft, each)))
    throw unknown("draft", draft, drafts, withoutRevision(drafts));
  const wantedLevel = levels.find((each) => each.toLowerCase() === level?.toLowerCase());
  if (level !== undefined && wantedLevel === undefined) throw unknown("level", level, levels);
  return {
    ...(draft === undefined ? {} : { draft }),
    ...(wantedLevel === undefined ? {} : { level: wantedLevel }),
    ...(actor === undefined ? {} : { actor: oneOf("actor", actor, Object.keys(actors)) as Actor }),
    ...(gaps === undefined ? {} : { gaps }),
  };
}

function oneOf(what: string, word: string, candidates: readonly string[]): string {
  if (candidates.includes(word)) return word;
  throw unknown(what, word, candidates);
}

function withoutRevision(drafts: readonly string[]): string[] {
  return drafts.map((draft) => draft.replace(/-\d+$/, ""));
}

function unknown(
  what: string,
  word: string,
  candidates: readonly string[],
  others: readonly string[] = [],
): UsageError {
  const near = closest(word, [...others, ...candidates]);
  const hint = near === undefined ? `There are: ${candidates.join(", ")}.` : `Did you mean "${near}"?`;
  return wrong(`there is no ${what} "${word}". ${hint}`);
}

function wrong(text: string): UsageError {
  return new UsageError(`mimi requirements: ${text}`);
}
