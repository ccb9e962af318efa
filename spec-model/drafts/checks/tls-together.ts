/** Checks that compare definitions: copies and conflicts, what is signed and what is sent, what is never used. */
import type { Analysed, TlsBlock } from "../analysis/index.ts";
import type { Definition } from "../tls/index.ts";
import { fieldsOf, firstDifference, isKnownType, type Struct, type Symbols } from "../tls/symbols.ts";
import type { CheckContext } from "./context.ts";

interface Defined {
  readonly definition: Definition;
  readonly block: TlsBlock;
  readonly analysed: Analysed;
}

/** `meantNames` are used after all, if misspelt. */
export function checkDefinitionsTogether(
  context: CheckContext,
  symbols: Symbols,
  meantNames: ReadonlySet<string>,
): void {
  const byName = new Map<string, Defined[]>();
  for (const analysed of context.drafts) {
    for (const block of analysed.tls) {
      for (const definition of block.parsed.definitions) {
        const found = byName.get(definition.name.name) ?? [];
        found.push({ definition, block, analysed });
        byName.set(definition.name.name, found);
      }
    }
  }
  for (const [name, all] of byName) {
    checkCopies(name, all, symbols, context);
    if (!meantNames.has(name)) checkUse(name, all, context);
  }
  for (const [name, [first]] of byName) {
    if (first?.definition.kind === "struct") checkSigned(name, first, symbols, context);
  }
}

function checkCopies(
  name: string,
  [first, ...others]: readonly Defined[],
  symbols: Symbols,
  { report }: CheckContext,
): void {
  if (first === undefined) return;
  for (const other of others) {
    // A draft shows only what it adds to another's structure: it does not have to repeat the rest.
    if (isOpen(first.definition) || isOpen(other.definition) || areVariants(first, other)) continue;
    const difference = firstDifference(first.definition, other.definition);
    if (difference === undefined || isSlip(difference.a, symbols) || isSlip(difference.b, symbols)) continue;
    const { block, analysed, definition } = other;
    const isAppendix = block.block.section.appendix && !first.block.block.section.appendix;
    const rule = isAppendix && analysed === first.analysed ? "tls-appendix-drift" : "tls-conflict";
    const original = first.block.placeAt(first.definition.name.offset);
    const where = `${original.file === block.block.opened.file ? "line" : `${original.file}, line`} ${original.line}`;
    const message = `${name} is not what it is in ${where}: ${difference.b} here, ${difference.a} there`;
    report(rule, block.placeAt(offsetOfLine(definition, difference.b)), name, message, {
      section: block.block.section,
    });
  }
}

/** Chapters on two variants of a protocol have messages of one name each. */
function areVariants(a: Defined, b: Defined): boolean {
  const chapter = ({ block }: Defined) => block.block.section.number.split(".")[0];
  const inBody = [a, b].every(({ block }) => !block.block.section.appendix);
  return a.analysed === b.analysed && inBody && chapter(a) !== chapter(b);
}

/** A line of a definition whose type does not exist: that is told where it stands. */
function isSlip(line: string, symbols: Symbols): boolean {
  const type = /^(?:optional[< ])?(\w+)[> ]/.exec(line)?.[1];
  return type !== undefined && !/^(?:select|case|end)$/.test(type) && !isKnownType(type, symbols);
}

function isOpen(definition: Definition): boolean {
  if (definition.kind === "alias") return false;
  if (definition.open) return true;
  if (definition.kind === "enum") return false;
  return definition.parts.some((part) => part.kind === "select" && part.open);
}

/** Where a line of a definition's canonical form stands; its name where that cannot be told. */
function offsetOfLine(definition: Definition, line: string): number {
  const word = /(\w+)(?:<[^>]*>|\[[^\]]*\]|\([^)]*\))?:?$/.exec(line)?.[1];
  const names =
    definition.kind === "struct"
      ? fieldsOf(definition.parts).map(({ name }) => name)
      : definition.kind === "enum"
        ? definition.values
        : [];
  return names.find(({ name }) => name === word)?.offset ?? definition.name.offset;
}

function checkUse(name: string, all: readonly Defined[], { report, drafts }: CheckContext): void {
  const uses = drafts.reduce((sum, analysed) => sum + analysed.uses(name), 0);
  const [first] = all;
  if (first === undefined || uses > all.length) return;
  const { block, definition } = first;
  // What closes a block is what the block is for, and prose may introduce it without its name.
  const isLast = block.parsed.definitions.filter(({ kind }) => kind !== "alias").at(-1) === definition;
  if (definition.kind === "alias" || (definition.kind === "struct" && isLast)) return;
  report("tls-unused", block.placeAt(definition.name.offset), name, `${name} is mentioned nowhere else`, {
    section: block.block.section,
  });
}

/** The fields of `XTBS` are those of `X`, without the signature. */
function checkSigned(
  name: string,
  { definition, block }: Defined,
  symbols: Symbols,
  { report }: CheckContext,
): void {
  const sent = /^(\w+)TBS$/.exec(name)?.[1];
  const message = sent === undefined ? undefined : symbols.find(sent);
  if (message?.kind !== "struct" || definition.kind !== "struct" || !symbols.owns(message.name.name)) return;
  const fields = typesByName(message);
  const shared = fieldsOf(definition.parts).filter(({ name: field }) => fields.has(field.name));
  if (shared.length * 2 < fields.size) return;
  for (const field of shared) {
    const signed = typeText(field);
    const other = fields.get(field.name.name);
    if (
      other === undefined ||
      other === signed ||
      isSlip(`${other} `, symbols) ||
      isSlip(`${signed} `, symbols)
    )
      continue;
    const text = `${field.name.name} is ${signed} in ${name} and ${other} in ${message.name.name}`;
    report("tls-tbs-drift", block.placeAt(field.name.offset), field.name.name, text, {
      section: block.block.section,
    });
  }
}

function typesByName(struct: Struct): Map<string, string> {
  const named = fieldsOf(struct.parts).filter(({ name }) => name.name !== "");
  return new Map(named.map((field) => [field.name.name, typeText(field)]));
}

function typeText({ type, optional, length }: ReturnType<typeof fieldsOf>[number]): string {
  const suffix =
    length.kind === "none"
      ? ""
      : length.kind === "variable"
        ? "<V>"
        : length.kind === "fixed"
          ? `[${length.text}]`
          : `<${length.text}>`;
  return `${optional ? `optional<${type.name}>` : type.name}${suffix}`;
}
