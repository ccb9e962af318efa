/** Whether an answer is right. */
import type { Json, JsonObject, VectorCase } from "../format/case.ts";
import type { Answer } from "./protocol.ts";

export type Verdict =
  | { readonly verdict: "passed" }
  /** Wrong where the requirement is a MUST. */
  | { readonly verdict: "failed"; readonly says: string }
  /** Wrong where the requirement is a SHOULD or MAY. */
  | { readonly verdict: "differs"; readonly says: string }
  | { readonly verdict: "skipped"; readonly says: string };

export function judge(expected: Pick<VectorCase, "expect" | "output">, answer: Answer): Verdict {
  if (answer.outcome === "unsupported") return { verdict: "skipped", says: answer.says ?? "unsupported" };
  const { level, allow } = expected.expect;
  const problem = allow.includes(answer.outcome)
    ? difference(expected.output ?? {}, answer.output ?? {})
    : `the outcome is ${allow.join(" or ")}, not ${answer.outcome}`;
  if (problem === undefined) return { verdict: "passed" };
  return { verdict: level === "MUST" ? "failed" : "differs", says: problem };
}

/** The first member in which an answer differs from what is expected; members beyond those count for nothing. */
function difference(expected: JsonObject, found: JsonObject): string | undefined {
  for (const [name, value] of Object.entries(expected)) {
    const problem = differs(value, found[name], name);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function differs(expected: Json, found: Json | undefined, place: string): string | undefined {
  if (found === undefined) return `${place} is missing`;
  if (isList(expected)) {
    if (!isList(found)) return unequal(place, expected, found);
    if (expected.length !== found.length) {
      return `${place} has ${expected.length} items, not ${found.length}`;
    }
    return first(expected.map((item, index) => differs(item, found[index], `${place}[${index}]`)));
  }
  if (isObject(expected)) {
    if (!isObject(found)) return unequal(place, expected, found);
    const other = Object.keys(found).find((name) => !Object.hasOwn(expected, name));
    if (other !== undefined) return `${place}.${other} is too much`;
    const members = Object.entries(expected);
    return first(members.map(([name, value]) => differs(value, found[name], `${place}.${name}`)));
  }
  return expected === found ? undefined : unequal(place, expected, found);
}

function first(problems: readonly (string | undefined)[]): string | undefined {
  return problems.find((each) => each !== undefined);
}

function unequal(place: string, expected: Json, found: Json): string {
  return `${place} is ${shortened(expected)}, not ${shortened(found)}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shortened(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 70 ? `${text.slice(0, 69)}…` : text;
}
