/** The parts of a body: their indexes, references between them, and which of them to process. content-09 §4.4 */
import { textOf } from "../bytes.ts";
import type { ExternalPart, MultiPart, NestedPart, SinglePart } from "./container.ts";

/** A part and its index: numbered from 0, depth first, a part before those in it. */
export interface IndexedPart {
  readonly index: number;
  readonly part: NestedPart;
}

/** All parts of `body` in the order of their indexes. */
export function indexedParts(body: NestedPart): readonly IndexedPart[] {
  const found: IndexedPart[] = [];
  const visit = (part: NestedPart): void => {
    found.push({ index: found.length, part });
    if (part.cardinality === "multi") part.parts.forEach(visit);
  };
  visit(body);
  return found;
}

const contentId = /cid:(0|[1-9][0-9]{0,8})@local\.invalid/gi;

/** The content ID URI by which one part refers to the part with `index`. */
export function contentIdUri(index: number): string {
  return `cid:${index}@local.invalid`;
}

/** The indexes that `part` refers to with content ID URIs, each once, in the order they first occur. */
export function referencesIn(part: NestedPart): readonly number[] {
  if (part.cardinality !== "single") return [];
  const text = textOf(part.content);
  if (text === undefined) return [];
  return [...new Set([...text.matchAll(contentId)].map(([, index]) => Number(index)))];
}

/** References that break §4.4: they lead to no part, or to one that is not a SinglePart or ExternalPart. */
export function danglingReferences(body: NestedPart): readonly { from: number; to: number }[] {
  const parts = indexedParts(body);
  return parts.flatMap(({ index, part }) =>
    referencesIn(part)
      .filter((to) => !isLeaf(parts[to]?.part))
      .map((to) => ({ from: index, to })),
  );
}

/** What a receiver can do with parts. */
export interface PartPreferences {
  /** Whether the receiver can process the part, going by its content type, disposition and language. */
  readonly understands: (part: SinglePart | ExternalPart) => boolean;
  /** Which of the parts that can be processed to take, for `chooseOne`; the first where it is not given. */
  readonly choose?: (candidates: readonly NestedPart[]) => NestedPart | undefined;
}

/**
 * The parts to process, in order: one of each `chooseOne`; a `singleUnit` wholly or not at all; of a `processAll` what
 * can be processed; and none that an earlier part of the outcome refers to, as that one processes it.
 */
export function partsToProcess(body: NestedPart, preferences: PartPreferences): readonly IndexedPart[] {
  const indexes = new Map(indexedParts(body).map(({ index, part }) => [part, index]));
  const chosen = leavesToProcess(body, preferences) ?? [];
  const referenced = new Set<number>();
  const processed: IndexedPart[] = [];
  for (const part of chosen) {
    const index = indexes.get(part) ?? 0;
    if (referenced.has(index)) continue;
    processed.push({ index, part });
    for (const to of referencesIn(part)) referenced.add(to);
  }
  return processed;
}

/** The leaves to process, or undefined where the receiver cannot process `part`. */
function leavesToProcess(part: NestedPart, preferences: PartPreferences): readonly NestedPart[] | undefined {
  switch (part.cardinality) {
    case "nullpart":
      return [];
    case "single":
    case "external":
      return preferences.understands(part) ? [part] : undefined;
    case "multi":
      return leavesOfMulti(part, preferences);
  }
}

function leavesOfMulti(multi: MultiPart, preferences: PartPreferences): readonly NestedPart[] | undefined {
  const outcomes = multi.parts.map((part) => ({ part, leaves: leavesToProcess(part, preferences) }));
  const possible = outcomes.filter((outcome) => outcome.leaves !== undefined);
  switch (multi.partSemantics) {
    case "chooseOne": {
      const candidates = possible.map(({ part }) => part);
      const choice = preferences.choose?.(candidates) ?? candidates[0];
      return possible.find(({ part }) => part === choice)?.leaves;
    }
    case "singleUnit":
      if (possible.length < outcomes.length) return undefined;
      break;
    case "processAll":
      if (possible.length === 0) return undefined;
      break;
  }
  return possible.flatMap(({ leaves }) => leaves ?? []);
}

function isLeaf(part: NestedPart | undefined): boolean {
  return part?.cardinality === "single" || part?.cardinality === "external";
}
