/**
 * MIMI URIs: `mimi://` domain, then what it names. protocol-06 §3 (table 1) and identity-05 §4.
 *
 * The drafts give examples and no grammar. Decided here: generic syntax of RFC 3986 with a domain name alone as
 * authority (no user information, port or IP address), no query, no fragment, no `.` or `..` segments; after the
 * segment that says the kind, one or more segments that are not empty. `mimi://a.example/` is the provider too.
 */
import { rememberedByText } from "../remembered.ts";
import { parseDomain } from "./domain.ts";
import { IdentifierError, type Parsed, parsed, unparsable } from "./parsed.ts";
import {
  badPercent,
  findBadPercent,
  normalisePercent,
  percentDecode,
  percentEncodeSegment,
} from "./percent.ts";

/** What a MIMI URI names. The last two are identity-05's; protocol-06 does not use them. */
export type MimiUriKind = "provider" | "user" | "client" | "room" | "group" | "pseudonym" | "team";

/** A MIMI URI taken apart. Compare by `uri`: different URIs can have the same `names`. */
export interface MimiUri {
  readonly kind: MimiUriKind;
  /** The provider's domain name, lower case. */
  readonly domain: string;
  /** What follows the kind, segment by segment, percent-decoded; empty for a provider. */
  readonly names: readonly string[];
  /** The URI in its normal form: equal URIs have equal texts. */
  readonly uri: string;
}

const kindOfSegment = new Map<string, MimiUriKind>([
  ["u", "user"],
  ["d", "client"],
  ["r", "room"],
  ["g", "group"],
  ["p", "pseudonym"],
  ["t", "team"],
]);
const segmentOfKind = new Map([...kindOfSegment].map(([segment, kind]) => [kind, segment]));
const scheme = "mimi:";
const notInSegment = /[^A-Za-z0-9._~!$&'()*+,;=:@%-]/;
const kindsInWords = [...kindOfSegment].map(([segment, kind]) => `${segment} (${kind})`).join(", ");

/** `text` as a MIMI URI of any kind. Errors: where it leaves the syntax above, and why. */
export function parseMimiUri(text: string): Parsed<MimiUri> {
  return text.length <= longestRemembered ? parseOnce(text) : parseAnew(text);
}

const longestRemembered = 200;
const parseOnce = rememberedByText(16_384, parseAnew);

function parseAnew(text: string): Parsed<MimiUri> {
  if (text.slice(0, scheme.length).toLowerCase() !== scheme) {
    return unparsable(text, 0, 'a MIMI URI starts with "mimi:"');
  }
  if (!text.startsWith("//", scheme.length)) {
    return unparsable(text, scheme.length, 'a MIMI URI has "//" and a domain name after "mimi:"');
  }
  const start = scheme.length + 2;
  const slash = text.indexOf("/", start);
  const end = slash === -1 ? text.length : slash;
  const domain = parseDomain(text.slice(start, end));
  if (!domain.ok) return unparsable(text, start + domain.error.position, domain.error.reason);
  if (end >= text.length - 1) return parsed(assemble("provider", domain.value, []));
  return parsePath(text, end + 1, domain.value);
}

/** `text` as a MIMI URI of the kind `kind`. Errors: as `parseMimiUri`, and a URI of another kind. */
export function parseMimiUriOf(kind: MimiUriKind, text: string): Parsed<MimiUri> {
  const uri = parseMimiUri(text);
  if (!uri.ok || uri.value.kind === kind) return uri;
  return unparsable(text, 0, `this names a ${uri.value.kind}, not a ${kind}`);
}

/**
 * The normal form of the URI that names `names` at `domain`: `mimiUri("user", "a.example", "alice")`.
 * Throws IdentifierError where `domain` is no domain name or a name is missing, empty, `.` or `..`.
 */
export function mimiUri(kind: MimiUriKind, domain: string, ...names: readonly string[]): string {
  const host = parseDomain(domain);
  if (!host.ok) throw host.error;
  if ((kind === "provider") !== (names.length === 0)) {
    throw new IdentifierError(domain, domain.length, "a provider has no name after it, everything else has");
  }
  for (const name of names) {
    if (isUnusable(name)) throw new IdentifierError(name, 0, 'a name is not empty, "." or ".."');
  }
  return assemble(kind, host.value, names.map(percentEncodeSegment)).uri;
}

/** The normal form of `text`, or undefined where it is not a MIMI URI. */
export function normaliseMimiUri(text: string): string | undefined {
  const uri = parseMimiUri(text);
  return uri.ok ? uri.value.uri : undefined;
}

/** Whether two texts are MIMI URIs that name the same thing. identity-05 §4 */
export function sameMimiUri(a: string, b: string): boolean {
  const left = normaliseMimiUri(a);
  return left !== undefined && left === normaliseMimiUri(b);
}

/** The domain name in a MIMI URI, lower case; the empty text, which is no provider's name, where it is not one. */
export function domainOfUri(text: string): string {
  const uri = parseMimiUri(text);
  return uri.ok ? uri.value.domain : "";
}

function parsePath(text: string, start: number, domain: string): Parsed<MimiUri> {
  const [first = "", ...names] = text.slice(start).split("/");
  const kind = kindOfSegment.get(first);
  if (kind === undefined) {
    return unparsable(text, start, `the first segment says the kind: one of ${kindsInWords}`);
  }
  let position = start + first.length + 1;
  if (names.length === 0) return unparsable(text, text.length, `a ${kind} has a name after /${first}/`);
  for (const name of names) {
    const problem = problemOfSegment(text, name, position);
    if (problem !== undefined) return problem;
    position += name.length + 1;
  }
  return parsed(assemble(kind, domain, names));
}

function problemOfSegment(text: string, segment: string, position: number): Parsed<MimiUri> | undefined {
  const strange = segment.search(notInSegment);
  if (strange !== -1) {
    return unparsable(
      text,
      position + strange,
      `${JSON.stringify(segment[strange])} has no place in a segment; percent-encode it (RFC 3986 §3.3)`,
    );
  }
  const percent = findBadPercent(segment);
  if (percent !== -1) return badPercent(text, position + percent);
  const decoded = percentDecode(segment);
  if (!decoded.ok) return unparsable(text, position, decoded.error.reason);
  if (isUnusable(decoded.value)) return unparsable(text, position, 'a segment is not empty, "." or ".."');
  return undefined;
}

function isUnusable(name: string): boolean {
  return name === "" || name === "." || name === "..";
}

/**
 * `segments` are well formed and still percent-encoded. The normal form keeps `@` and `%40` apart, as RFC 3986 §6.2.2
 * does for all reserved characters: a verifier that compares by its rules must come to the same answer.
 */
function assemble(kind: MimiUriKind, domain: string, segments: readonly string[]): MimiUri {
  const normal = segments.map(normalisePercent);
  const path = kind === "provider" ? "" : `/${segmentOfKind.get(kind)}/${normal.join("/")}`;
  return { kind, domain, names: normal.map(decodedSegment), uri: `${scheme}//${domain}${path}` };
}

function decodedSegment(segment: string): string {
  const text = percentDecode(segment);
  return text.ok ? text.value : segment;
}
