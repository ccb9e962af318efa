/** Parses what is between the braces of a structure: fields, structures inside, selects with their arms. RFC 8446 §3.8 */
import { FieldParser } from "./fields.ts";
import type { Token } from "./lexer.ts";
import { named } from "./numbers.ts";
import type { Arm, Named, Part, Select } from "./syntax.ts";

const deepest = 64;

export class PartParser extends FieldParser {
  protected depth = 0;
  /** Set where a structure inside turned out to be the end of the one around. */
  protected closedBy: Token | undefined;

  /** The parts up to the closing brace, which is left. */
  protected parts(opening: Token): { parts: Part[]; open: boolean } {
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

  protected isEndOfParts(opening: Token): boolean {
    const token = this.peek();
    if (token.kind === "end" || token.text === "}") return true;
    if (token.text === "case" || (token.text === "default" && this.is(":", 1))) return true;
    if (token.text === "enum" && this.is("{", 1)) return true;
    return token.text === "struct" && token.newParagraph && this.columnOf(token) <= this.columnOf(opening);
  }

  protected nested(): Part {
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

  protected select(around: Token): Select {
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

  protected endOfSelect(opening: Token, around: Token): void {
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

  protected selector(opening: Token): Named | undefined {
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

  protected arm(around: Token): Arm {
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
}
