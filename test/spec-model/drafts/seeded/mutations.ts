/** Single changes to the correct draft, each with the rule that has to find it. */
import type { RuleId } from "../../../../spec-model/drafts/index.ts";

export interface Mutation {
  readonly name: string;
  readonly find: string;
  readonly replace: string;
  readonly rule: RuleId;
  /** Which occurrence of `find` is changed; the first without it. */
  readonly occurrence?: number;
  /** A text whose line the finding stands in, where that is not the changed line. */
  readonly at?: string;
}

const m = (
  name: string,
  rule: RuleId,
  find: string,
  replace: string,
  more: Partial<Mutation> = {},
): Mutation => ({
  name,
  rule,
  find,
  replace,
  ...more,
});

export const mutations: readonly Mutation[] = [
  // The presentation language
  m("a field without a semicolon", "tls-missing-semicolon", "uint64 fetched_at;", "uint64 fetched_at"),
  m("a definition without a semicolon", "tls-missing-semicolon", "} KeyAnswer;", "} KeyAnswer"),
  m(
    "a select without a semicolon",
    "tls-missing-semicolon",
    "      uint32 retry_after;\n  };",
    "      uint32 retry_after;\n  }",
    { at: "  }\n} KeyAnswer" },
  ),
  m(
    "a select that is not closed",
    "tls-missing-brace",
    "      uint32 retry_after;\n  };\n",
    "      uint32 retry_after;\n",
    { at: "select (code)" },
  ),
  m("a structure that is not closed", "tls-missing-brace", "} RoomReport;\n", "\n", {
    at: "struct {\n  RoomUri reporter",
  }),
  m("an enumeration that is not closed", "tls-missing-brace", "  (65535)\n} ChangeKind;", "  (65535)", {
    at: "enum {\n  reserved(0),\n  message(1)",
  }),
  m("the word optional before a type", "tls-optional", "optional<RoomUri> room;", "optional RoomUri room;"),
  m("a semicolon between values", "tls-separator", "success(0),", "success(0);"),
  m("no comma between values", "tls-separator", "userUnknown(1),", "userUnknown(1)"),
  m("a comma behind a field", "tls-separator", "RoomUri reporter;", "RoomUri reporter,"),
  m(
    "a comment that is not opened",
    "tls-comment",
    '/* SignWithLabel(requester_key, "KeyRequestTBS", KeyRequestTBS) */',
    '*/ SignWithLabel(requester_key, "KeyRequestTBS", KeyRequestTBS) */',
  ),
  m("a comment that does not end", "tls-comment", "KeyRequestTBS) */", "KeyRequestTBS)"),
  m("a misspelt type of the draft", "tls-undefined-type", "Change evidence<V>", "Chnage evidence<V>"),
  m("a type in another case", "tls-undefined-type", "  RoomUri requester;", "  RoomURI requester;", {
    occurrence: 2,
  }),
  m("a misspelt type of MLS", "tls-undefined-type", "KeyPackage packages<V>", "KeyPackge packages<V>"),
  m("a misspelt integer", "tls-undefined-type", "uint64 accepted_at;", "unit64 accepted_at;"),
  m("a type that nothing defines", "tls-undefined-type", "uint32 retry_after;", "Patience retry_after;"),
  m("a type of another language", "tls-undefined-type", "opaque note<V>;", "string note<V>;"),
  m("a select on a field that is not there", "tls-select-field", "select (kind)", "select (type)"),
  m("a select on a misspelt field", "tls-select-field", "select (code)", "select (cdoe)"),
  m("a select on another structure's field", "tls-select-field", "select (kind)", "select (reporter)"),
  m("a case that the enumeration lacks", "tls-case-foreign", "case nothingLeft:", "case nothing_Left_over:"),
  m("a misspelt case", "tls-case-foreign", "case handshake:", "case handshak:"),
  m("a case less", "tls-case-missing", "    case userUnknown:\n      struct {};\n", "", {
    at: "select (code)",
  }),
  m("a case twice", "tls-case-twice", "    case userUnknown:\n", "    case success:\n"),
  m("a value beyond the limit", "tls-enum-range", "nothingLeft(2)", "nothingLeft(256)"),
  m("a limit that is too small", "tls-enum-range", "  farewell(3),\n  (65535)", "  farewell(3),\n  (2)", {
    at: "farewell(3)",
  }),
  m("a number twice", "tls-enum-twice", "handshake(2),", "handshake(1),"),
  m("a value's name twice", "tls-enum-twice", "  farewell(3),", "  farewell(3),\n  farewell(4),"),
  m("opaque without a length", "tls-missing-length", "opaque reason<V>;", "opaque reason;"),
  m("a vector that ends before it begins", "tls-vector-range", "content<1..2^16-1>", "content<2^16..1>"),
  m("a fixed length that holds no whole number", "tls-vector-range", "uint16 flags[4]", "uint16 flags[5]"),
  m("a field twice", "tls-field-twice", "RoomUri target;", "RoomUri requester;", { occurrence: 2 }),
  m(
    "a copy in the appendix that drifted",
    "tls-appendix-drift",
    "  opaque note<V>;",
    "  opaque note<0..255>;",
    { occurrence: 2 },
  ),
  m("a copied enumeration that drifted", "tls-appendix-drift", "rooms10(1),", "rooms10(2),", {
    occurrence: 2,
  }),
  m(
    "a second definition in the body",
    "tls-conflict",
    "struct {\n  RoomUri reporter;",
    "struct {\n  opaque uri[16];\n} RoomUri;\n\nstruct {\n  RoomUri reporter;",
    { at: "opaque uri[16]" },
  ),
  m(
    "a structure that nothing uses",
    "tls-unused",
    "struct {\n  KeyCode code;",
    "struct {\n  uint8 nothing;\n} Superfluous;\n\nstruct {\n  KeyCode code;",
    { at: "} Superfluous;" },
  ),
  m(
    "a label of another structure",
    "tls-label-content",
    '"KeyRequestTBS", KeyRequestTBS',
    '"KeyAnswerTBS", KeyRequestTBS',
  ),
  m(
    "a signature over what is not defined",
    "tls-undefined-content",
    '"KeyRequestTBS", KeyRequestTBS',
    '"KeyRequestTBS", KeyQuestionTBS',
  ),
  m(
    "a field that is signed in another type",
    "tls-tbs-drift",
    "      optional<RoomUri> room;\n  };",
    "      RoomUri room;\n  };",
  ),

  m("a misspelt field in prose", "name-misspelt", "and `retry_after` counts", "and `retry_aftr` counts"),
  m(
    "a misspelt structure in prose",
    "name-misspelt",
    "body of a report is a RoomReport",
    "body of a report is a RoomRepport",
  ),

  // CDDL, diagnostic notation, dumps
  m("a bracket less in the schema", "cddl-syntax", "  time: uint .size 4\n]", "  time: uint .size 4\n", {
    at: "moods = &(",
  }),
  m("a name that the schema lacks", "cddl-undefined", "body: Body", "body: Contents"),
  m("a misspelt name in the schema", "cddl-undefined", "expires: null / Expiry,", "expires: null / Expriy,"),
  m(
    "a copied rule that drifted",
    "cddl-drift",
    "  time: uint .size 4\n]\n\nmoods",
    "  time: uint .size 8\n]\n\nmoods",
    { occurrence: 2, at: "time: uint .size 8" },
  ),
  m("a rule that nothing uses", "cddl-unused", "textKey = tstr", "leftover = int\n\ntextKey = tstr", {
    at: "leftover = int",
  }),
  m("a comma too many", "edn-comma", '    1: "Hello"\n', '    1: "Hello",\n'),
  m("a comma too few", "edn-comma", "    true,\n", "    true\n"),
  m("a bracket less in the example", "edn-syntax", "    3600\n  ],", "    3600\n  ", {
    at: "  [                                  # expires",
  }),
  m("a digit that is none", "edn-syntax", "h'0a0b0c0d'", "h'0a0b0c0g'"),
  m(
    "an example of another type",
    "example-invalid",
    "  1,                                 # mood = glad",
    "  null,                              # mood = glad",
  ),
  m("an octet of the dump", "example-bytes", "      0a0b0c0d\n", "      0a0b0c0e\n"),
  m("a value of the notation", "example-bytes", "    3600\n", "    3601\n", { at: "19 0e10" }),
  m("a count in the dump", "hexdump-annotation", "# array(5)", "# array(4)"),
  m(
    "a head in the dump",
    "hexdump-annotation",
    "      19 0e10                           # unsigned(3600)",
    "      19 0e11                           # unsigned(3600)",
  ),
  m("a text beside its octets", "hexdump-annotation", '# "Hello"', '# "Hallo"'),
  m(
    "an octet less",
    "hexdump-malformed",
    "48656c6c6f                     #",
    "48656c6c6                      #",
  ),
  m("a message ID", "example-message-id", "# message ID = h'01", "# message ID = h'02"),
  m("a reference to no message", "example-reference", "  h'01177c72", "  h'01177c73"),
  m("a time in words", "example-time", "2024-09-03T02:30:00.019Z", "2024-09-02T19:30:00.019Z"),
  m(
    "a time in prose",
    "example-time",
    "1725330600000 = 2024-09-03T02:30:00Z",
    "1725330600000 = 2024-09-03T02:31:00Z",
  ),
  m("octets of a character", "example-character", "0xe299a5", "0xe29da4"),
  m("a number of octets", "example-character", "the three octet sequence", "the four octet sequence"),

  // JSON, HTTP, identifiers
  m("a colon less", "json-syntax", '"deliver": "https', '"deliver" "https'),
  m("a comma before the end", "json-syntax", '/v1/leave/{roomId}"', '/v1/leave/{roomId}",'),
  m("a comma less in JSON", "json-syntax", '"iss": "https://a.example",', '"iss": "https://a.example"'),
  m("a member twice", "json-twice", '"sub": "mimi://a.example"', '"iss": "mimi://a.example"'),
  m("milliseconds in a token", "json-time", '"exp": 1725334200', '"exp": 1725334200000'),
  m("a template without a slash", "http-template", "v1/report/{roomId}", "v1/report{roomId}"),
  m("a request to a misspelt endpoint", "http-endpoint", "POST /report/{roomId}", "POST /reprt/{roomId}"),
  m("a request to no endpoint", "http-endpoint", "POST /leave/{roomId}", "POST /quit/{roomId}"),
  m(
    "another variable than in the directory",
    "http-variable",
    "POST /fetchKeys/{targetUser}",
    "POST /fetchKeys/{targetDomain}",
  ),
  m("a status code with other words", "http-status", "202 Accepted", "201 Accepted"),
  m("a status code that is not OK", "http-status", "404 Not Found", "403 Not Found"),
  m("a URI without a kind", "uri-malformed", "`mimi://b.example/u/bob`", "`mimi://b.example/bob/bob`"),
  m(
    "a misspelt room in a request",
    "uri-inconsistent",
    "POST /deliver/a.example/r/garden Change\nServerB->ClientB1",
    "POST /deliver/a.example/r/gardenn Change\nServerB->ClientB1",
  ),

  // Registries, roles, figures
  m(
    "a row with a cell less",
    "table-columns",
    "| 1     | glad     | Y           | RFCXXXX   |",
    "| 1     | glad     | Y           |",
  ),
  m("a value for two names", "registry-value-twice", "| 0x000b | canUnBan ", "| 0x000a | canUnBan "),
  m("a component with another's value", "registry-value-twice", "- Value: 0x0041", "- Value: 0x0040"),
  m("a name for two values", "registry-name-twice", "- Name: room_weather", "- Name: room_address"),
  m("ranges that share a value", "registry-range", "range 128 to 255", "range 127 to 255"),
  m(
    "a capability in another case",
    "registry-unknown-name",
    "A keeper holds canBan,",
    "A keeper holds canban,".replace("canban", "canBann"),
  ),
  m(
    "a capability of a role that is not registered",
    "registry-unknown-name",
    "      - canSendMessage\n",
    "      - canSendMessages\n",
  ),
  m(
    "a component that is not registered",
    "registry-unknown-name",
    "The `room_address` component",
    "The `room_adress` component",
  ),
  m(
    "another value in the registry than in the schema",
    "registry-value-differs",
    "| 3     | angry ",
    "| 4     | angry ",
  ),
  m("another value in the list", "registry-value-differs", "- 3 (angry)", "- 4 (angry)"),
  m(
    "capabilities of a role that is not there",
    "role-unknown",
    "authorized for a visitor)",
    "authorized for a guest)",
  ),
  m("capabilities in a circle", "role-unknown", "authorized for a visitor)", "authorized for a keeper)"),
  m("an index twice", "role-twice", "role_index = 3", "role_index = 2", { at: "- keeper" }),
  m("a change to no role", "role-transition", "`[(2,[0])]`", "`[(2,[0,7])]`"),
  m(
    "a minimum above the maximum",
    "role-constraint",
    "minimum_participants_constraint = 1",
    "minimum_participants_constraint = 6",
  ),
  m("a capability without its change", "role-capability", "(2,[0,1,3])", "(2,[0,3])", {
    at: "      - canBan",
  }),
  m("a capability without any change", "role-capability", "`[(2,[0])]`", "`[]`", {
    at: "      - canRemoveSelf",
  }),
  m(
    "a step of an actor that is not there",
    "figure-actor",
    "ServerA->ClientA1: [[ keys ]]",
    "ServerA->ClientA2: [[ keys ]]",
  ),
  m(
    "a step to another endpoint than the arrow",
    "figure-steps",
    "ServerA->ServerB: POST /fetchKeys/b.example/u/bob",
    "ServerA->ServerB: POST /report/b.example/u/bob",
  ),
  m(
    "a step in the wrong direction",
    "figure-steps",
    "ServerA->ServerC: POST /deliver",
    "ServerC->ServerA: POST /deliver",
  ),
  m(
    "an arrow without its step",
    "figure-steps",
    "ServerA->ServerC: POST /deliver/a.example/r/garden Change\n",
    "",
    { at: "  +------------------------------>|", occurrence: 1 },
  ),
  m(
    "an arrow that ends too early",
    "figure-arrow",
    "  +------------------------------>|",
    "  +---------------------------->  |",
  ),

  m(
    "a comma that is missing in a call",
    "tls-call-comma",
    'requester_key, "KeyRequestTBS"',
    'requester_key "KeyRequestTBS"',
  ),
  m(
    "a value that a list gives another name",
    "tls-enum-described",
    "- `nothingLeft` means",
    "- `noneLeft` means",
  ),
  m(
    "a value that a list leaves out",
    "tls-enum-described",
    "- `userUnknown` means that there is no such user.\n",
    "",
    { at: "The semantics of the `KeyCode`" },
  ),

  // Requirements, references, counts
  m("a requirement's number that is left out", "requirement-number", "| R3 | A room", "| R4 | A room", {
    at: "| R4 |",
  }),
  m(
    "a keyword that does not go with the column",
    "requirement-keyword",
    "away    |           | x        |",
    "away    | x         |          |",
  ),
  m(
    "a summary that says something else",
    "requirement-differs",
    "*R2: A follower MUST learn",
    "*R2: A follower SHOULD learn",
    { at: "*R2:" },
  ),
  m("a requirement that nobody has", "requirement-unknown", "This rests on R1.", "This rests on R8.", {
    at: "*R2:",
  }),
  m(
    "a requirement of the summary that is not stated",
    "requirement-unknown",
    "*R2: A follower",
    "*A follower",
    {
      at: "| R2 |",
    },
  ),
  m("a section that is not there", "reference-unknown", "of Section 3, and", "of Section 13, and"),
  m("an anchor that is not there", "reference-unknown", "the flow of {{flow}}", "the flow of {{flows}}"),
  m("a list with an item less", "count-differs", "1. the flow of {{flow}},\n", "", {
    at: "They are met in three",
  }),
  m(
    "a capability that nothing explains",
    "registry-unexplained",
    "| 0x0100 | canSendMessage       | RFCXXXX   |",
    "| 0x0100 | canSendMessage       | RFCXXXX   |\n| 0x0101 | canDance             | RFCXXXX   |",
  ),

  // Reading
  m("a block that is not closed", "unclosed-block", "  ]\n}\n~~~\n\n# Roles", "  ]\n}\n\n# Roles", {
    at: '~~~ json\n{\n  "iss"',
  }),
  m(
    "a file that is not there",
    "missing-include",
    "A second change follows",
    "<{{examples/none.edn}}\n\nA second change follows",
    { at: "<{{examples" },
  ),
];
