/** Checks of registries: unique names and values, ranges, and that what is used anywhere is registered and spelt so. */
import { CapabilityType, reservedCapabilities } from "../../room/structures/index.ts";
import { type Analysed, meant } from "../analysis/index.ts";
import { type Line, placeIn, type Section } from "../document/index.ts";
import type { CheckContext } from "./context.ts";
import { type Registration, type Registry, registriesIn } from "./registrations.ts";
import { checkValues } from "./values.ts";

const filler =
  /^(?:n\/a$|-*$|reserved|unassigned|private|grease|experimental|unused|.*\b(?:reserved|private)\b)/i;
/** For each of them, the whole draft is searched. */
const mostNameLists = 50;

export function checkRegistries(context: CheckContext): void {
  const all = context.drafts.map((analysed) => ({ analysed, registries: registriesIn(analysed.draft) }));
  for (const { analysed, registries } of all) {
    for (const registry of registries) checkUnique(registry.entries, registry.section, context);
    checkRanges(analysed, context);
    checkNames(analysed, registries, context);
    checkExplained(analysed, registries, context);
    checkComponents(
      analysed,
      registries,
      all.flatMap((each) => each.registries),
      context,
    );
    checkValues(analysed, registries, context);
  }
  checkAcross(
    all.flatMap(({ registries }) => registries.filter(({ kind }) => kind === "component")),
    context,
  );
}

function checkUnique(entries: readonly Registration[], section: Section, { report }: CheckContext): void {
  const values = new Map<number, Registration>();
  const names = new Map<string, Registration>();
  for (const entry of entries) {
    const { name, value, to, place, valuePlace } = entry;
    const other = value === undefined ? undefined : values.get(value);
    if (other !== undefined && other.name !== name && value !== undefined) {
      report(
        "registry-value-twice",
        valuePlace,
        name,
        `${name} and ${other.name} both have the value ${shown(value)}`,
        { section },
      );
    }
    if (value !== undefined && to === undefined && other === undefined) values.set(value, entry);
    if (filler.test(name) || name === "") continue;
    const same = names.get(name);
    if (same !== undefined && same.value !== value) {
      report("registry-name-twice", place, name, `${name} is registered twice`, { section });
    }
    names.set(name, entry);
  }
}

function shown(value: number): string {
  return value > 9 ? `0x${value.toString(16).padStart(4, "0")}` : String(value);
}

/** Components of different drafts go into one registry of IANA's. */
function checkAcross(registries: readonly Registry[], { report }: CheckContext): void {
  const seen = new Map<number, Registration>();
  for (const { entries, section } of registries) {
    for (const entry of entries) {
      if (entry.value === undefined) continue;
      const other = seen.get(entry.value);
      if (other !== undefined && other.name !== entry.name && other.place.file !== entry.place.file) {
        const message = `${entry.name} and ${other.name} of ${other.place.file} both have the value ${shown(entry.value)}`;
        report("registry-value-twice", entry.valuePlace, entry.name, message, { section });
      }
      seen.set(entry.value, entry);
    }
  }
}

const range = /\brange\s+(?:of\s+)?(0x[\da-f]+|\d+)\s*(?:to|through|-|\u2013|\.\.)\s*(0x[\da-f]+|\d+)/gi;

/** Ranges of one section that share values, one not being a part of the other. */
function checkRanges({ draft }: Analysed, { report }: CheckContext): void {
  const bySection = new Map<Section, { from: number; to: number }[]>();
  for (const { lines, section } of draft.prose) {
    for (const line of lines) {
      for (const match of line.text.matchAll(range)) {
        const from = Number(match[1]);
        const to = Number(match[2]);
        const others = bySection.get(section) ?? [];
        const other = others.find((each) => overlaps(each, { from, to }));
        if (other !== undefined) {
          const message = `${shown(from)} to ${shown(to)} overlaps ${shown(other.from)} to ${shown(other.to)}`;
          report("registry-range", placeIn(line, match.index), `${match[1]} to ${match[2]}`, message, {
            section,
          });
        }
        bySection.set(section, [...others, { from, to }]);
      }
    }
  }
}

function overlaps(a: { from: number; to: number }, b: { from: number; to: number }): boolean {
  if (a.from > b.to || b.from > a.to) return false;
  const aInB = a.from >= b.from && a.to <= b.to;
  const bInA = b.from >= a.from && b.to <= a.to;
  return !aInB && !bInA;
}

