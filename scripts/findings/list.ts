// The gaps of the drafts that runs show, one entry a page.
import { adversaryFindings } from "./adversary-list.ts";
import { evidenceFindings } from "./evidence-list.ts";
import type { Finding } from "./finding.ts";
import { serverFindings } from "./server-list.ts";
import * as stories from "./stories.ts";
import { andGoesOn, quiet, scenarioNamed } from "./trials.ts";
import { unsaidFindings } from "./unsaid-list.ts";

const roomFindings: readonly Finding[] = [
  {
    name: "a-leave-voided-by-a-join",
    title: "An accepted leave is voided by an external commit",
    scenario: "S01",
    question:
      "What becomes of a leave that the hub has accepted, when an external commit begins the next epoch?",
    today:
      "protocol-06 §3.5 promises that a leaver is removed by the next commit. By §5.5 an external commit voids what is pending, and the hub makes only its own proposals again. RFC 9420 §12.4.3.2 lets an external commit take up no Remove by reference.",
    consequence:
      "Bob has the hub's word that he has left, and closes his client. The next epoch lists him and encrypts to him, for as long as nobody removes him.",
    suggestion:
      "Let the hub refuse an external commit while something is pending that it cannot take up, with a code that says so; or let the hub hold a role in which it makes an accepted leave again as its own Removes.",
    trial: quiet(stories.leaveMeetsJoin("remove"), [], "room.externalCommit=acceptAndVoid"),
    property: "I10",
    compared: [
      ["the hub refuses external commits that leave something behind (the model)"],
      ["the hub refuses external commits while anything is pending", "room.externalCommit=refuseAll"],
    ],
  },
  {
    name: "a-self-remove-that-comes-too-late",
    title: "A SelfRemove comes between the GroupInfo and the external commit",
    scenario: "S02",
    question:
      "May the hub take an external commit that lacks a SelfRemove accepted after its GroupInfo was given out?",
    today:
      "mls-extensions §6.3 has the joiner include the SelfRemoves that it was given with the GroupInfo. protocol-06 §3.5 wants everything that is pending to be in the next commit. Nothing says which one counts for a SelfRemove that the joiner cannot know.",
    consequence:
      "Taken by the first text alone, the join undoes the leave; by the second, the joiner has to begin again.",
    suggestion:
      "Let the hub refuse it with a code of its own, and give the missing proposals along, so that the joiner needs no second GroupInfo.",
    trial: quiet(stories.leaveMeetsJoin("selfRemove"), [], "room.externalCommit=acceptAndVoid"),
    property: "I10",
    compared: [["the hub refuses external commits that leave something behind (the model)"]],
  },
  {
    name: "the-last-two-cannot-leave",
    title: "When everybody leaves, nobody can",
    scenario: "S04",
    question: "Who ends a group all of whose members are leaving?",
    today:
      "protocol-06 §3.5 forbids the leaver to commit its own removal, and has somebody else do it. RFC 9420 knows no group without members. room-policy-04 §5 ends a temporary room when its last client goes, and nothing says how it can go.",
    consequence:
      "The hub has accepted both leaves, each waits for the other's commit, and the room stays for ever.",
    suggestion:
      "Let the hub close the group as soon as all its members have left with its word, and say so to their clients.",
    trial: quiet(stories.bothLeave, [andGoesOn], "room.allLeaving=stall"),
    property: "L02",
    compared: [["the hub closes the group (the model)"]],
  },
  {
    name: "a-lost-answer-strands-the-committer",
    title: "A committer that loses the hub's answer is stranded",
    scenario: "S08",
    question: "How does a client learn that its commit was accepted, when the answer is lost?",
    today:
      "protocol-06 §5.3 answers a repeated commit like any other: its epoch is over by then, so wrongEpoch. §5.5 expects no notify for the provider that a commit came from. The figures of §3 show one.",
    consequence:
      "Bob's client takes its own commit for a lost race and drops it. It can process nothing that follows, and the hub refuses what it sends.",
    suggestion:
      "Give one of two: the hub answers a commit that it has accepted with success again, recognised by its octets; or every accepted event goes to all providers, the sender's among them.",
    trial: quiet(
      stories.oneCommit,
      ["loss(100%, a.example>b.example, answers)@170ms-230ms"],
      "hub.repeatedRequest=judgedAnew",
      "hub.notifiesSender=no",
    ),
    property: "L08",
    compared: [
      ["the same request gets the same answer", "hub.notifiesSender=no"],
      ["the sender's provider is notified, too", "hub.repeatedRequest=judgedAnew"],
      ["both (the model)"],
    ],
  },
  {
    name: "a-client-that-drops-what-the-hub-accepts",
    title: "A client that drops a forbidden commit leaves the room for good",
    scenario: "S18",
    question:
      "What does a client do with a commit that the hub has accepted and that it holds to be forbidden?",
    today:
      "arch-03 §4.4 lets everybody drop what the policy does not allow, as everybody else drops it, too. By protocol-06 §5.3 the hub has put the commit in order, and takes nothing of the epoch before any more.",
    consequence:
      "Hub and clients read one sentence of room-policy-04 §8.1.3 in two ways. The clients that drop the commit hear nothing any more, and have no way back but an external join.",
    suggestion:
      "Say that clients follow what the hub has ordered and raise an alarm, or give them a message by which they refuse, and a rule by which the hub goes back.",
    trial: quiet(stories.banned, [], "policy.unban=literal@a.example", "client.forbiddenCommit=strand"),
    property: "L08",
    compared: [
      ["clients follow the hub and raise an alarm (the model)", "policy.unban=literal@a.example"],
      ["hub and clients read it alike"],
    ],
  },
  {
    name: "devices-beside-the-sender",
    title: "The sender's other devices never get the message",
    scenario: "S27",
    question: "Is the provider that a message came from notified of it?",
    today:
      "protocol-06 §5.5 does not expect it to be; the figures of §3.4 to §3.6 show that it is. The text leaves the sender's provider to deliver from what it has forwarded and the answer that it got, and does not say that it has to.",
    consequence:
      "Bob writes on his laptop, and his phone never shows it, nor does anybody else's client at his provider.",
    suggestion:
      "Say that every accepted event goes to every provider with participants, the sender's among them.",
    trial: quiet(stories.siblings, [], "hub.notifiesSender=no"),
    property: "L01",
    compared: [["the sender's provider is notified (the model)"]],
  },
  {
    name: "consent-taken-back-too-late",
    title: "Consent that is taken back after the claim has no effect",
    scenario: "S33",
    question: "Is a user's consent needed when its key material is used, or only when it is handed out?",
    today:
      "protocol-06 §5.2 asks for consent when KeyPackages are claimed. Neither hub nor target provider looks at it again when the commit or the Welcome comes.",
    consequence: "Bob takes his consent back, and Alice adds him all the same.",
    suggestion:
      "Let the hub ask, or let claims carry a proof of consent with an end; a target provider that withholds the Welcome leaves a participant that knows nothing of it.",
    trial: quiet(scenarioNamed("consent-revoked"), [], "introduction.consentAt=claim"),
    property: "I23",
    compared: [["the target's provider withholds the Welcome (the model)"]],
  },
  {
    name: "one-bit-splits-the-room",
    title: "A follower splits a room by flipping one bit",
    scenario: "S40",
    question: "What protects a handshake between its client and the hub?",
    today:
      "protocol-06 §5.3 has the hub verify the signature of a PublicMessage. RFC 9420 §6.2 lets only members verify its membership tag, which the signature does not cover. No draft says what happens when the hub accepts what no member can.",
    consequence:
      "Bob's provider, which is no member and has no key, flips a bit of the tag. The hub accepts the commit, everybody else refuses it, and the hub has gone on to the next epoch.",
    suggestion:
      "Have the committer sign the whole update for the hub with its leaf's key, and define how a room goes back when its members cannot process what the hub has accepted.",
    trial: quiet(stories.oneCommit, [], "follower-breaks-update@b.example"),
    property: "L08",
    compared: [["Bob's provider is honest"]],
  },
  {
    name: "franks-that-fit-another-message",
    title: "A frank fits every message of its sender",
    scenario: "S42",
    question: "What binds a frank to its message, for a receiver?",
    today:
      "By protocol-06 §5.4.1.2 the hub's signature covers server_frank, suite, sender, room and time. The franking tag is only under the hub's own MAC, which receivers cannot verify.",
    consequence:
      "Bob's provider gives Alice's second message the frank and the time of the first. Bob's client accepts it, shows it at the wrong time, and the hub refuses his report of it.",
    suggestion: "Put the franking tag into what the hub signs.",
    trial: quiet(stories.twoMessages, [], "follower-re-pairs-franks@b.example"),
    property: "I37",
    compared: [
      [
        "the signature covers the tag: Bob's client refuses the message",
        "follower-re-pairs-franks@b.example",
        "franking.integrity=tag",
      ],
      ["Bob's provider is honest"],
    ],
  },
  {
    name: "removed-next-door",
    title: "A hub cannot keep messages from one user of a provider",
    scenario: "S48",
    question: "How does a hub keep messages from a removed user whose provider serves other participants?",
    today:
      "protocol-06 §5.3 obliges the hub to keep them from the user's clients as soon as it has accepted the removal. By §5.5 it notifies providers, and a notify does not say for which users it is.",
    consequence:
      "The hub has accepted that Dora leaves. Until somebody commits it, her client is in the group, and her provider, which is Bob's, hands her every message that it gets for Bob.",
    suggestion:
      "Name in a FanoutMessage whom it is for, or is not for, in handles that mean something to that provider alone.",
    trial: quiet(stories.leaverNextDoor, []),
    property: "I26",
    compared: [],
  },
  {
    name: "two-rooms-for-two",
    title: "Two hubs create the one room for two people",
    scenario: "S58",
    question: "Which of two rooms with fixed membership and the same users is the one?",
    today:
      "room-policy-04 §5 allows only one fixed-membership room for a set of participants. No hub knows what others host, and no message asks.",
    consequence: "Alice and Bob each begin the conversation at their own provider, and both rooms are valid.",
    suggestion:
      "Give a rule by which one of them gives way, such as the lower room URI, and a way to send its users over.",
    trial: quiet(stories.twice, []),
    property: "I16",
    compared: [],
  },
  {
    name: "nobody-hears-of-the-end",
    title: "No message says that a room was destroyed",
    scenario: "S61",
    question: "How do providers and clients learn that a room was destroyed?",
    today:
      "room-policy-04 §8.6 has a capability to destroy a room. No draft has a message for it, neither to the hub nor from it, and none says what becomes of events that were accepted before.",
    consequence:
      "Every client but the one that asked goes on as if the room were there, until something is refused to it.",
    suggestion: "Define a fan-out event for the end of a room, and which events still go out before it.",
    trial: quiet(stories.destroyed, []),
    property: "L13",
    compared: [],
  },
  {
    name: "a-ban-lifted-by-a-role-change",
    title: "A ban can be lifted without canUnban",
    scenario: "S63",
    question: "Does canChangeUserRole cover moving a user out of the banned role?",
    today:
      "room-policy-04 §8.1.3 says what canUnban needs and does, and does not take the same move away from canChangeUserRole. In the examples of appendix A admins have role changes that start from the banned role.",
    consequence: "An admin who may not lift bans gives Bob an ordinary role, and Bob is back.",
    suggestion:
      "Say that whoever moves a user out of the banned role, or removes one from it, needs canUnban.",
    trial: quiet(stories.banned, [], "policy.unban=literal"),
    property: "I18",
    compared: [["only canUnban leads out of the banned role (the model)"]],
  },
];

