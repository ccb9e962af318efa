/** Ways into a room, and ways of its hub to act in it, that its policy has not got. room-policy-04 §4, §5, §7.1 and §8.1.1 */
import { componentIds, RoleData } from "../../spec-model/room/structures/index.ts";
import {
  chapter,
  ending,
  finds,
  masked,
  maskedClient,
  members,
  noticed,
  type RoomSetup,
  room,
  scenario,
} from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, b2, bob, cathy, gathering, serverA, serverB, serverC } from "./cast.ts";
import { baseRules, operationalPolicy, plainRole } from "./setups.ts";

const [guest, host] = [2, 3] as const;
const code = { code: "open-sesame", role: guest, multiuser: true };
const [invited, uninvited] = [room("invited", serverA), room("uninvited", serverA)];
const [inside, company, team] = [room("inside", serverA), room("company", serverA), room("team", serverA)];
const nameless = room("nameless", serverC);
const incognito = masked(cathy, "5b82f1c9-e4d7-4a60-b3f2-0c9d8e7a6154");
const c1 = maskedClient("ClientC1", incognito, "e61f7b94-35a2-4c0d-8b7e-d40c9f2a1e58");

type Role = RoleData["roles"][number];
type Capabilities = Role["roleCapabilities"];

/** A room whose strangers have these capabilities. */
function setup(ofStrangers: Capabilities, ...others: NonNullable<RoomSetup["components"]>): RoomSetup {
  const authorizedRoleChanges = [
    { fromRoleIndex: 0, targetRoleIndexes: [guest, host] },
    { fromRoleIndex: host, targetRoleIndexes: [guest] },
  ];
  const mine: Capabilities = ["canAddParticipant", "canChangeOwnRole", "canSendMessage", "canReceiveMessage"];
  const roles: Role[] = [
    { ...plainRole(0, ofStrangers), authorizedRoleChanges },
    plainRole(guest, ["canSendMessage", "canReceiveMessage", "canAddOwnClient"]),
    { ...plainRole(host, mine), authorizedRoleChanges },
  ];
  return {
    creatorRole: host,
    components: [
      [componentIds.roles_list, RoleData.encode({ roles })],
      [
        componentIds.base_room_policy,
        baseRules({ policyComponentIds: [componentIds.roles_list, ...others.map(([id]) => id)] }),
      ],
      ...others,
    ],
  };
}

const membersOnly = operationalPolicy({ externalProposalAllowed: false, externalCommitAllowed: false });

export default scenario(
  "doors-closed",
  "Codes, roles, pseudonyms and external commits that a room's policy does not let in, and a hub without a role",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, b2, c1] },
  acquaintance(serverA, serverB, serverC),
  chapter(
    "Where strangers use no codes, Bob's is worth nothing",
    "room-policy-04 §8.1.1",
    a1.creates(uninvited, setup([])),
    serverA.issuesCode(uninvited, code),
    b1.joins(uninvited, { role: guest, code: code.code }),
  ),
  chapter(
    "A guest's code makes nobody a host",
    "room-policy-04 §8.1.1",
    a1.creates(invited, setup(["canUseJoinCode"])),
    serverA.issuesCode(invited, code),
    b1.joins(invited, { role: host, code: code.code }),
  ),
  chapter(
    "Alice is not preauthorised for another role",
    "room-policy-04 §8.1.3",
    a1.changesRole(alice, invited, guest, "would be a guest"),
  ),
  chapter("The hub has no role to act in", "room-policy-04 §4", serverA.removes(alice, invited)),
  gathering(
    inside,
    { host: a1, setup: setup([], [componentIds.mls_operational_policy, membersOnly]) },
    { person: bob, clients: [b1], role: guest },
  ),
  chapter(
    "Nobody acts from outside",
    "room-policy-04 §7.1",
    serverA.removesLost(b1, inside),
    b2.joins(inside),
  ),
  chapter(
    "A team is not all of the company",
    "room-policy-04 §5",
    a1.creates(company, setup([])),
    a1.creates(team, {
      ...setup([]),
      components: [
        ...(setup([]).components ?? []),
        [
          componentIds.base_room_policy,
          baseRules({ parentDependant: true, parentRoom: [{ uri: company.uri }] }),
        ],
      ],
    }),
  ),
  chapter("There is no such room", "protocol-06 §5.6", b1.joins(room("nowhere", serverA), { role: guest })),
  chapter("Cathy would be incognito", "room-policy-04 §5", c1.creates(nameless, setup([]))),
  ending(
    members(uninvited, a1),
    members(invited, a1),
    members(inside, a1, b1),
    finds(b1, invited, "outside"),
    finds(b1, uninvited, "outside"),
    finds(b2, inside, "outside"),
    noticed(
      "entry-role",
      "own-role-is-preauthorised",
      "provider-has-role",
      "external-proposals-allowed",
      "parent-subset",
      "pseudonyms-allowed",
    ),
  ),
);
