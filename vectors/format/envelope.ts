/** A suite as the file that is published. */
import { drafts } from "../../spec-model/drafts/revisions/index.ts";
import { type Family, isNegative, type JsonObject, type Note, type Suite, type VectorCase } from "./case.ts";
import { linkedRequirements } from "./requirement-links.ts";

/** A published case: `tcId` counts from 1 within its file. */
export type PublishedCase = { readonly tcId: number } & VectorCase;

export interface VectorFile {
  readonly schema: string;
  readonly draft: { readonly short: string; readonly document: string };
  readonly generator: { readonly name: string; readonly version: string; readonly seed: string };
  readonly family: Family;
  readonly suite: string;
  readonly title: string;
  readonly numberOfTests: number;
  readonly notes: Readonly<Record<string, Note>>;
  readonly testGroups: readonly {
    readonly operation: string;
    readonly comment: string;
    readonly input: JsonObject;
    readonly tests: readonly PublishedCase[];
  }[];
}

export const generatorName = "mimi-toolkit";

/** Where a suite is published, from the folder of the vectors on. */
export function pathOf({ draft, family, name }: Suite): string {
  return `${draft}/${family}/${name}.json`;
}

/** Throws where a flag has no note, or a note no flag: a published file explains all it says and nothing else. */
export function published(suite: Suite, version: string): VectorFile {
  const cases = suite.groups.flatMap(({ tests }) => tests);
  const flags = new Set(cases.flatMap((each) => each.flags));
  const unexplained = [...flags].find((flag) => suite.notes[flag] === undefined);
  if (unexplained !== undefined)
    throw new Error(`${pathOf(suite)}: no note explains the flag ${unexplained}`);
  let tcId = 0;
  return {
    schema: `../../schemas/${suite.family}.schema.json`,
    draft: { short: suite.draft, document: documentOf(suite.draft) },
    generator: { name: generatorName, version, seed: suite.seed },
    family: suite.family,
    suite: suite.name,
    title: suite.title,
    numberOfTests: cases.length,
    notes: Object.fromEntries(Object.entries(suite.notes).filter(([flag]) => flags.has(flag))),
    testGroups: suite.groups.map(({ operation, comment, input, tests }) => ({
      operation,
      comment,
      input,
      tests: tests.map((each) => ({ tcId: ++tcId, ...withRequirements(operation, input, each) })),
    })),
  };
}

/** What the case says it is about, and what every such case is about. */
function withRequirements(operation: string, shared: JsonObject, each: VectorCase): VectorCase {
  const linked = linkedRequirements({ operation, case: each, input: { ...shared, ...each.input } });
  return { ...each, requirements: [...new Set([...each.requirements, ...linked])] };
}

/** The file's text: one member a line down to the cases, a case's members a line each. */
export function textOfFile(file: object): string {
  return `${JSON.stringify(file, undefined, 1)}\n`;
}

/** How many of the cases of `file` were made by a fault. */
export function negativesOf(file: VectorFile): number {
  return file.testGroups.flatMap(({ tests }) => tests).filter(isNegative).length;
}

function documentOf(short: string): string {
  if (short.startsWith("rfc")) return short.replace("rfc", "RFC ");
  const found = drafts.find((draft) => draft.short === short);
  if (found === undefined) throw new Error(`no draft is called ${short}`);
  return found.document;
}
