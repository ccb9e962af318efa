/** What the flags stand for of cases on tree sources, media types and fan-out. */
import type { Note } from "../../format/case.ts";

const note = (kind: string, description: string, effect: string, draft: string): Note => ({
  kind,
  description,
  effect,
  draft,
});
const trees = "ratchet-tree-options-03 §3";
const types = "mls-extensions §6.2";

export const ruleNotes: Readonly<Record<string, Note>> = {
  Valid: note(
    "valid",
    "What every implementation decides or makes alike.",
    "Providers disagree on what a room's members can have, read or verify.",
    "protocol-06 §5.5",
  ),
  Scheme: note("source", "A URL that is no https URL.", "The tree comes in the clear.", trees),
  Domain: note(
    "source",
    "A host that the group has not named.",
    "A committer makes newcomers fetch from wherever it likes: it learns who they are.",
    `${trees}.1`,
  ),
  Private: note(
    "source",
    "A tree that the distribution service should have, and cannot know.",
    "Newcomers get a tree that is not the group's, or none.",
    trees,
  ),
  Peer: note(
    "authentication",
    "A certificate that is not the one of the provider that the request names.",
    "Whoever can connect speaks for every provider.",
    "protocol-06 §4.1",
  ),
  Head: note(
    "authentication",
    "Headers that do not say which two providers a request is between.",
    "A request is answered for somebody else, or in somebody else's name.",
    "protocol-06 §4.1",
  ),
  Nothing: note(
    "encoding",
    "A list that is empty.",
    "It means everything to some and nothing to others.",
    types,
  ),
  Lacks: note(
    "negotiation",
    "A client that does not have all required media types.",
    "It is added and cannot read what the others send.",
    `${types}.3`,
  ),
  Name: note("encoding", "A media type without a name.", "It stands for another one.", `${types}.1`),
  Quoted: note(
    "encoding",
    "A parameter's value with quotation marks or escapes.",
    "One value has two encodings: comparisons go wrong.",
    `${types}.2`,
  ),
};
