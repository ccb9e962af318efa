/** Checks of JSON: that it can be parsed, names each member once and gives times in seconds. */
import type { Analysed, TextBlock } from "../analysis/index.ts";
import { type Json, type JsonValue, type Member, parseJson } from "../json/index.ts";
import type { CheckContext } from "./context.ts";

export interface JsonExample extends TextBlock {
  readonly json: Json;
}

const timeClaims = new Set(["exp", "nbf", "iat", "auth_time"]);

export function jsonExamples(analysed: Analysed): JsonExample[] {
  return analysed.blocks("json").map((block) => ({ ...block, json: parseJson(block.text) }));
}

export function checkJson(context: CheckContext): void {
  for (const analysed of context.drafts)
    for (const example of jsonExamples(analysed)) checkExample(example, context);
}

function checkExample({ block, json, placeAt }: JsonExample, { report }: CheckContext): void {
  const syntax = json.faults.filter(({ kind }) => kind === "syntax");
  // Far from JSON: something else that looks like it.
  const isOther = block.language !== "json" && syntax.length > 4;
  for (const { kind, offset, token, message, fix } of json.faults) {
    if (kind === "syntax" && (isOther || json.sketched)) continue;
    report(kind === "twice" ? "json-twice" : "json-syntax", placeAt(offset), token, message, {
      fix,
      section: block.section,
    });
  }
  for (const { name, value } of json.values.flatMap(membersIn)) {
    if (!timeClaims.has(name) || value.kind !== "number" || value.value < 1e11) continue;
    const message = `${name} is ${value.value}, which are no seconds`;
    const fix = `write ${Math.floor(value.value / 1000)}`;
    report("json-time", placeAt(value.offset), name, message, { fix, section: block.section });
  }
}

/** All members of all objects in `value`. */
export function membersIn(value: JsonValue): Member[] {
  if (value.kind === "array") return value.items.flatMap(membersIn);
  if (value.kind !== "object") return [];
  return value.members.flatMap((member) => [member, ...membersIn(member.value)]);
}
