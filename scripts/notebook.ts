/** Runs a notebook: its `ts` blocks in order, in one module; what they print goes into the `text` block below. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const mark = "\u0001block ";

/** The notebook's Markdown with what its blocks print, given the folder that its imports are relative to. */
export function evaluate(markdown: string, folder: string): string {
  const printed = print(markdown, folder);
  let block = -1;
  return markdown.replace(/```(ts|text)\n[\s\S]*?```/g, (whole, kind: string) => {
    if (kind === "ts") block++;
    return kind === "ts" ? whole : `\`\`\`text\n${printed[block] ?? ""}\`\`\``;
  });
}

/** What each block prints. */
function print(markdown: string, folder: string): string[] {
  const blocks = [...markdown.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");
  const program = blocks.map(
    (code, i) => `process.stdout.write(${JSON.stringify(`${mark}${i}\n`)});\n${code}`,
  );
  const work = mkdtempSync(join(folder, ".notebook-"));
  try {
    // One level below the notebook, so its relative imports gain one step.
    const file = join(work, "blocks.ts");
    writeFileSync(file, program.join("\n").replaceAll('from "../', 'from "../../'));
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", file], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`a block fails: ${stderr}`);
    return stdout.split(new RegExp(`${mark}\\d+\\n`)).slice(1);
  } finally {
    rmSync(work, { recursive: true });
  }
}

const [path] = process.argv.slice(2);
if (path?.endsWith(".md")) writeFileSync(path, evaluate(readFileSync(path, "utf8"), dirname(path)));
