/** Parses a block of the TLS presentation language, and goes on behind every mistake. RFC 8446 §3 */

import { callsIn } from "./calls.ts";
import { type Lexed, lex, type Token } from "./lexer.ts";
import type {
  Arm,
  Definition,
  EnumValue,
  Field,
  Length,
  Named,
  Parsed,
  Part,
  Select,
  SyntaxFault,
  SyntaxRule,
} from "./syntax.ts";

const deepest = 64;
const qualifiers = new Set([
  "digitally-signed",
  "stream-ciphered",
  "block-ciphered",
  "aead-ciphered",
  "public-key-encrypted",
]);

/** All definitions of `text`, all mistakes in it, and what its formulas mention. */
export function parseTls(text: string): Parsed {
  const lexed = lex(text);
  return new Parser(lexed, text).parse();
}

class Parser {
  private readonly tokens: readonly Token[];
  private readonly lexed: Lexed;
  private readonly text: string;
  private at = 0;
  private depth = 0;
  private readonly definitions: Definition[] = [];
  private readonly faults: SyntaxFault[] = [];
  private readonly formulas = new Set<string>();
  private lost = 0;
  /** Set where a structure inside turned out to be the end of the one around. */
  private closedBy: Token | undefined;
  /** How many values of the enumeration at hand were separated wrongly. */
  private wronglySeparated = 0;

  constructor(lexed: Lexed, text: string) {
    this.lexed = lexed;
    this.tokens = lexed.tokens;
    this.text = text;
    this.faults.push(...lexed.faults);
  }

  parse(): Parsed {
    while (this.peek().kind !== "end") {
      const before = this.at;
      this.statement();
      if (this.at === before) this.at++;
    }
    const { definitions, formulas, lost } = this;
    return {
      definitions,
      faults: this.faults,
      calls: callsIn(this.text, this.lexed),
      formulas,
      lost,
    };
  }

  private peek(ahead = 0): Token {
    const last = this.tokens.length - 1;
    return (
      this.tokens[Math.min(this.at + ahead, last)] ?? {
        kind: "end",
        text: "",
        offset: 0,
        newLine: true,
        newParagraph: true,
      }
    );
  }

  private is(text: string, ahead = 0): boolean {
    return this.peek(ahead).text === text;
  }

