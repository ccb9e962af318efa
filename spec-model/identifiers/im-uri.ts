/**
 * `im:` URIs, which protocol-06 §5.8 uses for handles in identifier queries (`im:alice.smith@a.example`). RFC 3860 §3
 *
 * The headers that RFC 3860 allows after a `?` mean nothing for a handle and are refused.
 */
import { parseDomain } from "./domain.ts";
import { type Parsed, parsed, unparsable } from "./parsed.ts";
import { badPercent, findBadPercent, percentDecode, percentEncode } from "./percent.ts";

/** An `im:` URI taken apart. */
export interface ImUri {
  /** The handle's user part, percent-decoded: what a query for a `nick` matches. */
  readonly user: string;
  /** Lower case. */
  readonly domain: string;
  /** The normal form: equal URIs have equal texts. */
  readonly uri: string;
}

const scheme = "im:";
const notInUser = /[^A-Za-z0-9._~!$&'*+=%/-]/;

/** `text` as an `im:` URI. Errors: where it is not one, and why. */
export function parseImUri(text: string): Parsed<ImUri> {
  if (text.slice(0, scheme.length).toLowerCase() !== scheme) {
    return unparsable(text, 0, 'an im URI starts with "im:"');
  }
  const at = text.indexOf("@");
  if (at === -1) return unparsable(text, text.length, "an im URI has a user, an @ and a domain name");
  const written = text.slice(scheme.length, at);
  if (written === "") return unparsable(text, scheme.length, "there is no user before the @");
  const strange = written.search(notInUser);
  if (strange !== -1) {
    return unparsable(
      text,
      scheme.length + strange,
      "this character has to be percent-encoded (RFC 3860 §3)",
    );
  }
  const percent = findBadPercent(written);
  if (percent !== -1) return badPercent(text, scheme.length + percent);
  const user = percentDecode(written);
  if (!user.ok) return unparsable(text, scheme.length, user.error.reason);
  const domain = parseDomain(text.slice(at + 1));
  if (!domain.ok) return unparsable(text, at + 1 + domain.error.position, domain.error.reason);
  return parsed({
    user: user.value,
    domain: domain.value,
    uri: imUri(user.value, domain.value),
  });
}

/** The `im:` URI of `user` at `domain`, which have to be a name that is not empty and a domain name. */
export function imUri(user: string, domain: string): string {
  return `${scheme}${percentEncode(user)}@${domain}`;
}
