/** The drafts that `mimi check` is given, and the files beside them. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type Draft, ReadError, type Resolve, readDraft } from "../../spec-model/drafts/index.ts";
import { readInput } from "../files.ts";
import { UsageError } from "../usage-error.ts";

/** Beyond this, a file is no draft. */
const mostOctets = 64 * 1024 * 1024;

export interface Sources {
  readonly drafts: readonly Draft[];
  readonly resolve: Resolve;
}

/** Reads `paths`; `includes` are folders to look for included files in, or `NAME=PATH` for single ones. */
export function readSources(command: string, paths: readonly string[], includes: readonly string[]): Sources {
  const resolvers = paths.map((path) => resolverFor(dirname(path), includes));
  const drafts = paths.map((path, i) => readOne(command, path, resolvers[i] ?? (() => undefined)));
  return { drafts, resolve: (path) => firstOf(resolvers, path) };
}

function readOne(command: string, path: string, resolve: Resolve): Draft {
  const size = existsSync(path) ? statSync(path).size : 0;
  if (size > mostOctets)
    throw new UsageError(`${command}: ${path} has ${size} octets, a draft at most ${mostOctets}`);
  const bytes = readInput(command, path);
  if (bytes.length === 0) throw new UsageError(`${command}: ${path} is empty`);
  try {
    return readDraft({ file: shownPath(path), bytes }, resolve);
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    throw new UsageError(`${command}: ${path} is no draft: ${error.message}`);
  }
}

/** As short as it can be from here. */
function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") || short === "" ? path : short;
}

function firstOf(resolvers: readonly Resolve[], path: string): Uint8Array | undefined {
  for (const resolve of resolvers) {
    const found = resolve(path);
    if (found !== undefined) return found;
  }
  return undefined;
}

function resolverFor(folder: string, includes: readonly string[]): Resolve {
  const named = new Map(
    includes.filter((each) => each.includes("=")).map((each) => splitAt(each, each.indexOf("="))),
  );
  const folders = [folder, ...includes.filter((each) => !each.includes("="))];
  return (path) => {
    const given = named.get(path) ?? inNamedFolder(path, named);
    const candidates = given === undefined ? folders.map((each) => join(each, path)) : [given];
    const found = candidates.find((each) => existsSync(each) && statSync(each).isFile());
    return found === undefined ? undefined : readFileSync(found);
  };
}

/** `examples=content-examples-08` stands for all files in it. */
function inNamedFolder(path: string, named: ReadonlyMap<string, string>): string | undefined {
  const [first = "", ...others] = path.split("/");
  const folder = others.length === 0 ? undefined : named.get(first);
  return folder === undefined ? undefined : join(folder, ...others);
}

function splitAt(text: string, index: number): [string, string] {
  return [text.slice(0, index), text.slice(index + 1)];
}
