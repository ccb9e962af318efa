/** CDDL as data. RFC 8610 */

export type Type =
  | { readonly kind: "choice"; readonly of: readonly Type[]; readonly offset: number }
  | { readonly kind: "name"; readonly name: string; readonly args: readonly Type[]; readonly offset: number }
  | { readonly kind: "value"; readonly value: Value; readonly offset: number }
  | { readonly kind: "array" | "map" | "group"; readonly group: Group; readonly offset: number }
  | {
      readonly kind: "range";
      readonly from: Type;
      readonly to: Type;
      readonly exclusive: boolean;
      readonly offset: number;
    }
  | {
      readonly kind: "control";
      readonly target: Type;
      readonly operator: string;
      readonly argument: Type;
      readonly offset: number;
    }
  | { readonly kind: "tag"; readonly tag: bigint | undefined; readonly of: Type; readonly offset: number }
  | {
      readonly kind: "major";
      readonly major: number;
      readonly info: bigint | undefined;
      readonly offset: number;
    }
  /** `&( ... )` and `&name`: one of the group's values. */
  | { readonly kind: "among"; readonly of: Type; readonly offset: number }
  | { readonly kind: "unwrap"; readonly of: Type; readonly offset: number }
  | { readonly kind: "any"; readonly offset: number };

export type Value =
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array | undefined };

/** Choices of sequences of entries. */
export type Group = readonly (readonly Entry[])[];

export interface Entry {
  readonly min: number;
  readonly max: number;
  readonly key: Type | undefined;
  /** The key as a word: `salt` in `salt: bstr`. */
  readonly label: string | undefined;
  readonly type: Type;
  readonly offset: number;
}

export interface Rule {
  readonly name: string;
  readonly offset: number;
  readonly end: number;
  readonly parameters: readonly string[];
  /** `/=` and `//=` add to what another rule of this name says. */
  readonly extends: boolean;
  readonly type: Type;
}

export interface Fault {
  readonly offset: number;
  readonly token: string;
  readonly message: string;
}

export interface Cddl {
  readonly rules: readonly Rule[];
  readonly faults: readonly Fault[];
}

/** The names of RFC 8610 appendix D and its like. */
export const prelude: ReadonlySet<string> = new Set(
  `any uint nint int bstr bytes tstr text tdate time number biguint bignint bigint integer unsigned decfrac bigfloat
  eb64url eb64legacy eb16 encoded-cbor uri b64url b64legacy regexp mime-message cbor-any float16 float32 float64
  float16-32 float32-64 float false true bool nil null undefined`
    .trim()
    .split(/\s+/),
);
