/** MIMI URIs, endpoint URLs and directory documents. protocol-06 §3 and §5.1, identity-05 §4 */
import {
  directoryAt,
  endpointNames,
  endpoints,
  endpointUrl,
  parseDirectory,
} from "../../../spec-model/endpoints/index.ts";
import { parseMimiUri, sameMimiUri } from "../../../spec-model/identifiers/index.ts";
import type { Note, Suite, VectorCase, VectorGroup } from "../../format/case.ts";
import { type NegativeText, negativeTexts, validTexts } from "./texts.ts";

const uris = [
  ["provider", "mimi://a.example"],
  ["provider-slash", "mimi://a.example/"],
  ["user", "mimi://a.example/u/alice"],
  ["client", "mimi://a.example/d/ClientA1"],
  ["client-of-user", "mimi://a.example/d/alice/ClientA1"],
  ["room", "mimi://a.example/r/clubhouse"],
  ["group", "mimi://a.example/g/TII9t5viBrXiXc"],
  ["pseudonym", "mimi://a.example/p/crazykoala75"],
  ["team", "mimi://a.example/t/engineering"],
  ["capitals-in-domain", "MIMI://A.Example/u/Alice"],
  ["percent-unreserved", "mimi://a.example/u/%61lice"],
  ["percent-lower-case", "mimi://a.example/u/%c3%a4"],
  ["percent-reserved", "mimi://a.example/u/alice%40home"],
  ["reserved", "mimi://irc.a.example/u/alice@home.example"],
  ["slash-in-name", "mimi://a.example/u/al%2Fice"],
  ["a-label", "mimi://xn--bcher-kva.example/r/b"],
  ["many-labels", "mimi://chat.messaging.emea.a.example/r/1"],
] as const;

const badUris: readonly NegativeText[] = [
  ["scheme", "user", "im://a.example/u/alice", "scheme", "another scheme", "Scheme"],
  ["no-authority", "user", "mimi:a.example/u/alice", "authority", "no //", "Authority"],
  ["empty-domain", "user", "mimi:///u/alice", "authority", "no domain name", "Authority"],
  ["port", "user", "mimi://a.example:443/u/alice", "authority", "a port", "Authority"],
  [
    "user-information",
    "user",
    "mimi://alice@a.example/u/alice",
    "authority",
    "user information",
    "Authority",
  ],
  ["address", "user", "mimi://192.0.2.1/u/alice", "authority", "an IP address", "Authority"],
  [
    "u-label",
    "user",
    "mimi://b\u00fccher.example/u/alice",
    "authority",
    "a label that is not ASCII",
    "Authority",
  ],
  ["trailing-dot", "user", "mimi://a.example./u/alice", "authority", "an empty label", "Authority"],
  [
    "leading-hyphen",
    "user",
    "mimi://-a.example/u/alice",
    "authority",
    "a label that starts with a hyphen",
    "Authority",
  ],
  [
    "long-label",
    "user",
    `mimi://${"a".repeat(64)}.example/u/alice`,
    "authority",
    "a label of 64 octets",
    "Authority",
  ],
  ["kind", "user", "mimi://a.example/x/alice", "path", "an unknown kind", "Kind"],
  ["kind-in-capitals", "user", "mimi://a.example/U/alice", "path", "the kind in capitals", "Kind"],
  ["no-name", "user", "mimi://a.example/u", "path", "no name", "Segment"],
  ["empty-name", "user", "mimi://a.example/u/", "path", "an empty name", "Segment"],
  ["empty-segment", "user", "mimi://a.example/u//alice", "path", "an empty segment", "Segment"],
  ["dot-segments", "user", "mimi://a.example/u/../r/clubhouse", "path", "a .. segment", "Segment"],
  [
    "hidden-dot-segments",
    "user",
    "mimi://a.example/u/%2e%2E/r/clubhouse",
    "path",
    "a percent-encoded .. segment",
    "Segment",
  ],
  ["query", "user", "mimi://a.example/u/alice?x=1", "query", "a query", "Character"],
  ["fragment", "user", "mimi://a.example/u/alice#top", "fragment", "a fragment", "Character"],
  ["space", "user", "mimi://a.example/u/al ice", "path", "a space", "Character"],
  [
    "not-ascii",
    "user",
    "mimi://a.example/u/\u00e4lice",
    "path",
    "a character that is not ASCII",
    "Character",
  ],
  ["half-percent", "user", "mimi://a.example/u/alice%4", "path", "a percent sign with one digit", "Percent"],
  ["no-digits", "user", "mimi://a.example/u/al%4gice", "path", "a percent sign without digits", "Percent"],
  ["not-utf8", "user", "mimi://a.example/u/%ff", "path", "octets that are not UTF-8", "Percent"],
];

