/** What the flags of the state vectors stand for. */
import type { Note } from "../../format/case.ts";

const state = (description: string, effect: string, draft: string): Note => ({
  kind: "state",
  description,
  effect,
  draft,
});
const apart = "Members come to different states, and to different GroupContexts: the group falls apart.";

export const stateNotes: Readonly<Record<string, Note>> = {
  Valid: {
    kind: "valid",
    description: "What every implementation changes, decides, hands out or finds.",
    effect: "Implementations that differ here come to different states, or serve their users differently.",
    draft: "protocol-06 §7",
  },
  Contents: state(
    "Data of a component that it cannot have.",
    "Nobody can follow the policy, or everybody follows another part of it.",
    "room-policy-04 §3",
  ),
  Unknown: state("A component that is not known, or not there.", apart, "mls-extensions §4.7"),
  Remove: state("A removal that is not alone.", apart, "mls-extensions §4.7"),
  Order: state(
    "A dictionary that is not sorted, or has a component twice.",
    "One state has two encodings.",
    "mls-extensions §4.6",
  ),
  Malformed: state("Octets that are not what they have to be.", apart, "RFC 9420 §2.1"),
  Index: state(
    "An index of nobody.",
    "Somebody else is removed, or memory is read that is not there.",
    "protocol-06 §7.5",
  ),
  Twice: state(
    "Something that one commit changes twice.",
    "What counts depends on the order of reading.",
    "protocol-06 §7.5",
  ),
  Listed: state("Something is added that is there already.", "A user has two roles.", "protocol-06 §7.5"),
  RoleZero: state(
    "The role that stands for not listed.",
    "A user is in the list and not in the room.",
    "room-policy-04 §3",
  ),
  Agent: state(
    "A franking agent where there is one.",
    "Franks that were given can no longer be verified.",
    "protocol-06 §5.4.1",
  ),
  Nothing: state(
    "A decision that nobody has made.",
    "Key material goes to whoever asks.",
    "protocol-06 §5.7",
  ),
  Revoked: state(
    "A consent that has been taken back.",
    "Users cannot get rid of whom they once let in.",
    "protocol-06 §5.7",
  ),
  Scope: state(
    "A consent of another scope.",
    "Consent for one room, or to one user, becomes consent for all.",
    "protocol-06 §8",
  ),
  Spent: state(
    "Key material that has been handed out, or was never there.",
    "Two groups know the same init key: what one of them learns the other can read.",
    "protocol-06 §5.2",
  ),
  Expired: state("Key material whose time is over.", "The user cannot be added with it.", "protocol-06 §5.2"),
  Incompatible: state(
    "Key material that does not fit.",
    "The user is added and cannot read.",
    "protocol-06 §5.2",
  ),
  NotFound: state(
    "A search that matches nothing that may be searched.",
    "Users are found who do not want to be, or by guessing.",
    "protocol-06 §5.8",
  ),
  NotAnswered: state(
    "A search that the provider does not answer.",
    "Whoever asks lists the provider's users.",
    "protocol-06 §5.8",
  ),
  Consent: state("Nobody has agreed.", "Users are added to rooms against their will.", "protocol-06 §5.2"),
};
