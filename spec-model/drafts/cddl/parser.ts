/** Parses CDDL, and goes on with the next rule behind a mistake. RFC 8610 appendix B */
import { fromHex, utf8 } from "../../bytes.ts";
import type { Cddl, Entry, Fault, Group, Rule, Type, Value } from "./syntax.ts";

type Kind = "name" | "int" | "float" | "text" | "bytes" | "mark" | "end";

interface Token {
  readonly kind: Kind;
  readonly text: string;
  readonly offset: number;
  readonly newLine: boolean;
  /** Whether blank stands in front of it. */
  readonly spaced: boolean;
}

const deepest = 100;
const word =
  /;[^\n]*|\s+|(?:h|b64)?'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\\n]|\\.)*"|#\d(?:\.(?:\d+|<[^>]*>))?|#|\$?\$?[A-Za-z@_](?:[\w@$-]|\.(?=[\w@$-]))*|-?(?:0x[\da-f]+|0b[01]+|\d+(?:\.\d+(?:e[+-]?\d+)?|e[+-]?\d+)?)|\.\.\.|\.\.|\.[A-Za-z][\w-]*|\/\/=|\/=|\/\/|=>|[\s\S]/giy;

/** All rules of `text`, and all mistakes in it. */
export function parseCddl(text: string): Cddl {
  return new CddlParser(tokensOf(text)).parse();
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let newLine = true;
  let spaced = true;
  word.lastIndex = 0;
  for (let match = word.exec(text); match !== null; match = word.exec(text)) {
    const [found] = match;
    if (/^\s/.test(found) || found.startsWith(";")) {
      newLine ||= found.includes("\n");
      spaced = true;
      continue;
    }
    tokens.push({ kind: kindOf(found), text: found, offset: match.index, newLine, spaced });
    newLine = false;
    spaced = false;
  }
  tokens.push({ kind: "end", text: "", offset: text.length, newLine: true, spaced: true });
  return tokens;
}

