/** `npm run vectors` writes the published files; with `--check` it only says which differ from what is there. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { publishedPaths, vectorsFolder } from "../verify/files.ts";
import { generatedFiles } from "./files.ts";

const files = generatedFiles();
const differing = [...files].filter(([path, text]) => textAt(path) !== text).map(([path]) => path);
const left = alreadyPublished().filter((path) => !files.has(path));

if (process.argv.includes("--check")) {
  for (const path of [...differing, ...left])
    console.error(`vectors/${path} is not what the generator makes`);
  console.log(`${files.size} files, ${differing.length + left.length} differ`);
  process.exitCode = differing.length + left.length === 0 ? 0 : 1;
} else {
  for (const path of left) rmSync(join(vectorsFolder, path));
  for (const path of differing) {
    mkdirSync(dirname(join(vectorsFolder, path)), { recursive: true });
    writeFileSync(join(vectorsFolder, path), files.get(path) ?? "");
  }
  console.log(`${files.size} files, ${differing.length} written, ${left.length} removed`);
}

function textAt(path: string): string | undefined {
  try {
    return readFileSync(join(vectorsFolder, path), "utf8");
  } catch {
    return undefined;
  }
}

function alreadyPublished(): string[] {
  try {
    return publishedPaths();
  } catch {
    return [];
  }
}
