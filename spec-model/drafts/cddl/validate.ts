/** Whether a data item is what a schema says, and if not, where it stops being that. RFC 8610 §2 and §3 */
import { equalBytes } from "../../bytes.ts";
import { encodeItem, type Item, inWords } from "../cbor/index.ts";
import type { Entry, Group, Rule, Type, Value } from "./syntax.ts";

export interface Mismatch {
  /** The item that does not fit: the one that was reached latest. */
  readonly item: Item;
  readonly message: string;
  /** How far into the item it is: indices and keys. */
  readonly path: readonly string[];
}

export interface Schema {
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
}

export function schemaOf(rules: readonly Rule[]): Schema {
  const byName = new Map<string, Rule[]>();
  for (const rule of rules) {
    const found = byName.get(rule.name) ?? [];
    if (rule.extends || found.length === 0) byName.set(rule.name, [...found, rule]);
  }
  return { rules: byName };
}

/** Undefined: `item` is what the rule called `root` says, or checking it would take too many steps. */
export function mismatch(item: Item, root: string, schema: Schema): Mismatch | undefined {
  const validator = new Validator(schema);
  const type: Type = { kind: "name", name: root, args: [], offset: 0 };
  if (validator.fits(item, type, [])) return undefined;
  return validator.furthest ?? { item, message: `${inWords(item)} is not ${root}`, path: [] };
}

const mostSteps = 200_000;
const deepestRule = 60;

class Validator {
  furthest: Mismatch | undefined;
  private readonly schema: Schema;
  private steps = 0;
  private depth = 0;

  constructor(schema: Schema) {
    this.schema = schema;
  }

  private miss(item: Item, path: readonly string[], message: string): false {
    const further = this.furthest;
    if (
      further === undefined ||
      path.length > further.path.length ||
      (path.length === further.path.length && item.offset > further.item.offset)
    ) {
      this.furthest = { item, message, path };
    }
    return false;
  }

  fits(item: Item, type: Type, path: readonly string[]): boolean {
    if (item.kind === "elided" || ++this.steps > mostSteps) return true;
    if (++this.depth > deepestRule) {
      this.depth--;
      return true;
    }
    const result = this.fitsType(item, type, path);
    this.depth--;
    return result;
  }

  private fitsType(item: Item, type: Type, path: readonly string[]): boolean {
    switch (type.kind) {
      case "any":
        return true;
      case "choice":
        return type.of.some((each) => this.fits(item, each, path));
      case "name":
        return this.fitsName(item, type.name, path);
      case "value":
        return (
          isValue(item, type.value) ||
          this.miss(item, path, `${inWords(item)} is not ${valueInWords(type.value)}`)
        );
      case "array":
        return item.kind === "array"
          ? this.fitsArray(item, type.group, path)
          : this.miss(item, path, `${inWords(item)} is no array`);
      case "map":
        return item.kind === "map"
          ? this.fitsMap(item, type.group, path)
          : this.miss(item, path, `${inWords(item)} is no map`);
      case "group":
        return type.group.some(
          (entries) => entries.length === 1 && entries.every((entry) => this.fits(item, entry.type, path)),
        );
      case "range":
        return (
          this.inRange(item, type.from, type.to, type.exclusive) ||
          this.miss(item, path, `${inWords(item)} is out of range`)
        );
      case "control":
        return this.fits(item, type.target, path) && this.isControlled(item, type, path);
      case "tag":
        if (item.kind !== "tag") return this.miss(item, path, `${inWords(item)} has no tag`);
        if (type.tag !== undefined && type.tag !== item.tag)
          return this.miss(item, path, `the tag is ${item.tag}, not ${type.tag}`);
        return this.fits(item.item, type.of, path);
      case "major":
        return (
          majorOf(item) === type.major || this.miss(item, path, `${inWords(item)} is of another major type`)
        );
      case "among":
        return (
          this.among(type.of).some((each) => this.fits(item, each, path)) ||
          this.miss(item, path, `${inWords(item)} is none of the values`)
        );
      case "unwrap":
        return true;
    }
  }

  private fitsName(item: Item, name: string, path: readonly string[]): boolean {
    const rules = this.schema.rules.get(name);
    if (rules !== undefined) return rules.some((rule) => this.fits(item, rule.type, path));
    if (name.startsWith("$")) return false;
    const holds = preludeHolds(item, name);
    return holds === undefined || holds || this.miss(item, path, `${inWords(item)} is no ${name}`);
  }

  private among(type: Type): Type[] {
    if (type.kind === "name")
      return (this.schema.rules.get(type.name) ?? []).flatMap((rule) => this.among(rule.type));
    if (type.kind === "group") return type.group.flat().map((entry) => entry.type);
    return [type];
  }