const pairs = [
  ["scheme-and-domain-in-capitals", "MIMI://A.Example/u/alice", "mimi://a.example/u/alice"],
  ["percent-unreserved", "mimi://a.example/u/%61lice", "mimi://a.example/u/alice"],
  ["percent-digits", "mimi://a.example/u/%c3%a4", "mimi://a.example/u/%C3%A4"],
  ["provider-slash", "mimi://a.example/", "mimi://a.example"],
  ["name-in-capitals", "mimi://a.example/u/Alice", "mimi://a.example/u/alice"],
  ["kinds", "mimi://a.example/u/alice", "mimi://a.example/r/alice"],
  ["percent-reserved", "mimi://a.example/u/a%40b", "mimi://a.example/u/a@b"],
  ["percent-slash", "mimi://a.example/u/a%2Fb", "mimi://a.example/u/a/b"],
] as const;

const base = "https://mimi.a.example/v1";
const whole = directoryAt(base);
const one = `{"update": "${base}/update/{roomId}"}`;

const directories = [
  ["whole", JSON.stringify(whole)],
  ["turned", JSON.stringify(Object.fromEntries(Object.entries(whole).toReversed()))],
  ["one", one],
  ["none", "{}"],
  ["no-slash", `{"update": "${base}/update{roomId}"}`],
  ["variable-of-the-sample", `{"requestConsent": "${base}/requestConsent/{targetUser}"}`],
  ["others", '{"meta": {"update": [1, {"update": 2}]}, "x": null}'],
  ["port", '{"update": "https://a.example:8443/{roomId}"}'],
] as const;

const badDirectories: readonly NegativeText[] = [
  ["no-colon", "one", `{"update" "${base}/update/{roomId}"}`, "", "no colon", "Json"],
  ["array", "one", `[${JSON.stringify(base)}]`, "", "an array", "Json"],
  ["empty", "none", "", "", "no document", "Json"],
  [
    "twice",
    "one",
    `{"update": "${base}/a/{roomId}", "upd\\u0061te": "${base}/b/{roomId}"}`,
    "update",
    "a member twice",
    "Twice",
  ],
  ["number", "one", '{"update": 1}', "update", "a number", "Template"],
  ["http", "one", '{"update": "http://mimi.a.example/{roomId}"}', "update", "no TLS", "Template"],
  ["no-variable", "one", `{"update": "${base}/update"}`, "update", "no variable", "Template"],
  [
    "other-variable",
    "one",
    `{"update": "${base}/update/{targetUser}"}`,
    "update",
    "another endpoint's variable",
    "Template",
  ],
  ["two-variables", "one", `{"update": "${base}/{roomId}/{roomId}"}`, "update", "two variables", "Template"],
  [
    "variable-in-host",
    "one",
    '{"update": "https://{roomId}.a.example/"}',
    "update",
    "a variable in the host",
    "Template",
  ],
  [
    "user-information",
    "one",
    '{"update": "https://x@a.example/{roomId}"}',
    "update",
    "user information",
    "Template",
  ],
  ["fragment", "one", `{"update": "${base}/{roomId}#x"}`, "update", "a fragment", "Template"],
];

const subjects: Readonly<Record<(typeof endpoints)["update"]["subject"], readonly string[]>> = {
  user: ["mimi://b.example/u/bob", "mimi://b.example/u/b\u00f6b".normalize()],
  room: ["mimi://a.example/r/clubhouse", "mimi://a.example/r/a%2Fb"],
  domain: ["b.example"],
  url: ["https://assets.b.example/f?id=1&x=%20#top"],
};

export function identifierSuites(): Suite[] {
  const common = { draft: "protocol-06", family: "codec", seed: "none", notes } as const;
  return [
    { ...common, name: "mimi-uris", title: "MIMI URIs", groups: uriGroups() },
    {
      ...common,
      name: "directories",
      title: "Directory documents and endpoint URLs",
      groups: directoryGroups(),
    },
  ];
}

