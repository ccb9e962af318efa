/** Bytes as people look at them: named parts with their place, their value and what it means, whatever the format. */

export interface Part {
  /** Counted from the start of the input. */
  readonly offset: number;
  /** In octets. */
  readonly length: number;
  /** The field's name in the draft, `[3]` in a list, empty for the whole. */
  readonly name: string;
  /** The name of a structure, `uint32`, `map`. */
  readonly type: string;
  readonly value: Value;
  /** What the part is for. */
  readonly meaning: string;
  /** False where reading stopped within. */
  readonly complete: boolean;
  readonly children: readonly Part[];
}

/** `bytes` are in hexadecimal, and may be shortened in the middle; the others only at the end. */
export interface Value {
  readonly kind: "none" | "bytes" | "text" | "plain";
  readonly text: string;
}

export const noValue: Value = { kind: "none", text: "" };

/** Something in a known format, as far as it could be read. */
export interface Decoded {
  readonly part: Part;
  /** For `--json`; what could not be read is left out. */
  readonly json: unknown;
  /** Why it could not be read to its end. */
  readonly error: { readonly message: string; readonly offset: number | undefined } | undefined;
  /** Of CBOR: the whole in diagnostic notation. */
  readonly diagnostic: string | undefined;
}

/** A format that can be named on the command line. */
export interface Format {
  readonly name: string;
  /** e.g. `protocol-06 §5.2` */
  readonly source: string;
  /** One sentence. */
  readonly says: string;
  /** Nothing is thrown for bad bytes. */
  decode(bytes: Uint8Array): Decoded;
  /** The bytes of what `--json` prints. Throws `JsonError`, or the format's own error for a value it has no bytes for. */
  encode(json: unknown): Uint8Array;
  /** Its definition, for `mimi explain`. */
  definition(): string;
}
