/** A message is reported to the hub, which knows its own frank again, after it has changed its key, too. protocol-06 §5.9 */
import {
  changesHubKey,
  chapter,
  ending,
  reports,
  reportsAtHub,
  room,
  scenario,
  shows,
} from "../scenario/index.ts";
import { a1, acquaintance, b1, bob, c1, cathy, gathering, serverA, serverB, serverC } from "./cast.ts";
import { roles } from "./setups.ts";

const club = room("club", serverA);

export default scenario(
  "abuse-report",
  "Bob's message is reported: by Cathy in her name, by Alice without giving one, and after the hub's key has changed",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1 },
    { person: bob, clients: [b1], role: roles.ordinary },
    { person: cathy, clients: [c1], role: roles.ordinary },
  ),
  chapter(
    "Bob insults Cathy; the hub franks it unread",
    "protocol-06 §5.4.1",
    b1.writes(club, "You ferret!"),
  ),
  chapter(
    "Cathy reports it through her provider",
    "protocol-06 §5.9",
    reports(c1, bob, club, { note: "insults me" }),
  ),
  chapter(
    "She reports it again: it does not count twice",
    "protocol-06 §5.9",
    reports(c1, bob, club, { note: "insults me, I said" }),
  ),
  chapter("The hub changes its key", "protocol-06 §5.4.1.2", changesHubKey(serverA)),
  chapter(
    "Alice reports the old message and stays unnamed",
    "protocol-06 §5.9",
    reports(a1, bob, club, { anonymous: true }),
  ),
  chapter(
    "Bob goes on, and so does Cathy",
    "protocol-06 §5.9",
    b1.writes(club, "Weasel!"),
    reports(c1, bob, club),
  ),
  ending(
    shows(c1, club, "You ferret!", "Weasel!"),
    reportsAtHub(club, [cathy, bob, 1], [undefined, bob, 1], [cathy, bob, 1]),
  ),
);