  private take(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  private skipIf(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  private fault(rule: SyntaxRule, token: Token, message: string, fix: string): void {
    const { offset } = token;
    // One that is made throughout an enumeration is told once.
    const before = this.faults.at(-1);
    if (rule === "tls-separator" && before?.rule === rule && before.fix === fix && this.wronglySeparated > 1)
      return;
    if (this.faults.some((each) => each.offset === offset && each.rule === rule)) return;
    this.faults.push({ rule, offset, token: token.text, message, fix });
  }

  private statement(): void {
    const token = this.peek();
    if (qualifiers.has(token.text)) this.at++;
    if (this.is("struct")) this.struct();
    else if (this.is("enum") && (this.is("{", 1) || this.is("{", 2))) this.enumeration();
    else if (this.is("select") && this.is("(", 1)) this.looseSelect();
    else if (token.kind === "dots" || this.skipIf(";")) this.at += token.kind === "dots" ? 1 : 0;
    else if (this.isFormula()) this.formula();
    else if (token.kind === "name" && (this.peek(1).kind === "name" || this.is("<", 1))) this.alias();
    else this.recover(token);
  }

  /** `name = ...`, `name(...) = ...`, `a.b = ...`, a call: everything but a definition. */
  private isFormula(): boolean {
    if (this.peek().kind !== "name") return !this.is("}");
    let ahead = 1;
    while (this.is(".", ahead) || this.is("[", ahead)) ahead += this.is("[", ahead) ? 3 : 2;
    return ["=", "(", ":", "+=", "|", "-", "+", ",", "<-"].includes(this.peek(ahead).text);
  }

  /** A formula goes on to a blank line, or to a line that begins a definition. */
  private formula(): void {
    if (this.peek().kind === "name" && this.is("=", 1)) this.formulas.add(this.peek().text);
    for (let first = true; this.peek().kind !== "end"; first = false) {
      const token = this.peek();
      if (!first && token.newLine && (token.newParagraph || token.text === "struct" || token.text === "enum"))
        return;
      if (!first && token.newLine && this.startsAlias()) return;
      this.at++;
    }
  }

  private startsAlias(): boolean {
    const named = this.peek().kind === "name" && this.peek(1).kind === "name" && !this.peek(1).newLine;
    return named && (this.is(";", 2) || this.is("<", 2));
  }

  private recover(token: Token): void {
    if (this.depth === 0 && token.text !== "}") {
      while (this.peek().kind !== "end") {
        const next = this.take();
        if (next.text === ";") return;
        if (this.peek().newParagraph || this.is("struct") || this.is("enum")) return;
      }
      return;
    }
    this.fault("tls-missing-brace", token, "} closes nothing here", "remove it, or add the missing {");
    this.at++;
    if (this.peek().kind === "name" && !this.peek().newLine) this.at++;
    this.skipIf(";");
  }

  private struct(): void {
    const opening = this.take();
    if (!this.is("{")) {
      // Other languages put a name here.
      if (this.peek().kind === "name" && this.is("{", 1)) {
        const name = this.peek();
        this.fault(
          "tls-syntax",
          name,
          "the name stands before the structure",
          `move it behind: struct { ... } ${name.text};`,
        );
        this.at++;
      } else {
        this.fault("tls-syntax", this.peek(), "a structure begins with struct {", "add {");
      }
    }
    this.skipIf("{");
    if (this.peek().kind === "name" && this.is("=", 1)) {
      this.instance();
      return;
    }
    const { parts, open } = this.parts(opening);
    const closed = this.closedBy;
    this.closedBy = undefined;
    if (closed === undefined && !this.skipIf("}")) {
      this.fault(
        "tls-missing-brace",
        opening,
        "this structure is not closed",
        "close it with } and its name",
      );
      this.define({
        kind: "struct",
        name: { name: "", offset: opening.offset },
        parts,
        open,
        start: opening.offset,
        end: this.peek().offset,
        parameters: [],
      });
      return;
    }
    const name = closed === undefined ? this.definedName("structure", opening) : named(closed);
    const parameters = this.parameters();
    this.endOfDefinition(name);
    this.define({
      kind: "struct",
      name,
      parts,
      open,
      start: opening.offset,
      end: this.peek(-1).offset,
      parameters,
    });
  }

  /** `struct { start = 1, duration = 2 } Interval`: a value, as examples have it. */
  private instance(): void {
    for (let depth = 1; depth > 0 && this.peek().kind !== "end"; this.at++) {
      if (this.is("{")) depth++;
      else if (this.is("}")) depth--;
    }
    if (this.peek().kind === "name" && !this.peek().newLine) this.at++;
    if (!this.skipIf(",")) this.skipIf(";");
  }

  private parameters(): string[] {
    if (!this.is("<")) return [];
    const names: string[] = [];
    while (this.peek().kind !== "end" && !this.is(">")) names.push(this.take().text);
    this.skipIf(">");
    return names.filter((name) => /^\w/.test(name));
  }

  private definedName(what: string, opening: Token): Named {
    const token = this.peek();
    if (token.kind === "name" && !(token.newParagraph && token.text === "struct")) {
      this.at++;
      return named(token);
    }
    this.fault("tls-syntax", opening, `this ${what} has no name`, "put its name behind the closing brace");
    return { name: "", offset: opening.offset };
  }

  private endOfDefinition({ name, offset }: Named): void {
    if (this.skipIf(";")) return;
    const token = { ...this.peek(), text: name, offset };
    this.fault(
      "tls-missing-semicolon",
      token,
      `there is no semicolon behind the definition of ${name}`,
      `write } ${name};`,
    );
  }

  private define(definition: Definition): void {
    if (definition.name.name === "") this.lost++;
    else this.definitions.push(definition);
  }

  /** The parts up to the closing brace, which is left. */
  private parts(opening: Token): { parts: Part[]; open: boolean } {
    const parts: Part[] = [];
    let open = false;
    this.depth++;
    while (!this.isEndOfParts(opening)) {
      const before = this.at;
      const token = this.peek();
      if (token.kind === "dots") {
        open = true;
        this.at++;
        this.skipIf(";");
      } else if (this.is("select")) parts.push(this.select(opening));
      else if (this.is("struct")) parts.push(this.nested());
      else if (!this.skipIf(";")) {
        const field = this.field();
        if (field !== undefined) parts.push(field);
      }
      if (this.at === before) this.at++;
      if (this.closedBy !== undefined) break;
    }
    this.depth--;
    return { parts, open };
  }

  private isEndOfParts(opening: Token): boolean {
    const token = this.peek();
    if (token.kind === "end" || token.text === "}") return true;
    if (token.text === "case" || (token.text === "default" && this.is(":", 1))) return true;
    if (token.text === "enum" && this.is("{", 1)) return true;
    return token.text === "struct" && token.newParagraph && this.columnOf(token) <= this.columnOf(opening);
  }

  private columnOf({ offset }: Token): number {
    return offset - this.text.lastIndexOf("\n", offset - 1);
  }

  private nested(): Part {
    const opening = this.take();
    if (!this.skipIf("{") || this.depth > deepest) return { kind: "nested", parts: [], name: undefined };
    const { parts } = this.parts(opening);
    if (!this.skipIf("}"))
      this.fault("tls-missing-brace", opening, "this structure is not closed", "close it with }");
    const token = this.peek();
    const name = token.kind === "name" && !token.newLine ? named(this.take()) : undefined;
    this.lengthAt();
    this.skipIf(";");
    return { kind: "nested", parts, name };
  }

  private field(): Field | undefined {
    const first = this.peek();
    if (qualifiers.has(first.text)) this.at++;
    const type = this.type();
    if (type === undefined) {
      this.fault(
        "tls-syntax",
        first,
        `a field begins with its type, not with ${first.text}`,
        "write Type name;",
      );
      this.toNextField();
      return undefined;
    }
    const token = this.peek();
    if (token.kind !== "name" || (token.newLine && !this.isNameInNextLine())) {
      const field = {
        kind: "field" as const,
        ...type,
        name: { name: "", offset: type.type.offset },
        length: this.lengthAt(),
      };
      this.endOfField(type.type);
      return field;
    }
    const name = named(this.take());
    const length = this.lengthAt();
    if (this.skipIf("=")) while (!this.isEndOfValue()) this.at++;
    this.endOfField(name);
    return { kind: "field", ...type, name, length };
  }

  private isNameInNextLine(): boolean {
    return [";", "<", "["].includes(this.peek(1).text);
  }

  private isEndOfValue(): boolean {
    const token = this.peek();
    return (
      token.kind === "end" || token.text === ";" || (token.text === "}" && !this.is(";", 1)) || token.newLine
    );
  }

  private endOfField({ name, offset }: Named): void {
    if (this.skipIf(";")) return;
    const next = this.peek();
    if (next.text === ",") {
      this.fault("tls-separator", next, `${name} ends with a comma`, "end fields with semicolons");
      this.at++;
      return;
    }
    if (next.newLine || next.text === "}") {
      const token = { ...next, text: name, offset };
      this.fault(
        "tls-missing-semicolon",
        token,
        `there is no semicolon behind ${name}`,
        "end the field with a semicolon",
      );
      return;
    }
    this.fault(
      "tls-syntax",
      next,
      `${next.text} is not expected behind ${name}`,
      "end the field with a semicolon",
    );
    this.toNextField();
  }

  private toNextField(): void {
    while (this.peek().kind !== "end" && !this.is("}")) {
      if (this.take().text === ";" || this.peek().newLine) return;
    }
  }

  /** `Type`, `optional<Type>` and, with a fault, `optional Type`. */
  private type(): { type: Named; optional: boolean } | undefined {
    const token = this.peek();
    if (token.kind !== "name") return undefined;
    this.at++;
    if (token.text !== "optional") return { type: named(token), optional: false };
    if (this.skipIf("<")) {
      const inner = this.type();
      this.lengthAt();
      this.skipIf(">");
      return { type: inner?.type ?? named(token), optional: true };
    }
    const next = this.peek();
    if (next.kind !== "name" || next.newLine || this.peek(1).kind !== "name")
      return { type: named(token), optional: false };
    this.at++;
    this.fault(
      "tls-optional",
      token,
      `optional ${next.text} is not presentation language`,
      `write optional<${next.text}>`,
    );
    return { type: named(next), optional: true };
  }

  private lengthAt(): Length {
    if (this.is("[")) return this.fixedLength();
    if (!this.is("<")) return { kind: "none" };
    const opening = this.take();
    const text = this.upTo(">", opening);
    if (/^\s*V\s*$/.test(text)) return { kind: "variable" };
    const [min, max] = text.split("..");
    if (max === undefined) return { kind: "fixed", text, value: numberOf(text) };
    return { kind: "range", text, min: numberOf(min ?? ""), max: numberOf(max) };
  }

  private fixedLength(): Length {
    const opening = this.take();
    const text = this.upTo("]", opening);
    return { kind: "fixed", text, value: numberOf(text) };
  }

  /** The text between brackets on one line. */
  private upTo(closing: string, opening: Token): string {
    const start = opening.offset + 1;
    while (!this.is(closing)) {
      const token = this.peek();
      if (token.kind === "end" || token.text === ";" || (token.newLine && token.offset - start > 80)) {
        this.fault("tls-syntax", opening, `the length is not closed with ${closing}`, `add ${closing}`);
        return this.text.slice(start, token.offset);
      }
      this.at++;
    }
    const { offset } = this.take();
    return this.text.slice(start, offset);
  }

  private select(around: Token): Select {
    const opening = this.take();
    const on = this.selector(opening);
    if (!this.skipIf("{")) this.fault("tls-syntax", this.peek(), "a select goes on with {", "add {");
    const arms: Arm[] = [];
    let open = false;
    while (this.depth <= deepest) {
      if (this.peek().kind === "dots") {
        open = true;
        this.at++;
      } else if (this.is("case") || (this.is("default") && this.is(":", 1))) arms.push(this.arm(around));
      else if (!this.skipIf(";")) break;
      if (this.closedBy !== undefined) break;
    }
    this.endOfSelect(opening, around);
    return { kind: "select", on, arms, open, offset: opening.offset };
  }

  private endOfSelect(opening: Token, around: Token): void {
    if (this.closedBy !== undefined) return;
    if (!this.is("}")) {
      const token = this.peek();
      if (token.kind === "end" || token.text === "enum" || token.text === "struct") {
        this.fault("tls-missing-brace", opening, "this select is not closed", "close it with };");
        return;
      }
      this.fault(
        "tls-syntax",
        token,
        `${token.text} is not expected in a select`,
        "begin an arm with case NAME:",
      );
      while (this.peek().kind !== "end" && !this.is("}")) this.at++;
    }
    this.at++;
    if (this.skipIf(";")) return;
    const next = this.peek();
    const endsStructure = next.kind === "name" && !next.newLine && (this.is(";", 1) || this.peek(1).newLine);
    if (endsStructure && this.columnOf(this.peek(-1)) <= this.columnOf(around)) {
      this.fault(
        "tls-missing-brace",
        opening,
        "this select is not closed",
        "close it with }; before the structure ends",
      );
      this.closedBy = this.take();
      return;
    }
    if (endsStructure) {
      // RFC 5246 allows a name for a select.
      this.at++;
      this.skipIf(";");
      return;
    }
    this.fault(
      "tls-missing-semicolon",
      this.peek(-1),
      "there is no semicolon behind this select",
      "close it with };",
    );
  }

  private selector(opening: Token): Named | undefined {
    if (!this.skipIf("(")) {
      this.fault("tls-syntax", opening, "a select names its field in parentheses", "write select (field) {");
      return undefined;
    }
    const start = this.peek();
    let text = "";
    while (this.peek().kind !== "end" && !this.is(")") && !this.is("{")) text += this.take().text;
    if (!this.skipIf(")")) this.fault("tls-syntax", start, "the parenthesis is not closed", "add )");
    return /^[A-Za-z_][\w.]*$/.test(text) ? { name: text, offset: start.offset } : undefined;
  }

  private arm(around: Token): Arm {
    const { offset } = this.peek();
    const labels: Named[] = [];
    while (this.is("case") || this.is("default")) {
      const isDefault = this.take().text === "default";
      while (this.peek().kind !== "end" && !this.is(":") && !this.peek().newLine) {
        const token = this.take();
        if (!isDefault && (token.kind === "name" || token.kind === "number")) labels.push(named(token));
      }
      if (!this.skipIf(":"))
        this.fault("tls-syntax", this.peek(-1), "there is no colon behind this case", "write case NAME:");
      if (isDefault) break;
    }
    const { parts } = this.parts(around);
    return { labels, parts, offset };
  }

  private enumeration(): void {
    const opening = this.take();
    if (!this.skipIf("{")) {
      this.fault(
        "tls-syntax",
        this.peek(),
        "the name stands before the enumeration",
        "write enum { ... } Name;",
      );
      this.at += 2;
    }
    const values: EnumValue[] = [];
    this.wronglySeparated = 0;
    let limit: (Named & { value: number }) | undefined;
    let open = false;
    while (this.peek().kind !== "end" && !this.is("}")) {
      const token = this.peek();
      if (token.text === "struct" || (token.text === "enum" && this.is("{", 1))) break;
      if (token.kind === "dots") {
        open = true;
        this.at++;
        this.skipIf(",");
      } else if (token.kind === "name") values.push(this.value());
      else if (token.text === "(") limit = this.limit() ?? limit;
      else {
        this.fault(
          "tls-syntax",
          token,
          `${token.text} is not expected in an enumeration`,
          "write name(number),",
        );
        this.at++;
      }
    }
    if (!this.skipIf("}")) {
      this.fault(
        "tls-missing-brace",
        opening,
        "this enumeration is not closed",
        "close it with } and its name",
      );
      this.lost++;
      return;
    }
    const name = this.definedName("enumeration", opening);
    this.endOfDefinition(name);
    this.define({
      kind: "enum",
      name,
      values,
      limit,
      open,
      start: opening.offset,
      end: this.peek(-1).offset,
    });
  }

  private value(): EnumValue {
    const name = named(this.take());
    let from: number | undefined;
    let to: number | undefined;
    if (this.skipIf("(")) {
      const start = this.peek();
      from = numberOf(this.numberText());
      const isRange = this.skipIf("..") || this.skipIf("...");
      to = isRange ? numberOf(this.numberText()) : from;
      if (!this.skipIf(")"))
        this.fault(
          "tls-syntax",
          start,
          `the value of ${name.name} is not closed with )`,
          "write name(number),",
        );
    }
    this.endOfValue(name.name);
    return { ...name, from, to };
  }

  private numberText(): string {
    let text = "";
    while (this.peek().kind === "number" || this.is("-") || this.is("^") || this.peek().kind === "name")
      text += this.take().text;
    return text;
  }

  private limit(): (Named & { value: number }) | undefined {
    const opening = this.take();
    const value = numberOf(this.numberText());
    if (this.is("..")) {
      this.at++;
      this.numberText();
    }
    this.skipIf(")");
    this.endOfValue("the limit");
    return value === undefined ? undefined : { name: String(value), offset: opening.offset, value };
  }

  private endOfValue(name: string): void {
    const next = this.peek();
    if (this.skipIf(",") || next.text === "}") return;
    this.wronglySeparated++;
    if (next.text === ";") {
      this.fault("tls-separator", next, `${name} ends with a semicolon`, "separate values with commas");
      this.at++;
    } else if (
      (next.kind === "name" && next.text !== "struct" && next.text !== "enum") ||
      next.text === "("
    ) {
      const before = this.peek(-1);
      this.fault("tls-separator", before, `there is no comma behind ${name}`, "separate values with commas");
    }
  }

  /** A select with the dress of a definition, as RFC 5246 and pseudocode have it: nothing to define. */
  private looseSelect(): void {
    const opening = this.peek();
    this.select(opening);
    this.closedBy = undefined;
    if (this.peek().kind === "name" && this.is(";", 1)) this.at += 2;
  }

  private alias(): void {
    const start = this.peek().offset;
    const type = this.type();
    const token = this.peek();
    if (type === undefined || token.kind !== "name" || token.newLine) {
      this.formula();
      return;
    }
    this.at++;
    const length = this.lengthAt();
    if (this.is("=") || !(this.is(";") || this.peek().newLine)) {
      this.formula();
      return;
    }
    const name = named(token);
    this.endOfDefinition(name);
    this.define({ kind: "alias", name, ...type, length, start, end: this.peek(-1).offset });
  }
}

function named({ text, offset }: Token): Named {
  return { name: text, offset };
}

/** `255`, `0xff`, `2^16-1`, `2**14`; undefined where it is anything else. */
export function numberOf(text: string): number | undefined {
  const written = text.replace(/\s+/g, "").replaceAll("**", "^");
  if (/^(?:\d+|0x[\da-f]+)$/i.test(written)) return Number(written);
  const power = /^(\d+)\^(\d+)([+-]\d+)?$/.exec(written);
  if (power === null) return undefined;
  return Number(power[1]) ** Number(power[2]) + Number(power[3] ?? 0);
}
