/** Checks of the TLS presentation language in all blocks of all drafts given. */
import { type Analysed, meant, type TlsBlock } from "../analysis/index.ts";
import type { RuleId } from "../findings/index.ts";
import { sentencesOf } from "../reading/index.ts";
import type { Definition, Field, Named, Part, Select } from "../tls/index.ts";
import { builtInTypes } from "../tls/known.ts";
import {
  type Enum,
  fieldsOf,
  isKnownType,
  resolveSelect,
  type Struct,
  type Symbols,
  selectsOf,
  symbolsOf,
} from "../tls/symbols.ts";
import type { CheckContext } from "./context.ts";
import { checkDefinitionsTogether } from "./tls-together.ts";

const mostMissing = 3;

/** One block, and how to tell what is wrong at an offset in it. */
interface Here {
  readonly analysed: Analysed;
  readonly symbols: Symbols;
  readonly imported: ReadonlySet<string>;
  /** Whether a definition could not be read: what it defines is not known. */
  readonly hasLost: boolean;
  /** What was probably meant by names that do not exist. */
  readonly meantNames: Set<string>;
  readonly tell: (
    rule: RuleId,
    at: Named | { offset: number; name?: string },
    message: string,
    fix?: string,
  ) => void;
}

export function checkTls(context: CheckContext): void {
  const blocks = context.drafts.flatMap(({ tls }) => tls);
  const symbols = symbolsOf(blocks.flatMap(({ parsed }) => parsed.definitions));
  const meantNames = new Set<string>();
  const hasLost = blocks.some(({ parsed }) => parsed.lost > 0);
  for (const analysed of context.drafts) {
    const imported = importedNames(analysed);
    for (const block of analysed.tls) {
      const here = { analysed, symbols, imported, hasLost, meantNames, tell: teller(context, block) };
      for (const fault of block.parsed.faults) {
        here.tell(fault.rule, { name: fault.token, offset: fault.offset }, fault.message, fault.fix);
      }
      for (const definition of block.parsed.definitions) checkDefinition(definition, here);
      checkCalls(block, here);
    }
  }
  checkDefinitionsTogether(context, symbols, meantNames);
}

function teller({ report }: CheckContext, block: TlsBlock): Here["tell"] {
  return (rule, { offset, name = "" }, message, fix) =>
    report(rule, block.placeAt(offset), name, message, {
      section: block.block.section,
      ...(fix !== undefined && { fix }),
    });
}

