/** What the flags of the vectors on credentials stand for. */
import type { Note } from "../../format/case.ts";

const forged = (description: string, effect: string, draft: string): Note => ({
  kind: "authentication",
  description,
  effect,
  draft,
});

export const credentialNotes: Readonly<Record<string, Note>> = {
  Valid: {
    kind: "valid",
    description: "A credential that authenticates somebody.",
    effect: "Two clients that differ here see different people in one room, or none.",
    draft: "RFC 9420 §5.3.1",
  },
  Names: forged(
    "A credential that does not name one client and one user of it, or not one provider.",
    "What names a user is taken for a client, or the other way round: somebody acts for whom they are not.",
    "identity-05 §6.1",
  ),
  Trust: forged(
    "A credential behind which stands nobody who is trusted, or somebody who is trusted for others.",
    "Any authority, or any user, makes credentials for everybody.",
    "identity-05 §5.1",
  ),
  Time: forged(
    "A credential before or after the time for which it was made.",
    "Keys that were given up, or stolen long ago, still speak for their holder.",
    "RFC 9420 §5.3.1",
  ),
  Signature: forged(
    "A signature that nobody made like this.",
    "Whoever can write a credential is whom they want to be.",
    "RFC 5280 §6.1.3",
  ),
  OtherKey: forged(
    "A leaf with another key than the credential is about.",
    "A credential, which everybody sees, serves whoever copies it.",
    "RFC 9420 §5.3",
  ),
  Expected: forged(
    "Another provider or user than it has to be about.",
    "A client stands in for one of somebody else.",
    "RFC 9420 §5.3.1",
  ),
  Unsupported: {
    kind: "encoding",
    description: "Something that has to be understood, and that nobody does.",
    effect: "A limit that the authority has set is passed over.",
    draft: "RFC 5280 §4.2",
  },
  Form: {
    kind: "encoding",
    description: "Octets that are not what the credential's type says.",
    effect: "Readers take different things from one credential.",
    draft: "RFC 9420 §5.3",
  },
};
