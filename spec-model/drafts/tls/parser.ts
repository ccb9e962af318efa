/** Parses a block of the TLS presentation language, and goes on behind every mistake. RFC 8446 §3 */
import { callsIn } from "./calls.ts";
import { EnumParser } from "./enumerations.ts";
import { qualifiers } from "./fields.ts";
import { lex, type Token } from "./lexer.ts";
import { named } from "./numbers.ts";
import type { Parsed } from "./syntax.ts";

/** All definitions of `text`, all mistakes in it, and what its formulas mention. */
export function parseTls(text: string): Parsed {
  const lexed = lex(text);
  return new Parser(lexed, text).parse();
}

class Parser extends EnumParser {
  private readonly formulas = new Set<string>();

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
