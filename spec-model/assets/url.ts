/** Where an asset lies: an https URL that can mean one host only. protocol-06 §5.10, RFC 3986, content-09 §7.1 */
import { parseDomain } from "../identifiers/index.ts";

export interface AssetUrl {
  /** In its normal form: what caches and rules go by. */
  readonly url: string;
  /** A domain name, in lower case. */
  readonly host: string;
  /** Path and query. */
  readonly path: string;
}

/** Why a URL is not taken. Each is a way to mean one host to one reader and another to another. */
export type UrlProblem = "characters" | "scheme" | "userinfo" | "port" | "fragment" | "host";

export type ParsedUrl =
  | { readonly ok: true; readonly value: AssetUrl }
  | { readonly ok: false; readonly problem: UrlProblem };

/**
 * Strict: `https`, a domain name, a path; no user information, no port, no fragment, no address in the host's place. The
 * drafts want `http` to be supported, too (content-09 §7.1), and proxied assets to be on `https` (protocol-06 §5.10).
 */
export function parseAssetUrl(text: string): ParsedUrl {
  // Backslashes, spaces and control characters are read differently by different parsers. RFC 3986 has none of them.
  if (!/^[!#$%&'()*+,\-./0-9:;=?@A-Z[\]_a-z~]*$/.test(text) || /%(?![0-9A-Fa-f]{2})/.test(text)) {
    return { ok: false, problem: "characters" };
  }
  if (text.includes("#")) return { ok: false, problem: "fragment" };
  const [, authority, rest] = /^https:\/\/([^/?]*)(.*)$/i.exec(text) ?? [];
  if (authority === undefined || rest === undefined) return { ok: false, problem: "scheme" };
  if (authority.includes("@")) return { ok: false, problem: "userinfo" };
  if (/:[0-9]*$/.test(authority) && !authority.includes("[")) return { ok: false, problem: "port" };
  const host = parseDomain(authority);
  if (!host.ok) return { ok: false, problem: "host" };
  const path = rest.startsWith("/") ? rest : `/${rest}`;
  return { ok: true, value: { url: `https://${host.value}${path}`, host: host.value, path } };
}
