/** For each rule a small draft that breaks it, and one that does not. */
import { hex } from "../../../spec-model/bytes.ts";
import { messageIdOf } from "../../../spec-model/content/index.ts";
import { encodeItem, parseEdn } from "../../../spec-model/drafts/cbor/index.ts";
import type { Flow, RuleId } from "../../../spec-model/drafts/index.ts";
import { appendix, code, type FormName, heading, items, type Piece, raw, table, text, tls } from "./forms.ts";

export interface RuleDraft {
  readonly rule: RuleId;
  readonly broken: readonly Piece[];
  readonly fixed: readonly Piece[];
  /** What the line has that the finding is about. */
  readonly at: string;
  /** The forms it can occur in; without it, all. */
  readonly forms?: readonly FormName[];
  /** The draft's name, where it matters. */
  readonly draft?: string;
  /** What a run of the model sent. */
  readonly flow?: Flow;
}

const codeEnum = "enum {\n  yes(0),\n  no(1),\n  (255)\n} Code;\n\n";
const answer = (inside: string) =>
  `${codeEnum}struct {\n  Code code;\n  select (code) {\n${inside}\n  };\n} Answer;`;
const dump = (third: string, said = "2") =>
  code(
    "cbor-pretty",
    `83                  # array(3)\n   01               # unsigned(1)\n   ${third}               # unsigned(${said})\n   63               # text(3)\n      616263        # "abc"`,
  );
const edn = (inside: string) => code("cbor-diag", inside);
const directory = (line: string) =>
  code(
    "json",
    `{\n  "keys": "https://a.example/v1/keys/{user}",\n  "send": "https://a.example/v1/send/{room}",\n${line}\n}`,
  );
const directoryEnd = '  "leave": "https://a.example/v1/leave/{room}"';
const role = (inside: string) => items(`keeper\n   role_index = 2\n${inside}`);
const ladder = (arrow: string, step: string) =>
  code(
    "aasvg",
    `ServerA         ServerB         ServerC\n  |               |               |\n  | /send         |               |\n  +-------------->|               |\n  |        200 OK |               |\n  |<--------------+               |\n  | /send         |               |\n${arrow}\n  |               |               |\n\nServerA->ServerB: POST /send\n${step}`,
  );
const longArrow = "  +------------------------------>|";
const longStep = "ServerA->ServerC: POST /send";
const registry = (...rows: string[][]) => table(["Value", "Name", "Reference"], ...rows);

const capabilities = registry(
  ["1", "canSing", "RFC1"],
  ["2", "canDance", "RFC1"],
  ["3", "canRead", "RFC1"],
  ["4", "canWrite", "RFC1"],
  ["5", "canCount", "RFC1"],
);

const explained = text("They are `canSing`, `canDance`, `canRead`, `canWrite` and `canCount`.");

const salt = "00112233445566778899aabbccddeeff";
const message = (replyTo: string) =>
  `[\n  h'${salt}',\n  null,\n  h'',\n  null,\n  ${replyTo},\n  {1: "mimi://a.example/u/a", 2: "mimi://a.example/r/r"},\n  [1, "", 1, "text/plain", h'6869']\n]`;
/** A message with its ID in a comment. */
const identified = (id: string, replyTo = "null") => edn(`# message ID = ${id}\n${message(replyTo)}`);
const rightId = idOf(message("null"));
const wrongId = `01${"ab".repeat(31)}`;

function idOf(notation: string): string {
  const { item } = parseEdn(notation);
  if (item === undefined) throw new Error("this is no notation");
  const bytes = Uint8Array.from(salt.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16));
  const [senderUri, roomUri] = ["mimi://a.example/u/a", "mimi://a.example/r/r"];
  return hex(messageIdOf({ encoded: encodeItem(item, true), salt: bytes, senderUri, roomUri }));
}

/** A figure of two requests, both answered. */
const flowFigure = (first: string) =>
  code(
    "aasvg",
    `ServerA         ServerB         ServerC\n  |               |               |\n  | ${first.padEnd(13)} |               |\n  +-------------->|               |\n  |        200 OK |               |\n  |<--------------+               |\n  |               | /notify       |\n  |               +-------------->|\n  |               |               |\n\nServerA->ServerB: POST ${first}\nServerB->ServerA: 200 OK\nServerB->ServerC: POST /notify`,
  );
