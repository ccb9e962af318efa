/** The operations of the codec family. */
import { refToStructure, valueSchemas } from "../value-schema.ts";
import { anything, bytes, decimal, type Operation, readOutcomes, text, textMap } from "./operation.ts";

const structure = { schema: text, says: "the structure's name in its draft; `structures.json` defines it" };
const selectedBy = {
  schema: text,
  says: "for the structures that select on a field outside themselves: the name of that field's value",
  optional: true,
} as const;
const value = { schema: anything, says: "the value as JSON, see [Values](#values)" };
const definitions = valueSchemas();
const values = Object.fromEntries(Object.keys(definitions).map((name) => [name, refToStructure(name)]));
const uri = { schema: text, says: "a text" };

export const codecOperations: readonly Operation[] = [
  {
    name: "codec.decode",
    family: "codec",
    says: "Read the octets as one structure, all of them, strictly.",
    outcomes: readOutcomes,
    input: { structure, bytes: { schema: bytes, says: "the octets" }, selectedBy },
    output: { value },
    values,
    definitions,
  },
  {
    name: "codec.encode",
    family: "codec",
    says: "Write the value as octets.",
    outcomes: { valid: "it has been written", invalid: "the value has no encoding" },
    input: { structure, value, selectedBy },
    output: { bytes: { schema: bytes, says: "the one right encoding" } },
    values,
    definitions,
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
  {
    name: "tree-source.check",
    family: "codec",
    says: "Decide whether a ratchet tree may be had in the way that an option says (ratchet-tree-options-03 §3 and §3.1).",
    outcomes: { valid: "it may", invalid: "it may not, or the list of domains is none" },
    input: {
      option: { schema: bytes, says: "a RatchetTreeOption" },
      domains: {
        schema: bytes,
        says: "the group's DomainList, the content of ratchet_tree_source_domains; left out where it has none",
        optional: true,
      },
      privateHandshakes: {
        schema: { type: "boolean" },
        says: "whether handshakes of the group are PrivateMessages",
      },
    },
    output: {},
  },
  {
    name: "request.check",
    family: "codec",
    says: "As a provider, look at the head of a request from another one, and at what TLS has shown of it (protocol-06 §4.1).",
    outcomes: { accepted: "it is a request of that provider for this one", refused: "it is not" },
    input: {
      provider: { schema: text, says: "the domain of the provider that has got the request" },
      certificate: {
        schema: { type: "array", items: text },
        says: "the domains in the certificate at the other end; none where there was no certificate",
      },
      host: { schema: text, says: "the header Host" },
      from: { schema: text, says: "the header From" },
    },
    output: {},
  },
  {
    name: "media-types.compare",
    family: "codec",
    says: "Compare the media types that a client advertises with those that the group requires: a client that lacks any should not be added (mls-extensions §6.2.2 and §6.2.3).",
    outcomes: {
      fits: "the client has them all",
      lacks: "it does not, and `output` says which",
      invalid: "one of the lists may not be",
    },
    input: {
      required: { schema: bytes, says: "the group's MediaTypeList" },
      advertised: {
        schema: bytes,
        says: "the MediaTypeList in the client's leaf; left out where it has none",
        optional: true,
      },
    },
    output: {
      lacking: {
        schema: { type: "array", items: bytes },
        says: "a MediaType each, in the order of `required`",
      },
    },
  },
  {
    name: "handshake.fan-out",
    family: "codec",
    says: "As the hub, make the event of an accepted handshake for those who are in the room already (protocol-06 §5.5).",
    outcomes: { fanned: "`output` holds it" },
    input: {
      bundle: { schema: bytes, says: "the HandshakeBundle of the update" },
      timestamp: { schema: decimal, says: "when it was accepted, in ms since the UNIX epoch" },
    },
    output: { event: { schema: bytes, says: "the FanoutMessage" } },
  },
];
