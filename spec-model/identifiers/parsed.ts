/** How parsers of identifiers answer: the value, or what is wrong and where. Bad input never throws. */

/** Why a text is not an identifier of the wanted form. */
export class IdentifierError extends Error {
  override readonly name = "IdentifierError";
  /** The text that was parsed. */
  readonly text: string;
  /** Where it goes wrong: an index into `text` in UTF-16 code units. */
  readonly position: number;
  /** What is wrong there, and what would be right. */
  readonly reason: string;

  constructor(text: string, position: number, reason: string) {
    super(`${JSON.stringify(text)}: ${reason} (at position ${position})`);
    this.text = text;
    this.position = position;
    this.reason = reason;
  }
}

/** The outcome of a `parse*` function. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: IdentifierError };

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

export function unparsable<T>(text: string, position: number, reason: string): Parsed<T> {
  return { ok: false, error: new IdentifierError(text, position, reason) };
}
