/** Reading and writing files for commands: all or nothing, and errors that say which path and why. */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { UsageError } from "./usage-error.ts";

/** The file's octets. */
export function readInput(command: string, path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`${command}: cannot read ${path}: ${reason(error)}`);
  }
}

/** Throws UsageError where nothing could be written into `folder`: before long work is done for it. */
export function demandWritable(command: string, folder: string): void {
  let there = resolve(folder);
  while (!existsSync(there)) there = dirname(there);
  try {
    if (!statSync(there).isDirectory()) throw Object.assign(new Error(there), { code: "ENOTDIR" });
    accessSync(there, constants.W_OK);
  } catch (error) {
    throw new UsageError(`${command}: cannot write into ${folder}: ${reason(error)}`);
  }
}

/** Writes `files` (name to contents) into `folder`; each appears whole or not at all. Gives their paths. */
export function writeFiles(
  command: string,
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): string[] {
  try {
    return [...files].map(([name, text]) => {
      const path = join(folder, name);
      makeFolder(dirname(path));
      const unfinished = `${path}.part`;
      try {
        writeFileSync(unfinished, text);
        renameSync(unfinished, path);
      } catch (error) {
        rmSync(unfinished, { force: true });
        throw error;
      }
      return path;
    });
  } catch (error) {
    throw new UsageError(`${command}: cannot write into ${folder}: ${reason(error)}`);
  }
}

/** One folder after the other: mkdir's own `recursive` never returns on some special file systems. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ENOTDIR: "part of the path is not a folder",
  EEXIST: "part of the path is a file",
  EROFS: "the file system is read-only",
  ENOSPC: "no space is left",
};

function reason(error: unknown): string {
  const code = (error as { code?: string }).code ?? "";
  return reasons[code] ?? code;
}
