/** Extended diagnostic notation: RFC 8949 §8, RFC 8610 appendix G, and of the literals draft what drafts use. */
import { concat, fromHex, textOf, utf8 } from "../../bytes.ts";
import { type Item, simpleNames } from "./item.ts";

export interface EdnFault {
  readonly offset: number;
  readonly token: string;
  readonly message: string;
  readonly fix: string;
  /** Whether it is about a comma that newer notation allows to leave out or to add. */
  readonly comma: boolean;
}

export interface Edn {
  /** Undefined where the text is no notation of anything. */
  readonly item: Item | undefined;
  readonly faults: readonly EdnFault[];
  readonly comments: readonly { readonly text: string; readonly offset: number }[];
}

const deepest = 100;

/** `text` as one data item, and every mistake in it. */
export function parseEdn(text: string): Edn {
  return new EdnParser(text).parse();
}

/** Nothing can be read any more. */
class Unreadable extends Error {
  override readonly name = "Unreadable";
}

class EdnParser {
  private at = 0;
  private depth = 0;
  /** The first bracket that was closed at another indentation than it was opened at. */
  private shifted: number | undefined;
  private readonly text: string;
  private readonly faults: EdnFault[] = [];
  private readonly comments: { text: string; offset: number }[] = [];

  constructor(text: string) {
    this.text = text;
  }

