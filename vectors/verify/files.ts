/** Published files, read back: only those that are what their schema says, with each id once. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { type Family, families } from "../format/case.ts";
import type { PublishedCase, VectorFile } from "../format/envelope.ts";
import type { Manifest } from "../format/manifest.ts";
import { schemas } from "../format/schemas.ts";

/** Where the published files are. */
export const vectorsFolder = fileURLToPath(new URL("..", import.meta.url));

/** Why a file is no vector file. */
export class VectorFileError extends Error {
  override readonly name = "VectorFileError";
}

/** All that is needed to run one case, wherever it stands in a file. */
export interface LoadedCase extends PublishedCase {
  readonly operation: string;
  readonly family: Family;
}

export interface LoadedFile {
  readonly path: string;
  readonly file: VectorFile;
  /** In the file's order; inputs are whole. */
  readonly cases: readonly LoadedCase[];
}

/** The paths of all published files, from the folder of the vectors on. */
export function publishedPaths(): string[] {
  return manifest().files.map(({ path }) => path);
}

export function manifest(): Manifest {
  return parsed(join(vectorsFolder, "manifest.json")) as Manifest;
}

/** Reads one file. Throws `VectorFileError`: it cannot be read, is not JSON, or not what its schema says. */
export function loadFile(path: string): LoadedFile {
  return checkedFile(path, parsed(path));
}

/** `document` as a vector file; `path` is for errors. Throws `VectorFileError`. */
export function checkedFile(path: string, document: unknown): LoadedFile {
  const family = (document as { readonly family?: unknown } | null)?.family;
  const known = families.find((each) => each === family);
  if (known === undefined) throw new VectorFileError(`${path}: it is of no family (${families.join(", ")})`);
  const validate = validatorOf(known);
  if (!validate(document)) throw new VectorFileError(`${path}: ${firstProblem(validate)}`);
  const file = document as VectorFile;
  const cases = casesOf(file);
  const problem = countProblem(file, cases);
  if (problem !== undefined) throw new VectorFileError(`${path}: ${problem}`);
  return { path, file, cases };
}

/** Every case with the whole of its input. */
export function casesOf({ testGroups, family }: VectorFile): LoadedCase[] {
  return testGroups.flatMap(({ operation, input, tests }) =>
    tests.map((each) => ({ ...each, input: { ...input, ...each.input }, operation, family })),
  );
}

const validators = new Map<Family, ValidateFunction>();

function validatorOf(family: Family): ValidateFunction {
  const known = validators.get(family);
  if (known !== undefined) return known;
  const made = new Ajv2020({ strict: true, strictTypes: false }).compile(
    schemas().get(`${family}.schema.json`) ?? false,
  );
  validators.set(family, made);
  return made;
}

function firstProblem({ errors }: ValidateFunction): string {
  const deepest = (errors ?? []).toSorted((a, b) => b.instancePath.length - a.instancePath.length)[0];
  const place = deepest?.instancePath === "" ? "the file" : deepest?.instancePath;
  const extra = deepest?.params["additionalProperty"];
  return `${place} ${deepest?.message}${extra === undefined ? "" : ` (${extra})`}`;
}

function countProblem(file: VectorFile, cases: readonly LoadedCase[]): string | undefined {
  if (file.numberOfTests !== cases.length) {
    return `numberOfTests is ${file.numberOfTests}, but there are ${cases.length}`;
  }
  const ids = new Set<string>();
  for (const [index, { id, tcId, parent, flags }] of cases.entries()) {
    if (ids.has(id)) return `the id ${id} is there twice`;
    ids.add(id);
    if (tcId !== index + 1) return `the tcId of ${id} is ${tcId}, not ${index + 1}`;
    const unexplained = flags.find((flag) => !Object.hasOwn(file.notes, flag));
    if (unexplained !== undefined) return `no note explains the flag ${unexplained} of ${id}`;
    if (parent !== undefined && !cases.some((other) => other.id === parent)) {
      return `${id} was made from ${parent}, which is not there`;
    }
  }
  return undefined;
}

function parsed(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new VectorFileError(`${path}: it cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new VectorFileError(`${path}: it is not JSON: ${(error as SyntaxError).message}`);
  }
}
