/** The place that a parser of the presentation language has reached in a block, and the mistakes found up to there. */
import type { Lexed, Token } from "./lexer.ts";
import type { SyntaxFault, SyntaxRule } from "./syntax.ts";

export class Cursor {
  protected readonly tokens: readonly Token[];
  protected readonly lexed: Lexed;
  protected readonly text: string;
  protected at = 0;
  protected readonly faults: SyntaxFault[] = [];
  /** How many values of the enumeration at hand were separated wrongly. */
  protected wronglySeparated = 0;

  constructor(lexed: Lexed, text: string) {
    this.lexed = lexed;
    this.tokens = lexed.tokens;
    this.text = text;
    this.faults.push(...lexed.faults);
  }

  protected peek(ahead = 0): Token {
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

  protected is(text: string, ahead = 0): boolean {
    return this.peek(ahead).text === text;
  }

  protected take(): Token {
    const token = this.peek();
    this.at++;
    return token;
  }

  protected skipIf(text: string): boolean {
    if (!this.is(text)) return false;
    this.at++;
    return true;
  }

  protected fault(rule: SyntaxRule, token: Token, message: string, fix: string): void {
    const { offset } = token;
    // One that is made throughout an enumeration is told once.
    const before = this.faults.at(-1);
    if (rule === "tls-separator" && before?.rule === rule && before.fix === fix && this.wronglySeparated > 1)
      return;
    if (this.faults.some((each) => each.offset === offset && each.rule === rule)) return;
    this.faults.push({ rule, offset, token: token.text, message, fix });
  }

  protected columnOf({ offset }: Token): number {
    return offset - this.text.lastIndexOf("\n", offset - 1);
  }
}
