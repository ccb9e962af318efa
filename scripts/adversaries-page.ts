// Writes docs/adversaries.md: every dishonest party that a run can have, what it comes to, and what it can break.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { propertyById } from "../simulator/properties/index.ts";
import { type Adversary, adversaries } from "../simulator/variants/index.ts";

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
    "Tests hold each of them to its row: in a room in which it has its chance, and in random ones.",
    "",
    ...parts.flatMap(([party, title, about]) => sectionOf(party, title, about)),
    "## Where a scenario does it",
    "",
    "- A claim that was made before consent was taken back, and is used afterwards: `mimi run consent-revoked`.",
    "- A KeyPackage that expires between claim and commit, a hub that fails over to an old state, and lost or repeated",
    "  messages are faults (`mimi run SCENARIO --fault`), and nobody's intention.",
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
    "| adversary | what it does | what it comes to | can break |",
    "|-|-|-|-|",
    ...rows.map(
      ({ id, says, limits, breaks }) => `| \`${id}\` | ${says} | ${limits} | ${breaks.join(", ")} |`,
    ),
    "",
  ];
}

function main(): void {
  writeFileSync(new URL("../docs/adversaries.md", import.meta.url), adversariesAsMarkdown());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
