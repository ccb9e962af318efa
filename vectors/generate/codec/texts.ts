/** Cases whose input is one text. */
import type { JsonObject, VectorCase } from "../../format/case.ts";

/** What it is called, which valid one it was made from, the text, where the fault is, what it is, and its flag. */
export type NegativeText = readonly [
  slug: string,
  parent: string,
  text: string,
  path: string,
  op: string,
  flag: string,
];

export function validTexts(
  prefix: string,
  texts: readonly (readonly [slug: string, text: string])[],
  outputOf: (text: string) => JsonObject,
): VectorCase[] {
  return texts.map(([slug, text]) => ({
    id: `${prefix}-${slug}`,
    comment: slug.replaceAll("-", " "),
    flags: ["Valid"],
    requirements: [],
    expect: { level: "MUST", allow: ["valid"] },
    input: { text },
    output: outputOf(text),
  }));
}

export function negativeTexts(prefix: string, texts: readonly NegativeText[]): VectorCase[] {
  return texts.map(([slug, parent, text, path, op, flag]) => ({
    id: `${prefix}-not-${slug}`,
    comment: op,
    flags: [flag],
    requirements: [],
    expect: { level: "MUST", allow: ["invalid"] },
    parent: `${prefix}-${parent}`,
    fault: { path, op },
    input: { text },
  }));
}
