/** A hub that admits some policies for its rooms and no others: at their creation, and whenever they change. arch-03 §4.4 */
import { type BaseRoomPolicy, componentIds } from "../../spec-model/room/structures/index.ts";
import {
  chapter,
  ending,
  finds,
  members,
  noticed,
  participants,
  provider,
  room,
  roomIs,
  scenario,
} from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, gathering, serverB } from "./cast.ts";
import { baseRules, exampleRoom, hubAsUser, roles, withRules } from "./setups.ts";

const hub = provider("ServerA", "a.example", {
  maxUsers: 10,
  base: { persistentRoom: false },
  components: [],
});
const [club, crowd, archive] = [room("club", hub), room("crowd", hub), room("archive", hub)];

const strict = exampleRoom("strict", hub, roles.superAdmin);
const small = withRules(strict, { maxUsers: 5 });
const lasting = withRules(strict, { maxUsers: 5, persistentRoom: true });

const changed = (rules: Partial<BaseRoomPolicy>, sentence: string) =>
  a1.updates(club, componentIds.base_room_policy, baseRules(rules), sentence);

export default scenario(
  "policy-envelope",
  "ServerA admits only rooms for ten users that end with their members, and Alice meets the bounds",
  { providers: [hub, serverB], clients: [a1, b1] },
  acquaintance(hub, serverB),
  chapter("Alice creates a room for anybody", "arch-03 §4.4", a1.creates(crowd, strict)),
  chapter("Alice creates a room that stays", "arch-03 §4.4", a1.creates(archive, lasting)),
  gathering(club, { host: a1, setup: small }, { person: bob, clients: [b1], role: roles.ordinary }),
  chapter(
    "Eight users are within the bounds",
    "arch-03 §4.4",
    changed({ maxUsers: 8 }, "lets in eight users"),
  ),
  chapter("Eleven are not", "arch-03 §4.4", changed({ maxUsers: 11 }, "lets in eleven users")),
  chapter("The room goes on", "protocol-06 §5.4", b1.writes(club, "Still eight"), a1.writes(club, "Eight")),
  ending(
    roomIs(club, "live.quiet"),
    members(club, a1, b1),
    participants(club, [hubAsUser(hub), roles.enforcer], [alice, roles.superAdmin], [bob, roles.ordinary]),
    finds(a1, crowd, "outside"),
    finds(a1, archive, "outside"),
    noticed("policy-in-envelope"),
  ),
);
