/** What is published: each file with its size, its digest and its number of cases. */
import { sha256 } from "@noble/hashes/sha2.js";
import { hex, utf8 } from "../../spec-model/bytes.ts";
import type { Family } from "./case.ts";
import { generatorName, negativesOf, type VectorFile } from "./envelope.ts";

export interface ManifestEntry {
  readonly path: string;
  readonly family: Family;
  readonly draft: string;
  readonly tests: number;
  readonly negative: number;
  readonly octets: number;
  readonly sha256: string;
}

export interface Manifest {
  readonly generator: { readonly name: string; readonly version: string };
  readonly tests: number;
  readonly negative: number;
  readonly files: readonly ManifestEntry[];
}

export function manifestEntry(path: string, file: VectorFile, text: string): ManifestEntry {
  const bytes = utf8(text);
  return {
    path,
    family: file.family,
    draft: file.draft.short,
    tests: file.numberOfTests,
    negative: negativesOf(file),
    octets: bytes.length,
    sha256: hex(sha256(bytes)),
  };
}

export function manifestOf(files: readonly ManifestEntry[], version: string): Manifest {
  return {
    generator: { name: generatorName, version },
    tests: files.reduce((sum, each) => sum + each.tests, 0),
    negative: files.reduce((sum, each) => sum + each.negative, 0),
    files,
  };
}
