/**
 * Cross-service identifiers, by which a user is looked for before any MIMI URI is known: telephone numbers and e-mail
 * addresses. user-discovery requirements §2 (CSI) and protocol-06 §5.8 (phone, email)
 */
import { parseDomain } from "./domain.ts";
import { type Parsed, parsed, unparsable } from "./parsed.ts";

/** A telephone number or e-mail address; `text` is its normal form: equal identifiers have equal texts. */
export type CrossServiceIdentifier =
  | { readonly kind: "phone"; readonly text: string }
  | { readonly kind: "email"; readonly text: string; readonly local: string; readonly domain: string };

const mostDigits = 15;
const dotAtom = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const quotedString = /^"([\t !#-[\]-~]|\\[\t -~])*"$/;

/** `text` as a telephone number (it starts with `+`) or an e-mail address. */
export function parseCrossServiceIdentifier(text: string): Parsed<CrossServiceIdentifier> {
  return text.startsWith("+") && !text.includes("@") ? parsePhone(text) : parseEmail(text);
}

/** An international telephone number: `+` and 2 to 15 digits, the first not 0, nothing between them. E.164 */
export function parsePhone(text: string): Parsed<CrossServiceIdentifier & { kind: "phone" }> {
  if (!text.startsWith("+")) return unparsable(text, 0, "an international telephone number starts with +");
  const strange = text.slice(1).search(/[^0-9]/);
  if (strange !== -1) return unparsable(text, strange + 1, "after the + come digits and nothing else");
  if (text[1] === "0") return unparsable(text, 1, "a country code does not start with 0 (E.164)");
  const digits = text.length - 1;
  if (digits < 2 || digits > mostDigits) {
    return unparsable(text, text.length, `E.164 numbers have 2 to ${mostDigits} digits, this has ${digits}`);
  }
  return parsed({ kind: "phone", text });
}

/**
 * An e-mail address: the `addr-spec` of RFC 5322 §3.4.1 without comments, folding white space and address literals.
 * The local part is kept as it is (only its domain knows whether case matters), the domain is put in lower case.
 */
export function parseEmail(text: string): Parsed<CrossServiceIdentifier & { kind: "email" }> {
  const at = text.lastIndexOf("@");
  if (at === -1) return unparsable(text, text.length, "an e-mail address has an @");
  const local = text.slice(0, at);
  if (!dotAtom.test(local) && !quotedString.test(local)) {
    return unparsable(text, 0, "before the @ comes a dot-atom or a quoted string (RFC 5322 §3.4.1)");
  }
  const domain = parseDomain(text.slice(at + 1));
  if (!domain.ok) return unparsable(text, at + 1 + domain.error.position, domain.error.reason);
  return parsed({ kind: "email", text: `${local}@${domain.value}`, local, domain: domain.value });
}
