// Gaps that dishonest members, followers and hubs make use of: the drafts let nobody notice, or let nobody undo it.
import * as stories from "./adversary-stories.ts";
import type { Finding } from "./finding.ts";
import { quiet } from "./trials.ts";

const byBob = "@mimi://b.example/d/bob/ClientB1";

export const adversaryFindings: readonly Finding[] = [
  {
    name: "a-commit-that-shuts-members-out",
    title: "A member commits so that others cannot follow",
    scenario: "S41",
    question: "What becomes of a commit that the hub has accepted and that members cannot process?",
    today:
      "protocol-06 §5.3 has the hub decide which commit ends an epoch, and it has none of the secrets: of a path it sees public keys and ciphertexts (RFC 9420 §7.5), and of a confirmation tag that it is there. RFC 9420 §16.12 advises applications to have a way to report such commits; room-policy-04 §7.3 leaves it to later work.",
    consequence:
      "Bob encrypts garbage to one of the others. The hub accepts the commit, and so do all but that one, who hears nothing any more, and has no message to say so with.",
    suggestion:
      "Define a report by which members refuse a commit, and after which reports a hub goes back to the epoch before; let whoever is shut out join anew, whatever the role says of own clients.",
    trial: quiet(stories.renamesForThree, [], `client-shuts-members-out${byBob}`),
    property: "L08",
    compared: [
      ["a wrong confirmation tag: nobody can follow", `client-confirms-wrongly${byBob}`],
      ["Bob keeps to the protocol"],
    ],
  },
  {
    name: "a-door-that-leads-elsewhere",
    title: "A member gives newcomers a key that leads them away",
    question: "Who can tell whether the external_pub of a GroupInfo is the group's?",
    today:
      "RFC 9420 §12.4.3.2 derives the key for external commits from the epoch's secrets, and the committer signs it into the GroupInfo. By protocol-06 §5.3 the hub keeps the GroupInfo; it cannot compute the key, and members do not look at the GroupInfo at all.",
    consequence:
      "Bob signs the key of the epoch before. The hub accepts his commit, and then the one by which Alice's new device joins with that key. Every member refuses the join, and the hub has gone on with it: the room has one inhabitant. The way back that is left to those who are stranded, an external commit, is the one that has been spoilt.",
    suggestion:
      "Have members verify the GroupInfo that goes with a commit, which costs them a key derivation, and report one that is not of their epoch; have the hub go on only when a member of the epoch before has shown that it follows.",
    trial: quiet(stories.joinsAfterRename, [], `client-locks-the-door${byBob}`),
    property: "L08",
    compared: [["Bob keeps to the protocol"]],
  },
  {
    name: "a-hub-with-two-minds",
    title: "A hub shows two rooms to two providers",
    scenario: "S49",
    question: "How do members notice that the hub tells others of another commit than it tells them?",
    today:
      "protocol-06 §5.3 has the hub accept one commit of an epoch. Nothing that a client gets says what others have got; RFC 9420 §8.7 has an epoch authenticator to compare, and no draft has a place for it.",
    consequence:
      "The hub accepts Alice's commit and keeps it from Cathy's provider; then it accepts Cathy's commit for the same epoch, and tells only her provider. Each side goes on, and takes the other's silence for silence. Nobody can read what is not for them: it is a matter of who hears whom.",
    suggestion:
      "Put the epoch's confirmed transcript hash, or a part of it, into what goes from follower to hub and into franks, or have clients show the epoch authenticator for people to compare.",
    trial: quiet(stories.bothRename, [], "hub-forks@a.example"),
    property: "I01",
    compared: [["the hub is honest"]],
  },
  {
    name: "a-welcome-to-nowhere",
    title: "A new participant that cannot know it",
    scenario: "S53",
    question: "Who notices a Welcome that does not open?",
    today:
      "protocol-06 §5.3 has the Welcome come with the commit, and the hub hands it on by the KeyPackageRefs in it. That it names every client that is added no text asks; what is inside nobody can see but the one who is added, and for that one there is no message to say that it cannot come in.",
    consequence:
      "Bob adds Cathy with garbage for a Welcome. She is in the list and in the group, counts as active, and everybody encrypts to her; her client has refused the Welcome and knows of no room.",
    suggestion:
      "Oblige hubs to refuse a commit whose Welcome and Adds differ, and have a provider tell the hub when a client could not use a Welcome; let it then come in by an external commit, whatever its role says.",
    trial: quiet(stories.bobAddsCathy, [], `client-garbles-welcome${byBob}`),
    property: "L08",
    compared: [
      ["it leads to another group of Bob's", `client-welcomes-elsewhere${byBob}`],
      ["there is none: the hub of the model refuses the commit", `client-withholds-welcome${byBob}`],
      ["Bob keeps to the protocol"],
    ],
  },
  {
    name: "a-message-submitted-for-a-neighbour",
    title: "A provider has a message accepted that nobody will show",
    scenario: "S54",
    question: "What does a receiver do with a message whose frank names another sender than the message?",
    today:
      "protocol-06 §5.4 lets the submitting provider name the sender, and the hub cannot read who it is. By §5.4.1.3 a receiver verifies that frank and message name the same; what follows where they do not is not said, and the sender hears of its own frank only through that same provider.",
    consequence:
      "Bob's provider submits his message in the name of Dora, another of its users. The hub accepts it and franks it for Dora. Everybody's client finds Bob inside, whom the frank does not fit, and shows nothing. The message is spent: its key is used up, the hub has it as delivered, and Bob's provider has its word for it.",
    suggestion:
      "Have the sender sign what names it to the hub, with the key of its leaf, or say that receivers show such a message with a warning instead of dropping it.",
    trial: quiet(stories.bobBesideDora, [], "follower-names-a-neighbour@b.example"),
    property: "L01",
    compared: [
      [
        "receivers flag what has no good frank",
        "follower-names-a-neighbour@b.example",
        "franking.unfranked=flag",
      ],
      ["it names a user of another provider", "follower-names-another-sender@b.example"],
      ["Bob's provider is honest"],
    ],
  },
];