/** A capability that stands in its registry only: nobody knows what it allows. */
function checkExplained({ uses }: Analysed, registries: readonly Registry[], { report }: CheckContext): void {
  for (const { kind, entries, section } of registries) {
    if (kind !== "table" || prefixOf(entries.map(({ name }) => name)) === undefined) continue;
    const silent = entries.filter(({ name, isReserved }) => !isReserved && uses(name) < 2);
    // A registry that takes its names from another document explains none of them.
    if (silent.length * 2 > entries.length) continue;
    for (const { name, place } of silent)
      report("registry-unexplained", place, name, `the text never says what ${name} is`, { section });
  }
}

/** Words that are built as the registered names are: `canDoThis`. */
function checkNames(analysed: Analysed, registries: readonly Registry[], { report }: CheckContext): void {
  const own = registries
    .filter(({ kind }) => kind === "table")
    .slice(0, mostNameLists)
    .map(({ entries }) => entries.map(({ name }) => name));
  const known = own.find((names) => prefixOf(names) === "can") ?? capabilitiesFor(analysed);
  for (const names of [...own.filter((each) => prefixOf(each) !== "can"), known]) {
    const prefix = prefixOf(names);
    if (prefix === undefined) continue;
    const registered = new Set(names);
    const pattern = new RegExp(`(?<![\\w{/])${prefix}[A-Z]\\w+`, "g");
    for (const { line, section } of linesOf(analysed)) {
      for (const match of line.text.matchAll(pattern)) {
        if (registered.has(match[0])) continue;
        const near = meant(match[0], registered);
        report(
          "registry-unknown-name",
          placeIn(line, match.index),
          match[0],
          `${match[0]} is not registered`,
          {
            section,
            ...(near !== undefined && { fix: `did you mean ${near}?` }),
          },
        );
      }
    }
  }
}

/** The first word of names in camelCase that all of many have. */
function prefixOf(names: readonly string[]): string | undefined {
  const words = names.map((name) => /^([a-z]{2,})[A-Z]\w+$/.exec(name)?.[1]);
  const [first] = words;
  return names.length >= 5 && first !== undefined && words.every((word) => word === first)
    ? first
    : undefined;
}

/** The capabilities of room-policy, for drafts that rely on it. */
function capabilitiesFor({ references, draft }: Analysed): readonly string[] {
  const isMimi = references.has("i-d.ietf-mimi-room-policy") || /mimi-room-policy/.test(draft.name);
  if (!isMimi || CapabilityType.shape.kind !== "enum") return [];
  return [...CapabilityType.shape.values.keys(), ...reservedCapabilities];
}

function* linesOf({ draft }: Analysed): Generator<{ line: Line; section: Section }> {
  for (const { lines, section } of [...draft.prose, ...draft.blocks])
    for (const line of lines) yield { line, section };
}

const componentUse =
  /(?<![\w.])`?([a-z][a-z0-9]*(?:_[a-z0-9]+)+)`?\s+(?:(?:app|application|GroupContext|Safe AAD|MLS|policy)\s+){0,2}components?\b/g;

function checkComponents(
  analysed: Analysed,
  own: readonly Registry[],
  all: readonly Registry[],
  { report }: CheckContext,
): void {
  const registersSome = own.some(({ kind, entries }) => kind === "component" && entries.length > 1);
  if (!registersSome) return;
  const names = new Set(
    all
      .filter(({ kind }) => kind === "component" || kind === "table")
      .flatMap(({ entries }) => entries.map(({ name }) => name)),
  );
  for (const { lines, section } of analysed.draft.prose) {
    // A paragraph that refers to another draft may be about that draft's components.
    const refersTo = lines.map(({ text }) => text).join(" ");
    const isOthers = /\{\{[^}]*I-D\.|\[@?[?!]?I-D\.|\[I-D/.test(refersTo);
    for (const line of lines) {
      for (const match of line.text.matchAll(componentUse)) {
        if (isOthers && analysed.uses(match[1] ?? "") < 3) continue;
        const name = match[1] ?? "";
        if (names.has(name) || name.startsWith("app_")) continue;
        const near =
          meant(name, names) ?? [...names].find((each) => each.split("_")[0] === name.split("_")[0]);
        report(
          "registry-unknown-name",
          placeIn(line, match.index + match[0].indexOf(name)),
          name,
          `the component ${name} is not registered`,
          {
            section,
            ...(near !== undefined && { fix: `did you mean ${near}?` }),
          },
        );
      }
    }
  }
}
