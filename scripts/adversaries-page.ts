// Writes docs/adversaries.md: every dishonest party that a run can have, what it comes to, and what it can break.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { propertyById } from "../simulator/properties/index.ts";
import { type Adversary, type Assumption, adversaries, assumptions } from "../simulator/variants/index.ts";

const parts: readonly (readonly [party: Adversary["party"], title: string, about: string])[] = [
  ["client", "Clients", "They have the keys of their own leaf, and what their epoch gives them."],
  [
    "follower",
    "Followers",
    "They see and change what goes between their clients and the hub, and have no key of a group.",
  ],
  ["hub", "Hubs", "They order, time, frank and hand out, and have no key of a group."],
  ["provider", "Providers together", "What one of them has, all of them have."],
  ["everybody", "Providers and clients together", "What one of them has, all of them have."],
];

/** The page as Markdown. */
export function adversariesAsMarkdown(): string {
  return [
    "# Adversaries",
    "",
    "Dishonest parties that a run can have. Each stays within what its role can do: what it has no key for it does not",
    "sign, and what it cannot read it does not know. `mimi run SCENARIO --variant ID@ACTOR` gives the part to one actor;",
    "where several act together the actor is left out. `mimi search --adversaries` and `npm run swarm -- --adversaries`",
    "draw one for each story, and count only what it is not said to break. What can be read with the keys of a run, by",
    "one party or by several together, `mimi knowledge SCENARIO --who A,B --variant ID` tells.",
    "",
    "What each can break follows from what it violates of [what the drafts count on](#what-the-drafts-count-on), which",
    "is written from the drafts and not from runs. Tests hold both ends: in no room, nor in random ones, does an adversary",
    "break a property that rests on nothing it violates; and there is a run in which it breaks one that does.",
    "",
    ...parts.flatMap(([party, title, about]) => sectionOf(party, title, about)),
    ...countedOn(),
    "## Where a scenario does it",
    "",
    "- A claim that was made before consent was taken back, and is used afterwards: `mimi run consent-revoked`.",
    "- A KeyPackage that expires between claim and commit, a hub that fails over to an old state, and lost or repeated",
    "  messages are faults (`mimi run SCENARIO --fault`), and nobody's intention.",
    "- A requester that probes for users and consents sees the same whatever there is, octet by octet: `simulator/twins`",
    "  asks every probe, and pairs of them, of twin worlds that differ in one secret.",
    "",
    "## The properties",
    "",
    ...[...new Set(adversaries.flatMap(({ breaks }) => breaks))]
      .toSorted()
      .map((id) => `- ${id}: ${propertyById.get(id)?.says ?? ""}`),
    "",
  ].join("\n");
}

function sectionOf(party: Adversary["party"], title: string, about: string): string[] {
  const rows = adversaries.filter((each) => each.party === party);
  return [
    `## ${title}`,
    "",
    about,
    "",
    "| adversary | what it does | what it comes to | violates | can break |",
    "|-|-|-|-|-|",
    ...rows.map(
      ({ id, says, limits, violates, breaks }) =>
        `| \`${id}\` | ${says} | ${limits} | ${violates.join(", ")} | ${breaks.join(", ")} |`,
    ),
    "",
  ];
}

/** Each assumption, and what rests on it. */
function countedOn(): string[] {
  const all: readonly (readonly [string, Assumption])[] = Object.entries(assumptions);
  return [
    "## What the drafts count on",
    "",
    ...all.flatMap(([id, { says, draft, of, carries, beyond = {} }]) => [
      `**${id}** (${of.join(", ")}): ${says}. ${draft}`,
      "",
      ...Object.entries(carries)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([property, reason]) => `- ${property}: ${reason}`),
      ...Object.entries(beyond).flatMap(([party, gaps]) =>
        Object.entries(gaps).map(
          ([property, reason]) => `- ${property}, although it does not count on the ${party}: ${reason}`,
        ),
      ),
      "",
    ]),
  ];
}

function main(): void {
  writeFileSync(new URL("../docs/adversaries.md", import.meta.url), adversariesAsMarkdown());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
