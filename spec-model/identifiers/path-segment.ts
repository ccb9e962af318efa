/**
 * Identifiers in the paths of endpoints: the directory's templates end in `{roomId}`, `{targetUser}`, `{downloadUrl}`,
 * and the identifier takes that place. protocol-06 §5.1 and §5.2
 *
 * The text asks for percent-encoding without saying how much; its figures write `/notify/a.example/r/clubhouse`, which
 * leaves out the scheme and spreads the identifier over three segments. Decided here: the whole identifier, every
 * character but the unreserved ones percent-encoded, in one segment. It is what simple string expansion of RFC 6570
 * §3.2.2 does, it needs no knowledge of the scheme, and it alone also carries a download URL with a query.
 * Receivers take any percent-encoding of the segment, and nothing but one segment.
 */
import { type Parsed, parsed, unparsable } from "./parsed.ts";
import { percentDecode, percentEncode } from "./percent.ts";

const variable = /\{[A-Za-z][A-Za-z0-9_]*\}/g;
const endsSegment = /[/?#]/;
const notInUrl = /[^!-~]/;

/** `identifier` as one segment of a URL's path. */
export function toPathSegment(identifier: string): string {
  return percentEncode(identifier);
}

/** The identifier in one segment of a URL's path. Errors: `/`, `?`, `#`, bad percent-encoding, nothing. */
export function fromPathSegment(segment: string): Parsed<string> {
  if (segment === "") return unparsable(segment, 0, "there is no identifier");
  const end = segment.search(endsSegment);
  if (end !== -1) {
    return unparsable(
      segment,
      end,
      "an identifier in a path is one segment; percent-encode what would end it",
    );
  }
  const strange = segment.search(notInUrl);
  if (strange !== -1) return unparsable(segment, strange, "a URL holds printable ASCII characters only");
  return percentDecode(segment);
}

/** The URL of the directory's `template` for `identifier`. Errors: a template without exactly one variable. */
export function expandEndpoint(template: string, identifier: string): Parsed<string> {
  const variables = template.match(variable) ?? [];
  if (variables.length !== 1) {
    return unparsable(template, 0, `a template has one variable in braces, this has ${variables.length}`);
  }
  return parsed(template.replace(variable, () => toPathSegment(identifier)));
}

/** The identifier that `url` has in the variable's place of `template`. Errors: another URL; a bad segment. */
export function identifierAtEndpoint(template: string, url: string): Parsed<string> {
  const [before = "", after, ...more] = template.split(variable);
  if (after === undefined || more.length > 0) {
    return unparsable(template, 0, "a template has one variable in braces");
  }
  const end = url.length - after.length;
  if (!url.startsWith(before) || !url.endsWith(after) || end < before.length) {
    return unparsable(url, 0, `this is not an URL of the template ${template}`);
  }
  return fromPathSegment(url.slice(before.length, end));
}
