/** Definitions of the TLS presentation language as data. RFC 8446 §3, with `<V>` and `optional<T>` of RFC 9420 §2.1 */

/** Offsets count characters in the text of a block. */
export interface Named {
  readonly name: string;
  readonly offset: number;
}

export type Length =
  | { readonly kind: "none" }
  /** `<V>` */
  | { readonly kind: "variable" }
  /** `[32]`, `[Hash.length]` */
  | { readonly kind: "fixed"; readonly text: string; readonly value: number | undefined }
  /** `<1..2^16-1>`; undefined where an end is not a number */
  | {
      readonly kind: "range";
      readonly text: string;
      readonly min: number | undefined;
      readonly max: number | undefined;
    };

export interface Field {
  readonly kind: "field";
  readonly type: Named;
  readonly optional: boolean;
  /** Empty where an arm of a select is a type alone. */
  readonly name: Named;
  readonly length: Length;
}

export interface Arm {
  /** Empty for `default`. */
  readonly labels: readonly Named[];
  readonly parts: readonly Part[];
  readonly offset: number;
}

export interface Select {
  readonly kind: "select";
  /** e.g. `MLSMessage.wire_format`; undefined where it is no dotted name. */
  readonly on: Named | undefined;
  readonly arms: readonly Arm[];
  /** Whether dots or a comment say that there are others. */
  readonly open: boolean;
  readonly offset: number;
}

/** A structure inside a structure, with a name only where it is a field. */
export interface Nested {
  readonly kind: "nested";
  readonly parts: readonly Part[];
  readonly name: Named | undefined;
}

export type Part = Field | Select | Nested;

export interface EnumValue extends Named {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

export type Definition =
  | {
      readonly kind: "struct";
      readonly name: Named;
      readonly parts: readonly Part[];
      readonly open: boolean;
      readonly start: number;
      readonly end: number;
      /** `T` in `struct {...} optional<T>`. */
      readonly parameters: readonly string[];
    }
  | {
      readonly kind: "enum";
      readonly name: Named;
      readonly values: readonly EnumValue[];
      /** The value without a name that sets the width. */
      readonly limit: (Named & { readonly value: number }) | undefined;
      readonly open: boolean;
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly kind: "alias";
      readonly name: Named;
      readonly type: Named;
      readonly optional: boolean;
      readonly length: Length;
      readonly start: number;
      readonly end: number;
    };

export type SyntaxRule =
  | "tls-syntax"
  | "tls-missing-semicolon"
  | "tls-missing-brace"
  | "tls-optional"
  | "tls-separator"
  | "tls-comment";

export interface SyntaxFault {
  readonly rule: SyntaxRule;
  readonly offset: number;
  readonly token: string;
  readonly message: string;
  readonly fix: string;
}

/** `SignWithLabel(key, "XTBS", XTBS)` and its like, in code or in a comment. */
export interface LabelledCall extends Named {
  readonly label: string;
  readonly content: string;
  /** Whether nothing separates the label from the argument before or behind it. */
  readonly lacksComma: boolean;
}

export interface Parsed {
  readonly definitions: readonly Definition[];
  readonly faults: readonly SyntaxFault[];
  readonly calls: readonly LabelledCall[];
  /** Names that formulas beside the definitions give a value, e.g. `server_frank = HMAC(...)`. */
  readonly formulas: ReadonlySet<string>;
  /** How many definitions have mistakes that leave them without a name. */
  readonly lost: number;
}
