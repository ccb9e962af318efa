/** A follower among the external senders, for as long as it has participants. protocol-06 §7.4 */
import {
  chapter,
  ending,
  members,
  participants,
  type RoomSetup,
  room,
  scenario,
  shows,
} from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, gathering, serverA, serverB } from "./cast.ts";
import { exampleRoom, hubAsUser, roles } from "./setups.ts";

const club = room("club", serverA);
const example = exampleRoom("cooperative", serverA, roles.superAdmin);
const setup: RoomSetup = {
  ...example,
  participants: [...(example.participants ?? []), { user: bob.user, role: roles.ordinary }],
  externalSenders: [{ provider: "b.example", signatureKey: new Uint8Array(32).fill(7) }],
};

export default scenario(
  "unneeded-sender",
  "Bob's provider may propose in the room until he leaves: then the hub proposes that it may no more",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(club, { host: a1, setup }),
  chapter("Bob comes in", "protocol-06 §3.6", b1.joins(club), b1.writes(club, "Hello.")),
  chapter("Bob leaves", "protocol-06 §3.5", b1.leaves(club), a1.commits(club)),
  chapter(
    "Alice commits what the hub has proposed for itself",
    "protocol-06 §7.4",
    a1.commits(club),
    a1.writes(club, "Just me."),
  ),
  ending(
    participants(club, [alice, roles.superAdmin], [hubAsUser(serverA), roles.enforcer]),
    members(club, a1),
    shows(a1, club, "Hello.", "Just me."),
  ),
);