  parse(): Edn {
    const { faults, comments } = this;
    try {
      const item = this.item();
      this.space();
      // What follows may be further items of a sequence, but no closing bracket.
      const next = this.text[this.at] ?? "";
      if (/[\]})]/.test(next)) this.fault(this.at, next, "the data item has ended before this", "remove it");
      return { item, faults, comments };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return { item: undefined, faults, comments };
    }
  }

  private fault(offset: number, token: string, message: string, fix: string, comma = false): void {
    this.faults.push({ offset, token, message, fix, comma });
  }

  private stop(message: string, fix: string): never {
    const at = Math.min(this.at, this.text.length);
    this.fault(at, this.text.slice(at, at + 1).trim() || "the end", message, fix);
    throw new Unreadable();
  }

  /** Blank and comments: `# ...`, `// ...` and `/ ... /`. */
  private space(): void {
    for (;;) {
      const start = this.at;
      const blank = /(?:\s|\\\n)*/y;
      blank.lastIndex = this.at;
      this.at += blank.exec(this.text)?.[0].length ?? 0;
      const character = this.text[this.at];
      if (character === "#" || this.text.startsWith("//", this.at))
        this.comment(this.text.indexOf("\n", this.at), 0);
      else if (character === "/") {
        const end = this.text.indexOf("/", this.at + 1);
        if (end === -1) this.stop("this comment does not end", "end it with /");
        this.comment(end, 1);
      }
      if (this.at === start || this.at >= this.text.length) return;
    }
  }

  private comment(end: number, closing: number): void {
    const stop = end === -1 ? this.text.length : end + closing;
    this.comments.push({ text: this.text.slice(this.at, stop), offset: this.at });
    this.at = stop;
  }

  private item(): Item {
    this.space();
    if (++this.depth > deepest) this.stop(`items are nested more than ${deepest} deep`, "nest less");
    const offset = this.at;
    const item = this.joined(this.itemAt(offset));
    // Encoding indicators say which of several encodings; values are the same.
    const indicator = /_[0-3i]?(?![\w'])/y;
    indicator.lastIndex = this.at;
    this.at += indicator.exec(this.text)?.[0].length ?? 0;
    this.depth--;
    return item;
  }

  /** Strings that `+` puts together, of the kind of the first. */
  private joined(item: Item): Item {
    const { at } = this;
    if (item.kind !== "text" && item.kind !== "bytes" && item.kind !== "elided") return item;
    this.space();
    if (this.text[this.at] !== "+") {
      this.at = at;
      return item;
    }
    this.at++;
    const next = this.item();
    if (item.kind === "elided" || (next.kind !== "text" && next.kind !== "bytes"))
      return { kind: "elided", offset: item.offset };
    const bytes = concat(octetsOf(item), octetsOf(next));
    if (item.kind === "bytes") return { ...item, bytes };
    return { ...item, text: textOf(bytes) ?? item.text };
  }

  private itemAt(offset: number): Item {
    const character = this.text[offset];
    if (character === "[") return { kind: "array", items: this.list("]", () => this.item()), offset };
    if (character === "{") return { kind: "map", entries: this.list("}", () => this.pair()), offset };
    if (character === '"') return { kind: "text", text: this.string('"'), offset };
    if (character === "'") return { kind: "bytes", bytes: utf8(this.string("'")), offset };
    if (character === "`") return { kind: "text", text: this.rawString(), offset };
    if (character === "(") return this.chunks(offset);
    if (this.text.startsWith("<<", offset)) return this.embedded(offset);
    if (/^(?:\.{3}|\u2026)/.test(this.text.slice(offset, offset + 3))) {
      this.at += character === "." ? 3 : 1;
      return { kind: "elided", offset };
    }
    return this.word(offset);
  }

  private word(offset: number): Item {
    const number = /[-+]?(?:0x[\da-f]+|0b[01]+|0o[0-7]+|\d+(?:\.\d+)?(?:e[-+]?\d+)?|Infinity\b)/iy;
    number.lastIndex = offset;
    const digits = number.exec(this.text)?.[0];
    if (digits !== undefined) return this.number(digits, offset);
    const name = /[A-Za-z][\w-]*/y;
    name.lastIndex = offset;
    const found = name.exec(this.text)?.[0];
    if (found === undefined) this.stop("a data item is expected here", "write a number, a string, [ or {");
    this.at += found.length;
    const simple = simpleNames.get(found);
    if (simple !== undefined) return { kind: "simple", value: simple, offset };
    if (found === "NaN") return { kind: "float", value: Number.NaN, offset };
    if (this.text[this.at] === "'") return this.prefixed(found, offset);
    if (found === "simple" && this.text[this.at] === "(") {
      this.at++;
      const inner = this.item();
      this.expect(")");
      return inner.kind === "int"
        ? { kind: "simple", value: Number(inner.value), offset }
        : { kind: "elided", offset };
    }
    if (/^(?:TBD|TODO|XX)/.test(found)) return { kind: "elided", offset };
    this.fault(offset, found, `${found} is no data item`, "put text in quotation marks");
    return { kind: "elided", offset };
  }

  private number(digits: string, offset: number): Item {
    this.at += digits.length;
    if (/Infinity/.test(digits)) return { kind: "float", value: Number(digits), offset };
    if (!/^[-+]?0x/i.test(digits) && /[.e]/i.test(digits))
      return { kind: "float", value: Number(digits), offset };
    const value = BigInt(digits.replace(/^[-+]/, "")) * (digits.startsWith("-") ? -1n : 1n);
    const indicator = /_[0-3i]/y;
    indicator.lastIndex = this.at;
    this.at += indicator.exec(this.text)?.[0].length ?? 0;
    if (this.text[this.at] !== "(") return { kind: "int", value, offset };
    this.at++;
    const item = this.item();
    this.expect(")");
    return { kind: "tag", tag: value, item, offset };
  }

  private prefixed(prefix: string, offset: number): Item {
    const start = this.at + 1;
    const content = this.string("'");
    if (prefix === "h") {
      const comments = [...content.matchAll(/#[^\n]*|\/[^/]*\//g)];
      for (const each of comments) this.comments.push({ text: each[0], offset: start + each.index });
      const plain = content.replace(/#[^\n]*|\/[^/]*\//g, "").replace(/\s+/g, "");
      if (/\.{3}|\u2026/.test(plain)) return { kind: "elided", offset };
      const bytes = fromHex(plain.toLowerCase());
      if (bytes !== undefined) return { kind: "bytes", bytes, offset };
      const problem =
        plain.length % 2 === 1 && /^[\da-f]*$/i.test(plain)
          ? "an odd number of digits"
          : "something else than hexadecimal digits";
      this.fault(offset, `${prefix}'`, `this byte string has ${problem}`, "write two digits for each octet");
    } else if (prefix === "b64") {
      const bytes = base64(content.replace(/#[^\n]*/g, "").replace(/\s+/g, ""));
      if (bytes !== undefined) return { kind: "bytes", bytes, offset };
      this.fault(offset, `${prefix}'`, "this is not base64", "correct it");
    }
    return { kind: "elided", offset };
  }

  private string(quote: string): string {
    const start = this.at;
    let text = "";
    for (this.at++; this.text[this.at] !== quote; this.at++) {
      const character = this.text[this.at];
      if (character === undefined) {
        this.at = start;
        this.stop("this string does not end", `end it with ${quote}`);
      }
      text += character === "\\" ? this.escaped() : character;
    }
    this.at++;
    return text;
  }

  /** From some backquotes to as many again, with nothing escaped between them. */
  private rawString(): string {
    const start = this.at;
    const mark = /^`+/.exec(this.text.slice(start, start + 100))?.[0] ?? "`";
    const end = this.text.indexOf(mark, start + mark.length);
    if (end === -1) this.stop("this string does not end", `end it with ${mark}`);
    this.at = end + mark.length;
    return this.text.slice(start + mark.length, end).replace(/^\n/, "");
  }

  private escaped(): string {
    const character = this.text[++this.at] ?? "";
    if (character === "u") {
      const code = /^(?:\{([\da-f]+)\}|([\da-f]{4}))/i.exec(this.text.slice(this.at + 1, this.at + 12));
      this.at += code?.[0].length ?? 0;
      return code === null
        ? ""
        : String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(code[1] ?? code[2] ?? "0", 16)));
    }
    return (
      ({ n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" } as Record<string, string>)[character] ?? character
    );
  }

  private pair(): readonly [Item, Item] {
    const key = this.item();
    // Members are left out with dots alone.
    if (key.kind === "elided") {
      this.space();
      if (this.text[this.at] !== ":") return [key, key];
    }
    this.space();
    if (this.text[this.at] === ":") this.at++;
    else
      this.fault(
        this.at,
        this.text[this.at] ?? "",
        "there is no colon between key and value",
        "write key: value",
      );
    return [key, this.item()];
  }

  private list<T>(closing: string, item: () => T): T[] {
    const opening = this.at++;
    const items: T[] = [];
    const indefinite = /_[0-7i]?(?=\s)/y;
    indefinite.lastIndex = this.at;
    this.at += indefinite.exec(this.text)?.[0].length ?? 0;
    for (;;) {
      this.space();
      const character = this.text[this.at];
      if (character === closing) break;
      if (character === undefined) {
        this.faults.splice(0, this.faults.length, ...this.faults.filter(({ comma }) => !comma));
        this.at = this.shifted ?? opening;
        this.stop(`${this.text[this.at]} is not closed`, `close it with ${closing}`);
      }
      if (character === "]" || character === "}" || character === ")") {
        this.stop(`${character} does not close the ${this.text[opening]} that is open`, `write ${closing}`);
      }
      items.push(item());
      const behind = this.at;
      this.space();
      this.comma(closing, behind);
    }
    this.shifted ??= this.indentOf(opening) === this.indentOf(this.at) ? undefined : opening;
    this.at++;
    return items;
  }

  /** How far the line is indented that the bracket at `offset` begins or ends; undefined where it is not alone. */
  private indentOf(offset: number): number | undefined {
    const start = this.text.lastIndexOf("\n", offset - 1) + 1;
    const line = this.text.slice(start, offset);
    const isClosing = /[\]})]/.test(this.text[offset] ?? "");
    const behind = this.text.slice(
      offset + 1,
      this.text.indexOf("\n", offset) === -1 ? undefined : this.text.indexOf("\n", offset),
    );
    if (isClosing ? line.trim() !== "" : !/^\s*(?:[#/]|$)/.test(behind)) return undefined;
    return line.length - line.trimStart().length;
  }

  /** RFC 8949 wants a comma between items and none behind the last; the literals draft leaves both open. */
  private comma(closing: string, behind: number): void {
    // Dots that stand for items need no comma on either side.
    const isElision =
      /(?:\.{3}|\u2026)\s*$/.test(this.text.slice(0, behind)) ||
      /^(?:\.{3}|\u2026)/.test(this.text.slice(this.at, this.at + 3));
    if (isElision && this.text[this.at] !== ",") return;
    if (this.text[this.at] !== ",") {
      if (this.text[this.at] === closing || this.at >= this.text.length) return;
      const before = this.text.slice(0, behind).trimEnd().length - 1;
      this.fault(
        before,
        this.text[before] ?? "",
        "there is no comma behind this item",
        "separate items with commas",
        true,
      );
      return;
    }
    const { at } = this;
    this.at++;
    this.space();
    if (this.text[this.at] === closing)
      this.fault(at, ",", "there is a comma behind the last item", "remove it", true);
  }

  private chunks(offset: number): Item {
    const items = this.list(")", () => this.item());
    const [first] = items;
    if (first?.kind === "text")
      return {
        kind: "text",
        text: items.map((each) => (each.kind === "text" ? each.text : "")).join(""),
        offset,
      };
    return { kind: "elided", offset };
  }

  private embedded(offset: number): Item {
    this.at += 2;
    this.space();
    while (!this.text.startsWith(">>", this.at) && this.at < this.text.length) {
      this.item();
      this.space();
      if (this.text[this.at] === ",") this.at++;
      this.space();
    }
    this.at += 2;
    return { kind: "elided", offset };
  }

  private expect(character: string): void {
    this.space();
    if (this.text[this.at] === character) this.at++;
    else this.stop(`${character} is missing here`, `add ${character}`);
  }
}

function octetsOf(item: Extract<Item, { kind: "text" | "bytes" }>): Uint8Array {
  return item.kind === "bytes" ? item.bytes : utf8(item.text);
}

function base64(text: string): Uint8Array | undefined {
  const plain = text.replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/");
  if (!/^[A-Za-z0-9+/]*$/.test(plain) || plain.length % 4 === 1) return undefined;
  const binary = atob(plain);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