  private isControlled(
    item: Item,
    { operator, argument }: Extract<Type, { kind: "control" }>,
    path: readonly string[],
  ): boolean {
    if (operator === "size")
      return this.hasSize(item, argument) || this.miss(item, path, `${inWords(item)} has another size`);
    const limit =
      argument.kind === "value" && argument.value.kind === "int" ? argument.value.value : undefined;
    if (item.kind !== "int" || limit === undefined) return true;
    const { value } = item;
    const holds = {
      lt: value < limit,
      le: value <= limit,
      gt: value > limit,
      ge: value >= limit,
      eq: value === limit,
      ne: value !== limit,
    }[operator];
    return (holds ?? true) ? true : this.miss(item, path, `${value} is not .${operator} ${limit}`);
  }

  private hasSize(item: Item, argument: Type): boolean {
    const inner = argument.kind === "group" ? (argument.group[0]?.[0]?.type ?? argument) : argument;
    if (item.kind === "int") {
      const octets = inner.kind === "value" && inner.value.kind === "int" ? inner.value.value : undefined;
      return octets === undefined || (item.value >= 0n && item.value < 1n << (8n * octets));
    }
    const size =
      item.kind === "bytes"
        ? item.bytes.length
        : item.kind === "text"
          ? encodeItem(item, false).length - headLength(item)
          : undefined;
    if (size === undefined) return true;
    if (inner.kind === "range")
      return this.inRange(
        { kind: "int", value: BigInt(size), offset: 0 },
        inner.from,
        inner.to,
        inner.exclusive,
      );
    return inner.kind !== "value" || inner.value.kind !== "int" || inner.value.value === BigInt(size);
  }

  private inRange(item: Item, from: Type, to: Type, exclusive: boolean): boolean {
    const low = numberIn(from);
    const high = numberIn(to);
    if (low === undefined || high === undefined) return true;
    if (item.kind !== "int" && item.kind !== "float") return false;
    const value = Number(item.value);
    return value >= low && (exclusive ? value < high : value <= high);
  }

  private fitsArray(item: Extract<Item, { kind: "array" }>, group: Group, path: readonly string[]): boolean {
    for (const end of this.ends(item.items, 0, group, path)) if (end === item.items.length) return true;
    const [choice] = group;
    const isPlain =
      group.length === 1 && choice !== undefined && choice.every(({ min, max }) => min === 1 && max === 1);
    const reached = this.furthest !== undefined && this.furthest.path.length > path.length;
    if (isPlain && !reached)
      this.miss(item, path, `${inWords(item)} has more or fewer items than the schema`);
    else this.miss(item, path, `${inWords(item)} does not fit`);
    return false;
  }

  /** Where the group's items can end that begin at `start`. */
  private *ends(
    items: readonly Item[],
    start: number,
    group: Group,
    path: readonly string[],
  ): Generator<number> {
    for (const entries of group) yield* this.endsOfEntries(items, start, entries, path);
  }

  private *endsOfEntries(
    items: readonly Item[],
    start: number,
    entries: readonly Entry[],
    path: readonly string[],
  ): Generator<number> {
    const [first, ...others] = entries;
    if (first === undefined) {
      yield start;
      return;
    }
    for (const end of this.endsOfEntry(items, start, first, 0, path))
      yield* this.endsOfEntries(items, end, others, path);
  }

  private *endsOfEntry(
    items: readonly Item[],
    start: number,
    entry: Entry,
    count: number,
    path: readonly string[],
  ): Generator<number> {
    if (++this.steps > mostSteps) return;
    if (count < entry.max) {
      for (const end of this.endsOfType(items, start, entry.type, path)) {
        if (end > start || count === 0)
          yield* this.endsOfEntry(items, end, entry, end > start ? count + 1 : entry.max, path);
      }
    }
    if (count >= entry.min) yield start;
  }

  private *endsOfType(
    items: readonly Item[],
    start: number,
    type: Type,
    path: readonly string[],
  ): Generator<number> {
    const group = this.groupOf(type);
    if (group !== undefined) {
      yield* this.ends(items, start, group, path);
      return;
    }
    const item = items[start];
    if (item === undefined) return;
    if (this.fits(item, type, [...path, String(start)])) yield start + 1;
  }

  /** The group that a type in a group stands for; undefined where it is a type. */
  private groupOf(type: Type): Group | undefined {
    if (type.kind === "group") return type.group;
    if (type.kind !== "name") return undefined;
    const rules = this.schema.rules.get(type.name);
    if (rules === undefined) return type.name.startsWith("$$") ? [] : undefined;
    const groups = rules.map((rule) => this.groupOf(rule.type));
    return groups.every((each) => each !== undefined) ? groups.flat() : undefined;
  }

