/** What the flags of the crypto vectors stand for. */
import type { Note } from "../../format/case.ts";

const forged = (description: string, effect: string, draft: string): Note => ({
  kind: "authentication",
  description,
  effect,
  draft,
});

export const cryptoNotes: Readonly<Record<string, Note>> = {
  Valid: {
    kind: "valid",
    description: "What every implementation computes, accepts or opens.",
    effect: "Two implementations that differ here cannot talk to each other.",
    draft: "RFC 9420 §5.1",
  },
  Signature: forged(
    "A signature that nobody made like this.",
    "Whoever can send can speak in anybody's name.",
    "RFC 9420 §5.1.2",
  ),
  Label: forged(
    "Signed or encrypted under another label.",
    "What was made for one purpose serves another: a signature on one message is taken for one on another.",
    "RFC 9420 §5.1.2",
  ),
  OtherKey: forged(
    "A key that is not the one it has to be.",
    "Somebody else is taken for the sender.",
    "RFC 9420 §5.1.2",
  ),
  KeyForm: forged(
    "A public key in a form that is not allowed.",
    "One key has two encodings: comparisons of keys go wrong.",
    "RFC 9420 §5.1.1",
  ),
  Unsigned: forged(
    "Something that the signature does not cover as it is.",
    "Who passes a message on can change it.",
    "RFC 9420 §5.1.2",
  ),
  Credential: forged(
    "A credential that does not say what it has to, under a signature that fits.",
    "A client acts for a user, or a client for a provider, that it does not belong to.",
    "identity-05 §4",
  ),
  Room: forged("An answer about another room.", "A hub hands out one room for another.", "protocol-06 §5.6"),
  Status: {
    kind: "protocol",
    description: "An answer that grants nothing.",
    effect: "A refusal is taken for an answer that can be opened.",
    draft: "protocol-06 §5.6",
  },
  Ciphertext: forged(
    "A ciphertext that is not as it was made.",
    "Who passes a message on can change what is read.",
    "RFC 9180 §5.2",
  ),
  Binding: forged(
    "Something that is bound to another context.",
    "What is right in one place is put into another.",
    "RFC 9420 §5.1.3",
  ),
  Component: forged(
    "Another component than the one that it was made by.",
    "A component speaks for others, or reads what is theirs.",
    "mls-extensions §4.1",
  ),
  Once: {
    kind: "forward secrecy",
    description: "The secret of a component for the second time in an epoch.",
    effect: "What a component has deleted can be derived again from what the client keeps.",
    draft: "mls-extensions §4.4",
  },
  Tag: forged(
    "A franking tag that is not that of the content.",
    "The message is shown, and can never be reported.",
    "protocol-06 §5.4.1.3",
  ),
  Context: forged(
    "Another sender, room or time than the hub signed.",
    "A follower passes a message on as somebody else's.",
    "protocol-06 §5.4.1.3",
  ),
  Agent: forged(
    "A franking agent that is not the room's hub.",
    "Somebody else franks; reports go to a hub that knows nothing of them.",
    "protocol-06 §5.4.1.3",
  ),
  Suite: forged(
    "A frank that names another cipher suite.",
    "The signature is verified by another algorithm than the key is for.",
    "protocol-06 §5.4.1.3",
  ),
  Inside: forged(
    "Content that says something else than what is so outside of it.",
    "A sender gets a frank in somebody else's name, and reports blame the wrong one.",
    "protocol-06 §5.4.1.3",
  ),
  Frank: forged(
    "A server_frank that the hub did not make for this message at this time.",
    "Users are blamed for what they never wrote.",
    "protocol-06 §5.9",
  ),
  Pseudonym: forged(
    "A pseudonym that is none, or that does not belong to who is behind it.",
    "The hub learns who somebody is, or a provider's pseudonym stands for another provider's client.",
    "protocol-06 §6.1",
  ),
  PartialContext: forged(
    "A partial_context_hash of another sender or nonce.",
    "A sender shows receivers and members two senders of one message.",
    "semiprivatemessage-07 §4",
  ),
  ContentHash: forged(
    "A framed_content_tbs_hash of other content.",
    "A sender tells the hub another change than the members.",
    "semiprivatemessage-07 §4",
  ),
  Padding: {
    kind: "encoding",
    description: "Padding that is not zero.",
    effect: "What nobody looks at carries what somebody wants to hide.",
    draft: "RFC 9420 §6.3.1",
  },
  Receiver: forged(
    "A message that is not for this receiver.",
    "A receiver takes another's entry for its own.",
    "semiprivatemessage-07 §4.3",
  ),
  Sender: {
    kind: "protocol",
    description: "A member's own message.",
    effect: "A member's own key is used up by what comes back to it.",
    draft: "RFC 9420 §6.3",
  },
  Presence: forged(
    "It says about the tree what is not so.",
    "The GroupInfo that is put together is not the one that was signed.",
    "ratchet-tree-options-03 §4",
  ),
  TreeInside: {
    kind: "protocol",
    description: "The tree among the extensions of a PartialGroupInfo.",
    effect: "The tree is there twice, or at a place that the committer did not sign.",
    draft: "ratchet-tree-options-03 §4",
  },
  Unsupported: {
    kind: "negotiation",
    description: "A client that lacks what the group requires, or what its own leaf uses.",
    effect: "It is added and cannot follow: its user loses the room.",
    draft: "mls-extensions §5",
  },
  Elsewhere: {
    kind: "negotiation",
    description: "What is required, in another place than where clients look for it.",
    effect: "Some clients find it and others do not: they disagree on whether a commit is valid.",
    draft: "mls-extensions §5",
  },
  Lifetime: {
    kind: "time",
    description: "A KeyPackage outside of its lifetime.",
    effect: "Keys are used that their owner has deleted, or that an attacker has had time to find.",
    draft: "RFC 9420 §7.3",
  },
  Reused: {
    kind: "cryptography",
    description: "A key that serves two purposes.",
    effect: "Who learns one secret learns another one.",
    draft: "RFC 9420 §10.1",
  },
  Source: {
    kind: "protocol",
    description: "A leaf that was made for another place.",
    effect: "A member's leaf of one group is put into another one.",
    draft: "RFC 9420 §7.3",
  },
  Order: {
    kind: "encoding",
    description: "Components out of order.",
    effect: "One dictionary has two encodings: hashes over it differ.",
    draft: "mls-extensions §4.6",
  },
  Twice: {
    kind: "encoding",
    description: "Two of what there may be one of.",
    effect: "Some look at the first and others at the last.",
    draft: "RFC 9420 §13.4",
  },
  Refused: {
    kind: "component",
    description: "Data that its component calls invalid.",
    effect: "Members who have the component's rules and those who do not come to different groups.",
    draft: "mls-extensions §4.7",
  },
  UnknownComponent: {
    kind: "component",
    description: "Data for a component that does not take it.",
    effect: "The group keeps or passes on what nobody has judged.",
    draft: "mls-extensions §4.7",
  },
  Dictionary: {
    kind: "component",
    description: "Components' data changed past the components.",
    effect: "A committer writes what the component's rules forbid.",
    draft: "mls-extensions §4.7",
  },
  List: {
    kind: "protocol",
    description: "Proposals that cannot stand in one commit, or not like this.",
    effect: "Members apply them in different ways, and part.",
    draft: "RFC 9420 §12.2",
  },
  NoPath: {
    kind: "forward secrecy",
    description: "A commit without the path that its proposals need.",
    effect: "Who has left still knows the secrets of the next epoch.",
    draft: "RFC 9420 §12.4",
  },
  Nonce: {
    kind: "encoding",
    description: "A psk_nonce of another length.",
    effect: "One key enters the key schedule in ways that can be told from outside.",
    draft: "RFC 9420 §12.1.4",
  },
  Framing: {
    kind: "protocol",
    description: "Content that this kind of message, or this kind of sender, does not have.",
    effect: "Somebody from outside does what only members may, or everybody reads what only members should.",
    draft: "RFC 9420 §6.1",
  },
  Path: {
    kind: "protocol",
    description: "A path that does not fit the tree.",
    effect: "Members arrive at different epochs, or at keys that nobody has.",
    draft: "RFC 9420 §7.6",
  },
  Tree: {
    kind: "authentication",
    description: "A ratchet tree that the group's members have not made.",
    effect: "A newcomer encrypts to keys of somebody who is no member.",
    draft: "RFC 9420 §12.4.3.1",
  },
};
