/** The operation that searches among a provider's users. protocol-06 §5.8 */
import { bytes, type Operation, text } from "./operation.ts";

const texts = { type: "array", items: text } as const;
const entry = {
  type: "object",
  properties: {
    source: { enum: ["account", "oidcStdClaim", "vcardField"] },
    name: text,
    value: text,
    searchable: { enum: ["never", "exact", "partial"] },
  },
  required: ["source", "name", "value", "searchable"],
  additionalProperties: false,
} as const;
const user = {
  type: "object",
  properties: { user: text, profile: { type: "array", items: entry } },
  required: ["user", "profile"],
  additionalProperties: false,
} as const;
const policy = {
  type: "object",
  properties: {
    queries: { enum: ["open", "closed"] },
    searchTypes: texts,
    forbiddenTogether: { type: "array", items: texts },
    demandsExact: { type: "boolean" },
    mostMatches: { type: "integer" },
  },
  required: ["queries", "searchTypes", "forbiddenTogether", "demandsExact", "mostMatches"],
  additionalProperties: false,
} as const;

export const searchOperations: readonly Operation[] = [
  {
    name: "users.search",
    family: "state",
    says: "As the target's provider, answer an identifier query (protocol-06 §5.8), see [Searches](#searches).",
    outcomes: {
      success: "users are found, and `output` lists them",
      notFound: "nobody matches",
      ambiguous: "fields have to match exactly, or more users match than the provider lists",
      forbidden: "such a query is not allowed",
      unsupportedField: "the provider does not search one of the fields",
    },
    input: {
      users: {
        schema: { type: "array", items: user },
        says: "the provider's users, with what is known of them and whether it may be searched",
      },
      policy: { schema: policy, says: "what the provider lets be searched" },
      query: { schema: bytes, says: "an IdentifierRequest" },
    },
    output: { uris: { schema: texts, says: "the users that are found, in the order of `users`" } },
  },
];
