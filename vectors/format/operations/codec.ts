/** The operations of the codec family. */
import { anything, bytes, type Operation, readOutcomes, text, textMap } from "./operation.ts";

const structure = { schema: text, says: "the structure's name in its draft; `structures.json` defines it" };
const selectedBy = {
  schema: text,
  says: "for the structures that select on a field outside themselves: the name of that field's value",
  optional: true,
} as const;
const value = { schema: anything, says: "the value as JSON, see [Values](#values)" };
const uri = { schema: text, says: "a text" };

export const codecOperations: readonly Operation[] = [
  {
    name: "codec.decode",
    family: "codec",
    says: "Read the octets as one structure, all of them, strictly.",
    outcomes: readOutcomes,
    input: { structure, bytes: { schema: bytes, says: "the octets" }, selectedBy },
    output: { value },
  },
  {
    name: "codec.encode",
    family: "codec",
    says: "Write the value as octets.",
    outcomes: { valid: "it has been written", invalid: "the value has no encoding" },
    input: { structure, value, selectedBy },
    output: { bytes: { schema: bytes, says: "the one right encoding" } },
  },
  {
    name: "uri.parse",
    family: "codec",
    says: "Read a text as a MIMI URI.",
    outcomes: readOutcomes,
    input: { text: uri },
    output: {
      kind: { schema: text, says: "what it names: provider, user, client, room, group, pseudonym or team" },
      domain: { schema: text, says: "the provider's domain name in lower case" },
      names: {
        schema: { type: "array", items: text },
        says: "the segments behind the kind, percent-decoded",
      },
      normal: { schema: text, says: "the URI in its normal form" },
    },
  },
  {
    name: "uri.compare",
    family: "codec",
    says: "Compare two MIMI URIs.",
    outcomes: { same: "they name the same", different: "they do not" },
    input: { a: uri, b: uri },
    output: {},
  },
  {
    name: "directory.parse",
    family: "codec",
    says: "Read a text as a provider's directory document.",
    outcomes: readOutcomes,
    input: { text: uri },
    output: { endpoints: { schema: textMap, says: "the URI templates of the endpoints that MIMI has" } },
  },
  {
    name: "endpoint.url",
    family: "codec",
    says: "Build the URL of an endpoint.",
    outcomes: { url: "`output` holds it" },
    input: {
      directory: { schema: textMap, says: "the provider's directory" },
      endpoint: { schema: text, says: "the endpoint's name in the directory" },
      identifier: { schema: text, says: "the user, room, domain or URL that the request is about" },
    },
    output: { url: { schema: text, says: "the URL" } },
  },
];
