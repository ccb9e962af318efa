/** What every MIMI request and response is framed with. protocol-06 §5 and §5.2 */
import { closedEnum, type Infer, struct, text, v } from "./wire/index.ts";

export const Protocol = closedEnum("Protocol", 255, { reserved: 0, mls10: 1 })
  .from("protocol-06 §5", "the end-to-end encryption protocol of a room")
  .decided({
    question: "what a receiver does with a number that an enumeration has no name for, or calls reserved",
    reading: "it refuses the structure, in all enumerations of the MIMI drafts that are not registries",
    reason: "a select has no case for it, and where none selects on it nothing is said about its meaning",
    alternatives: ["read on where no select depends on it"],
  });
export type Protocol = Infer<typeof Protocol>;

export const IdentifierUri = struct("IdentifierUri", { uri: text(v).as("a MIMI URI") })
  .from("protocol-06 §5.2", "who or what is meant: a provider, a user, a client, a room")
  .decided({
    question: "the type is called IdentifierUri, IdentifierURI and, for rooms in consent, RoomId",
    reading: "one type, IdentifierUri",
    reason: "only IdentifierUri is defined, and all of them hold MIMI URIs",
    alternatives: ["RoomId as a bare opaque<V>: the same octets"],
  })
  .decided({
    question: "which octets may stand in uri",
    reading: "UTF-8; whether it is a MIMI URI is checked by the receiver's rules, not by the decoder",
    reason: "a URI is ASCII (RFC 3986 §1.2.1), and pseudonymous rooms may use identifiers of another form",
    alternatives: ["refuse everything but a MIMI URI while decoding", "take any octets"],
  });
export type IdentifierUri = Infer<typeof IdentifierUri>;
