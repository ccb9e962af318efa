/** What the hub of a room, its fan-out and a client answer to single events. protocol-06 §5.3 to §5.5 */
import { after, type Faculties, type MachineEvent } from "../faculties.ts";
import { of, same } from "./expected.ts";
import { able, change, clientOf, member, role, user } from "./rooms.ts";

const [alice, bob] = [member("alice", 0), member("bob", 1)];
const roles = [role(0), role(1), role(2), able];
const created = {
  epoch: 4,
  participants: [
    { user: user("alice"), role: 3 },
    { user: user("bob"), role: 3 },
  ],
  members: [alice, bob],
};
const input = {
  room: "mimi://a.example/r/club",
  hub: "a.example",
  policy: { roles, components: [] },
  created,
};
const surroundings = { now: 1000, parent: undefined };
const author = (who: typeof alice) => ({ kind: "member", ...who });

function commit(
  who: typeof alice,
  more: object = {},
  proposals: readonly object[] = [],
  result: object = created,
) {
  const verified = { epoch: 4, author: author(who), proposals, result: { ...result, epoch: 5 } };
  const from = who === alice ? "a.example" : "b.example";
  const rest = { request: "commit", from, surroundings, epoch: 4, verified, welcomed: [], reInit: false };
  return { type: "commit", ...rest, ...more };
}
const leaves = [
  { reference: "r1", author: author(bob), changes: [change.removeClient("bob", 1)] },
  { reference: "r2", author: author(bob), changes: [change.remove("bob", 3)] },
];
const proposing = (proposals: readonly object[], from = "b.example") => ({
  type: "proposals",
  request: "leave",
  surroundings,
  from,
  epoch: 4,
  verified: { proposals },
});
const leave = proposing(leaves);
const said = (from: string, sender: string, epoch = 4) => ({
  type: "submit",
  request: "m",
  from,
  surroundings,
  epoch,
  sender,
});

/** The code of what the hub answers to the last event. */
function answer(f: Faculties, ...events: readonly MachineEvent[]): unknown {
  return after(f, "hubRoom", input, events).all.find((effect) => "code" in effect)?.["code"];
}

const eve = clientOf("eve");
const adds = {
  reference: undefined,
  author: author(alice),
  changes: [change.add("eve", 2), change.addClient("eve")],
};
const withEve = {
  participants: [...created.participants, { user: user("eve"), role: 2 }],
  members: [...created.members, { leaf: 2, client: eve, user: user("eve") }],
};
const adding = (...welcomed: readonly string[]) => commit(alice, { welcomed }, [adds], withEve);
const passed = {
  type: "keyMaterialPassed",
  provider: "e.example",
  keyPackages: [{ reference: "kp-eve-1", notAfterMs: 9000 }],
  now: 1000,
};

/** What was sent to the follower, and how often it waited. */
function sent(f: Faculties, ...events: readonly MachineEvent[]): unknown[] {
  const each = events.map((_, i) => after(f, "delivery", { provider: "b.example" }, events.slice(0, i + 1)));
  return each.flatMap(({ all }) => all.flatMap((one) => (one.type === "notify" ? [one["items"]] : [])));
}
const handed = (f: Faculties, ...events: readonly MachineEvent[]) =>
  after(f, "clientLink", { client: eve }, events).first["items"];

const whose = { room: input.room, client: bob.client, user: bob.user };
function client(f: Faculties, ...events: readonly MachineEvent[]): string[] {
  const { state, effects } = after(f, "participantRoom", whose, events);
  return [state, ...effects];
}
const welcomed = { type: "welcomed", message: "w", verified: created };
const underWay = [
  welcomed,
  { type: "want", wish: { kind: "renameRoom", name: "New" } },
  { type: "updateBuilt", update: "mine", kind: "commit", epoch: 4, begins: 5, references: [], covers: 0 },
];
const theirs = (more: object = {}) => ({
  type: "commitArrived",
  message: "theirs",
  epoch: 4,
  verified: { epoch: 4, author: author(alice), proposals: [], result: { ...created, epoch: 5 } },
  ...more,
});

/** Alice has closed the group by a ReInit, and somebody has founded one for the room. */
const closing = commit(alice, { reInit: true, agreed: "aa" });
const founding = (founded: string, by: string) => ({
  type: "succeed",
  request: "succeed",
  surroundings,
  user: user(by),
  founded,
  policy: input.policy,
  created: { ...created, epoch: 0, members: [alice] },
});

