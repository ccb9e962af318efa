// Writes docs/findings: a page and a replay file for each finding, and their index. All of it comes from the runs.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { writeReplay } from "../simulator/search/index.ts";
import { findings, withoutPage } from "./findings/list.ts";
import { indexOf, pageOf, replayPath } from "./findings/page.ts";

/** Every file by its path from the repository's root. */
export function findingFiles(): ReadonlyMap<string, string> {
  const files = findings.flatMap((finding): [string, string][] => [
    [`docs/findings/${finding.name}.md`, pageOf(finding)],
    [
      replayPath(finding),
      writeReplay({ trial: finding.trial, property: "property" in finding ? finding.property : undefined }),
    ],
  ]);
  return new Map([["docs/findings/README.md", indexOf(findings, withoutPage)], ...files]);
}

function main(): void {
  const root = new URL("../", import.meta.url);
  mkdirSync(new URL("docs/findings/replays/", root), { recursive: true });
  for (const [path, text] of findingFiles()) writeFileSync(new URL(path, root), text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
