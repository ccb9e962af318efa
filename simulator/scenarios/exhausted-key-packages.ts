/** A client whose KeyPackages run out, with and without one of last resort. protocol-06 §5.2, mls-extensions §6.4 */
import {
  chapter,
  ending,
  introducing,
  members,
  participants,
  room,
  scenario,
  shows,
} from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, c1, cathy, serverA, serverB, serverC } from "./cast.ts";

const rooms = ["first", "second", "third"].map((name) => room(name, serverA));
const late = room("late", serverA);
const ordinary = 2;
const admin = 3;
const byBob = introducing(b1, bob);

export default scenario(
  "exhausted-key-packages",
  "Bob's KeyPackages run out: the one of last resort serves two rooms, Cathy's client has none and is not added",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1] },
  acquaintance(serverA, serverB, serverC),
  chapter("Bob stores a KeyPackage and one of last resort, Cathy a single one", "mls-extensions §6.4", [
    b1.publishes(1),
    byBob.publishesLastResort(),
    c1.publishes(1),
  ]),
  ...rooms.map((each) =>
    chapter(
      `Alice adds Bob to the ${each.name} room`,
      "protocol-06 §5.2",
      a1.creates(each),
      a1.fetches(bob, each),
      a1.adds(bob, each, ordinary),
      a1.writes(each, `This is the ${each.name} room.`),
    ),
  ),
  chapter(
    "Cathy has material for one room",
    "protocol-06 §5.2",
    a1.fetches(cathy, rooms[0] ?? late),
    a1.adds(cathy, rooms[0] ?? late, ordinary),
  ),
  chapter("and none for another", "protocol-06 §5.2", a1.creates(late), a1.fetches(cathy, late)),
  ending(
    ...rooms.slice(1).map((each) => participants(each, [alice, admin], [bob, ordinary])),
    ...rooms.slice(1).map((each) => members(each, a1, b1)),
    ...rooms.map((each) => shows(b1, each, `This is the ${each.name} room.`)),
    members(late, a1),
  ),
);
