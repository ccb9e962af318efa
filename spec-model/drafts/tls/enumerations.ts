/** Parses enumerations, and what all definitions end with. RFC 8446 §3.5 */
import type { Token } from "./lexer.ts";
import { named, numberOf } from "./numbers.ts";
import { PartParser } from "./parts.ts";
import type { Definition, EnumValue, Named } from "./syntax.ts";

export class EnumParser extends PartParser {
  protected readonly definitions: Definition[] = [];
  /** Definitions whose mistakes leave them without a name. */
  protected lost = 0;

  protected enumeration(): void {
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

  protected value(): EnumValue {
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

  protected numberText(): string {
    let text = "";
    while (this.peek().kind === "number" || this.is("-") || this.is("^") || this.peek().kind === "name")
      text += this.take().text;
    return text;
  }

  protected limit(): (Named & { value: number }) | undefined {
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

  protected endOfValue(name: string): void {
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

  protected definedName(what: string, opening: Token): Named {
    const token = this.peek();
    if (token.kind === "name" && !(token.newParagraph && token.text === "struct")) {
      this.at++;
      return named(token);
    }
    this.fault("tls-syntax", opening, `this ${what} has no name`, "put its name behind the closing brace");
    return { name: "", offset: opening.offset };
  }

  protected endOfDefinition({ name, offset }: Named): void {
    if (this.skipIf(";")) return;
    const token = { ...this.peek(), text: name, offset };
    this.fault(
      "tls-missing-semicolon",
      token,
      `there is no semicolon behind the definition of ${name}`,
      `write } ${name};`,
    );
  }

  protected define(definition: Definition): void {
    if (definition.name.name === "") this.lost++;
    else this.definitions.push(definition);
  }
}
