/** What identity-05 requires; it is mostly a survey. */
import { rowsOf } from "../rows.ts";

const { declared } = rowsOf("identity-05");

export const identity = [
  declared(
    "4-kind-by-segment",
    "everyone",
    "wire",
    "The first path segment of a MIMI URI says what kind of thing it names.",
    "1894c8f12e137288",
  ),
  declared(
    "4-pseudonyms",
    "everyone",
    "wire",
    "A pseudonym may be named as a user or as a pseudonym.",
    "af0915d8f3007140",
  ),
  declared(
    "5.1-validates-others",
    "client",
    "machine",
    "A client can validate the credentials of everybody else in a room.",
    "efa7157ab60ddf1e",
  ),
  declared(
    "5.1-trust-roots",
    "client",
    "machine",
    "Trust roots are configured, and a chain of certificates is walked without ambiguity.",
    "f99e85a2d6e2ebbe",
  ),
  declared(
    "6.1-one-meaning",
    "client",
    "wire",
    "URIs in certificates are used with the right meaning: a user's is not a client's.",
    "31ef734eac8fa616",
  ),
];
