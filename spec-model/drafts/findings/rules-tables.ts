/** Rules about registries, roles and figures. */
import type { Rule } from "./rule.ts";

export const tableRules = {
  "table-columns": {
    severity: "error",
    what: "a row of a table has more or fewer cells than the header",
    why: "Its cells stand under the wrong headings.",
    fix: "add or remove a bar",
    example: "| Value | Name |\n|-------|------|\n| 1 |",
  },
  "registry-value-twice": {
    severity: "error",
    what: "a registry gives one value to two names",
    why: "The value does not say which is meant, and IANA cannot register it.",
    fix: "give each its own value",
    example:
      "| Value | Name   | Reference |\n|-------|--------|-----------|\n| 1     | first  | RFCXXXX   |\n| 1     | second | RFCXXXX   |",
  },
  "registry-name-twice": {
    severity: "error",
    what: "a registry has a name twice",
    why: "It is open which value the name stands for.",
    fix: "rename one",
    example:
      "| Value | Name  | Reference |\n|-------|-------|-----------|\n| 1     | first | RFCXXXX   |\n| 2     | first | RFCXXXX   |",
  },
  "registry-range": {
    severity: "error",
    what: "two ranges of a registry overlap",
    why: "For the values in both, two registration policies hold.",
    fix: "let one range end before the other begins",
    example:
      "Values in the range 0x0000 to 0xF000 need a specification.\nValues in the range 0xF000 to 0xFFFF are for private use.",
  },
  "registry-unknown-name": {
    severity: "error",
    what: "a name is used that the registry does not have",
    why: "Nobody can know its value.",
    fix: "register it, or spell it as the registry does",
    example: "| 0x000b | canUnBan | RFCXXXX |\n(text) The holder of canUnban can ...",
  },
  "registry-value-differs": {
    severity: "error",
    what: "a registry and a definition give a name different values",
    why: "Implementers take the value from either.",
    fix: "make them the same",
    example: "| render | 1 |\n(schema) render: 2",
  },
  "registry-unexplained": {
    severity: "warning",
    what: "a registry has a name that nothing in the text is about",
    why: "Its value can be sent, and nobody knows what it means.",
    fix: "say what it means, mark it as reserved, or remove it",
    example: "| 0x0007 | canDance | RFCXXXX |\n(no other line of the draft has canDance)",
  },
  "role-unknown": {
    severity: "error",
    what: "a role takes over the capabilities of a role that is not there, or of itself in a circle",
    why: "Its capabilities cannot be determined.",
    fix: "name a role of the same table",
    example: "- admin\n  - role_index = 3\n  - (include all the capabilities authorized for a moderator)",
  },
  "role-twice": {
    severity: "error",
    what: "two roles have one index or one name",
    why: "References to the role are ambiguous.",
    fix: "give each its own",
    example: "- admin\n  - role_index = 2\n- user\n  - role_index = 2",
  },
  "role-transition": {
    severity: "error",
    what: "a change leads from or to a role that is not declared",
    why: "The change can never be made, or leads into the unknown.",
    fix: "declare the role, or remove the index",
    example: "- user\n  - role_index = 2\n  - authorized_role_changes = [(2,[7])]",
  },
  "role-constraint": {
    severity: "error",
    what: "constraints of a role contradict each other",
    why: "No room can satisfy them.",
    fix: "lower the minimum or raise the maximum",
    example:
      "- user\n  - role_index = 2\n  - minimum_participants_constraint = 3\n  - maximum_participants_constraint = 1",
  },
  "role-capability": {
    severity: "warning",
    what: "a role has a capability that its holders can never exercise",
    why: "The authorised role changes or other roles do not allow it: the list promises more than holds.",
    fix: "add the role change that it needs, or remove the capability",
    example: "- user\n  - role_index = 2\n  - canAddParticipant\n  - authorized_role_changes = []",
  },
  "figure-actor": {
    severity: "error",
    what: "a step names an actor that the figure does not have",
    why: "Figure and steps describe different flows.",
    fix: "spell it as over its lifeline",
    example: "ClientA ServerA\n   |       |\n   +------>|\nClientX->ServerA: request",
  },
  "figure-steps": {
    severity: "error",
    what: "a figure and its steps do not have the same requests",
    why: "Readers implement one of them.",
    fix: "draw the request, or describe it",
    example: "ServerA   ServerB\n   | /notify |\n   +-------->|\nServerA->ServerB: POST /update",
  },
  "figure-arrow": {
    severity: "warning",
    what: "an arrow does not reach from lifeline to lifeline",
    why: "It is open who sends to whom.",
    fix: "draw it from | to |",
    example: "ServerA     ServerB\n   |           |\n   +------->   |",
  },
  "figure-model-run": {
    severity: "note",
    what: "a figure is not what the model of the draft does in the same flow",
    why: "Figure and text of the other sections lead to different messages; readers implement one of them.",
    fix: "correct the figure, or say in the text what it leaves out",
    example:
      "ServerA   ServerB\n   | /submit |\n   +-------->|\n(the endpoint of this flow is /submitMessage)",
  },
  "unclosed-block": {
    severity: "error",
    what: "a code block is not closed",
    why: "All that follows is taken for code.",
    fix: "close it with the mark that opened it",
    example: "~~~ tls\nstruct {} Empty;",
  },
  "missing-include": {
    severity: "warning",
    what: "a file that the draft includes is not there",
    why: "What it holds was not checked.",
    fix: "run the check where the file is, or give --include",
    example: "<{{examples/missing.edn}}",
  },
  "malformed-xml": {
    severity: "error",
    what: "the XML is not well-formed",
    why: "xml2rfc refuses it; what follows may have been read wrongly.",
    fix: "close the element",
    example: "<t>A paragraph<section>",
  },
  "reading-stopped": {
    severity: "warning",
    what: "a part of the draft was not read",
    why: "It is nested deeper than any draft needs.",
    fix: "nest less",
    example: "(two hundred elements in each other)",
  },
} as const satisfies Record<string, Rule>;
