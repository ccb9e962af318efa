/** Differences between the CDDL of a draft and what is modelled of the formats: fields, map keys, types, choices. */
import type { Difference } from "./change.ts";
import { anyType, auxiliaryRules, type ModelledRule, modelledRules } from "./content-model.ts";
import { lineDiff } from "./diff.ts";
import type { Fact } from "./facts.ts";

/** What the rules in `facts`, which are those of the revision `short`, have and the model has not, or otherwise. */
export function schemaChanges(facts: readonly Fact[], short: string): Difference[] {
  const known = modelledRules();
  const own = [...known].filter(([, { draft }]) => draft === short);
  if (own.length === 0) return [];
  const byName = new Map(facts.map((fact) => [fact.name, fact]));
  const changes = facts.flatMap((fact): Difference[] => {
    const model = known.get(fact.name);
    if (model !== undefined) return changed(fact, model, byName);
    if (auxiliaryRules.has(fact.name)) return [];
    return [
      change(
        "added",
        fact.name,
        fact,
        fact.lines.map((line) => `+ ${line}`),
      ),
    ];
  });
  const removed = own
    .filter(([name]) => !byName.has(name))
    .map(([name, { lines }]) =>
      change(
        "removed",
        name,
        undefined,
        lines.map((line) => `- ${line}`),
      ),
    );
  return [...changes, ...removed];
}

function changed(fact: Fact, { lines }: ModelledRule, others: ReadonlyMap<string, Fact>): Difference[] {
  const stated = fact.lines
    // Where a map or a choice is open for more, the model keeps whatever comes.
    .filter((line) => !/^\* (?!PerMessageStatus)/.test(line))
    .map((line) => asModelled(line, lines, others));
  const details = lineDiff(lines, stated);
  return details.length === 0 ? [] : [change("changed", fact.name, fact, details)];
}

/** The model's line where it says the same: another name for the type, or values that another rule has. */
function asModelled(line: string, lines: readonly string[], others: ReadonlyMap<string, Fact>): string {
  const [label = "", type = ""] = parts(line);
  const model = lines.find((each) => parts(each)[0] === label);
  const wanted = parts(model ?? "")[1];
  if (model === undefined || wanted === undefined) return line;
  return wanted === anyType || resolved(type, others) === resolved(wanted, others) ? model : line;
}

function parts(line: string): [string, string] | [] {
  const match = /^([\w$-]+): (.*)$/.exec(line);
  return match === null ? [] : [match[1] ?? "", match[2] ?? ""];
}

/** `MsgUri` is `tstr`, where the schema says so in one line. */
function resolved(type: string, others: ReadonlyMap<string, Fact>): string {
  const lines = others.get(type)?.lines ?? [];
  return lines.length === 1 ? (lines[0] ?? type) : type;
}

function change(
  kind: Difference["kind"],
  name: string,
  fact: Fact | undefined,
  details: readonly string[],
): Difference {
  const place = fact && { file: fact.place.file, line: fact.place.line, column: fact.place.column };
  return { area: "schema", kind, name, section: fact?.section ?? "", details, place, fingerprints: [] };
}