function uriGroups(): VectorGroup[] {
  const parsed = (text: string) => {
    const uri = parseMimiUri(text);
    if (!uri.ok) throw uri.error;
    return { kind: uri.value.kind, domain: uri.value.domain, names: uri.value.names, normal: uri.value.uri };
  };
  return [
    {
      operation: "uri.parse",
      comment: "A text as a MIMI URI: what it names, and its normal form",
      input: {},
      tests: [...validTexts("uri", uris, parsed), ...negativeTexts("uri", badUris)],
    },
    {
      operation: "uri.compare",
      comment: "Whether two MIMI URIs name the same (RFC 3986 §6.2.2)",
      input: {},
      tests: pairs.map(([slug, a, b]) => {
        const outcome = sameMimiUri(a, b) ? "same" : "different";
        return plain(`uri-compare-${slug}`, `${a} and ${b}`, outcome, { input: { a, b } });
      }),
    },
  ];
}

function directoryGroups(): VectorGroup[] {
  const parsed = (text: string) => {
    const directory = parseDirectory(text);
    if (!directory.ok) throw directory.error;
    return { endpoints: { ...directory.value } as Record<string, string> };
  };
  return [
    {
      operation: "directory.parse",
      comment: "A text as a directory document: the endpoints that MIMI knows, others left out",
      input: {},
      tests: [...validTexts("directory", directories, parsed), ...negativeTexts("directory", badDirectories)],
    },
    {
      operation: "endpoint.url",
      comment: "The URL of an endpoint for an identifier, percent-encoded as one segment",
      input: { directory: { ...whole } as Record<string, string> },
      tests: endpointNames.flatMap(urlCases),
    },
  ];
}

function urlCases(name: (typeof endpointNames)[number]): VectorCase[] {
  return subjects[endpoints[name].subject].map((identifier, index) => {
    const url = endpointUrl(whole, name, identifier);
    if (!url.ok) throw url.error;
    const id = `endpoint-url-${name.toLowerCase()}-${index + 1}`;
    const found = plain(id, `${name} for ${identifier}`, "url", {
      input: { endpoint: name, identifier },
      output: { url: url.value.url },
    });
    // The draft's figures leave the scheme out and the slashes in: an implementation may have read those.
    return { ...found, flags: ["WholeUri"], expect: { level: "SHOULD", allow: ["url"] } };
  });
}

function plain(
  id: string,
  comment: string,
  outcome: string,
  rest: Pick<VectorCase, "input" | "output">,
): VectorCase {
  return {
    id,
    comment,
    flags: ["Valid"],
    requirements: [],
    expect: { level: "MUST", allow: [outcome] },
    ...rest,
  };
}

const identity = "identity-05 §4";
const directory = "protocol-06 §5.1";
const wrong = (kind: string, description: string, effect: string, draft: string): Note => ({
  kind,
  description,
  effect,
  draft,
});

const notes: Readonly<Record<string, Note>> = {
  Valid: wrong(
    "valid",
    "What every implementation reads.",
    "Identifiers that one provider has, another refuses.",
    identity,
  ),
  Scheme: wrong(
    "identifier",
    "Another scheme than mimi.",
    "Something else is taken for a user or room.",
    identity,
  ),
  Authority: wrong(
    "identifier",
    "Something else than a domain name where the provider stands.",
    "Checks of the provider's domain compare something else than what names it.",
    identity,
  ),
  Kind: wrong(
    "identifier",
    "A kind of thing that MIMI URIs do not name.",
    "One kind is taken for another.",
    identity,
  ),
  Segment: wrong(
    "identifier",
    "A segment that is empty, . or .. .",
    "Software that resolves such segments comes to another identifier.",
    identity,
  ),
  Character: wrong(
    "identifier",
    "A character that has no place in the path of a MIMI URI.",
    "Two implementations disagree on where the name ends.",
    "RFC 3986 §3.3",
  ),
  Percent: wrong(
    "identifier",
    "A percent sign that does not start the encoding of UTF-8.",
    "Comparison after decoding is not defined.",
    "RFC 3986 §2.1",
  ),
  Json: wrong("directory", "A document that is no JSON object.", "Guessing at endpoints.", directory),
  Twice: wrong(
    "directory",
    "A member that is there twice.",
    "Some parsers keep the first, others the last: requests go to different places.",
    "RFC 8259 §4",
  ),
  Template: wrong(
    "directory",
    "No https URI template with the endpoint's one variable.",
    "Requests go out in the clear, to another host, or without saying what they are about.",
    directory,
  ),
  WholeUri: wrong(
    "reading",
    "The identifier stands in the path as one percent-encoded segment.",
    "A provider that reads paths as the draft's figures write them answers 404.",
    directory,
  ),
};
