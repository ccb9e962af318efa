// The gaps of the drafts that runs show, one entry a page.
import { parseFault } from "../../simulator/faults/index.ts";
import type { Scenario } from "../../simulator/scenario/index.ts";
import { scenarios } from "../../simulator/scenarios/index.ts";
import { type Trial, trialOf } from "../../simulator/search/index.ts";
import { parseChoice } from "../../simulator/variants/index.ts";
import type { Finding } from "./finding.ts";
import * as stories from "./stories.ts";

/** A fault that changes nothing here: with one, members commit what is pending when the story is over. */
const andGoesOn = "duplicate(1%, c.example>d.example)@0s-1s";

export const findings: readonly Finding[] = [
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

/** Gaps of the list that have no page yet, and why. */
export const withoutPage: readonly (readonly [scenario: string, because: string])[] = [
  [
    "S03",
    "a leave with its list change by reference in an external commit: the model's MLS refuses such a list",
  ],
  ["S05", "no client of the model bans by proposals; with a hub's ban the same as S01"],
  ["S12", "updates by proposal are no wish of the model's clients yet"],
  ["S13", "two readings of an index are a matter of one function; the model has one reading of it"],
  [
    "S14",
    "clients of the model propose nothing but leaving, and a hub's ban beside it is refused by another rule",
  ],
  ["S17", "the hub of the model unlists the follower itself: the gap is who has to, and no property breaks"],
  ["S19", "the model's hub sends one notify after the other; sending in parallel is no variant yet"],
  ["S24", "a restarted hub of the model keeps times and franks; forgetting them is no variant yet"],
  ["S25", "hubs of the model have no replica to go back to"],
  ["S31", "shown by the scenarios partial-key-material and exhausted-key-packages; no property breaks"],
  [
    "S32",
    "a claim that comes twice is shown by tests of the key material stock; no property counts what is left",
  ],
  [
    "S34",
    "a Welcome for a KeyPackage that did not pass the hub is refused; no client of the model makes one",
  ],
  ["S37", "all orders of grants and revocations are shown by tests of the ledger; no run reorders them yet"],
  ["S38", "one provider with several domains is not modelled"],
  ["S39", "shown by simulator/twins, which compares two runs; pages are made from one"],
  ["S41", "no adversary among the clients yet: it takes an MLS layer that builds wrong paths"],
  ["S43", "guessing senders is a computation outside of runs; tests of franking show it"],
  [
    "S44",
    "the receivers refuse the message, so that no property breaks but delivery; reports of random octets need an adversary at the hub's door",
  ],
  ["S49", "forks need a hub that keeps two groups"],
  ["S53", "no adversary among the clients yet"],
  ["S54", "needs two followers in collusion"],
  [
    "S55",
    "reports in others' names are refused by the model: abuse.reporterDomain=unchecked shows it without a property",
  ],
  ["S57", "clocks that step back: a fault of the simulator, and no page yet"],
  ["S59", "policy.fixedEntry=literal lets such a room be created; no story walks in yet"],
  ["S65", "the model's franking agent never changes within a group"],
  ["S66", "two readings of a kick: policy.kick; no property prefers one"],
  ["S67", "shown by the timeline vectors of content-09"],
  ["S69", "account deletion against a role's minimum: no story yet"],
];

function quiet(scenario: Scenario, faults: readonly string[], ...variants: readonly string[]): Trial {
  return trialOf(scenario, {
    latency: "constant(20ms)",
    faults: faults.map(parseFault),
    variants: variants.map(parseChoice),
  });
}

function scenarioNamed(name: string): Scenario {
  const found = scenarios.get(name);
  if (found === undefined) throw new Error(`there is no scenario ${name}`);
  return found;
}
