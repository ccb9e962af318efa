/**
 * ReInit: the group closes in favour of another one, and nothing is accepted in it any more; a member founds the other
 * as it was announced, and ties it to the old one by a pre-shared key that everybody checks. RFC 9420 §11.2
 */
import {
  chapter,
  client,
  ending,
  finds,
  noticed,
  person,
  room,
  roomIs,
  scenario,
} from "../scenario/index.ts";
import { a1, acquaintance, b1, bob, gathering, serverA, serverB } from "./cast.ts";
import { exampleRoom, roles } from "./setups.ts";

const d1 = client("ClientD1", person("Dora", serverA));
const club = room("club", serverA);
const next = room("club-2", serverA);
const [shed, barn] = [room("shed", serverA), room("barn", serverA)];

export default scenario(
  "re-init",
  "Alice ends the group in favour of another one, founds it, and brings everybody along",
  { providers: [serverA, serverB], clients: [a1, b1, d1] },
  acquaintance(serverA, serverB),
  gathering(
    club,
    { host: a1, setup: exampleRoom("strict", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.ordinary },
  ),
  chapter(
    "Alice ends the group in favour of another one",
    "RFC 9420 §11.2",
    a1.writes(club, "We go on next door"),
    a1.reInitialises(club, next),
  ),
  chapter("Bob can no longer write in it", "protocol-06 §5.4", b1.writes(club, "Still here?")),
  chapter(
    "Alice founds what was announced",
    "RFC 9420 §11.2",
    a1.founds(next, club),
    b1.publishes(1),
    a1.fetches(bob, next),
    a1.gathers(next, club),
  ),
  chapter(
    "The room goes on",
    "protocol-06 §5.4",
    b1.writes(next, "Here I am"),
    a1.writes(next, "Welcome back"),
  ),
  chapter(
    "What Alice announces for another room of hers, Dora cannot found in her place",
    "RFC 9420 §11.2",
    a1.creates(shed, exampleRoom("strict", serverA, roles.superAdmin)),
    a1.reInitialises(shed, barn),
    d1.creates(barn),
  ),
  ending(
    roomIs(club, "superseded"),
    finds(a1, club, "superseded"),
    finds(b1, club, "superseded"),
    finds(a1, next, "member.idle"),
    finds(b1, next, "member.idle"),
    noticed("successor-as-announced"),
  ),
);
