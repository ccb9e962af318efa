/** Pairs of rooms that differ in who does what to whom, at providers other than the follower's. Property I41 */
import { run } from "../run/index.ts";
import {
  type Chapter,
  type Client,
  chapter,
  client,
  person,
  type RoomSetup,
  room,
  type Scenario,
  scenario,
} from "../scenario/index.ts";
import {
  acquaintance,
  alice,
  bob,
  exampleRoom,
  gathering,
  hidingHandshakes,
  roles,
  serverA,
  serverB,
  serverC,
} from "../scenarios/index.ts";
import { followerView } from "./follower-view.ts";

/** Whether followers can read the room's handshakes. protocol-06 §5.3 */
export type Openness = "public" | "semiprivate";

/** What differs between two rooms: told by two lists of chapters, of which a follower should see the same. */
export interface RosterSecret {
  readonly says: string;
  readonly worlds: readonly [Story, Story];
}

export type Story = (cast: Cast) => readonly Chapter[];
type Cast = Readonly<Record<"a1" | "b1" | "b2" | "c1" | "d1", Client>>;

export const salon = room("salon", serverA);
const ben = person("Ben", serverB);
// Names of one length: lengths are not hidden, and not what this is about.
export const [cathy, carol] = [person("Cathy", serverC), person("Carol", serverC)];

const told = (...moments: Chapter["moments"]): Chapter =>
  chapter("Something happens", "protocol-06 §5.3", ...moments);
const comes =
  (who: typeof cathy, by: (cast: Cast) => Client): Story =>
  (cast) => [
    told([by(cast).publishes(1)], [cast.a1.fetches(who, salon)], [cast.a1.adds(who, salon, roles.ordinary)]),
  ];
const both: Story = (cast) => [...comes(cathy, ({ c1 }) => c1)(cast), ...comes(carol, ({ d1 }) => d1)(cast)];
export const afterBoth =
  (what: (cast: Cast) => Chapter["moments"][number]): Story =>
  (cast) => [
    ...both(cast),
    told(what(cast), [cast.b1.writes(salon, "I see.")], [cast.b1.renames(salon, "hall")]),
  ];

export const rosterSecrets: readonly RosterSecret[] = [
  { says: "who is added", worlds: [comes(cathy, ({ c1 }) => c1), comes(carol, ({ d1 }) => d1)] },
  {
    says: "who is kicked",
    worlds: [
      afterBoth(({ a1 }) => [a1.kicks(cathy, salon)]),
      afterBoth(({ a1 }) => [a1.kicks(carol, salon)]),
    ],
  },
  {
    says: "who is banned",
    worlds: [afterBoth(({ a1 }) => [a1.bans(cathy, salon)]), afterBoth(({ a1 }) => [a1.bans(carol, salon)])],
  },
  {
    says: "whose role changes",
    worlds: [
      afterBoth(({ a1 }) => [a1.changesRole(cathy, salon, roles.admin, "has an admin")]),
      afterBoth(({ a1 }) => [a1.changesRole(carol, salon, roles.admin, "has an admin")]),
    ],
  },
  {
    says: "what the room is called",
    worlds: [
      afterBoth(({ a1 }) => [a1.renames(salon, "east")]),
      afterBoth(({ a1 }) => [a1.renames(salon, "west")]),
    ],
  },
];

/** Who leaves, and how: by proposals that can be hidden, or by a SelfRemove, which cannot. mls-extensions §6.3.1 */
export function leaving(form: "remove" | "selfRemove"): RosterSecret {
  return {
    says: `who leaves by ${form}`,
    worlds: [
      afterBoth(({ c1 }) => [c1.leaves(salon, form)]),
      afterBoth(({ d1 }) => [d1.leaves(salon, form)]),
    ],
  };
}

/** Who was added before another user of the follower's own, who gets a Welcome. protocol-06 §5.5 */
export const welcomedLater: RosterSecret = {
  says: "who was there before a Welcome to the follower",
  worlds: [comesThenWelcome(cathy, ({ c1 }) => c1), comesThenWelcome(carol, ({ d1 }) => d1)],
};

function comesThenWelcome(who: typeof cathy, by: (cast: Cast) => Client): Story {
  return (cast) => [...comes(who, by)(cast), ...comes(ben, ({ b2 }) => b2)(cast)];
}

/** What the follower sees of a secret's two worlds. */
export function viewsOf(secret: RosterSecret, openness: Openness, seed = 1): readonly [string[], string[]] {
  const [one, other] = secret.worlds.map((story) => viewOf(story, openness, seed));
  return [one ?? [], other ?? []];
}

function viewOf(story: Story, openness: Openness, seed: number): string[] {
  const made = run(worldOf(story, openness), { seed, keepBodies: true });
  if (!made.holds) throw new Error("the story does not go as it is told");
  return followerView(made.trace, serverB.setting.domain);
}

export function worldOf(story: Story, openness: Openness): Scenario {
  const as = openness === "semiprivate" ? { handshakes: openness } : {};
  const cast: Cast = {
    a1: client("ClientA1", alice, as),
    b1: client("ClientB1", bob, as),
    b2: client("ClientB2", ben, as),
    c1: client("ClientX1", cathy, as),
    d1: client("ClientX1", carol, as),
  };
  const base = exampleRoom("cooperative", serverA, roles.superAdmin);
  const setup: RoomSetup = openness === "semiprivate" ? hidingHandshakes(base) : base;
  return scenario(
    "roster",
    "one of two worlds",
    { providers: [serverA, serverB, serverC], clients: Object.values(cast) },
    acquaintance(serverA, serverB, serverC),
    gathering(salon, { host: cast.a1, setup }, { person: bob, clients: [cast.b1], role: roles.admin }),
    ...story(cast),
  );
}
