/** Nobody is asked to commit what is pending: by the room's policy, members do so after a delay. room-policy-04 §7.1 */
import {
  chapter,
  ending,
  finds,
  members,
  noticed,
  participants,
  room,
  scenario,
  shows,
} from "../scenario/index.ts";
import {
  a1,
  acquaintance,
  alice,
  b1,
  b2,
  bob,
  c1,
  cathy,
  gathering,
  serverA,
  serverB,
  serverC,
} from "./cast.ts";
import { exampleRoom, hubAsUser, roles, withOperation } from "./setups.ts";

const club = room("club", serverA);
const office = room("office", serverA);
const cooperative = exampleRoom("cooperative", serverA, roles.superAdmin);
const seconds = (least: bigint, most: bigint) =>
  ({
    pendingProposalStrategy: "random_delay",
    minimumDelayMs: least * 1000n,
    maximumDelayMs: most * 1000n,
  }) as const;
const guest = (person: typeof bob, ...clients: (typeof b1)[]) => ({ person, clients, role: roles.ordinary });

export default scenario(
  "pending-proposals",
  "Who leaves is committed out after a delay, by whichever member drew the shortest; or at once, where everybody tries",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, b2, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1, setup: withOperation(cooperative, { pendingProposalPolicy: seconds(1n, 5n) }) },
    guest(bob, b1, b2),
    guest(cathy, c1),
  ),
  chapter(
    "Bob leaves, and one of the others commits it some seconds later",
    "room-policy-04 §7.1",
    b1.leaves(club),
  ),
  chapter("So a message need not wait for a commit", "RFC 9420 §12.4", c1.writes(club, "Bob has gone.")),
  chapter("The hub takes Cathy out, and Alice commits it", "protocol-06 §5.5", serverA.removes(cathy, club)),
  gathering(
    office,
    {
      host: a1,
      setup: withOperation(cooperative, {
        pendingProposalPolicy: { pendingProposalStrategy: "immediate_commit" },
      }),
    },
    guest(bob, b1),
    guest(cathy, c1),
  ),
  chapter("Where everybody commits at once, one comes first", "room-policy-04 §7.1", b1.leaves(office)),
  ending(
    participants(club, [alice, roles.superAdmin], [hubAsUser(serverA), roles.enforcer]),
    members(club, a1),
    finds(b1, club, "removed"),
    finds(b2, club, "removed"),
    finds(c1, club, "removed"),
    shows(a1, club, "Bob has gone."),
    participants(
      office,
      [alice, roles.superAdmin],
      [hubAsUser(serverA), roles.enforcer],
      [cathy, roles.ordinary],
    ),
    members(office, a1, c1),
    finds(b1, office, "removed"),
    noticed(),
  ),
);
