/** What people do to messages once they are written: topics, replies, edits, reactions, retractions. content-09 §4.1 and §5 */
import { chapter, ending, members, noticed, room, scenario, shows } from "../scenario/index.ts";
import { a1, acquaintance, alice, b1, bob, c1, cathy, gathering, serverA, serverB, serverC } from "./cast.ts";
import { exampleRoom, roles } from "./setups.ts";

const cafe = room("cafe", serverA);
const [alices, bobs, cathys] = [alice, bob, cathy].map(({ user }) => ({ latestOf: user })) as [
  Latest,
  Latest,
  Latest,
];
interface Latest {
  readonly latestOf: string;
}

export default scenario(
  "conversation",
  "Three people write, answer, correct, react and take back, and show the same afterwards",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    cafe,
    { host: a1, setup: exampleRoom("cooperative", serverA, roles.superAdmin) },
    { person: bob, clients: [b1], role: roles.ordinary },
    { person: cathy, clients: [c1], role: roles.ordinary },
  ),
  chapter(
    "Alice begins a topic, and Bob answers",
    "content-09 §4.3, §5.2",
    a1.says(cafe, { kind: "message", text: "Were shall we eat?", topic: "food" }, "begins a topic"),
    b1.says(cafe, { kind: "reply", text: "At home.", to: alices }, "answers Alice"),
    c1.says(cafe, { kind: "reaction", text: "\u{1F44D}", to: bobs }, "reacts to Bob's message"),
  ),
  chapter(
    "Both correct themselves; what has been answered and reacted to stays so",
    "content-09 §5.5",
    a1.says(cafe, { kind: "edit", text: "Where shall we eat?", of: alices }, "corrects herself"),
    b1.says(cafe, { kind: "edit", text: "At my place.", of: bobs }, "changes his mind"),
    b1.says(cafe, { kind: "edit", text: "At Cathy's.", of: bobs }, "changes his mind again"),
  ),
  chapter(
    "Cathy answers the newest version, and takes it back",
    "content-09 §4.1, §5.6",
    c1.says(cafe, { kind: "reply", text: "No!", to: bobs }, "answers Bob"),
    a1.says(cafe, { kind: "reply", text: "Why not?", to: cathys }, "answers Cathy"),
    c1.says(cafe, { kind: "retraction", of: cathys }, "takes it back"),
    b1.writes(cafe, "Then out."),
  ),
  ending(
    members(cafe, a1, b1, c1),
    ...[a1, b1, c1].map((each) =>
      shows(
        each,
        cafe,
        "Where shall we eat? (edited)",
        "At Cathy's. (edited) \u{1F44D}",
        " (retracted)",
        "Why not?",
        "Then out.",
      ),
    ),
    noticed(),
  ),
);
