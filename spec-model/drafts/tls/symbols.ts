/** Definitions by name over the blocks of several drafts, and what a select depends on. */
import { builtInTypes, knownDefinitions, namesOfRfcs } from "./known.ts";
import type { Definition, Field, Part, Select } from "./syntax.ts";

export type Struct = Extract<Definition, { kind: "struct" }>;
export type Enum = Extract<Definition, { kind: "enum" }>;

export interface Symbols {
  /** The first definition of `name` in the drafts, else the one that is known from elsewhere. */
  readonly find: (name: string) => Definition | undefined;
  /** Whether the drafts themselves define it. */
  readonly owns: (name: string) => boolean;
  readonly names: () => Iterable<string>;
}

export function symbolsOf(definitions: Iterable<Definition>): Symbols {
  const own = new Map<string, Definition>();
  for (const definition of definitions) {
    const { name } = definition.name;
    if (!own.has(name)) own.set(name, definition);
  }
  return {
    find: (name) => own.get(name) ?? knownDefinitions().get(name)?.definition,
    owns: (name) => own.has(name),
    names: () => [...own.keys(), ...knownDefinitions().keys()],
  };
}

/** Whether `name` is a type of the language, of the drafts, or of a document that is known. */
export function isKnownType(name: string, symbols: Symbols): boolean {
  // T1 and Te stand for any type where the language itself is explained.
  if (/^Te?(?:\d|n)?$/.test(name)) return true;
  return builtInTypes.has(name) || symbols.find(name) !== undefined || namesOfRfcs.has(name);
}

/** All fields, those in the arms of selects, too. */
export function fieldsOf(parts: readonly Part[]): Field[] {
  return parts.flatMap((part) => {
    if (part.kind === "field") return [part];
    if (part.kind === "nested") return fieldsOf(part.parts);
    return part.arms.flatMap((arm) => fieldsOf(arm.parts));
  });
}

/** All selects, those in arms of others, too. */
export function selectsOf(parts: readonly Part[]): Select[] {
  return parts.flatMap((part) => {
    if (part.kind === "field") return [];
    if (part.kind === "nested") return selectsOf(part.parts);
    return [part, ...part.arms.flatMap((arm) => selectsOf(arm.parts))];
  });
}

/** What the name in a select is: the type of a field; nothing that exists; or beyond what is known. */
export type Selected =
  | { readonly kind: "type"; readonly type: string }
  | { readonly kind: "missing"; readonly name: string; readonly among: readonly string[] }
  | { readonly kind: "unknown" };

/** Follows `path`, e.g. `message.wire_format`, from the structure that a select stands in. */
export function resolveSelect(path: string, around: Struct, symbols: Symbols): Selected {
  const [first = "", ...others] = path.split(".");
  const fields = fieldsOf(around.parts);
  const own = fields.find(({ name }) => name.name === first);
  if (own !== undefined) return follow(own.type.name, others, symbols);
  const root = first === around.name.name ? around : symbols.find(first);
  if (root?.kind === "struct" && others.length > 0) return follow(first, others, symbols, root);
  if (root?.kind === "enum" && others.length === 0) return { kind: "type", type: first };
  // Another document's structure, whose name begins with a capital.
  if (/^[A-Z]/.test(first) && root === undefined && others.length > 0) return { kind: "unknown" };
  if (/^[A-Z]$/.test(first)) return { kind: "unknown" };
  return {
    kind: "missing",
    name: first,
    among: fields.map(({ name }) => name.name).filter((name) => name !== ""),
  };
}

function follow(type: string, path: readonly string[], symbols: Symbols, start?: Struct): Selected {
  let current = type;
  let at: Definition | undefined = start ?? symbols.find(type);
  for (const name of path) {
    while (at?.kind === "alias") at = symbols.find(at.type.name);
    if (at === undefined) return { kind: "unknown" };
    if (at.kind !== "struct") return { kind: "missing", name, among: [] };
    const fields = fieldsOf(at.parts);
    const field = fields.find((each) => each.name.name === name);
    if (field === undefined) {
      if (at.open) return { kind: "unknown" };
      return { kind: "missing", name, among: fields.map((each) => each.name.name) };
    }
    current = field.type.name;
    at = symbols.find(current);
  }
  return { kind: "type", type: current };
}

/** The definition in one line, without comments and layout: two that read the same have the same octets. */
export function canonical(definition: Definition): string[] {
  if (definition.kind === "alias") {
    return [`${definition.optional ? "optional " : ""}${definition.type.name}${lengthText(definition)}`];
  }
  if (definition.kind === "enum") {
    const named = definition.values.filter(({ name }) => !isFiller(name));
    const values = named.map(({ name, from, to }) => `${name}(${from}${to === from ? "" : `..${to}`})`);
    return [...values, `(${definition.limit?.value ?? ""})`];
  }
  return canonicalParts(definition.parts);
}

/** Values that are only kept free; copies often leave them out. */
function isFiller(name: string): boolean {
  return /^(?:reserved|private|unallocated|unassigned|obsolete)|_RESERVED$/i.test(name);
}

function canonicalParts(parts: readonly Part[]): string[] {
  return parts.flatMap((part) => {
    if (part.kind === "field") {
      if (part.type.name === "struct") return [];
      const type = part.optional ? `optional<${part.type.name}>` : part.type.name;
      return [`${type} ${part.name.name}${lengthText(part)}`];
    }
    if (part.kind === "nested") return canonicalParts(part.parts);
    const arms = part.arms.flatMap(({ labels, parts: inside }) => [
      `case ${labels.map(({ name }) => name).join(", ") || "default"}:`,
      ...canonicalParts(inside),
    ]);
    return [`select (${part.on?.name ?? ""})`, ...arms, "end of select"];
  });
}

function lengthText({ length }: { length: Field["length"] }): string {
  if (length.kind === "none") return "";
  if (length.kind === "variable") return "<V>";
  if (length.kind === "fixed") return `[${length.value ?? length.text.replace(/\s/g, "")}]`;
  return `<${length.min ?? ""}..${length.max ?? ""}${length.min === undefined || length.max === undefined ? length.text.replace(/\s/g, "") : ""}>`;
}

/** `name` of `name(1)`. */
function nameOf(value: string): string {
  return value.slice(0, value.indexOf("("));
}

function namesOf(values: readonly string[]): Set<string> {
  return new Set(values.slice(0, -1).map(nameOf));
}

/** The first line in which two definitions differ, as each has it. */
export function firstDifference(
  a: Definition,
  b: Definition,
): { index: number; a: string; b: string } | undefined {
  const left = canonical(a);
  const right = canonical(b);
  if (a.kind !== b.kind) return { index: 0, a: a.kind, b: b.kind };
  // New values for an enumeration of which another block has the others.
  if (a.kind === "enum" && left.slice(0, -1).every((value) => !namesOf(right).has(nameOf(value))))
    return undefined;
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    if (left[index] === right[index]) continue;
    return { index, a: left[index] ?? "nothing", b: right[index] ?? "nothing" };
  }
  return undefined;
}
