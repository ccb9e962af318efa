/** What the flags of flows mean. */
import type { Note } from "../../format/case.ts";

const note = (kind: string, description: string, effect: string, draft: string): Note => ({
  kind,
  description,
  effect,
  draft,
});
const outOfStep = "The seat is out of step with the others in the run.";
const guess = "A receiver goes on with whatever it finds.";

export const flowNotes: Readonly<Record<string, Note>> = {
  Valid: note(
    "valid",
    "A run in which every message arrives once and in order.",
    outOfStep,
    "protocol-06 §5",
  ),
  BadLinks: note(
    "valid",
    "A run in which messages between providers are lost, repeated or reordered.",
    outOfStep,
    "protocol-06 §5.5",
  ),
  TrailingOctet: note("encoding", "An octet behind the message.", guess, "RFC 8446 §3"),
  Truncated: note("encoding", "The last octet is missing.", guess, "RFC 8446 §3"),
  From: note(
    "identity",
    "A request from or for another provider than it says.",
    "One provider acts for another.",
    "protocol-06 §4.1",
  ),
  Path: note(
    "routing",
    "A path that is no endpoint, or that of no room.",
    "A request is taken for another.",
    "protocol-06 §5.1",
  ),
  Hub: note(
    "identity",
    "Events of a room that do not come from its hub.",
    "Anybody can speak in a room.",
    "protocol-06 §5.5",
  ),
  Repeated: note(
    "replay",
    "A request or an event that comes a second time.",
    "What was accepted once is refused, or is done twice.",
    "protocol-06 §5.5",
  ),
  Stale: note("replay", "An update of an epoch that is over.", "The room forks.", "protocol-06 §5.3"),
  Signature: note(
    "signature",
    "A signature that does not fit what it is on.",
    "Anybody can act for a client.",
    "RFC 9420 §6.1",
  ),
  Group: note(
    "group",
    "A message that belongs to another group.",
    "What is said in one room is heard in another.",
    "RFC 9420 §6",
  ),
  Epoch: note(
    "group",
    "A message of an epoch that has not begun.",
    "Members disagree on the group's state.",
    "protocol-06 §5.3",
  ),
  Sender: note(
    "authorisation",
    "A message whose sender is not in the room.",
    "Strangers speak.",
    "protocol-06 §5.4",
  ),
  Type: note(
    "type",
    "A message of another kind than belongs in this place.",
    "The hub fans out what it cannot judge.",
    "protocol-06 §5.4",
  ),
  Tag: note(
    "signature",
    "A tag that only members can compute is another.",
    "Members follow a commit that others refuse.",
    "RFC 9420 §6.2",
  ),
  Ciphertext: note(
    "encryption",
    "Encrypted octets, or those that are authenticated with them, are others.",
    "Forged messages are shown.",
    "RFC 9420 §6.3",
  ),
  Frank: note(
    "franking",
    "A frank that does not fit its message.",
    "A message is shown that nobody can report.",
    "protocol-06 §5.4.1",
  ),
  Answer: note(
    "answer",
    "An answer that says otherwise than the client has hoped.",
    "A client goes on in a group that is not the room's.",
    "protocol-06 §3.1",
  ),
  Successor: note(
    "group",
    "A Welcome to a group that is not what a closed group goes on in.",
    "Whoever founds it takes people out of a room, or into another one.",
    "RFC 9420 §11.2",
  ),
  Order: note(
    "order",
    "A message comes before the commit that begins its epoch.",
    "A message is lost.",
    "protocol-06 §5.5",
  ),
};
