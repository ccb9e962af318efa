// What no text says: which rooms are of pseudonyms, where a gateway is, what a kick is for, how a group follows another.
import { fromHex, noBytes, textOf } from "../../spec-model/bytes.ts";
import * as adversaryStories from "./adversary-stories.ts";
import { eventsOf, hostedBy } from "./evidence.ts";
import * as evidenceStories from "./evidence-stories.ts";
import type { Finding } from "./finding.ts";
import { quiet } from "./trials.ts";
import * as stories from "./unsaid-stories.ts";

export const unsaidFindings: readonly Finding[] = [
  {
    name: "retracted-or-edited",
    title: "A message that is retracted and edited is both",
    scenario: "S67",
    question: "Which counts where a retraction and a later edit of one message have both been accepted?",
    today:
      "content-09 §5.5 replaces a message by another one, and §5.6 by an empty one. Both name the first instance, and the room's order (§5.11) puts one after the other. No sentence says that a retraction is the end, nor that what comes after it counts again.",
    consequence:
      "Alice takes Bob's message back while he corrects it, and the hub accepts both. For Alice's client it is gone; Bob's goes by what came last and shows it. One room, and two conversations.",
    suggestion: "Say that nothing comes after a retraction, or that the last version counts whatever it is.",
    trial: quiet(
      stories.retractedAndEdited,
      [],
      "timeline.afterRetraction=lastWins@mimi://b.example/d/bob/ClientB1",
    ),
    property: "I35",
    compared: [
      ["a retraction is the end for everybody (the model)"],
      ["the last version counts for everybody", "timeline.afterRetraction=lastWins"],
    ],
  },
  {
    name: "a-kick-that-keeps-nobody-out",
    title: "A kick keeps nobody out",
    scenario: "S66",
    question: "What is a user who has been kicked kept from?",
    today:
      "room-policy-04 §8.1.2 has a kick take clients out of the group and leave their user in the list. By protocol-06 §3.6 any client of a listed user comes in by an external commit, for which it takes canAddOwnClient alone, and by §5.6 the hub gives it the GroupInfo.",
    consequence:
      "Alice kicks Bob. His other device comes in the moment after, by itself, and he writes. Whoever wants him out has to remove or to ban him: a kick is worth one commit.",
    suggestion:
      "Say what a kick is for, and give a room a way to hold a kicked user's new clients back: for a time, or until somebody adds them.",
    trial: quiet(stories.kickedAndBack, []),
    evidence: {
      says: "Who has been kicked should not be back without anybody's leave",
      find: (trial) => {
        const [club] = hostedBy(trial, "a.example");
        const client = club?.clients.find((each) => each.endsWith("/ClientB2"));
        return client === undefined
          ? undefined
          : `Bob has been kicked, and in the end ${client} is in the group`;
      },
    },
    compared: [],
  },
  {
    name: "a-group-that-the-hub-never-gets",
    title: "No request takes the group that follows a ReInit to the hub",
    question:
      "How does the hub of a room get the group that follows a ReInit, and learn that it is the room's?",
    today:
      "protocol-06 §5.4.1 recommends a ReInit where the franking agent has to change. By RFC 9420 §11.2 any member of the closed group may create the next, with the group ID that the ReInit names. The update of protocol-06 §5.3 is about a group that the hub has; how a room and its first group come to the hub is between the creator and its own provider (§3.1).",
    consequence:
      "Alice ends the group and loses her connection. Bob would create the one that follows, and has no way to give it to the hub. At the hub the room has no group, and nobody can write in it until one of the hub's own users comes by.",
    suggestion:
      "Add a request to the hub with the first GroupInfo and tree of a room's next group, which any member of the closed one may make.",
    trial: quiet(stories.foundedFromAfar, []),
    evidence: {
      says: "A member of the closed group should be able to have the room go on",
      find: (trial) => {
        const [club] = hostedBy(trial, "a.example");
        return club?.state === "superseded"
          ? `Bob would found the next group, and when all is over ${club.room} is ${club.state} at its hub`
          : undefined;
      },
    },
    compared: [],
  },
  {
    name: "a-room-of-pseudonyms-that-nothing-marks",
    title: "Nothing marks a minimal-metadata room",
    question: "How does anybody tell that a room is a minimal-metadata room?",
    today:
      "protocol-06 §6.1 wants every leaf of such a room to hold a PseudonymousCredential, and no component and no field says which rooms are such. room-policy-04 §5 has pseudonyms_allowed, which allows pseudonyms and asks for none.",
    consequence:
      "Alice makes a room in which she is hidden from the hub. She adds Bob, whose client could be hidden and does not know that it should, and whom the hub has no reason to refuse. His name is in the list for the hub to see, and stands beside her pseudonym.",
    suggestion:
      "Give minimal-metadata rooms a component of the GroupContext, which a required_capabilities extension can demand, and let the hub refuse every other credential.",
    trial: quiet(
      evidenceStories.halfMasked,
      [],
      "client-comes-under-its-name@mimi://b.example/d/bob/ClientB1",
    ),
    evidence: {
      says: "In a room with pseudonyms the hub should see nobody's name",
      find: (trial) => {
        const [den] = hostedBy(trial, "a.example");
        const users = den?.participants.map((each) => each.split(" ")[0] ?? "") ?? [];
        const named = users.find((user) => user === "mimi://b.example/u/bob");
        const hidden = users.find((user) => user.includes("/p/"));
        return named === undefined || hidden === undefined
          ? undefined
          : `The hub has ${hidden} and ${named} in one list`;
      },
    },
    compared: [["Bob's client knows no pseudonyms: it cannot be added (RFC 9420 §7.3)"]],
  },
  {
    name: "a-gateway-that-no-directory-names",
    title: "No directory says where the hub's OHTTP gateway is",
    question: "To which URL does a relay pass on a request for the hub's gateway?",
    today:
      "protocol-06 §5.10.3 obliges hubs to have an OHTTP gateway. The directory of §5.1 has an entry for each endpoint, proxyDownload among them, and none for the gateway or for its key configuration, without which nobody can encrypt to it (RFC 9458 §3).",
    consequence:
      "Bob's client would download without being seen. Neither it nor its provider can find the gateway by the protocol; the model falls back to the well-known path of RFC 9540.",
    suggestion: "Add the gateway to the directory, and say that its key configuration is to be had there.",
    trial: quiet(evidenceStories.downloadsUnseen, []),
    evidence: {
      says: "Every endpoint that a provider has to have should be in its directory",
      find: (trial) => {
        const events = eventsOf(trial);
        const asked = events.find((event) => event.type === "send" && event.operation === "ohttp");
        const path = asked?.type === "send" ? asked.path : undefined;
        const directory = events
          .flatMap((event) =>
            event.type === "send" && event.kind === "response" && event.from === "a.example"
              ? [textOf(fromHex(event.body ?? "") ?? noBytes) ?? ""]
              : [],
          )
          .find((text) => text.includes("keyMaterial"));
        if (path === undefined || directory === undefined || directory.includes(path)) return undefined;
        const names = Object.keys(JSON.parse(directory) as object).join(", ");
        return `b.example sends a request to ${path}, and the directory of a.example has ${names}`;
      },
    },
    compared: [],
  },
  {
    name: "key-packages-that-came-with-consent",
    title: "KeyPackages that came with a grant of consent cannot be used",
    scenario: "S34",
    question: "May a client add another by a KeyPackage that it did not get through the room's hub?",
    today:
      "protocol-06 §5.7 lets a grant of consent carry KeyPackages, so that the requester need not ask for any. By §5.2 a hub routes Welcomes by the KeyPackages that it has passed on, and one that it has not seen it cannot route.",
    consequence:
      "Alice has a KeyPackage that Bob's client has given to her, beside one that came through the hub. She adds him with it, and the hub refuses the commit. What she was spared by the grant she has to ask for all the same.",
    suggestion:
      "Let a hub route a Welcome by the domain of the credential in the KeyPackage, or let the commit's bundle say where it goes.",
    trial: quiet(
      evidenceStories.asksOnce(2, true),
      [],
      "client-adds-without-claiming@mimi://a.example/d/alice/ClientA1",
    ),
    evidence: {
      says: "Who has a KeyPackage of a user who has consented should be able to add that user",
      find: (trial) => {
        const refusal = eventsOf(trial).find(
          (event) => event.type === "decision" && event.text.includes("was not claimed through this hub"),
        );
        return refusal?.type === "decision"
          ? `Alice has a KeyPackage of Bob's, and a.example ${refusal.text}`
          : undefined;
      },
    },
    compared: [["she asks through the hub"]],
  },
  {
    name: "a-join-code-for-everybody-on-the-way",
    title: "A join code is readable for the joiner's provider",
    question: "Who learns a join code but its bearer and the hub?",
    today:
      "By protocol-06 §5.6 the code is in the GroupInfoRequest, which the client signs and does not encrypt; its provider passes the request on. Whoever has the code may use it, as room-policy-04 §6.2 ties it to nobody.",
    consequence:
      "Bob has a code that is good for many. His provider reads it and gives it to Dora, whom nobody has invited, and the hub lets her in.",
    suggestion:
      "Encrypt the code to the hub's key, or have the client show by a hash over its credential that it knows the code.",
    trial: quiet(adversaryStories.codeForMany, [], "providers-pass-on-join-codes"),
    evidence: {
      says: "Only who was given a code should come in with it",
      find: (trial) => {
        const [club] = hostedBy(trial, "a.example");
        return club?.participants.some((each) => each.startsWith("mimi://b.example/u/dora ")) === true
          ? "Dora has no code of her own, and mimi://b.example/u/dora is a participant when all is over"
          : undefined;
      },
    },
    compared: [["Bob's provider keeps it to itself"]],
  },
];
