/** What an endpoint is: method, path variable, bodies and status codes. protocol-06 §5 */
import type { Codec } from "../wire/index.ts";

/** The names that the directory document has for endpoints, in its order. */
export const endpointNames = [
  "keyMaterial",
  "update",
  "notify",
  "submitMessage",
  "groupInfo",
  "requestConsent",
  "updateConsent",
  "identifierQuery",
  "reportAbuse",
  "proxyDownload",
] as const;
export type EndpointName = (typeof endpointNames)[number];

export interface Endpoint {
  readonly name: EndpointName;
  readonly method: "GET" | "POST";
  /** What the path holds. */
  readonly subject: "user" | "room" | "domain" | "url";
  /** The names of the path's variable: the one in the endpoint's own section first. */
  readonly variables: readonly [string, ...string[]];
  /** The body of a request; undefined where it has none. */
  readonly request: Codec<unknown> | undefined;
  /** The body of an answer with the status `done`; undefined where it is empty or not in a format of the draft. */
  readonly response: Codec<unknown> | undefined;
  /** The status of a request that was understood and dealt with, whatever the body says about it. */
  readonly done: 200 | 201;
  /** The draft section. */
  readonly draft: string;
}

/**
 * The status codes the model answers with. The draft names 200 (in its figures), 201 and 404; the others are the
 * ones RFC 9110 has for the case.
 */
export const statusCodes = {
  ok: 200,
  /** The draft calls 201 "Accepted"; in RFC 9110 that is 202, and 201 is "Created". */
  accepted: 201,
  /** A body or a path that cannot be decoded. RFC 9110 §15.5.1 */
  badRequest: 400,
  /** A request that the sender is not entitled to make at all. RFC 9110 §15.5.4 */
  forbidden: 403,
  /** An endpoint, a room or a user that is not there. */
  notFound: 404,
  /** Another method than the endpoint's. RFC 9110 §15.5.6 */
  methodNotAllowed: 405,
  /** The server cannot answer now; a Retry-After says when. RFC 9110 §15.6.4 */
  unavailable: 503,
} as const;