function kindOf(found: string): Kind {
  if (/^(?:h|b64)?'/.test(found)) return "bytes";
  if (found.startsWith('"')) return found.length > 1 ? "text" : "mark";
  if (/^-?\d/.test(found)) return /^-?0[xb]/i.test(found) || !/[.e]/i.test(found) ? "int" : "float";
  return /^[A-Za-z@_$]/.test(found) ? "name" : "mark";
}

class Mistake extends Error {
  override readonly name = "Mistake";
}

class CddlParser {
  private at = 0;
  private depth = 0;
  private readonly tokens: readonly Token[];
  private readonly faults: Fault[] = [];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  parse(): Cddl {
    const rules: Rule[] = [];
    while (this.peek().kind !== "end") {
      const before = this.at;
      try {
        rules.push(this.rule());
      } catch (error) {
        if (!(error instanceof Mistake)) throw error;
        this.depth = 0;
        this.at = Math.max(this.at, before + 1);
        while (this.peek().kind !== "end" && !this.startsRule()) this.at++;
      }
    }
    return { rules, faults: this.faults };
  }

  private peek(ahead = 0): Token {
    const last = this.tokens.length - 1;
    return (
      this.tokens[Math.min(this.at + ahead, last)] ?? {
        kind: "end",
        text: "",
        offset: 0,
        newLine: true,
        spaced: true,
      }
    );
  }

  private is(text: string, ahead = 0): boolean {
    return this.peek(ahead).text === text;
  }

  private skipIf(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  private fail(message: string): never {
    const { offset, text } = this.peek();
    this.faults.push({ offset, token: text || "the end", message });
    throw new Mistake();
  }

  private startsRule(): boolean {
    if (this.peek().kind !== "name" || !this.peek().newLine) return false;
    let ahead = 1;
    if (this.is("<", 1)) {
      while (!this.is(">", ahead) && this.peek(ahead).kind !== "end") ahead++;
      ahead++;
    }
    return ["=", "/=", "//="].includes(this.peek(ahead).text);
  }

  private rule(): Rule {
    const name = this.peek();
    if (!this.startsRule()) this.fail("a rule begins with its name and =");
    this.at++;
    const parameters: string[] = [];
    if (this.skipIf("<")) {
      while (!this.skipIf(">")) {
        parameters.push(this.peek().text);
        this.at++;
        this.skipIf(",");
      }
    }
    const operator = this.peek().text;
    this.at++;
    const type = this.entryOrType();
    if (this.peek().kind !== "end" && !this.startsRule())
      this.fail(`${this.peek().text} is not expected in the rule ${name.text}`);
    return {
      name: name.text,
      offset: name.offset,
      end: this.peek(-1).offset,
      parameters,
      extends: operator !== "=",
      type,
    };
  }

  /** What a rule says is a type or an entry of a group. */
  private entryOrType(): Type {
    const { offset } = this.peek();
    const entry = this.entry();
    if (entry.key === undefined && entry.min === 1 && entry.max === 1) return entry.type;
    return { kind: "group", group: [[entry]], offset };
  }

  private type(): Type {
    const { offset } = this.peek();
    if (++this.depth > deepest) this.fail(`types are nested more than ${deepest} deep`);
    const of = [this.type1()];
    while (this.skipIf("/")) of.push(this.type1());
    this.depth--;
    const [only] = of;
    return of.length === 1 && only !== undefined ? only : { kind: "choice", of, offset };
  }

  private type1(): Type {
    const { offset } = this.peek();
    const target = this.type2();
    if (this.is("..") || this.is("...")) {
      const exclusive = this.is("...");
      this.at++;
      return { kind: "range", from: target, to: this.type2(), exclusive, offset };
    }
    if (/^\.[A-Za-z]/.test(this.peek().text)) {
      const operator = this.peek().text.slice(1);
      this.at++;
      return { kind: "control", target, operator, argument: this.type2(), offset };
    }
    return target;
  }

  private type2(): Type {
    const token = this.peek();
    const { offset } = token;
    if (token.kind === "name") return this.name();
    if (token.kind !== "mark" && token.kind !== "end") {
      this.at++;
      return { kind: "value", value: literalOf(token), offset };
    }
    if (this.skipIf("(")) return this.grouped(")", "group", offset);
    if (this.skipIf("[")) return this.grouped("]", "array", offset);
    if (this.skipIf("{")) return this.grouped("}", "map", offset);
    if (this.skipIf("~")) return { kind: "unwrap", of: this.type2(), offset };
    if (this.skipIf("&")) return { kind: "among", of: this.type2(), offset };
    if (token.text.startsWith("#")) return this.tagged(token);
    return this.fail(token.kind === "end" ? "a type is expected here" : `${token.text} begins no type`);
  }

  private name(): Type {
    const { text, offset } = this.peek();
    this.at++;
    const args: Type[] = [];
    if (this.is("<") && !this.peek().spaced) {
      this.at++;
      while (!this.skipIf(">")) {
        args.push(this.type1());
        if (!this.skipIf(",") && !this.is(">")) this.fail("the arguments are not closed with >");
      }
    }
    return { kind: "name", name: text, args, offset };
  }

  private grouped(closing: string, kind: "group" | "array" | "map", offset: number): Type {
    const group = this.group(closing);
    const [only, ...others] = group;
    const [entry] = only ?? [];
    const isType = kind === "group" && others.length === 0 && only?.length === 1;
    if (isType && entry !== undefined && entry.key === undefined && entry.min === 1 && entry.max === 1)
      return entry.type;
    return { kind, group, offset };
  }

  private group(closing: string): Group {
    const choices: Entry[][] = [[]];
    while (!this.skipIf(closing)) {
      if (this.peek().kind === "end" || this.startsRule()) this.fail(`${closing} is missing before this`);
      if (this.skipIf("//")) {
        choices.push([]);
        continue;
      }
      if (this.is("]") || this.is("}") || this.is(")")) this.fail(`${closing} is expected here`);
      choices.at(-1)?.push(this.entry());
      this.skipIf(",");
    }
    return choices;
  }

  private entry(): Entry {
    const { offset } = this.peek();
    const { min, max } = this.occurrence();
    if (this.peek().kind === "name" && this.is(":", 1)) {
      const { text, offset: at } = this.peek();
      this.at += 2;
      const key: Type = { kind: "value", value: { kind: "text", text }, offset: at };
      return { min, max, key, label: text, type: this.type(), offset };
    }
    const first = this.type();
    if (this.is("^") || this.is("=>")) {
      this.skipIf("^");
      if (!this.skipIf("=>")) this.fail("=> is expected behind ^");
      return { min, max, key: first, label: keyword(first), type: this.type(), offset };
    }
    if (this.is(":") && first.kind === "value") {
      this.at++;
      return { min, max, key: first, label: undefined, type: this.type(), offset };
    }
    return { min, max, key: undefined, label: undefined, type: first, offset };
  }

  private occurrence(): { min: number; max: number } {
    if (this.skipIf("?")) return { min: 0, max: 1 };
    if (this.skipIf("+")) return { min: 1, max: Number.POSITIVE_INFINITY };
    const counted = this.peek().kind === "int" && this.is("*", 1) && !this.peek(1).spaced;
    if (!counted && !this.is("*")) return { min: 1, max: 1 };
    const min = counted ? Number(this.peek().text) : 0;
    this.at += counted ? 2 : 1;
    const next = this.peek();
    if (next.kind !== "int" || next.spaced) return { min, max: Number.POSITIVE_INFINITY };
    this.at++;
    return { min, max: Number(next.text) };
  }

  private tagged({ text, offset }: Token): Type {
    this.at++;
    if (text === "#") return { kind: "any", offset };
    const [, major = "0", info] = /^#(\d)(?:\.(.+))?$/.exec(text) ?? [];
    const number = info !== undefined && /^\d+$/.test(info) ? BigInt(info) : undefined;
    if (major !== "6" || !this.skipIf("("))
      return { kind: "major", major: Number(major), info: number, offset };
    const of = this.type();
    if (!this.skipIf(")")) this.fail("the tagged type is not closed with )");
    return { kind: "tag", tag: number, of, offset };
  }
}

function keyword(type: Type): string | undefined {
  return type.kind === "value" && type.value.kind === "text" ? type.value.text : undefined;
}

function literalOf({ kind, text }: Token): Value {
  if (kind === "int") {
    const negative = text.startsWith("-");
    const value = BigInt(negative ? text.slice(1) : text);
    return { kind: "int", value: negative ? -value : value };
  }
  if (kind === "float") return { kind: "float", value: Number(text) };
  if (kind === "text") return { kind: "text", text: text.slice(1, -1).replace(/\\(.)/g, "$1") };
  if (text.startsWith("h"))
    return { kind: "bytes", bytes: fromHex(text.slice(2, -1).replace(/\s/g, "").toLowerCase()) };
  return { kind: "bytes", bytes: text.startsWith("'") ? utf8(text.slice(1, -1)) : undefined };
}
