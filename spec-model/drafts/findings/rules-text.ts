/** Rules about what the text says elsewhere: requirements in tables, cross-references, counts. */
import type { Rule } from "./rule.ts";

export const textRules = {
  "requirement-number": {
    severity: "error",
    what: "a table of requirements has a number twice, or leaves one out",
    why: "A reference to the number finds two requirements, or none.",
    fix: "number the requirements from the first to the last",
    example: "| # | Requirement |\n|---|-------------|\n| R1 | ... |\n| R2 | ... |\n| R2 | ... |",
  },
  "requirement-keyword": {
    severity: "error",
    what: "a requirement's keyword and the column that is marked do not go together",
    why: "It is open whether an implementation has to meet it.",
    fix: "mark the other column, or change the keyword",
    example:
      "| # | Requirement | Mandatory | Optional |\n|---|---|---|---|\n| R1 | A list SHOULD be kept | x | |",
  },
  "requirement-differs": {
    severity: "error",
    what: "a requirement does not say the same in the table and in the text",
    why: "Readers of the summary implement something else.",
    fix: "copy the one into the other",
    example: "| R1 | A list MUST be kept |\n(text) R1: A list SHOULD be kept.",
  },
  "requirement-unknown": {
    severity: "error",
    what: "a requirement is in the table only, or in the text only",
    why: "The reference leads nowhere, or the requirement is not explained.",
    fix: "add it where it is missing, or correct the number",
    example: "(a table with R1 to R10)\n(text) This follows from R12.",
  },
  "reference-unknown": {
    severity: "error",
    what: "a reference to a section, figure or table leads nowhere",
    why: "Readers look for what it says, and find nothing.",
    fix: "correct the number or the anchor",
    example: "The answer is as in {{#no-such-section}}, or as in Section 12.7.",
  },
  "count-differs": {
    severity: "warning",
    what: "a sentence announces another number of things than the list behind it has",
    why: "Either an item is missing, or the sentence was not changed with the list.",
    fix: "correct the number, or the list",
    example: "This takes three steps:\n\n1. first\n2. last",
  },
} as const satisfies Record<string, Rule>;