const flow: Flow = {
  title: "A sends",
  messages: [
    { from: "ServerA", to: "ServerB", what: "/submitMessage", at: 1 },
    { from: "ServerB", to: "ServerA", what: "200", at: 2 },
    { from: "ServerB", to: "ServerC", what: "/notify", at: 2 },
    { from: "ServerC", to: "ServerB", what: "201", at: 3 },
  ],
};

/** A signature over a structure, in a formula beside it. */
const signed = (inside: string) =>
  tls(`struct {\n  uint8 a;\n} FirstTBS;\n\nsignature = SignWithLabel(${inside})`);
const bothCases = "    case yes: uint8 a;\n    case no: uint8 b;";

const requirements = (...rows: string[][]) =>
  table(
    ["#", "Requirement", "Mandatory", "Optional"],
    ["R1", "A list MUST be kept", "x", ""],
    ["R2", "A list MUST be sorted", "x", ""],
    ...rows,
  );
const third = ["R3", "A list SHOULD be short", "", "x"];
const answerTwo = (type: string) => tls(`struct {\n  ${type} key;\n} Answer;`);

export const ruleDrafts: readonly RuleDraft[] = [
  {
    rule: "name-misspelt",
    broken: [
      tls("struct {\n  uint8 retry_seconds;\n} Answer;"),
      text("After `retry_secnods` one tries again."),
    ],
    fixed: [
      tls("struct {\n  uint8 retry_seconds;\n} Answer;"),
      text("After `retry_seconds` one tries again."),
    ],
    at: "retry_secnods",
  },
  {
    rule: "tls-syntax",
    broken: [tls("struct {\n  uint8 code extra;\n} Answer;")],
    fixed: [tls("struct {\n  uint8 code;\n} Answer;")],
    at: "uint8 code extra",
  },
  {
    rule: "tls-missing-semicolon",
    broken: [tls("struct {\n  uint8 code\n  uint8 other;\n} Answer;")],
    fixed: [tls("struct {\n  uint8 code;\n  uint8 other;\n} Answer;")],
    at: "uint8 code",
  },
  {
    rule: "tls-missing-brace",
    broken: [
      tls(
        `${codeEnum}struct {\n  Code code;\n  select (code) {\n    case yes: uint8 a;\n    case no: uint8 b;\n} Answer;`,
      ),
    ],
    fixed: [tls(answer("    case yes: uint8 a;\n    case no: uint8 b;"))],
    at: "select (code)",
  },
  {
    rule: "tls-optional",
    broken: [tls("struct {\n  optional uint32 most;\n} Policy;")],
    fixed: [tls("struct {\n  optional<uint32> most;\n} Policy;")],
    at: "optional uint32",
  },
  {
    rule: "tls-separator",
    broken: [tls("enum {\n  yes(0);\n  no(1),\n  (255)\n} Code;\nstruct { Code code; } Answer;")],
    fixed: [tls("enum {\n  yes(0),\n  no(1),\n  (255)\n} Code;\nstruct { Code code; } Answer;")],
    at: "yes(0)",
  },
  {
    rule: "tls-comment",
    broken: [tls("struct {\n  /* one line, */\n  */ another */\n  uint8 code;\n} Answer;")],
    fixed: [tls("struct {\n  /* one line, */\n  /* another */\n  uint8 code;\n} Answer;")],
    at: "*/ another",
  },
  {
    rule: "tls-undefined-type",
    broken: [tls("struct {\n  opaque uri<V>;\n} RoomUri;\n\nstruct {\n  RoomURI room;\n} Answer;")],
    fixed: [tls("struct {\n  opaque uri<V>;\n} RoomUri;\n\nstruct {\n  RoomUri room;\n} Answer;")],
    at: "RoomURI room",
  },
  {
    rule: "tls-select-field",
    broken: [
      tls(answer("    case yes: uint8 a;\n    case no: uint8 b;").replace("select (code)", "select (type)")),
    ],
    fixed: [tls(answer("    case yes: uint8 a;\n    case no: uint8 b;"))],
    at: "select (type)",
  },
  {
    rule: "tls-case-foreign",
    broken: [tls(answer("    case yes: uint8 a;\n    case nope: uint8 b;"))],
    fixed: [tls(answer("    case yes: uint8 a;\n    case no: uint8 b;"))],
    at: "case nope",
  },
  {
    rule: "tls-case-missing",
    broken: [tls(answer("    case yes: uint8 a;"))],
    fixed: [tls(answer("    case yes: uint8 a;\n    default: struct {};"))],
    at: "select (code)",
  },
  {
    rule: "tls-case-twice",
    broken: [tls(answer("    case yes: uint8 a;\n    case no: uint8 b;\n    case  yes: uint8 c;"))],
    fixed: [tls(answer("    case yes: uint8 a;\n    case no: uint8 b;"))],
    at: "case  yes",
  },
  {
    rule: "tls-enum-range",
    broken: [tls("enum {\n  small(1),\n  large(300),\n  (255)\n} Size;\nstruct { Size size; } Answer;")],
    fixed: [tls("enum {\n  small(1),\n  large(300),\n  (65535)\n} Size;\nstruct { Size size; } Answer;")],
    at: "large(300)",
  },
  {
    rule: "tls-enum-twice",
    broken: [tls("enum {\n  small(1),\n  large(1),\n  (255)\n} Size;\nstruct { Size size; } Answer;")],
    fixed: [tls("enum {\n  small(1),\n  large(2),\n  (255)\n} Size;\nstruct { Size size; } Answer;")],
    at: "large(1)",
  },
  {
    rule: "tls-missing-length",
    broken: [tls("struct {\n  opaque key;\n} Answer;")],
    fixed: [tls("struct {\n  opaque key<V>;\n} Answer;")],
    at: "opaque key",
  },
  {
    rule: "tls-vector-range",
    broken: [tls("struct {\n  opaque key<255..1>;\n} Answer;")],
    fixed: [tls("struct {\n  opaque key<1..255>;\n} Answer;")],
    at: "opaque key",
  },
  {
    rule: "tls-field-twice",
    broken: [tls("struct {\n  uint8 key;\n  uint16  key;\n} Answer;")],
    fixed: [tls("struct {\n  uint8 key;\n  uint16 other;\n} Answer;")],
    at: "uint16  key",
  },
  {
    rule: "tls-conflict",
    broken: [
      tls("struct {\n  uint8 key;\n} Answer;"),
      text("And then, differently, again."),
      tls("struct {\n  uint16 key;\n} Answer;"),
    ],
    fixed: [
      tls("struct {\n  uint8 key;\n} Answer;"),
      text("And then again."),
      tls("struct {\n  uint8 key;  /* the same */\n} Answer;"),
    ],
    at: "uint16 key",
  },
  {
    rule: "tls-unused",
    broken: [tls("enum {\n  yes(0),\n  (255)\n} Forgotten;\n\nstruct {\n  uint8 key;\n} Answer;")],
    fixed: [tls("enum {\n  yes(0),\n  (255)\n} Forgotten;\n\nstruct {\n  Forgotten key;\n} Answer;")],
    at: "} Forgotten",
  },
  {
    rule: "tls-label-content",
    broken: [
      tls(
        'struct {\n  uint8 a;\n} FirstTBS;\n\nstruct {\n  uint8 a;\n  /* SignWithLabel(key, "SecondTBS", FirstTBS) */\n  opaque signature<V>;\n} First;',
      ),
    ],
    fixed: [
      tls(
        'struct {\n  uint8 a;\n} FirstTBS;\n\nstruct {\n  uint8 a;\n  /* SignWithLabel(key, "FirstTBS", FirstTBS) */\n  opaque signature<V>;\n} First;',
      ),
    ],
    at: "SignWithLabel",
  },
  {
    rule: "tls-undefined-content",
    broken: [
      tls(
        'struct {\n  uint8 a;\n  /* SignWithLabel(key, "FirstTBS", FirstTBS) */\n  opaque signature<V>;\n} First;',
      ),
    ],
    fixed: [
      tls(
        'struct {\n  uint8 a;\n} FirstTBS;\n\nstruct {\n  uint8 a;\n  /* SignWithLabel(key, "FirstTBS", FirstTBS) */\n  opaque signature<V>;\n} First;',
      ),
    ],
    at: "SignWithLabel",
  },
  {
    rule: "tls-tbs-drift",
    broken: [
      tls(
        "struct {\n  uint8 a;\n  optional<uint8> b;\n} FirstTBS;\n\nstruct {\n  uint8 a;\n  uint8 b;\n  opaque signature<V>;\n} First;",
      ),
      text("A FirstTBS is signed."),
    ],
    fixed: [
      tls(
        "struct {\n  uint8 a;\n  uint8 b;\n} FirstTBS;\n\nstruct {\n  uint8 a;\n  uint8 b;\n  opaque signature<V>;\n} First;",
      ),
      text("A FirstTBS is signed."),
    ],
    at: "optional<uint8> b",
  },

  {
    rule: "cddl-syntax",
    broken: [code("cddl", "note = [\n  code: uint,\n  text: = tstr\n]")],
    fixed: [code("cddl", "note = [\n  code: uint,\n  text: tstr\n]")],
    at: "text: = tstr",
  },
  {
    rule: "cddl-undefined",
    broken: [code("cddl", "note = [ code: uint, id: MessageId, more: tstr ]\nMessageID = bstr .size 32")],
    fixed: [code("cddl", "note = [ code: uint, id: MessageId, more: tstr ]\nMessageId = bstr .size 32")],
    at: "id: MessageId",
  },
  {
    rule: "cddl-drift",
    broken: [
      code("cddl", "note = [ code: uint, more: tstr ]"),
      text("The same again, all of it."),
      code("cddl", "note = [ code: int, more: tstr ]\nother = [ * note ]"),
      text("There are other ones, too."),
    ],
    fixed: [
      code("cddl", "note = [ code: uint, more: tstr ]"),
      text("The same again, all of it."),
      code("cddl", "note = [ code: uint, more: tstr ]\nother = [ * note ]"),
      text("There are other ones, too."),
    ],
    at: "code: int",
  },
  {
    rule: "cddl-unused",
    broken: [code("cddl", "note = [ code: uint, more: tstr ]\nforgotten = tstr")],
    fixed: [code("cddl", "note = [ code: uint, more: thing ]\nthing = tstr")],
    at: "forgotten = tstr",
  },
  {
    rule: "edn-syntax",
    broken: [edn("{\n  1: h'0g',\n  2: [ 3 ]\n}")],
    fixed: [edn("{\n  1: h'00',\n  2: [ 3 ]\n}")],
    at: "h'0g'",
  },
  {
    rule: "edn-comma",
    broken: [edn("{\n  1: h'00',\n  2: [ 3, ]\n}")],
    fixed: [edn("{\n  1: h'00',\n  2: [ 3 ]\n}")],
    at: "[ 3, ]",
  },
  { rule: "hexdump-annotation", broken: [dump("03")], fixed: [dump("02")], at: "unsigned(2)" },
  {
    rule: "hexdump-malformed",
    broken: [
      code(
        "cbor-pretty",
        "83                  # array(3)\n   01               # unsigned(1)\n   02               # unsigned(2)",
      ),
    ],
    fixed: [dump("02")],
    at: "array(3)",
  },
  {
    rule: "example-bytes",
    broken: [
      edn("[\n  1,\n  h'0304'\n]"),
      text("As a dump it is this."),
      code(
        "cbor-pretty",
        "82                  # array(2)\n   01               # unsigned(1)\n   42               # bytes(2)\n      0305          # octets",
      ),
    ],
    fixed: [
      edn("[\n  1,\n  h'0305'\n]"),
      text("As a dump it is this."),
      code(
        "cbor-pretty",
        "82                  # array(2)\n   01               # unsigned(1)\n   42               # bytes(2)\n      0305          # octets",
      ),
    ],
    at: "0305  ",
  },
  {
    rule: "example-invalid",
    broken: [
      code("cddl", "note = [\n  code: uint,\n  text: tstr,\n  more: bstr\n]"),
      text("This is one."),
      edn(
        '[\n  1,\n  "a",\n  "b",\n]'
          .replace('"b",', '"b"')
          .replace("[\n  1", "[\n  # one\n  1")
          .replace('"b"', "h'00'")
          .replace("h'00'", '"no octets"'),
      ),
      text("So it is."),
    ],
    fixed: [
      code("cddl", "note = [\n  code: uint,\n  text: tstr,\n  more: bstr\n]"),
      text("This is one."),
      edn("[\n  # one\n  1,\n  \"a\",\n  h'00'\n]"),
      text("So it is."),
    ],
    at: "no octets",
  },
  {
    rule: "example-time",
    broken: [text("The time 1725330600 = 2024-09-02T19:30:00Z is local.")],
    fixed: [text("The time 1725330600 = 2024-09-03T02:30:00Z is not.")],
    at: "1725330600",
  },
  {
    rule: "example-character",
    broken: [text("The heart (U+2665) is in UTF-8 the octets 0xe29da4 now.")],
    fixed: [text("The heart (U+2665) is in UTF-8 the octets 0xe299a5 now.")],
    at: "U+2665",
  },
  {
    rule: "json-syntax",
    broken: [code("json", '{\n  "first" "one",\n  "second": "two"\n}')],
    fixed: [code("json", '{\n  "first": "one",\n  "second": "two"\n}')],
    at: '"first"',
  },
  {
    rule: "json-twice",
    broken: [code("json", '{\n  "first": "one",\n  "first": "two"\n}')],
    fixed: [code("json", '{\n  "first": "one",\n  "second": "two"\n}')],
    at: '"first": "two"',
  },
  {
    rule: "json-time",
    broken: [code("json", '{\n  "sub": "a",\n  "exp": 1661231836315\n}')],
    fixed: [code("json", '{\n  "sub": "a",\n  "exp": 1661231836\n}')],
    at: '"exp"',
  },
  {
    rule: "uri-malformed",
    broken: [text("The user `mimi://b.example/bob/bob` joins.")],
    fixed: [text("The user `mimi://b.example/u/bob` joins.")],
    at: "mimi://",
  },
  {
    rule: "uri-inconsistent",
    broken: [
      directory(directoryEnd),
      ...["garden", "garden", "garden", "gardenn"].flatMap((room) => [
        text("A request follows."),
        code("http", `POST /send/a.example/r/${room} HTTP/1.1`),
      ]),
    ],
    fixed: [
      directory(directoryEnd),
      text("A request follows."),
      code("http", "POST /send/a.example/r/garden HTTP/1.1"),
    ],
    at: "gardenn",
  },
  {
    rule: "http-status",
    broken: [text("The server answers 201 Accepted to that.")],
    fixed: [text("The server answers 202 Accepted to that.")],
    at: "201 Accepted",
  },
  {
    rule: "http-endpoint",
    broken: [directory(directoryEnd), text("A request follows."), code("http", "POST /sendd/{room}")],
    fixed: [directory(directoryEnd), text("A request follows."), code("http", "POST /send/{room}")],
    at: "POST /sendd",
  },
  {
    rule: "http-variable",
    broken: [directory(directoryEnd), text("A request follows."), code("http", "POST /send/{user}")],
    fixed: [directory(directoryEnd), text("A request follows."), code("http", "POST /send/{room}")],
    at: "POST /send",
  },
  {
    rule: "http-template",
    broken: [directory('  "leave": "https://a.example/v1/leave{room}"')],
    fixed: [directory(directoryEnd)],
    at: "leave{room}",
  },

  {
    rule: "table-columns",
    broken: [table(["Name", "Colour"], ["one", "red"], ["two", "blue", "much"])],
    fixed: [table(["Name", "Colour"], ["one", "red"], ["two", "blue"])],
    at: "much",
    forms: ["markdown"],
  },
  {
    rule: "registry-value-twice",
    broken: [registry(["1", "first", "RFC1"], ["1", "second", "RFC1"])],
    fixed: [registry(["1", "first", "RFC1"], ["2", "second", "RFC1"])],
    at: "second",
  },
  {
    rule: "registry-name-twice",
    broken: [registry(["1", "first", "RFC1"], ["2", "first", "RFC2"])],
    fixed: [registry(["1", "first", "RFC1"], ["2", "second", "RFC2"])],
    at: "RFC2",
  },
  {
    rule: "registry-range",
    broken: [text("The range 0 to 99 is for all."), text("The range 99 to 200 is for some.")],
    fixed: [text("The range 0 to 99 is for all."), text("The range 100 to 200 is for some.")],
    at: "99 to 200",
  },
  {
    rule: "registry-unknown-name",
    broken: [text("She has `canSign`, they say."), explained, capabilities],
    fixed: [text("She has `canSing`, they say."), explained, capabilities],
    at: "canSign",
  },
  {
    rule: "registry-value-differs",
    broken: [
      registry(["0", "red", "RFC1"], ["1", "green", "RFC1"], ["2", "blue", "RFC1"]),
      heading("Enumeration"),
      tls("enum {\n  red(0),\n  green(1),\n  blue(3),\n  (255)\n} Colour;\nstruct { Colour colour; } Paint;"),
    ],
    fixed: [
      registry(["0", "red", "RFC1"], ["1", "green", "RFC1"], ["2", "blue", "RFC1"]),
      heading("Enumeration"),
      tls("enum {\n  red(0),\n  green(1),\n  blue(2),\n  (255)\n} Colour;\nstruct { Colour colour; } Paint;"),
    ],
    at: "blue(3)",
  },
  {
    rule: "role-unknown",
    broken: [role("   (include all the capabilities authorized for a guest)")],
    fixed: [role("   canSendMessage")],
    at: "a guest",
  },
  {
    rule: "role-twice",
    broken: [items("keeper\n   role_index = 2\nguest\n   role_index = 2")],
    fixed: [items("keeper\n   role_index = 2\nguest\n   role_index = 3")],
    at: "guest",
  },
  {
    rule: "role-transition",
    broken: [role("   authorized_role_changes = `[(2,[0,7])]`")],
    fixed: [role("   authorized_role_changes = `[(2,[0])]`")],
    at: "authorized_role_changes",
  },
  {
    rule: "role-constraint",
    broken: [role("   minimum_participants_constraint = 3\n   maximum_participants_constraint = 1")],
    fixed: [role("   minimum_participants_constraint = 1\n   maximum_participants_constraint = 3")],
    at: "minimum_participants",
  },
  {
    rule: "role-capability",
    broken: [role("   canAddParticipant\n   authorized_role_changes = `[(2,[0])]`")],
    fixed: [role("   canAddParticipant\n   authorized_role_changes = `[(0,[2])]`")],
    at: "canAddParticipant",
  },
  {
    rule: "figure-actor",
    broken: [ladder(longArrow, `${longStep}\nServerX->ServerA: [[ something ]]`)],
    fixed: [ladder(longArrow, longStep)],
    at: "ServerX",
  },
  {
    rule: "figure-steps",
    broken: [ladder(longArrow, "ServerA->ServerC: POST /leave")],
    fixed: [ladder(longArrow, longStep)],
    at: "POST /leave",
  },
  {
    rule: "figure-arrow",
    broken: [ladder("  +---------------------------->  |", longStep)],
    fixed: [ladder(longArrow, longStep)],
    at: "---->  |",
  },

  {
    rule: "unclosed-block",
    broken: [text("~~~ tls\nstruct {} Empty;")],
    fixed: [tls("struct {} Empty;")],
    at: "~~~ tls",
    forms: ["markdown"],
  },
  {
    rule: "missing-include",
    broken: [text("<{{examples/none.edn}}")],
    fixed: [text("Nothing is included.")],
    at: "<{{",
    forms: ["markdown"],
  },
  {
    rule: "tls-call-comma",
    broken: [signed('key\n  "FirstTBS", FirstTBS')],
    fixed: [signed('key,\n  "FirstTBS", FirstTBS')],
    at: '"FirstTBS", FirstTBS',
  },
  {
    rule: "tls-enum-described",
    broken: [
      tls(answer(bothCases)),
      text("The values of `Code` are these:"),
      items("`yes` is good\n`nope` is bad\n`no` is not"),
    ],
    fixed: [
      tls(answer(bothCases)),
      text("The values of `Code` are these:"),
      items("`yes` is good\n`no` is bad"),
    ],
    at: "nope",
  },
  {
    rule: "tls-enum-described",
    broken: [
      tls(`enum {\n  yes(0),\n  no(1),\n  maybe(2),\n  (255)\n} Code;\nstruct { Code code; } Answer;`),
      text("The semantics of `Code` are as follows:"),
      items("`yes` is good\n`no` is bad"),
    ],
    fixed: [
      tls(`enum {\n  yes(0),\n  no(1),\n  maybe(2),\n  (255)\n} Code;\nstruct { Code code; } Answer;`),
      text("The semantics of `Code` are as follows:"),
      items("`yes` is good\n`no` is bad\n`maybe` is neither"),
    ],
    at: "The semantics",
  },
  {
    rule: "malformed-xml",
    broken: [raw("<t>A paragraph <em>goes on</t>")],
    fixed: [raw("<t>A paragraph <em>goes on</em></t>")],
    at: "A paragraph",
    forms: ["xml"],
  },
  {
    rule: "reading-stopped",
    broken: [raw(`${"<section>".repeat(300)}${"</section>".repeat(300)}`)],
    fixed: [raw(`${"<section>".repeat(3)}${"</section>".repeat(3)}`)],
    at: "<section><section>",
    forms: ["xml"],
  },
  {
    rule: "tls-appendix-drift",
    broken: [answerTwo("uint8"), text("It is short."), appendix("All structures"), answerTwo("uint16")],
    fixed: [answerTwo("uint8"), text("It is short."), appendix("All structures"), answerTwo("uint8")],
    at: "uint16 key",
  },
  {
    rule: "example-message-id",
    broken: [identified(wrongId)],
    fixed: [identified(rightId)],
    at: wrongId,
  },
  {
    rule: "example-reference",
    broken: [identified(rightId), text("This replies to it."), edn(message(`h'${wrongId}'`))],
    fixed: [identified(rightId), text("This replies to it."), edn(message(`h'${rightId}'`))],
    at: `h'${wrongId}'`,
  },
  {
    rule: "registry-unexplained",
    broken: [text("They are `canSing`, `canDance`, `canRead` and `canCount`."), capabilities],
    fixed: [explained, capabilities],
    at: "canWrite",
  },
  {
    rule: "figure-model-run",
    broken: [flowFigure("/submit")],
    fixed: [flowFigure("/submitMessage")],
    at: "POST /submit",
    draft: "draft-ietf-mimi-protocol",
    flow,
  },
  {
    rule: "requirement-number",
    broken: [requirements(["R4", "A list SHOULD be short", "", "x"])],
    fixed: [requirements(third)],
    at: "R4",
  },
  {
    rule: "requirement-keyword",
    broken: [requirements(["R3", "A list SHOULD be short", "x", ""])],
    fixed: [requirements(third)],
    at: "R3",
  },
  {
    rule: "requirement-differs",
    broken: [requirements(third), text("R2: A list SHOULD be sorted.")],
    fixed: [requirements(third), text("R2: A list MUST be sorted.")],
    at: "R2: ",
  },
  {
    rule: "requirement-unknown",
    broken: [requirements(third), text("This follows from R7.")],
    fixed: [requirements(third), text("This follows from R3.")],
    at: "from R7",
  },
  {
    rule: "reference-unknown",
    broken: [heading("More"), text("The answer is in Section 7.2, where it belongs.")],
    fixed: [heading("More"), text("The answer is in Section 2, where it belongs.")],
    at: "7.2",
  },
  {
    rule: "reference-unknown",
    broken: [text("As {{nowhere-else}} says."), heading("More")],
    fixed: [text("As {{more}} says."), heading("More")],
    at: "nowhere-else",
    forms: ["markdown"],
  },
  {
    rule: "reference-unknown",
    broken: [raw('<t>As <xref target="nowhere"/> says.</t>')],
    fixed: [raw('<t anchor="here">As <xref target="here"/> says.</t>')],
    at: "nowhere",
    forms: ["xml"],
  },
  {
    rule: "count-differs",
    broken: [text("This takes three steps:"), items("one of them\nthe other")],
    fixed: [text("This takes two steps:"), items("one of them\nthe other")],
    at: "three steps",
  },
];
