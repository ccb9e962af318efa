/** From an endpoint and an identifier to a URL, and back. protocol-06 §5.1 to §5.10 */
import { expandEndpoint, IdentifierError, identifierAtEndpoint, type Parsed } from "../identifiers/index.ts";
import type { Directory } from "./directory.ts";
import { type EndpointName, endpointNames } from "./endpoint.ts";

/**
 * How an identifier stands in a path. `wholeUri`, the default: all of it, percent-encoded, in one segment.
 * `asInFigures`: a MIMI URI without its scheme, its slashes kept, as the figures of protocol-06 §3 have it.
 */
export type PathReading = "wholeUri" | "asInFigures";

/** Where a request goes: the whole URL, and its parts as HTTP sends them. */
export interface EndpointUrl {
  readonly url: string;
  /** With the port, where the directory has one. */
  readonly host: string;
  /** Path and query. */
  readonly path: string;
}

/** The URL of the endpoint `name` for `identifier`. Errors: the directory has no such endpoint. */
export function endpointUrl(
  directory: Directory,
  name: EndpointName,
  identifier: string,
  reading: PathReading = "wholeUri",
): Parsed<EndpointUrl> {
  const template = directory[name];
  if (template === undefined) return failed(identifier, `the directory has no endpoint ${name}`);
  const inFigures = reading === "asInFigures" && identifier.startsWith(scheme);
  const url = inFigures
    ? { ok: true as const, value: template.replace(variable, () => identifier.slice(scheme.length)) }
    : expandEndpoint(template, identifier);
  return url.ok ? split(url.value) : url;
}

/** Which endpoint of `directory` a request for `url` is meant for, and the identifier in it; undefined: none. */
export function endpointAt(
  directory: Directory,
  url: string,
  reading: PathReading = "wholeUri",
): { readonly name: EndpointName; readonly identifier: string } | undefined {
  for (const name of endpointNames) {
    const template = directory[name];
    // Most endpoints are others: nothing is worded of why they are.
    if (template === undefined || !url.startsWith(template.slice(0, template.indexOf("{")))) continue;
    const identifier = identifierAtEndpoint(template, url);
    if (identifier.ok) return { name, identifier: identifier.value };
    if (reading === "asInFigures") {
      const shown = identifierInFigures(template, url);
      if (shown !== undefined) return { name, identifier: shown };
    }
  }
  return undefined;
}

const scheme = "mimi://";
const variable = /\{[^{}]*\}/;

/** At least a domain, a kind and a name: what is shorter is the other reading. */
function identifierInFigures(template: string, url: string): string | undefined {
  const [before = "", after = ""] = template.split(variable);
  const fits = url.startsWith(before) && url.endsWith(after) && url.length > before.length + after.length;
  const rest = fits ? url.slice(before.length, url.length - after.length) : "";
  return /^[^/?#]+(\/[^/?#]+){2,}$/.test(rest) ? scheme + rest : undefined;
}

function split(url: string): Parsed<EndpointUrl> {
  const [, host = "", path = ""] = /^https:\/\/([^/]*)(\/.*)$/.exec(url) ?? [];
  if (host === "") return failed(url, "an endpoint is an https URL");
  return { ok: true, value: { url, host, path } };
}

function failed<T>(text: string, reason: string): Parsed<T> {
  return { ok: false, error: new IdentifierError(text, 0, reason) };
}
