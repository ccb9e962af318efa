/** From a telephone number to a first message: discovery, identifier query, consent, key material, Welcome. */
import {
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
import { a1, acquaintance, alice, b1, b2, bob, serverA, serverB, serverC } from "./cast.ts";

const number = "+12125551212";
const phoneCompany = {
  label: "PhoneCo",
  domain: "phone.example",
  assigned: { [number]: bob.user },
};
const talk = room("talk", serverA);
const ordinary = 2;
const admin = 3;
const byAlice = introducing(a1, alice);
const byBob = introducing(b1, bob);

export default scenario(
  "introduction-from-phone",
  "Alice knows a telephone number, and no more; she ends up talking to Bob",
  {
    providers: [serverA, serverB, serverC],
    clients: [a1, b1, b2],
    introduction: {
      consents: [],
      profiles: listedUnder(bob, number),
      discovery: { provider: { label: "Discovery", domain: "discovery.example" }, issuers: [phoneCompany] },
    },
  },
  acquaintance(serverA, serverB, serverC),
  chapter("Bob wants to be found under his number", "user-discovery R1, R2", [
    byBob.isFoundUnder(number, phoneCompany, [
      { at: serverC, tags: ["Business"] },
      { at: serverB, tags: ["Personal"] },
    ]),
    b1.publishes(1),
    b2.publishes(1),
  ]),
  chapter(
    "Alice looks for whoever has the number, and asks Bob for consent",
    "user-discovery R3 to R8, protocol-06 §5.7, §5.8",
    byAlice.introduces(number, talk, ordinary, { tag: "Personal" }),
  ),
  chapter("Bob grants it: Alice adds him", "protocol-06 §5.2, §5.3", byBob.grants(alice)),
  chapter("They talk", "protocol-06 §5.4", a1.writes(talk, "Hello Bob!"), b2.writes(talk, "Hello Alice!")),
  ending(
    comesToKnow(a1, number, "introduced"),
    participants(talk, [alice, admin], [bob, ordinary]),
    members(talk, a1, b1, b2),
    shows(b1, talk, "Hello Bob!", "Hello Alice!"),
  ),
);
