// Gaps that break no property: what goes over the wire, or is left when the run is over, shows them.

import { hex, utf8 } from "../../spec-model/bytes.ts";
import { consentAt, endOf, eventsOf, hostedBy, stockOf, updatesIn } from "./evidence.ts";
import * as stories from "./evidence-stories.ts";
import type { Finding } from "./finding.ts";
import { guessedSenders } from "./guessed-sender.ts";
import { quiet } from "./trials.ts";

export const evidenceFindings: readonly Finding[] = [
  {
    name: "no-word-for-used-up",
    title: "No answer says that the KeyPackages are used up",
    scenario: "S31",
    question: "What is a requester told when everybody consents and is compatible, and nothing is left?",
    today:
      "protocol-06 §5.2 has noCompatibleMaterial for clients whose KeyPackages do not fit the request, and partialSuccess where some clients have given one. Nothing is for clients that would fit and have none left.",
    consequence:
      "Bob has stored no KeyPackage. Alice is told that there is no compatible material, and takes it for a matter of versions: whether to try again later she cannot tell.",
    suggestion: "Add a code for clients that have nothing left at the moment.",
    trial: quiet(stories.asksOnce(0), []),
    evidence: {
      says: "The answer should tell a lack of KeyPackages from a lack of compatibility",
      find: (trial) => {
        const answer = eventsOf(trial).find(
          (event) =>
            event.type === "send" &&
            event.from === "b.example" &&
            event.summary?.startsWith("KeyMaterialResponse") === true,
        );
        if (answer?.type !== "send" || answer.summary?.includes("noCompatibleMaterial") !== true)
          return undefined;
        return `Bob, who supports all that Alice asks for, has stored nothing, and b.example answers with ${answer.summary}`;
      },
    },
    compared: [],
  },
  {
    name: "a-repeated-claim-takes-more",
    title: "A request for key material that arrives twice takes twice as much",
    scenario: "S32",
    question: "What does a KeyMaterialRequest get that has been answered before?",
    today:
      "protocol-06 §5.2 signs a request that has neither a time nor a nonce, and lets no KeyPackage be in two answers. A repetition, by a hub that had no answer or by whoever has seen the request, is as good as the first.",
    consequence:
      "Alice asks once. The request arrives three times, each copy takes a KeyPackage, and Bob's stock is empty.",
    suggestion:
      "Put a nonce and a time into what is signed, and let the same request have the same answer for a while.",
    trial: quiet(stories.asksOnce(3), ["duplicate(100%, 2, a.example>b.example)"]),
    evidence: {
      says: "One request should take one KeyPackage of each client",
      find: (trial) => {
        const left = stockOf(trial, "b.example");
        return left === undefined || left >= 2
          ? undefined
          : `Of three KeyPackages of Bob's, ${left} are left after one request`;
      },
    },
    compared: [["the same request gets the same answer", "introduction.claimReplay=sameAnswer"]],
  },
  {
    name: "a-closed-account-stays-in-its-rooms",
    title: "A user whose account is closed stays in its rooms",
    scenario: "S69",
    question: "How does a room learn that a user's account is gone?",
    today:
      "protocol-06 §5.2 has userDeleted as the answer to those who ask for key material. No message tells the hubs of the user's rooms, its clients may be gone before they could leave, and room-policy-04 §8.1 forbids a removal that would break a role's minimum.",
    consequence:
      "Bob's account is closed. He is in the list and his client in the group; Alice goes on encrypting to him, for ever.",
    suggestion:
      "Let a provider tell a hub that a user of its own is gone, and let the hub remove it whatever the minima are.",
    trial: quiet(stories.closesAccount, []),
    evidence: {
      says: "Who is no user any more should be no participant",
      find: (trial) => {
        const listed = hostedBy(trial, "a.example").find(({ participants }) =>
          participants.some((each) => each.startsWith("mimi://b.example/u/bob ")),
        );
        return listed === undefined
          ? undefined
          : `When all is over, mimi://b.example/u/bob is a participant of ${listed.room}, and its client is in the group`;
      },
    },
    compared: [],
  },
  {
    name: "a-telephone-number-for-everybody-on-the-way",
    title: "A telephone number goes in clear through both providers",
    question: "Who learns which identifier a user looks for?",
    today:
      "protocol-06 §5.8 has the query's values in clear between the providers, and the asking user's provider passes them on. The requirements for user discovery keep a discovery provider from learning both who looks and whom for (R6); the protocol's own query is outside of them.",
    consequence:
      "Alice looks for a number. Her provider and Bob's both learn that she does, whether anybody has the number or not.",
    suggestion:
      "Say what identifierQuery is not for, or have the identifier blinded as the discovery requirements have it.",
    trial: quiet(stories.looksForNumber, []),
    evidence: {
      says: "Only the user that looks should know what it looks for",
      find: (trial) => {
        const number = hex(utf8(stories.number));
        const carriers = eventsOf(trial).flatMap((event) =>
          event.type === "send" && event.body?.includes(number) === true
            ? [`${event.from} to ${event.to}`]
            : [],
        );
        return carriers.length < 2
          ? undefined
          : `The number is readable in what goes from ${carriers.join(", and from ")}`;
      },
    },
    compared: [],
  },
  {
    name: "the-length-of-a-hidden-name",
    title: "In a minimal-metadata room the length of a name shows",
    question: "What does a hub learn from the size of an encrypted identity?",
    today:
      "protocol-06 §6.1 hides who a pseudonym is in an encrypted link. Nothing pads it, and the user's URI inside is as long as it is.",
    consequence:
      "Everybody on the way sees how long Bob's name is. At a provider with few users in the room, or for a name of uncommon length, that is the name.",
    suggestion: "Pad identity links to a few fixed lengths.",
    trial: quiet(stories.maskedWith("Bob"), []),
    evidence: {
      says: "Two rooms that differ in a hidden name should look the same to the hub",
      find: (trial) => {
        const [short, long] = ["Bob", "Bartholomew"].map((name) =>
          updatesIn({ ...trial, scenario: stories.maskedWith(name) }),
        );
        const differing = short?.findIndex((size, i) => size !== long?.[i]) ?? -1;
        if (differing === -1) return undefined;
        return `The message that adds the user has ${short?.[differing]} octets for a user named bob, and ${long?.[differing]} for one named bartholomew`;
      },
    },
    compared: [],
  },
  {
    name: "consent-that-comes-out-of-order",
    title: "A revocation is overtaken by the grant before it",
    scenario: "S37",
    question: "Which of two decisions on consent is the later one, for the provider that is told?",
    today:
      "protocol-06 §5.7 conveys grants and revocations as requests of their own, with neither a number nor a time, and §8 lets decisions for one room and for any room stand side by side.",
    consequence:
      "Bob grants, and takes it back. The requests change places, and Alice's provider believes that he has consented: Alice is told so, and her claims are refused.",
    suggestion: "Put a time or a number into a consent entry, and say that the highest counts.",
    trial: quiet(
      stories.grantsAndRevokes,
      ["reorder(100%, constant(300ms), b.example>a.example)@81ms-83ms"],
      "introduction.tellsRevocations=true",
    ),
    evidence: {
      says: "Both providers should end with the user's last decision",
      find: (trial) => {
        const known = consentAt(trial, "a.example");
        return known === "granted"
          ? "Bob has revoked his consent, and a.example ends with it granted"
          : undefined;
      },
    },
    compared: [],
  },
  {
    name: "refusals-that-tell-who-is-there",
    title: "A refusal tells whether a user exists",
    scenario: "S39",
    question: "What may a requester without consent learn from a refusal?",
    today:
      "protocol-06 §5.2 has userUnknown, userDeleted, noConsent, noConsentForThisRoom and codes about compatibility, each fit for one situation, and gives no order in which a provider looks. It allows a provider to be silent, and asks none to be.",
    consequence:
      "Alice asks for two users who know nothing of her. From the codes she learns which of them exists.",
    suggestion:
      "Have consent looked at first, and one answer for all who are refused without it, the users that do not exist among them.",
    trial: quiet(stories.asksForTwo, [], "introduction.refusals=detailed"),
    evidence: {
      says: "Who has no consent should get the same answer whether the user exists or not",
      find: (trial) => {
        const answers = eventsOf(trial).flatMap((event) =>
          event.type === "send" &&
          event.from === "b.example" &&
          event.summary?.startsWith("KeyMaterialResponse")
            ? [event.summary.replace("KeyMaterialResponse ", "")]
            : [],
        );
        return answers[0] === answers[1]
          ? undefined
          : `The answer is ${answers[0]} for Bob, and ${answers[1]} for nobody`;
      },
    },
    compared: [["the answers are the same (the model)"]],
  },
  {
    name: "the-frank-names-the-sender",
    title: "A frank tells a follower who has written a message",
    scenario: "S43",
    question: "Who can find out whose name is in a frank?",
    today:
      "By protocol-06 §5.4.1.2 the hub's signature covers the sender's URI, which is not fanned out, so that followers do not learn it. Everything else under the signature comes with the notify, and the key to verify it is in the GroupContext.",
    consequence:
      "Bob's provider cannot read the message. It tries the users it knows of until the signature fits, thousands in a second, and finds Alice.",
    suggestion:
      "Sign a sender that is blinded by a key from the message's salt, which receivers have and followers have not.",
    trial: quiet(stories.bobReports, []),
    evidence: {
      says: "A follower should not learn from a frank who has sent a message",
      find: (trial) => {
        const [sender] = guessedSenders(trial, "a.example", "b.example");
        return sender === undefined
          ? undefined
          : `From the frank, the time, the room and the hub's public key b.example finds that the sender is ${sender}`;
      },
    },
    compared: [],
  },
  {
    name: "a-group-info-that-lets-nobody-in",
    title: "A damaged GroupInfo keeps everybody out, and nobody inside notices",
    question: "Who verifies the GroupInfo that comes with a commit?",
    today:
      "protocol-06 §5.3 has the committer send it along for those who join later, and does not ask the hub to look at it. Members have no use for it and do not get it. It is not under the commit's signature.",
    consequence:
      "Bob's provider damages the GroupInfo of Bob's commit. The hub accepts the commit, every member goes on, and whoever would join refuses what the hub gives out, until another member commits.",
    suggestion:
      "Oblige the hub to verify the GroupInfo's signature, and that it is of the epoch that the commit begins, before it accepts the commit.",
    trial: quiet(
      stories.renamesAndIsJoined,
      [],
      "follower-breaks-group-info@b.example",
      "hub.groupInfo=unread",
    ),
    evidence: {
      says: "Who may join, and tries, should come in",
      find: (trial) => {
        const joiner = "mimi://a.example/d/alice/ClientA2";
        const refused = eventsOf(trial).find((event) => event.type === "noticed" && event.actor === joiner);
        return refused?.type === "noticed"
          ? `Alice's new device is outside when all is over; it has noticed: ${refused.error.text}`
          : undefined;
      },
    },
    compared: [
      ["the hub verifies it, and refuses the commit (the model)", "follower-breaks-group-info@b.example"],
    ],
  },
  {
    name: "a-report-in-anothers-name",
    title: "A provider reports abuse in another user's name",
    scenario: "S55",
    question: "What shows that a report is the reporting user's?",
    today:
      "protocol-06 §5.9 has the report name its reporter, and nothing in it is signed by that user. No text asks the hub to compare the reporter with the provider that the report comes from.",
    consequence:
      "Bob reports Alice. His provider puts Alice's name on the report, and the hub counts her as having reported herself.",
    suggestion:
      "Let the reporting client sign the report with its leaf's key, or let the hub take reporters only from their own provider.",
    trial: quiet(
      stories.bobReports,
      [],
      "follower-reports-in-anothers-name@b.example",
      "abuse.reporterDomain=unchecked",
    ),
    evidence: {
      says: "A report should be counted for who has made it",
      find: (trial) => {
        const counted = endOf(trial, "a.example").reports?.flatMap((each) => each.counted) ?? [];
        const counterfeit = counted.find(({ reporter }) => reporter === "mimi://a.example/u/alice");
        return counterfeit === undefined
          ? undefined
          : `Only Bob has reported, and a.example has a report of ${counterfeit.reporter} about ${counterfeit.alleged}`;
      },
    },
    compared: [["the hub compares (the model)", "follower-reports-in-anothers-name@b.example"]],
  },
];
