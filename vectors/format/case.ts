/** What a vector is: one case with an id of its own, the outcomes that are right for it, and where it belongs. */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: Json;
}

/** How binding the requirement behind a case is. RFC 2119 */
export type Level = "MUST" | "SHOULD" | "MAY";

/** Any of the outcomes in `allow` is right. */
export interface Expectation {
  readonly level: Level;
  readonly allow: readonly string[];
}

export interface VectorCase {
  /** Never changes its meaning once published: lower-case letters, digits and hyphens. */
  readonly id: string;
  /** What the case is about, in a sentence. */
  readonly comment: string;
  /** Keys of the file's `notes`. */
  readonly flags: readonly string[];
  /** Ids of the requirements catalogue (`mimi requirements`). */
  readonly requirements: readonly string[];
  readonly expect: Expectation;
  /** Of a negative: the valid case that it was made from by one fault. */
  readonly parent?: string;
  readonly fault?: Fault;
  readonly input: JsonObject;
  /** What a right answer holds besides its outcome, member by member; an answer may hold more. */
  readonly output?: JsonObject;
  /** `input` decoded, for people. Never needed to run the case. */
  readonly view?: Json;
}

export interface Fault {
  /** Where in the parent, in the draft's names: `KeyMaterialRequest.roomId`. */
  readonly path: string;
  readonly op: string;
}

/** Cases that ask for the same operation; `input` holds what they have in common. */
export interface VectorGroup {
  readonly operation: string;
  readonly comment: string;
  readonly input: JsonObject;
  readonly tests: readonly VectorCase[];
}

/** What a flag stands for. */
export interface Note {
  /** `valid`: an ordinary case; otherwise what kind of mistake accepting or refusing it is. */
  readonly kind: string;
  readonly description: string;
  /** What goes wrong where an implementation has it wrong. */
  readonly effect: string;
  /** The section that requires it. */
  readonly draft: string;
}

/** One file. */
export interface Suite {
  /** The draft revision, as folders name it: `protocol-06`. */
  readonly draft: string;
  readonly family: Family;
  readonly name: string;
  readonly title: string;
  /** From which all choices in the file were drawn. */
  readonly seed: string;
  readonly notes: Readonly<Record<string, Note>>;
  readonly groups: readonly VectorGroup[];
}

export const families = ["codec", "content", "crypto", "policy", "state", "flows"] as const;
export type Family = (typeof families)[number];

/** Whether accepting the case is wrong: the outcome of a case that was made by a fault. */
export function isNegative(each: Pick<VectorCase, "fault">): boolean {
  return each.fault !== undefined;
}
