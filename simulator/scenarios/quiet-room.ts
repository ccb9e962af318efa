/** A room in which members may send messages and nothing else: what a message does is for clients to see to. §8.3 */
import type { Said } from "../../spec-model/participant/index.ts";
import { componentIds, RoleData } from "../../spec-model/room/structures/index.ts";
import {
  chapter,
  ending,
  members,
  noticed,
  type RoomSetup,
  room,
  scenario,
  shows,
} from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, gathering, serverA, serverB } from "./cast.ts";
import { plainRole } from "./setups.ts";

const [member, host] = [2, 3] as const;
const quiet = room("quiet", serverA);
const says: RoleData["roles"][number]["roleCapabilities"] = ["canSendMessage", "canReceiveMessage"];
const roles = [
  plainRole(0, []),
  plainRole(member, says),
  plainRole(host, [
    ...says,
    "canAddParticipant",
    "canReplyToMessage",
    "canReactToMessage",
    "canEditOwnMessage",
    "canDeleteOtherMessage",
    "canStartTopic",
  ]),
].map((role) => ({ ...role, authorizedRoleChanges: [{ fromRoleIndex: 0, targetRoleIndexes: [member] }] }));
const setup: RoomSetup = {
  creatorRole: host,
  components: [[componentIds.roles_list, RoleData.encode({ roles })]],
};

const bobs = { latestOf: bob.user };
const alices = { latestOf: alice.user };
const tries = (said: Said, sentence: string) => b1.says(quiet, said, sentence);

export default scenario(
  "quiet-room",
  "Bob may send messages and nothing else: his client keeps him from replies, reactions, edits, topics and uploads",
  { providers: [serverA, serverB], clients: [a1, b1] },
  acquaintance(serverA, serverB),
  gathering(quiet, { host: a1, setup }, { person: bob, clients: [b1], role: member }),
  chapter(
    "Both say something",
    "room-policy-04 §8.3",
    a1.says(quiet, { kind: "message", text: "Silence, please.", topic: "rules" }, "begins a topic"),
    b1.writes(quiet, "Yes."),
  ),
  chapter(
    "Bob tries what his role has no capability for",
    "room-policy-04 §8.3",
    tries({ kind: "reply", text: "Why?", to: alices }, "answers Alice"),
    tries({ kind: "reaction", text: "\u{1F634}", to: alices }, "reacts to Alice's message"),
    tries({ kind: "edit", text: "No.", of: bobs }, "edits the message"),
    tries({ kind: "retraction", of: bobs }, "takes the message back"),
    tries({ kind: "retraction", of: alices }, "takes Alice's message back"),
    tries({ kind: "message", text: "About cats", topic: "cats" }, "begins a topic"),
  ),
  chapter(
    "Alice may",
    "room-policy-04 §8.3",
    a1.says(quiet, { kind: "reply", text: "Thank you.", to: bobs }, "answers Bob"),
    a1.says(quiet, { kind: "edit", text: "Thanks.", of: alices }, "edits the message"),
    a1.says(quiet, { kind: "reply", text: "Really.", to: alices }, "answers herself"),
    a1.says(quiet, { kind: "retraction", of: bobs }, "takes Bob's message back"),
  ),
  ending(
    members(quiet, a1, b1),
    shows(b1, quiet, "Silence, please.", " (retracted)", "Thanks. (edited)", "Really."),
    shows(a1, quiet, "Silence, please.", " (retracted)", "Thanks. (edited)", "Really."),
    noticed(
      "canReplyToMessage",
      "canReactToMessage",
      "canEditOwnMessage",
      "canDeleteOwnMessage",
      "canDeleteOtherMessage",
      "canStartTopic",
    ),
  ),
);
