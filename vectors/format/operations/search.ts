/** The operation that searches among a provider's users. protocol-06 §5.8 */
import { closed, flag, listOf, oneOf, whole } from "./closed.ts";
import { bytes, type Operation, text } from "./operation.ts";

const found = {
  source: oneOf("account", "oidcStdClaim", "vcardField"),
  name: text,
  value: text,
  searchable: oneOf("never", "exact", "partial"),
} as const;

/** As flows have it: answers show the value, or do not. */
export const profileEntry = closed({ ...found, isShown: flag });
const user = closed({ user: text, profile: listOf(closed(found)) });

export const searchPolicy = {
  queries: oneOf("open", "closed"),
  searchTypes: listOf(text),
  forbiddenTogether: listOf(listOf(text)),
  demandsExact: flag,
  mostMatches: whole,
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
        schema: listOf(user),
        says: "the provider's users, with what is known of them and whether it may be searched",
      },
      policy: { schema: closed(searchPolicy), says: "what the provider lets be searched" },
      query: { schema: bytes, says: "an IdentifierRequest" },
    },
    output: { uris: { schema: listOf(text), says: "the users that are found, in the order of `users`" } },
  },
];