/** Names that a sentence mentions together with another document, where they are defined. */
function importedNames({ draft }: Analysed): Set<string> {
  const names = new Set<string>();
  for (const prose of draft.prose) {
    for (const { text } of sentencesOf(prose)) {
      if (!/\{\{|\[@|\[(?:RFC|I-D)|RFC ?\d{4}/.test(text)) continue;
      for (const [name] of text.matchAll(/\b[A-Z][A-Za-z0-9_]+\b/g)) names.add(name);
    }
  }
  return names;
}

function checkDefinition(definition: Definition, here: Here): void {
  if (definition.kind === "enum") checkEnum(definition, here);
  else if (definition.kind === "alias") {
    checkType({ ...definition, kind: "field" }, [], here);
  } else {
    for (const field of fieldsOf(definition.parts)) checkType(field, definition.parameters, here);
    checkFieldsTwice(definition.parts, here);
    for (const select of selectsOf(definition.parts)) checkSelect(select, definition, here);
  }
}

function checkType(field: Field, parameters: readonly string[], here: Here): void {
  const { type, length, name, optional } = field;
  if (type.name === "struct" || type.name === "select") return;
  if (type.name === "opaque" && length.kind === "none" && !optional) {
    here.tell(
      "tls-missing-length",
      name,
      `${name.name} is opaque without a length`,
      "add <V>, or [n] for n octets",
    );
  }
  checkLength(field, here);
  if (parameters.includes(type.name) || isKnownType(type.name, here.symbols)) return;
  const candidate = meant(type.name, [...builtInTypes, ...here.symbols.names()]);
  if (candidate === undefined && (here.imported.has(type.name) || here.hasLost)) return;
  if (candidate !== undefined) here.meantNames.add(candidate);
  const hint = candidate === undefined ? undefined : `did you mean ${candidate}?`;
  here.tell("tls-undefined-type", type, `the type ${type.name} is not defined`, hint);
}

function checkLength({ type, length, name }: Field, here: Here): void {
  const size = /^uint(\d+)$/.exec(type.name)?.[1];
  const octets = size === undefined ? 1 : Number(size) / 8;
  if (
    length.kind === "range" &&
    length.min !== undefined &&
    length.max !== undefined &&
    length.min > length.max
  ) {
    here.tell(
      "tls-vector-range",
      name,
      `${name.name} has at least ${length.min} and at most ${length.max} octets`,
    );
  }
  if (length.kind === "fixed" && length.value !== undefined && length.value % octets !== 0) {
    here.tell(
      "tls-vector-range",
      name,
      `${length.value} octets hold no whole number of ${type.name}`,
      "lengths count octets",
    );
  }
}

function checkFieldsTwice(parts: readonly Part[], here: Here): void {
  const seen = new Set<string>();
  for (const part of parts) {
    if (part.kind === "select") for (const arm of part.arms) checkFieldsTwice(arm.parts, here);
    const name = part.kind === "field" ? part.name : undefined;
    if (name === undefined || name.name === "" || (part.kind === "field" && part.type.name === "struct"))
      continue;
    if (seen.has(name.name)) here.tell("tls-field-twice", name, `there are two fields called ${name.name}`);
    seen.add(name.name);
  }
}

function checkEnum({ values, limit, name: enumeration }: Enum, here: Here): void {
  const names = new Set<string>();
  const numbers = new Map<number, string>();
  for (const value of values) {
    const { name, from, to } = value;
    const isFiller = /^(?:reserved|unassigned|private|grease|obsolete|unused)/i.test(name);
    if (names.has(name) && !isFiller) {
      here.tell("tls-enum-twice", value, `${enumeration.name} has two values called ${name}`);
    }
    names.add(name);
    if (from === undefined) continue;
    const other = numbers.get(from);
    if (other !== undefined && from === to && !isFiller) {
      here.tell("tls-enum-twice", value, `${name} and ${other} are both ${from} in ${enumeration.name}`);
    }
    if (from === to && other === undefined) numbers.set(from, name);
    if (limit !== undefined && (to ?? from) > limit.value) {
      here.tell(
        "tls-enum-range",
        value,
        `${name} is ${to ?? from}, the largest value of ${enumeration.name} ${limit.value}`,
      );
    }
  }
}

function checkSelect(select: Select, around: Struct, here: Here): void {
  const { on } = select;
  if (on === undefined) return;
  const selected = resolveSelect(on.name, around, here.symbols);
  if (selected.kind === "missing") {
    // An open structure shows a part only.
    if (around.open && selected.among.length === 0) return;
    const near =
      meant(selected.name, selected.among) ?? selected.among.find((each) => endsLike(each, selected.name));
    const of = on.name.includes(".")
      ? `nothing called ${on.name}`
      : `no field ${on.name} in ${around.name.name}`;
    here.tell("tls-select-field", on, `there is ${of} to select on`, near && `did you mean ${near}?`);
    return;
  }
  if (selected.kind === "unknown") return;
  let definition = here.symbols.find(selected.type);
  while (definition?.kind === "alias") definition = here.symbols.find(definition.type.name);
  checkCasesTwice(select, here);
  if (definition?.kind === "enum") checkCases(select, definition, here);
}

function endsLike(field: string, wanted: string): boolean {
  return (
    field.toLowerCase().endsWith(wanted.toLowerCase()) || wanted.toLowerCase().endsWith(field.toLowerCase())
  );
}

function checkCasesTwice({ arms }: Select, here: Here): void {
  const seen = new Set<string>();
  for (const label of arms.flatMap(({ labels }) => labels)) {
    if (seen.has(label.name)) here.tell("tls-case-twice", label, `there are two cases for ${label.name}`);
    seen.add(label.name);
  }
}

function checkCases(select: Select, enumeration: Enum, here: Here): void {
  const names = enumeration.values.map(({ name }) => name);
  const labels = select.arms.flatMap((arm) => arm.labels);
  const isOwn = here.symbols.owns(enumeration.name.name);
  const foreign = labels.filter(({ name }) => !/^\d/.test(name) && !names.includes(name));
  const hasDefault = select.arms.some((arm) => arm.labels.length === 0);
  const covered = new Set(labels.map(({ name }) => name));
  const left = names.filter((name) => !covered.has(name) && !isPlaceholder(name));
  const told = foreign.filter((label) => isForeign(label.name, enumeration, isOwn, here));
  if (told.length > 1 && told.length === labels.length && select.on !== undefined) {
    const all = told.map(({ name }) => name).join(", ");
    here.tell(
      "tls-case-foreign",
      told[0] ?? select,
      `${all}: none of them is a value of ${enumeration.name.name}`,
    );
    return;
  }
  for (const label of told) {
    const candidate = meant(label.name, names) ?? (left.length === 1 ? left[0] : undefined);
    here.tell(
      "tls-case-foreign",
      label,
      `${label.name} is no value of ${enumeration.name.name}`,
      candidate && `did you mean ${candidate}?`,
    );
  }
  const isTwice = covered.size < labels.length;
  if (!isOwn || isTwice || hasDefault || select.open || enumeration.open || left.length === 0) return;
  // Where most have none, the select is about a few of them.
  if (told.length >= left.length || left.length > mostMissing) return;
  const which = left.length === 1 ? `${left[0]} has no case` : `${left.join(", ")} have no case`;
  here.tell(
    "tls-case-missing",
    { offset: select.offset, name: left.join(", ") },
    `${which} in ${select.on?.name}`,
  );
}

/** Registries are open: a draft may add a value to one that it does not define, if it says its name elsewhere. */
function isForeign(name: string, enumeration: Enum, isOwn: boolean, here: Here): boolean {
  const near = meant(
    name,
    enumeration.values.map((value) => value.name),
  );
  if (isOwn) return !enumeration.open || near !== undefined;
  if (near !== undefined && here.analysed.uses(name) <= 2) return true;
  return here.analysed.uses(name) < 2 || ["application", "welcome", "proposal", "commit"].includes(name);
}

function isPlaceholder(name: string): boolean {
  return /^(?:reserved|invalid|unassigned|private|grease|unknown|obsolete|unused)|_RESERVED$/i.test(name);
}

function checkCalls({ parsed }: TlsBlock, here: Here): void {
  for (const call of parsed.calls) {
    const { label, content, lacksComma } = call;
    if (lacksComma) here.tell("tls-call-comma", call, `there is no comma beside the label "${label}"`);
    if (!/^[A-Z]\w+$/.test(content)) continue;
    const isDefined = here.symbols.find(content) !== undefined || parsed.formulas.has(content);
    if (!isDefined && /(?:TBS|TBE|TBM|Input|AAD|Content)$/.test(content) && !here.imported.has(content)) {
      const near = meant(content, here.symbols.names());
      here.tell(
        "tls-undefined-content",
        call,
        `${content} is signed or encrypted, but not defined`,
        near && `did you mean ${near}?`,
      );
    } else if (label !== content && /TB[SEM]$/.test(content) && /^\w+TB[SEM]$/.test(label)) {
      here.tell(
        "tls-label-content",
        call,
        `the label is "${label}", what it protects is ${content}`,
        `write "${content}"`,
      );
    }
  }
}
