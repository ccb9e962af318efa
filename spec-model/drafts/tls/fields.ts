/** Parses fields with their types and lengths. RFC 8446 §3.3 to §3.6, RFC 9420 §2.1.1 and §2.1.2 */
import { Cursor } from "./cursor.ts";
import type { Token } from "./lexer.ts";
import { named, numberOf } from "./numbers.ts";
import type { Field, Length, Named } from "./syntax.ts";

/** Words before a type that TLS 1.2 has (RFC 5246 §4.7). */
export const qualifiers: ReadonlySet<string> = new Set([
  "digitally-signed",
  "stream-ciphered",
  "block-ciphered",
  "aead-ciphered",
  "public-key-encrypted",
]);

export class FieldParser extends Cursor {
  protected field(): Field | undefined {
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

  protected isNameInNextLine(): boolean {
    return [";", "<", "["].includes(this.peek(1).text);
  }

  protected isEndOfValue(): boolean {
    const token = this.peek();
    return (
      token.kind === "end" || token.text === ";" || (token.text === "}" && !this.is(";", 1)) || token.newLine
    );
  }

  protected endOfField({ name, offset }: Named): void {
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

  protected toNextField(): void {
    while (this.peek().kind !== "end" && !this.is("}")) {
      if (this.take().text === ";" || this.peek().newLine) return;
    }
  }

  /** `Type`, `optional<Type>` and, with a fault, `optional Type`. */
  protected type(): { type: Named; optional: boolean } | undefined {
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

  protected lengthAt(): Length {
    if (this.is("[")) return this.fixedLength();
    if (!this.is("<")) return { kind: "none" };
    const opening = this.take();
    const text = this.upTo(">", opening);
    if (/^\s*V\s*$/.test(text)) return { kind: "variable" };
    const [min, max] = text.split("..");
    if (max === undefined) return { kind: "fixed", text, value: numberOf(text) };
    return { kind: "range", text, min: numberOf(min ?? ""), max: numberOf(max) };
  }

  protected fixedLength(): Length {
    const opening = this.take();
    const text = this.upTo("]", opening);
    return { kind: "fixed", text, value: numberOf(text) };
  }

  /** The text between brackets on one line. */
  protected upTo(closing: string, opening: Token): string {
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
}