/** In the order of the list that the project began with; what is new comes last. */
export const findings: readonly Finding[] = [
  ...roomFindings,
  ...serverFindings,
  ...evidenceFindings,
  ...adversaryFindings,
  ...unsaidFindings,
].toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : placeOf(a) > placeOf(b) ? 1 : 0));

function placeOf({ scenario, name }: Finding): string {
  return scenario ?? `new ${name}`;
}

/** Gaps of the list that have no page yet, and why. */
export const withoutPage: readonly (readonly [scenario: string, because: string])[] = [
  [
    "S05",
    "a ban that is pending: the hub's own ban is proposed again after an external commit (scenario hub-ban), and clients of the model ban by commits; what becomes of others' proposals is S01",
  ],
  ["S12", "two changes of one leaf are what the run of S14 fails on"],
  [
    "S17",
    "does not show: the hub of the model unlists the follower itself, in the epoch after; the gap is that no text says whose part that is, and the policy.contextExtensions question has it",
  ],
  ["S38", "one provider with several domains: the model has one domain for each provider"],
  [
    "S59",
    "does not show: policy.fixedEntry=literal lets such a room be created, and the hub still refuses every entry, as the list is fixed",
  ],
  [
    "S65",
    "does not show: by protocol-06 §5.4.1 a group's franking agent never changes, and a hub that has accepted a ReInit takes no message of the closed group any more: none is franked by another agent than its epoch's",
  ],
];
