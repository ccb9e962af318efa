/** Readings chosen where the text leaves paths, the directory or status codes open. protocol-06 §5 */
import type { Decision } from "../wire/index.ts";

/** A decision about HTTP rather than about a structure, with its place. */
export interface EndpointDecision extends Decision {
  readonly draft: string;
}

export const endpointDecisions: readonly EndpointDecision[] = [
  {
    draft: "protocol-06 §3 and §5.2",
    question:
      "how an identifier stands in a path: the text asks for any necessary percent-encoding, the figures write /notify/a.example/r/clubhouse",
    reading: "the whole MIMI URI, percent-encoded, in one segment",
    reason:
      "it is what expanding {roomId} by RFC 6570 §3.2.2 gives, it needs no knowledge of the scheme, and it also carries a download URL",
    alternatives: ["the URI without its scheme, its slashes kept (the path reading asInFigures)"],
  },
  {
    draft: "protocol-06 §5.1 and §5.7",
    question:
      "requestConsent and updateConsent end in {targetUser} and {requesterUser} in the directory, in {targetDomain} and {requesterDomain} in their section",
    reading: "a directory may name the variable either way; what takes its place is the domain",
    reason: "the section describes the request, and the body names the user",
    alternatives: ["the user's URI takes its place"],
  },
  {
    draft: "protocol-06 §5.1",
    question: "the sample document lacks a colon and, in update{roomId}, a slash",
    reading: "a document is strict JSON; a template may have its variable anywhere in path or query",
    reason: "the first cannot be parsed, the second is a sound template",
    alternatives: ["refuse a template whose variable does not begin a segment"],
  },
  {
    draft: "protocol-06 §5.1",
    question: "which endpoints a directory has to list, and what other members mean",
    reading: "none is mandatory, others are ignored",
    reason:
      "a provider that hosts no rooms needs no update endpoint; ACME directories ignore what they do not know",
    alternatives: ["all ten are mandatory"],
  },
  {
    draft: "protocol-06 §3.4 and §5.4",
    question: "the endpoint for messages is /submit in the figures and /submitMessage in the text",
    reading: "submitMessage",
    reason: "it is the name in the directory; paths are the directory's business",
    alternatives: [],
  },
  {
    draft: "protocol-06 §5.5 and §5.7",
    question: "201 is called Accepted, which is 202 in RFC 9110 (201 is Created)",
    reading: "201",
    reason: "the number decides whether a hub retries",
    alternatives: ["202", "any status from 200 to 299"],
  },
  {
    draft: "protocol-06 §5.9",
    question: "which status says that an abuse report was accepted",
    reading: "201",
    reason: "it is the status of the other answers without a body",
    alternatives: ["200", "204"],
  },
  {
    draft: "protocol-06 §5.2 to §5.9",
    question: "what Content-Type the bodies have",
    reading: "none is required",
    reason: "no media type is named or registered",
    alternatives: ["application/octet-stream", "a media type of its own"],
  },
];
