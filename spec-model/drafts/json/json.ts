/** JSON as drafts show it: strict but for what is left out, comments and long strings that are broken over lines. RFC 8259 */

export interface JsonFault {
  readonly kind: "syntax" | "twice";
  readonly offset: number;
  readonly token: string;
  readonly message: string;
  readonly fix: string;
}

export interface Member {
  readonly name: string;
  readonly offset: number;
  readonly value: JsonValue;
}

export type JsonValue =
  | { readonly kind: "object"; readonly members: readonly Member[]; readonly offset: number }
  | { readonly kind: "array"; readonly items: readonly JsonValue[]; readonly offset: number }
  | { readonly kind: "string"; readonly text: string; readonly offset: number }
  | { readonly kind: "number"; readonly value: number; readonly offset: number }
  | { readonly kind: "other"; readonly offset: number };

export interface Json {
  readonly values: readonly JsonValue[];
  readonly faults: readonly JsonFault[];
  /** Whether something is left out or explained between the values, so that it is no JSON on purpose. */
  readonly sketched: boolean;
}

const deepest = 100;
const mostFaults = 20;

/** All values in `text`, one after the other or with a line `.` between them, as in signed tokens. */
export function parseJson(text: string): Json {
  return new JsonParser(text).parse();
}

class JsonParser {
  private at = 0;
  private depth = 0;
  private sketched = false;
  private readonly text: string;
  private readonly faults: JsonFault[] = [];

  constructor(text: string) {
    this.text = text;
  }

  parse(): Json {
    const values: JsonValue[] = [];
    this.space();
    while (this.at < this.text.length && this.faults.length < mostFaults) {
      if (!/[[{]/.test(this.text[this.at] ?? "")) break;
      values.push(this.value());
      this.space();
      if (this.text[this.at] === ".") this.at++;
      this.space();
    }
    return { values, faults: this.faults, sketched: this.sketched };
  }

  private fault(kind: JsonFault["kind"], offset: number, token: string, message: string, fix: string): void {
    if (this.faults.length < mostFaults) this.faults.push({ kind, offset, token, message, fix });
  }

  private space(): void {
    for (;;) {
      const skipped = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|\\\n\s*/y;
      skipped.lastIndex = this.at;
      const found = skipped.exec(this.text)?.[0];
      if (found === undefined) return;
      this.sketched ||= found.startsWith("/");
      this.at += found.length;
    }
  }

  private value(): JsonValue {
    const offset = this.at;
    const character = this.text[offset];
    if (character === "{" || character === "[") {
      if (++this.depth > deepest) {
        this.at = this.text.length;
        return { kind: "other", offset };
      }
      const value: JsonValue =
        character === "{"
          ? { kind: "object", members: this.members(), offset }
          : { kind: "array", items: this.list("]", () => this.value()), offset };
      this.depth--;
      return value;
    }
    if (character === '"') return { kind: "string", text: this.string(), offset };
    return this.word(offset);
  }

  private word(offset: number): JsonValue {
    const found = this.match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (found !== undefined) return { kind: "number", value: Number(found), offset };
    if (this.match(/(?:true|false|null)\b/y) !== undefined) return { kind: "other", offset };
    // Something left out, or to be put in.
    if (this.match(/\.{2,}|\u2026|<[^<>\n]*>|\[\.{3}\]/y) !== undefined) {
      this.sketched = true;
      return { kind: "other", offset };
    }
    const token = this.match(/[^\s,:[\]{}"]+/y) ?? this.text[this.at] ?? "";
    if (!/[\w"']/.test(token) && this.text[this.at] === token)
      this.at += token.length > 0 && !/[\]}]/.test(token) ? 1 : 0;
    this.fault("syntax", offset, token, `${token || "the end"} is no value`, "put text in quotation marks");
    return { kind: "other", offset };
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private string(): string {
    const start = this.at;
    const found = this.match(/"(?:[^"\\]|\\[\s\S])*"/y);
    if (found !== undefined) return found.slice(1, -1);
    this.fault("syntax", start, '"', "this string does not end", 'end it with "');
    const end = this.text.indexOf("\n", start);
    this.at = end === -1 ? this.text.length : end;
    return "";
  }

  private members(): Member[] {
    const seen = new Set<string>();
    return this.list("}", () => {
      const offset = this.at;
      if (this.text[offset] !== '"') return { name: "", offset, value: this.value() };
      const name = this.string();
      if (seen.has(name))
        this.fault(
          "twice",
          offset,
          name,
          `the object has the member "${name}" twice`,
          "use an array, or rename one",
        );
      seen.add(name);
      this.space();
      if (this.text[this.at] === ":") this.at++;
      else this.fault("syntax", offset, name, `there is no colon behind "${name}"`, `write "${name}": value`);
      this.space();
      return { name, offset, value: this.value() };
    });
  }

  private list<T>(closing: string, item: () => T): T[] {
    const opening = this.at++;
    const items: T[] = [];
    for (;;) {
      this.space();
      const character = this.text[this.at];
      if (character === closing) break;
      if (character === undefined || (character !== closing && /[\]}]/.test(character))) {
        this.fault(
          "syntax",
          opening,
          this.text[opening] ?? "",
          `this ${this.text[opening]} is not closed`,
          `close it with ${closing}`,
        );
        return items;
      }
      const before = this.at;
      items.push(item());
      if (this.at === before) this.at++;
      this.comma(closing);
    }
    this.at++;
    return items;
  }

  private comma(closing: string): void {
    const behind = this.text.slice(0, this.at).trimEnd().length - 1;
    this.space();
    if (this.text[this.at] === closing || this.at >= this.text.length) return;
    if (this.text[this.at] !== ",") {
      if (/[\]}]/.test(this.text[this.at] ?? "") || this.match(/\.{2,}|\u2026/y) !== undefined) return;
      this.fault(
        "syntax",
        behind,
        this.text[behind] ?? "",
        "there is no comma behind this",
        "separate members and items with commas",
      );
      return;
    }
    const { at } = this;
    this.at++;
    this.space();
    if (this.text[this.at] === closing)
      this.fault("syntax", at, ",", `there is a comma before ${closing}`, "remove it");
  }
}
