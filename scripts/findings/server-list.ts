// Gaps about what servers keep, in which order they send, what pending proposals come to, and whose clock counts.
import type { Finding } from "./finding.ts";
import * as stories from "./server-stories.ts";
import { andGoesOn, quiet } from "./trials.ts";

const d1 = "mimi://c.example/d/dora/ClientD1";
const yearQuarter = "skew(*, 8640000s)";

export const serverFindings: readonly Finding[] = [
  {
    name: "half-a-leave",
    title: "A user with two clients leaves by half",
    scenario: "S03",
    question: "What of a leave may an external commit take up, and what becomes of the rest?",
    today:
      "mls-extensions §6.3 lets an external commit carry SelfRemoves. A user's other clients have to go by Removes, and its entry in the list by an AppDataUpdate, which RFC 9420 §12.4.3.2 lets no external commit carry by reference; protocol-06 §5.6 hands them to the joiner all the same.",
    consequence:
      "The joiner carries the SelfRemove of one of Bob's clients. The other client stays in the group, and Bob in the list, though the hub has told him that he has left.",
    suggestion:
      "Say that a leave is one thing: a hub takes no external commit that carries a part of it, or makes the rest again as its own.",
    trial: quiet(stories.halfALeave, [andGoesOn], "room.externalCommit=acceptAndVoid"),
    property: "L02",
    compared: [["the hub refuses external commits that leave something behind (the model)"]],
  },
  {
    name: "proposals-that-block-each-other",
    title: "Two accepted proposals that no commit can have together",
    scenario: "S14",
    question: "May a hub accept a proposal that cannot be committed with one that it has accepted before?",
    today:
      "protocol-06 §5.3 judges each proposal by itself, and §3.5 wants everything that is pending in the next commit. RFC 9420 §12.2, protocol-06 §7.5 and §7.6 and room-policy-04 §3 and §4 forbid many pairs in one commit: two changes of one leaf, of one user, of one metadata.",
    consequence:
      "Bob leaves, and is banned before that is committed. Every commit with both is invalid, and the hub refuses every commit with one. By RFC 9420 §12.4 nobody who has seen the proposals may write, either: the room has stopped.",
    suggestion:
      "Let a hub accept a proposal only if one commit can have it with all that is pending, say which of two wins, and let pending proposals end.",
    trial: quiet(
      stories.leavesAndIsBanned,
      [andGoesOn],
      "room.pendingTogether=eachAlone",
      "policy.authorizationBase=epochContext",
    ),
    property: "L03",
    compared: [
      ["the hub accepts only what fits what is pending", "policy.authorizationBase=epochContext"],
      ["the hub also lets accepted proposals take effect at once (the model)"],
    ],
  },
  {
    name: "an-index-into-which-list",
    title: "Two clients count participants in different lists",
    scenario: "S13",
    question: "In which list does an index of a participant list update count, when a commit has several?",
    today:
      "protocol-06 §7.5 gives participants by their index in the current list. mls-extensions §4.7 applies the updates of a commit one after the other. Neither says whether the list that an earlier update has left is the current one.",
    consequence:
      "Bob and Cathy leave in one epoch, with an update each. Dora's client counts the second in the list that the first has left, takes it for somebody else's, arrives at another group, and can process nothing from there on.",
    suggestion: "Name users by their URIs, or say that every index counts in the list of the epoch.",
    trial: quiet(stories.twoLeave, [], `list.indices=afterUpdates@${d1}`),
    property: "L08",
    compared: [
      ["everybody counts in the list of the epoch (the model)"],
      ["a client counts after every removal", `list.indices=afterRemovals@${d1}`],
    ],
  },
  {
    name: "notify-overtakes-notify",
    title: "A message overtakes the commit that it belongs to",
    scenario: "S19",
    question: "How does a follower know that an event is missing before the one that it has got?",
    today:
      "protocol-06 §5.5 speaks of an ordered list of events, and lets the hub send the next notify without waiting for an answer to the one before. A FanoutMessage has a time and no place in the list. room-policy-04 §7 wants a commit to arrive before anything of its epoch.",
    consequence:
      "Alice renames the room and writes. Two requests are on their way at once, and the second arrives first: Bob's provider takes it and hands it on, and cannot know that it has a gap.",
    suggestion:
      "Number the events of a room for each follower, and give followers a way to ask for what is missing.",
    trial: quiet(
      stories.renamesAndWrites,
      ["reorder(100%, constant(300ms), a.example>b.example)@167ms-168ms"],
      "hub.order=parallel",
    ),
    property: "I31",
    compared: [["the hub waits for each answer (the model)"]],
  },
  {
    name: "a-standby-that-forgets-the-time",
    title: "After a failure one message has two times",
    scenario: "S24",
    question: "What of an accepted message has to survive the hub's failure?",
    today:
      "protocol-06 §5.4 gives the sender the accepted time and the frank; §5.5 says in a sentence that a hub may fail and go on, and that own messages may come back then. It does not say that time and frank are part of what must be left.",
    consequence:
      "The hub stops when one follower has Alice's message. It goes on with the message alone, gives it the time at which it is sent, and cannot frank it, as it does not know who had sent it. Cathy has another time than Bob, and cannot report it.",
    suggestion:
      "Say that the accepted time, the frank and the sender belong to the record of an accepted message, and are written down before the answer.",
    trial: quiet(
      stories.stopsBetween,
      ["loss(100%, a.example>c.example)@291ms-292ms", "crash(a.example)@350ms-600ms"],
      "hub.times=madeAgain",
      "franking.unfranked=flag",
    ),
    property: "I34",
    compared: [
      ["clients refuse what has no frank", "hub.times=madeAgain"],
      ["times and franks are written down (the model)"],
    ],
  },
  {
    name: "a-hub-that-goes-back",
    title: "A hub goes back to a replica, and its room is ahead of it",
    scenario: "S25",
    question: "How does a hub learn that it has accepted more than it remembers?",
    today:
      "protocol-06 §5.3 makes the hub's answer the last word on which commit ends an epoch. No draft has a message by which a follower or a client could show a hub a commit that it had accepted.",
    consequence:
      "Alice's commit is accepted and has gone out. The hub is lost, and its replica has nothing of it. Every client is an epoch ahead of its hub: what they send is refused, and they have no way back but to join anew.",
    suggestion:
      "Oblige hubs to replicate before they answer, and let members hand an accepted commit back to a hub that lacks it.",
    trial: quiet(stories.renamesTwice, ["failover(a.example)@280ms-400ms"]),
    property: "I02",
    compared: [],
  },
  {
    name: "a-clock-that-is-set-back",
    title: "An answer is older than its question",
    scenario: "S57",
    question: "May accepted times go back?",
    today:
      "protocol-06 §5.4 has the hub give each message a time, and content-09 §5.11 orders messages by it. No draft bounds how wrong it may be, or keeps it from going back. By content-09 §9.1 clients discard what lies far in the future.",
    consequence:
      "Alice asks, the hub's clock is set back, and Bob answers. Every client shows the answer above the question.",
    suggestion:
      "Say that the times of a room never decrease, and make what is far in the future a warning instead of a loss.",
    trial: quiet(stories.asksAndAnswers, ["skew(a.example, -3600s)@350ms-"], "hub.clock=wall"),
    property: "I33",
    compared: [["the hub gives no earlier time than before (the model)"]],
  },
  {
    name: "a-201-that-promises-nothing",
    title: "What a follower has acknowledged is lost with it",
    question: "What does a follower's 201 promise?",
    today:
      "protocol-06 §5.5 has the hub retry until it has a 201. It does not say what the follower has to have done by then.",
    consequence:
      "Bob's provider answers 201 and keeps the message for Bob, who is away, in its memory. It stops and starts again. The hub has done its part, and nobody can deliver the message.",
    suggestion:
      "Say that a 201 is given when the event is stored, as the hub's own success is a promise of distribution.",
    trial: quiet(stories.awayMeanwhile, [], "follower.acknowledges=received"),
    property: "L01",
    compared: [["the follower writes down what it acknowledges (the model)"]],
  },
  {
    name: "removed-while-the-provider-was-down",
    title: "Who is removed while its provider is down is never told",
    question: "For how long does a hub retry, and what happens after?",
    today:
      "protocol-06 §5.5 asks a hub to retry an unanswered notify, and says neither for how long nor what sets it going again.",
    consequence:
      "Bob's provider is down for an hour when Bob is removed. The hub gives up after some minutes and waits for the next event to send. There is none: Bob's provider has no participant any more. Bob's client believes that it is in the room.",
    suggestion:
      "Give followers a way to ask a hub whether anything waits for them, to be used when they come back.",
    trial: quiet(stories.removedMeanwhile, ["crash(b.example)@150ms-3600s"]),
    property: "L07",
    compared: [],
  },
  {
    name: "an-expired-leaf-locks-the-door",
    title: "One expired leaf keeps everybody else out",
    question: "Does a leaf's lifetime matter after the leaf has been added?",
    today:
      "RFC 9420 §7.3 recommends that a joiner verify the lifetimes of all leaves in the tree. protocol-06 §5.3 has the hub accept the commit that adds it, and nobody removes a client because its leaf has expired; the leaf update times of room-policy-04 §7 are optional.",
    consequence:
      "Bob's client has said nothing for a hundred days. Alice adds Cathy, the hub accepts it, and Cathy's client refuses the Welcome: she is in the list and in the group, and cannot know it. Nobody can join that room any more, by whatever way.",
    suggestion:
      "Say that lifetimes are looked at when a leaf is added, by the hub's clock, or oblige hubs to remove expired leaves before they let anybody in.",
    trial: quiet(stories.addedLate, [`${yearQuarter}@200ms-`]),
    property: "L08",
    compared: [
      ["joiners tolerate expired members", "client.expiredLeaves=tolerated"],
      ["clients leave lifetimes to the hub", "client.expiredLeaves=hubDecides"],
    ],
  },
  {
    name: "an-addition-that-expires",
    title: "A client that was away refuses an addition that was in time",
    scenario: "S36",
    question: "By whose clock, and when, is the lifetime of a KeyPackage looked at?",
    today:
      "By RFC 9420 §7.3 receivers should verify that the current time is within the lifetime of every leaf that is added. protocol-06 §5.2 has the target's provider look at it when it gives the KeyPackage out.",
    consequence:
      "Dora is added with a fresh KeyPackage while Cathy is away. Cathy comes back after it has expired, refuses the commit that everybody else has taken, and can process nothing that follows.",
    suggestion: "Let the hub's accepted time of the commit decide, which comes with every FanoutMessage.",
    trial: quiet(stories.awayForLong, [`${yearQuarter}@1s-`]),
    property: "I12",
    compared: [
      ["clients tolerate expired members only", "client.expiredLeaves=tolerated"],
      ["clients leave lifetimes to the hub", "client.expiredLeaves=hubDecides"],
    ],
  },
  {
    name: "a-message-in-anothers-name",
    title: "A provider submits in the name of another provider's user",
    scenario: "S44",
    question: "Whom may a provider name as the sender of a message that it submits?",
    today:
      "protocol-06 §5.4 has the submitting provider name the sender, and asks that the sender be a participant. No text asks the hub to look at whose user it is.",
    consequence:
      "Bob's provider submits his message with Alice named as its sender. The hub accepts it and franks it in Alice's name. Alice's client finds another sender inside, and refuses it: the message is lost with the hub's acceptance, and a frank that names Alice is in the hands of Bob's provider.",
    suggestion: "Let the hub refuse a sender that is no user of the provider that submits.",
    trial: quiet(
      stories.bobWrites,
      [],
      "follower-names-another-sender@b.example",
      "hub.senderDomain=unchecked",
    ),
    property: "L01",
    compared: [
      ["the hub refuses senders of other providers (the model)", "follower-names-another-sender@b.example"],
    ],
  },
];
