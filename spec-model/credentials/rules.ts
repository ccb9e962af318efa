/** Why a credential does not authenticate anybody: one code per rule, with the place the rule comes from. */

export const credentialRules = {
  unknownType: ["RFC 9420 §5.3", "a credential of a type that is not accepted"],
  malformed: ["RFC 9420 §5.3", "the credential is not what its type says"],
  unsupported: ["RFC 5280 §4.2", "something that has to be understood and is not"],
  untrusted: ["RFC 5280 §6.1", "nobody who is trusted stands behind it"],
  badSignature: ["RFC 5280 §6.1.3", "a signature does not fit"],
  notYetValid: ["RFC 9420 §5.3.1", "its time has not begun"],
  expired: ["RFC 9420 §5.3.1", "its time is over"],
  wrongKey: ["RFC 9420 §5.3", "it is about another key than the leaf's"],
  namesNobody: ["identity-05 §4", "it does not name one client and one user"],
  wrongDomain: ["protocol-06 §4.1", "it is about another provider's domain"],
  wrongUser: ["protocol-06 §5.4.1.3", "it is about another user"],
  linkDecryption: ["protocol-06 §6.1", "the identity link does not decrypt"],
  linkSignature: ["protocol-06 §6.1", "the real client has not signed these pseudonyms"],
} as const satisfies Readonly<Record<string, readonly [where: string, says: string]>>;

export type CredentialErrorCode = keyof typeof credentialRules;

/** What is wrong with a credential. It never leaves this folder as an exception: `authenticate` gives it back. */
export class CredentialError extends Error {
  override readonly name = "CredentialError";
  readonly code: CredentialErrorCode;
  /** Draft and section of the rule, e.g. `RFC 9420 §5.3`. */
  readonly where: string;

  constructor(code: CredentialErrorCode, detail: string) {
    const [where, says] = credentialRules[code];
    super(`${says}: ${detail} (${where})`);
    this.code = code;
    this.where = where;
  }
}

export function refuse(code: CredentialErrorCode, detail: string): never {
  throw new CredentialError(code, detail);
}

export function demand(condition: boolean, code: CredentialErrorCode, detail: string): asserts condition {
  if (!condition) refuse(code, detail);
}

/** `value`, or a refusal where there is none. */
export function present<T>(value: T | undefined, code: CredentialErrorCode, detail: string): T {
  return value === undefined ? refuse(code, detail) : value;
}

/** The outcome of looking at a credential. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: CredentialError };

/** What `look` finds; other errors than CredentialErrors are programming mistakes and go on. */
export function outcomeOf<T>(look: () => T): Outcome<T> {
  try {
    return { ok: true, value: look() };
  } catch (error) {
    if (error instanceof CredentialError) return { ok: false, error };
    throw error;
  }
}
