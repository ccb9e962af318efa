/** Rules about the TLS presentation language. RFC 8446 §3 */
import type { Rule } from "./rule.ts";

const layout = "Two readers who repair it differently put different octets on the wire.";

export const tlsRules = {
  "tls-syntax": {
    severity: "error",
    what: "a definition is not presentation language",
    why: "Code generators and readers cannot tell what stands on the wire.",
    fix: "write it as RFC 8446 §3 has it",
    example: "struct {\n  uint8;\n} Code;",
  },
  "tls-missing-semicolon": {
    severity: "error",
    what: "a field, a select or a definition has no semicolon at its end",
    why: "Parsers read on into what follows.",
    fix: "end it with a semicolon",
    example: "struct {\n  uint8 first\n  uint8 second;\n} Pair;",
  },
  "tls-missing-brace": {
    severity: "error",
    what: "a brace is missing, or closes nothing",
    why: `It is open which fields belong to the structure. ${layout}`,
    fix: "close each { with its }",
    example: "struct {\n  select (kind) {\n    case first: uint8 one;\n} Choice;",
  },
  "tls-optional": {
    severity: "error",
    what: "an optional field is written as the word optional and a type",
    why: "The language has no such form: it is open whether a presence octet stands on the wire or the field is left out.",
    fix: "write optional<Type>, as RFC 9420 §2.1.1 defines it",
    example: "struct {\n  optional uint32 max_clients;\n} Policy;",
  },
  "tls-separator": {
    severity: "error",
    what: "values or fields are separated by the wrong mark",
    why: "Values of an enumeration are separated by commas, fields by semicolons: parsers stop here.",
    fix: "use commas in enumerations and semicolons in structures",
    example: "enum {\n  success(0);\n  failure(1),\n  (255)\n} Code;",
  },
  "tls-comment": {
    severity: "error",
    what: "a comment is opened or closed only once",
    why: "What is meant as a comment is read as code, or the other way round.",
    fix: "begin comments with /* and end them with */ on each line",
    example: "struct {\n  /* two lines, */\n  */ one comment */\n  uint8 code;\n} Note;",
  },
  "tls-undefined-type": {
    severity: "error",
    what: "a type is used that nothing defines",
    why: "Nobody can know its encoding.",
    fix: "define it, correct its spelling, or say which document defines it",
    example: "struct {\n  uint8 a;\n} IdentifierUri;\nstruct {\n  IdentifierURI sender;\n} Message;",
  },
  "tls-select-field": {
    severity: "error",
    what: "a select depends on a field that does not exist",
    why: "A receiver does not know which case it reads.",
    fix: "name a field of the structure, or of a structure around it",
    example: "struct {\n  Kind kind;\n  select (type) {\n    case one: uint8 a;\n  };\n} Message;",
  },
  "tls-case-foreign": {
    severity: "error",
    what: "a case is no value of the enumeration that the select depends on",
    why: "The case can never be chosen; the value that was meant has none.",
    fix: "use the enumeration's own name, or add the value to it",
    example:
      "enum { accepted(0), (255) } Code;\nstruct {\n  Code code;\n  select (code) {\n    case success: uint64 time;\n  };\n} Answer;",
  },
  "tls-case-missing": {
    severity: "note",
    what: "a value of the enumeration has no case",
    why: "It is open whether the fields are absent for this value or the value is not allowed here.",
    fix: "add the case, with struct {} where it has no fields, or a default",
    example:
      "enum { yes(0), no(1), (255) } Code;\nstruct {\n  Code code;\n  select (code) {\n    case yes: uint64 time;\n  };\n} Answer;",
  },
  "tls-case-twice": {
    severity: "error",
    what: "a select has two cases for one value",
    why: layout,
    fix: "remove one of them",
    example:
      "enum { yes(0), (255) } Code;\nstruct {\n  Code code;\n  select (code) {\n    case yes: uint8 a;\n    case yes: uint8 b;\n  };\n} Answer;",
  },
  "tls-enum-range": {
    severity: "error",
    what: "a value is larger than the enumeration allows",
    why: "It does not fit into the octets that the limit gives the enumeration.",
    fix: "raise the limit or correct the value",
    example: "enum { small(1), large(300), (255) } Size;",
  },
  "tls-enum-twice": {
    severity: "error",
    what: "an enumeration has a name or a number twice",
    why: "The number does not say which value it is.",
    fix: "give each value a number of its own",
    example: "enum { first(1), second(1), (255) } Order;",
  },
  "tls-missing-length": {
    severity: "error",
    what: "an opaque field has no length",
    why: "As it stands, it is a single octet.",
    fix: "add <V>, <0..2^16-1> or [32]",
    example: "struct {\n  opaque signature_key;\n} Credential;",
  },
  "tls-vector-range": {
    severity: "error",
    what: "no vector can have this length",
    why: "Lengths count octets: the smallest may not exceed the largest, and a fixed one is a multiple of the item's size.",
    fix: "correct the length",
    example: "struct {\n  opaque name<255..1>;\n} Person;",
  },
  "tls-field-twice": {
    severity: "error",
    what: "a structure has two fields of one name",
    why: "A reference to the field does not say which.",
    fix: "rename one of them",
    example: "struct {\n  uint8 code;\n  uint16 code;\n} Message;",
  },
  "tls-conflict": {
    severity: "error",
    what: "two definitions of one name differ",
    why: "Implementations of the one and of the other do not understand each other.",
    fix: "define it once, or make the definitions the same",
    example: "struct { uint8 a; } Message;\nstruct { uint16 a; } Message;",
  },
  "tls-appendix-drift": {
    severity: "error",
    what: "the copy of a definition in an appendix differs from the body",
    why: "Readers of the appendix implement something else.",
    fix: "make the copy the same, or generate it",
    example: "(body) struct { uint8 a; } Message;\n(appendix) struct { uint16 a; } Message;",
  },
  "tls-unused": {
    severity: "note",
    what: "a definition is mentioned nowhere else",
    why: "It is a left-over, or what uses it is missing.",
    fix: "remove it, or say where it is used",
    example: "struct {\n  uint8 a;\n} NobodyKnows;",
  },
  "name-misspelt": {
    severity: "warning",
    what: "the text calls something by a name that differs by a slip from the one it is defined with",
    why: "Readers search for the name, and find nothing.",
    fix: "spell it as it is defined",
    example: "struct {\n  bool parent_dependant;\n} Policy;\n(text) If parent_dependent is true ...",
  },
  "tls-label-content": {
    severity: "error",
    what: "a label and what is signed or encrypted under it have different names",
    why: "Labels name the structure that they protect; one of the two is a slip.",
    fix: "use the name of the structure as its label",
    example:
      'struct { uint8 a; } FirstTBS;\nstruct { uint8 b; } SecondTBS;\nstruct {\n  /* SignWithLabel(key, "FirstTBS", SecondTBS) */\n  opaque signature<V>;\n} First;',
  },
  "tls-call-comma": {
    severity: "error",
    what: "two arguments of a call have no comma between them",
    why: "Tools cannot read it, and readers take two arguments for one.",
    fix: "put a comma between them",
    example: 'signature = SignWithLabel(private_key\n                "MessageTBS", MessageTBS)',
  },
  "tls-enum-described": {
    severity: "error",
    what: "a list of what an enumeration's values mean names others than the enumeration has",
    why: "Readers search the enumeration for the name, and a value that it has is not explained.",
    fix: "use the enumeration's names, and explain each",
    example:
      "enum { accepted(0), tooOld(1), (255) } Code;\n(text) The values of Code are as follows:\n- success means ...\n- tooOld means ...",
  },
  "tls-undefined-content": {
    severity: "error",
    what: "what is signed or encrypted is not defined",
    why: "Signer and verifier have to agree on every octet of it.",
    fix: "define the structure",
    example:
      'struct {\n  /* SignWithLabel(key, "MessageTBS", MessageTBS) */\n  opaque signature<V>;\n} Message;',
  },
  "tls-tbs-drift": {
    severity: "error",
    what: "what is signed differs from what is sent",
    why: "A receiver rebuilds what was signed from the message: a field of another type does not give the same octets.",
    fix: "give the field the same type in both structures",
    example:
      "struct {\n  uint8 a;\n  optional<uint8> code;\n} MessageTBS;\nstruct {\n  uint8 a;\n  uint8 code;\n  opaque signature<V>;\n} Message;",
  },
} as const satisfies Record<string, Rule>;
