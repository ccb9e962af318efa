/** Identifiers: MIMI URIs, identifiers in URL paths, `im:` URIs, telephone numbers and e-mail addresses. */
export {
  type CrossServiceIdentifier,
  parseCrossServiceIdentifier,
  parseEmail,
  parsePhone,
} from "./cross-service.ts";
export { parseDomain } from "./domain.ts";
export { type ImUri, imUri, parseImUri } from "./im-uri.ts";
export {
  domainOfUri,
  type MimiUri,
  type MimiUriKind,
  mimiUri,
  normaliseMimiUri,
  parseMimiUri,
  parseMimiUriOf,
  sameMimiUri,
} from "./mimi-uri.ts";
export { IdentifierError, type Parsed } from "./parsed.ts";
export { expandEndpoint, fromPathSegment, identifierAtEndpoint, toPathSegment } from "./path-segment.ts";
