/** A telephone number goes to somebody else: what its former holder authorised leads nowhere. user-discovery R9, R10 */
import {
  assigns,
  chapter,
  comesToKnow,
  ending,
  introducing,
  listedUnder,
  members,
  participants,
  room,
  scenario,
  shows,
} from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, c1, cathy, serverA, serverB, serverC } from "./cast.ts";

const number = "+12125551212";
const phoneCompany = { label: "PhoneCo", domain: "phone.example", assigned: { [number]: bob.user } };
const nobody = room("nobody", serverA);
const talk = room("talk", serverA);
const ordinary = 2;
const admin = 3;
const byAlice = introducing(a1, alice);
const byBob = introducing(b1, bob);
const byCathy = introducing(c1, cathy);

export default scenario(
  "number-changes-hands",
  "Bob's number becomes Cathy's; whoever looks for it finds Cathy and not Bob",
  {
    providers: [serverA, serverB, serverC],
    clients: [a1, b1, c1],
    introduction: {
      consents: [{ requester: alice.user, target: cathy.user, room: undefined }],
      // Bob's provider has not noticed: a search there would still find him.
      profiles: { ...listedUnder(bob, number), ...listedUnder(cathy, number) },
      discovery: { provider: { label: "Discovery", domain: "discovery.example" }, issuers: [phoneCompany] },
    },
  },
  acquaintance(serverA, serverB, serverC),
  chapter(
    "Bob wants to be found under his number",
    "user-discovery R1",
    byBob.isFoundUnder(number, phoneCompany, [{ at: serverB, tags: [] }]),
    c1.publishes(1),
  ),
  chapter("The number is given to Cathy", "user-discovery R10", assigns(phoneCompany, number, cathy)),
  chapter(
    "Nobody is found under it now, and Bob cannot change that",
    "user-discovery R9",
    byAlice.introduces(number, nobody, ordinary),
    byBob.isFoundUnder(number, phoneCompany, [{ at: serverB, tags: [] }]),
  ),
  chapter(
    "Cathy wants to be found under it",
    "user-discovery R1",
    byCathy.isFoundUnder(number, phoneCompany, [{ at: serverC, tags: [] }]),
  ),
  chapter("Alice finds Cathy", "user-discovery R3", byAlice.introduces(number, talk, ordinary)),
  chapter("and writes to her", "protocol-06 §5.4", a1.writes(talk, "Is this still Bob's number?")),
  ending(
    comesToKnow(a1, number, "unreachable"),
    participants(talk, [alice, admin], [cathy, ordinary]),
    members(talk, a1, c1),
    shows(c1, talk, "Is this still Bob's number?"),
  ),
);