export const roomMachinesExpected = of("protocol-06 §5.3 to §5.5", [
  [
    "hub-welcome-fits",
    "a commit without a Welcome for a client that it adds is not accepted",
    (f) => answer(f, passed, adding()) !== "success",
  ],
  [
    "hub-welcome-has-way",
    "a Welcome for a KeyPackage that never passed the hub is not accepted",
    (f) => answer(f, adding("kp-eve-1")) !== "success",
  ],
  [
    "hub-adds",
    "a commit with a Welcome for whom it adds is accepted",
    (f) => answer(f, passed, adding("kp-eve-1")) === "success",
  ],
  [
    "hub-leaver-commits-not",
    "who is leaving commits nothing any more",
    (f) => answer(f, leave, commit(bob, {}, leaves)) !== "success",
  ],
  [
    "hub-leaver-sends-not",
    "who is leaving sends nothing any more",
    (f) => answer(f, leave, said("b.example", user("bob"))) === "notAllowed",
  ],
  [
    "hub-sender-of-provider",
    "a provider sends nothing in the name of another's users",
    (f) => answer(f, said("b.example", user("alice"))) === "notAllowed",
  ],
  [
    "hub-proposer-of-provider",
    "a provider proposes nothing in the name of another's users",
    (f) => answer(f, proposing(leaves, "a.example")) !== "success",
  ],
  [
    "hub-accepts-message",
    "a participant's message is accepted",
    (f) => answer(f, said("b.example", user("bob"))) === "accepted",
  ],
  [
    "hub-future-message",
    "a message of an epoch to come is not allowed",
    (f) => answer(f, said("b.example", user("bob"), 5)) === "notAllowed",
  ],
  [
    "hub-closed-group",
    "what is sent to a group that a ReInit has closed is not accepted",
    (f) => answer(f, closing, { ...said("b.example", user("bob")), epoch: 5 }) === "notAllowed",
  ],
  [
    "hub-successor-agreed",
    "a group with other parameters than the ReInit announced is not taken for the room",
    (f) => answer(f, closing, founding("bb", "alice")) === "notAllowed",
  ],
  [
    "hub-successor-by-member",
    "the group that a ReInit announced is not taken of somebody who was not in the closed one",
    (f) => answer(f, closing, founding("aa", "eve")) === "notAllowed",
  ],
  [
    "hub-successor",
    "the group that a ReInit announced is taken of a member of the closed one",
    (f) => answer(f, closing, founding("aa", "alice")) === "success",
  ],
  [
    "fan-out-repeats",
    "what was not answered 201 is sent again",
    (f) =>
      same(sent(f, { type: "queue", item: "0" }, { type: "answered", status: 503 }, { type: "retryDue" }), [
        ["0"],
        ["0"],
      ]),
  ],
  [
    "fan-out-goes-on",
    "what was answered 201 is not sent again",
    (f) =>
      same(
        sent(
          f,
          { type: "queue", item: "0" },
          { type: "answered", status: 201 },
          { type: "queue", item: "1" },
        ),
        [["0"], ["1"]],
      ),
  ],
  [
    "link-hands-once",
    "what was kept for a client is handed over once",
    (f) => {
      const [away, back] = [{ type: "disconnect" }, { type: "connect" }];
      return (
        same(handed(f, away, { type: "send", item: "1" }, back), ["1"]) &&
        same(handed(f, away, { type: "send", item: "1" }, back, away, back), [])
      );
    },
  ],
  [
    "client-own-message",
    "a client's own message that comes back is settled, and not processed again",
    (f) =>
      same(client(f, welcomed, { type: "messageArrived", message: "m", epoch: 4, verified: undefined }), [
        "member.idle",
        "settleMessage",
      ]),
  ],
  [
    "client-lost-race",
    "a client whose commit came second gives that commit up",
    (f) => same(client(f, ...underWay, theirs()), ["member.idle", "discardOwnUpdate", "adopt", "pursue"]),
  ],
  [
    "client-tries-again",
    "a client whose commit left out proposals that it had not heard of goes on wanting what it wanted",
    (f) => {
      const heard = {
        type: "proposalsArrived",
        message: "p",
        epoch: 4,
        verified: leaves
          .slice(0, 1)
          .map((each) => ({ ...each, author: author(alice), changes: [change.rename] })),
      };
      const refused = { type: "updateAnswered", update: "mine", code: "notAllowed" };
      const { context } = after(f, "participantRoom", whose, [...underWay, heard, refused]);
      return (context as { readonly wishes: readonly unknown[] }).wishes.length === 1;
    },
  ],
  [
    "client-judges",
    "a client tells of a commit that the policy forbids",
    (f) =>
      client(
        f,
        welcomed,
        theirs({ decision: { allowed: false, rule: "canKick", draft: "", says: "" } }),
      ).includes("alarmPolicy"),
  ],
]);