  private fitsMap(item: Extract<Item, { kind: "map" }>, group: Group, path: readonly string[]): boolean {
    return this.flat(group, 0).some((entries) => this.fitsEntries(item, entries, path));
  }

  /** The entries of a map with the groups in it written out. */
  private flat(group: Group, depth: number): Entry[][] {
    if (depth > 8) return [[]];
    return group.flatMap((entries) => {
      let choices: Entry[][] = [[]];
      for (const entry of entries) {
        const inner = entry.key === undefined ? this.groupOf(entry.type) : undefined;
        const options =
          inner === undefined
            ? [[entry]]
            : this.flat(inner, depth + 1).map((list) =>
                entry.min === 1 && entry.max === 1
                  ? list
                  : list.map((each) => ({ ...each, min: 0, max: Number.POSITIVE_INFINITY })),
              );
        choices = choices
          .flatMap((before) =>
            options.length === 0 ? [before] : options.map((option) => [...before, ...option]),
          )
          .slice(0, 64);
      }
      return choices;
    });
  }

  private fitsEntries(
    item: Extract<Item, { kind: "map" }>,
    entries: readonly Entry[],
    path: readonly string[],
  ): boolean {
    const found = new Map<Entry, number>();
    for (const [key, value] of item.entries) {
      const inside = [...path, inWords(key)];
      const entry = entries.find(
        (each) =>
          each.key !== undefined &&
          (found.get(each) ?? 0) < each.max &&
          this.quietly(() => this.fits(key, each.key ?? each.type, inside)),
      );
      if (entry === undefined) return this.miss(key, path, `the key ${inWords(key)} is not in the schema`);
      if (!this.fits(value, entry.type, inside)) return false;
      found.set(entry, (found.get(entry) ?? 0) + 1);
    }
    const absent = entries.find((entry) => entry.key !== undefined && (found.get(entry) ?? 0) < entry.min);
    return (
      absent === undefined ||
      this.miss(item, path, `the member ${absent.label ?? "that is mandatory"} is missing`)
    );
  }

  private quietly(test: () => boolean): boolean {
    const { furthest } = this;
    const result = test();
    this.furthest = furthest;
    return result;
  }
}

function headLength(item: Extract<Item, { kind: "text" }>): number {
  const octets = new TextEncoder().encode(item.text).length;
  return octets < 24 ? 1 : octets < 256 ? 2 : octets < 65536 ? 3 : 5;
}

function numberIn(type: Type): number | undefined {
  if (type.kind !== "value" || (type.value.kind !== "int" && type.value.kind !== "float")) return undefined;
  return Number(type.value.value);
}

function isValue(item: Item, value: Value): boolean {
  if (value.kind === "int") return item.kind === "int" && item.value === value.value;
  if (value.kind === "float") return item.kind === "float" && item.value === value.value;
  if (value.kind === "text") return item.kind === "text" && item.text === value.text;
  return item.kind === "bytes" && (value.bytes === undefined || equalBytes(item.bytes, value.bytes));
}

function valueInWords(value: Value): string {
  if (value.kind === "text") return JSON.stringify(value.text);
  return value.kind === "bytes" ? "the octets of the schema" : String(value.value);
}

function majorOf(item: Item): number {
  const majors = { bytes: 2, text: 3, array: 4, map: 5, tag: 6, simple: 7, float: 7, elided: -1 };
  return item.kind === "int" ? (item.value < 0n ? 1 : 0) : majors[item.kind];
}

/** Undefined: the name is not of the prelude, or says too little. */
function preludeHolds(item: Item, name: string): boolean | undefined {
  switch (name) {
    case "uint":
    case "unsigned":
      return item.kind === "int" && item.value >= 0n;
    case "nint":
      return item.kind === "int" && item.value < 0n;
    case "int":
    case "integer":
      return item.kind === "int";
    case "bstr":
    case "bytes":
      return item.kind === "bytes";
    case "tstr":
    case "text":
      return item.kind === "text";
    case "bool":
      return item.kind === "simple" && (item.value === 20 || item.value === 21);
    case "true":
    case "false":
      return item.kind === "simple" && item.value === (name === "true" ? 21 : 20);
    case "nil":
    case "null":
      return item.kind === "simple" && item.value === 22;
    case "float":
    case "float16":
    case "float32":
    case "float64":
      return item.kind === "float";
    case "number":
      return item.kind === "int" || item.kind === "float";
    case "uri":
      return item.kind === "tag" && item.tag === 32n;
    case "tdate":
      return item.kind === "tag" && item.tag === 0n;
    case "time":
      return item.kind === "tag" && item.tag === 1n;
    default:
      return undefined;
  }
}
