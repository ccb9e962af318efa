/** What is wrong with bytes that are not MIMI content, or with a value that cannot be written as such. */

import { hex } from "../bytes.ts";

/** One step into a value: a field's name as the CDDL spells it, or an index or integer key. */
export type PathStep = string | number;

/** A rule of the drafts that an error can break besides the format itself; `judge` reports it by this name. */
export type FormatRule = "unknownPartSemantics" | "nestedTooDeeply";

/** The bytes are not in the format, or (then `offset` is undefined) the value has no encoding in it. */
export class ContentError extends Error {
  override readonly name = "ContentError";
  /** From the outermost value inwards: `["nestedPart", "parts", 1, "contentType"]`. */
  readonly path: readonly PathStep[];
  /** Where in the bytes, from their start. */
  readonly offset: number | undefined;
  /** What the format wants, with the section that says so where it is not the CDDL. */
  readonly expected: string;
  /** What was there instead. */
  readonly found: string;
  /** The rule of content-09 §9.1 that is broken too, where there is one. */
  readonly rule: FormatRule | undefined;

  constructor(
    path: readonly PathStep[],
    offset: number | undefined,
    expected: string,
    found: string,
    rule?: FormatRule,
  ) {
    super();
    this.path = path;
    this.offset = offset;
    this.expected = expected;
    this.found = found;
    this.rule = rule;
  }

  /** The place in one text: `nestedPart.parts[1].contentType`. */
  get place(): string {
    return placeOf(this.path);
  }

  override get message(): string {
    const place = this.place === "" ? "" : `${this.place}: `;
    const at = this.offset === undefined ? "" : ` at byte ${this.offset}`;
    return `${place}${this.found}${at} (expected ${this.expected})`;
  }
}

function placeOf(path: readonly PathStep[]): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number" || step.startsWith('"')) text += `[${step}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}

/** The step that a map's key is: integers as they are, texts in quotes, byte strings in hexadecimal. */
export function stepOfKey(key: number | string | Uint8Array): PathStep {
  if (typeof key === "number") return key;
  return typeof key === "string" ? JSON.stringify(key) : `"h'${hex(key)}'"`;
}
