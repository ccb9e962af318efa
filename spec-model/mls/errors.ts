/** What a refusal says: one code per rule, with the place the rule comes from. */
import { type Codec, DecodeError } from "../wire/index.ts";
import { type MlsErrorCode, mlsRules } from "./rules.ts";

/** The only thing thrown for bad input from a peer, or for an operation that the protocol does not allow. */
export class MlsError extends Error {
  override readonly name = "MlsError";
  readonly code: MlsErrorCode;
  /** Draft and section of the rule, e.g. `RFC 9420 §7.3`. */
  readonly where: string;

  constructor(code: MlsErrorCode, detail: string) {
    const [where, says] = mlsRules[code];
    super(`${says}${detail === "" ? "" : `: ${detail}`} (${where})`);
    this.code = code;
    this.where = where;
  }
}

export function refuse(code: MlsErrorCode, detail = ""): never {
  throw new MlsError(code, detail);
}

export function demand(condition: boolean, code: MlsErrorCode, detail = ""): asserts condition {
  if (!condition) refuse(code, detail);
}

/** `value`, or a refusal where there is none. */
export function present<T>(value: T | undefined, code: MlsErrorCode, detail = ""): T {
  return value === undefined ? refuse(code, detail) : value;
}

/** What `bytes` encode; where they are no encoding, a refusal that says what the decoder found. */
export function decoded<T>(codec: Codec<T>, bytes: Uint8Array, enclosing?: unknown): T {
  try {
    return codec.decode(bytes, enclosing);
  } catch (error) {
    if (error instanceof DecodeError) refuse("malformed", error.message);
    throw error;
  }
}
