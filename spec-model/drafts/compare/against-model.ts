/** Differences between a draft's text and what is modelled of it: structures, registries, endpoints, demands. */
import { endpointNames, endpoints } from "../../endpoints/index.ts";
import { notRequirements, requirements, requirementsByFingerprint } from "../../requirements/index.ts";
import { CapabilityType, components } from "../../room/structures/index.ts";
import type { Draft } from "../document/index.ts";
import { deviationsFrom, type Flow, readLadder } from "../figures/index.ts";
import { knownDefinitions } from "../tls/known.ts";
import { canonical } from "../tls/symbols.ts";
import type { Area, Change, Difference } from "./change.ts";
import { lineDiff } from "./diff.ts";
import { type Fact, factsOf } from "./facts.ts";
import { modelledRevision } from "./modelled-revision.ts";
import { schemaChanges } from "./schema-changes.ts";

/**
 * What the text has and the model has not, or otherwise; undefined: no revision of the draft is modelled. `flowsOf` gives
 * the phases of runs that its figures are compared with.
 */
export function againstModel(
  draft: Draft,
  flowsOf: (revision: string) => readonly Flow[] = () => [],
): Change[] | undefined {
  const short = modelledRevision(draft);
  if (short === undefined) return undefined;
  const facts = factsOf(draft);
  const differences = [
    ...structureChanges(facts.wire, short),
    ...schemaChanges(facts.schema, short),
    ...registryChanges(facts.registry, short),
    ...endpointChanges(facts.endpoint, short),
    ...ruleChanges(facts.rule, short),
    ...flowChanges(draft, () => flowsOf(short)),
  ];
  return differences.map((each) => ({ ...each, draft: short }));
}

function change(
  area: Area,
  kind: Change["kind"],
  name: string,
  fact: Fact | undefined,
  details: readonly string[],
): Difference {
  const place = fact && { file: fact.place.file, line: fact.place.line, column: fact.place.column };
  return { area, kind, name, section: fact?.section ?? "", details, place, fingerprints: [] };
}

function structureChanges(facts: readonly Fact[], short: string): Difference[] {
  const known = knownDefinitions();
  const named = new Set(facts.map(({ name }) => name));
  const changed = facts.flatMap((fact) => {
    const model = known.get(fact.name);
    // Aliases without a meaning of their own are not declared under their names.
    if (model === undefined) return [];
    const details = lineDiff(canonical(model.definition).map(normal), fact.lines.map(normal));
    return details.length === 0 ? [] : [change("wire", "changed", fact.name, fact, details)];
  });
  const added = facts
    .filter(({ name, lines }) => !known.has(name) && /^[A-Z]/.test(name) && lines.length > 1)
    .map((fact) =>
      change(
        "wire",
        "added",
        fact.name,
        fact,
        fact.lines.map((line) => `+ ${line}`),
      ),
    );
  const removed = [...known]
    .filter(([name, { source }]) => source.startsWith(`${short} `) && !named.has(name))
    .map(([name, { definition }]) =>
      change(
        "wire",
        "removed",
        name,
        undefined,
        canonical(definition).map((line) => `- ${line}`),
      ),
    );
  return [...changed, ...added, ...removed];
}

/** The same octets in other words. */
function normal(line: string): string {
  // An enumeration of up to 256 values has one octet, whether it says so or not.
  if (line === "()") return "(255)";
  return line.replace(/^uint8 (\w+\[)/, "opaque $1");
}

function registryChanges(facts: readonly Fact[], short: string): Difference[] {
  const values = new Map<string, number>();
  if (short.startsWith("room-policy") && CapabilityType.shape.kind === "enum") {
    for (const [name, value] of CapabilityType.shape.values) values.set(name, value);
  }
  const ids = new Map<string, number>(components.map(({ name, id }) => [name, id]));
  return facts.flatMap((fact) => {
    const value = values.get(fact.name) ?? ids.get(fact.name);
    const stated = fact.lines[0] ?? "";
    if (value === undefined) {
      return values.size > 0 && fact.name.startsWith("can")
        ? [change("registry", "added", fact.name, fact, [`+ ${stated}`])]
        : [];
    }
    if (String(value) === stated || !/^\d+$/.test(stated)) return [];
    return [change("registry", "changed", fact.name, fact, [`- ${value}`, `+ ${stated}`])];
  });
}

function endpointChanges(facts: readonly Fact[], short: string): Difference[] {
  if (!short.startsWith("protocol")) return [];
  const named = new Map(facts.map((fact) => [fact.name, fact]));
  const removed = endpointNames
    .filter((name) => !named.has(name))
    .map((name) => change("endpoint", "removed", name, undefined, []));
  const others = facts.flatMap((fact) => {
    const name = endpointNames.find((each) => each === fact.name);
    if (name === undefined)
      return [
        change(
          "endpoint",
          "added",
          fact.name,
          fact,
          fact.lines.map((line) => `+ ${line}`),
        ),
      ];
    const { method } = endpoints[name];
    const own = fact.lines[0]?.split(" ")[0] ?? "";
    return own === method ? [] : [change("endpoint", "changed", name, fact, [`- ${method}`, `+ ${own}`])];
  });
  return [...others, ...removed];
}

/** Sentences by fingerprint: those that no requirement stands for, and requirements whose sentence is gone. */
function ruleChanges(facts: readonly Fact[], short: string): Difference[] {
  const known = requirementsByFingerprint();
  const others = new Set(notRequirements.map(({ fingerprint }) => fingerprint));
  const present = new Set(facts.map(({ name }) => name));
  const added = facts
    .filter(({ name }) => !known.has(name) && !others.has(name))
    .map((fact) => ({
      ...change(
        "rule",
        "added",
        `§${fact.section}`,
        fact,
        fact.lines.map((line) => `+ ${line}`),
      ),
      fingerprints: [fact.name],
    }));
  const removed = requirements
    .filter(
      ({ draft, level, fingerprints }) =>
        draft === short &&
        level !== "declared" &&
        fingerprints.length > 0 &&
        !fingerprints.some((each) => present.has(each)),
    )
    .map(({ id, section, says, fingerprints }) => ({
      ...change("rule", "removed", id, undefined, [`- ${says}`]),
      section,
      fingerprints,
    }));
  return [...added, ...removed];
}

/** Figures against the runs of the flows that they are most like. */
function flowChanges({ blocks }: Draft, flows: () => readonly Flow[]): Difference[] {
  return blocks.flatMap((block) => {
    const ladder = readLadder(block.lines);
    const deviations = ladder === undefined ? [] : (deviationsFrom(flows(), ladder) ?? []);
    if (deviations.length === 0) return [];
    const { title, section, opened, lines } = block;
    const details = deviations.map(({ message }) => `- ${message}`);
    const fact = {
      name: title || section.title,
      section: section.number,
      lines: [],
      place: lines[0] ?? opened,
    };
    return [change("flow", "changed", fact.name, fact, details)];
  });
}
