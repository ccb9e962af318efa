/** `mimi knowledge SCENARIO`: which party of a run can read which message. */
import { Command } from "commander";
import { type HeardMessage, knowledgeOfRun, type RunKnowledge } from "../../simulator/knowledge/index.ts";
import type { Scenario } from "../../simulator/scenario/index.ts";
import { scenarios } from "../../simulator/scenarios/index.ts";
import type { Choice } from "../../simulator/variants/index.ts";
import { closest } from "../../spec-model/closest.ts";
import { bold } from "../colours.ts";
import { integerOption, variantOption } from "../options.ts";
import { UsageError } from "../usage-error.ts";

interface Options {
  readonly seed: number;
  readonly who?: string;
  readonly variant: readonly Choice[];
  readonly format: string;
}

export function knowledgeCommand(): Command {
  return new Command("knowledge")
    .description("who can read which message of a run, with all the keys that they ever had")
    .argument("<scenario>", "see mimi list")
    .option("--seed <n>", "the run's seed", integerOption("a seed", 0, Number.MAX_SAFE_INTEGER), 1)
    .option("--variant <id[=answer][@actor]>", "may be repeated: see mimi variants", variantOption, [])
    .option("--who <parties>", "only what these can read together: names or ends of names, with commas")
    .option("--format <format>", "text or json", "text")
    .action((name: string, { seed, who, variant, format }: Options) => {
      if (format !== "text" && format !== "json")
        throw wrong(`there is no format "${format}", only text and json`);
      const known = knowledgeOfRun(scenarioNamed(name), seed, variant);
      const groups = who === undefined ? known.parties.map((party) => [party]) : [partiesNamed(known, who)];
      if (format === "json") console.log(JSON.stringify(asData(known, groups), undefined, 2));
      else print(known, groups);
    });
}

/** Each message with those who read it; a coalition is one reader. */
function asData(known: RunKnowledge, groups: readonly (readonly string[])[]) {
  return known.messages.map((message) => ({
    number: message.number,
    microseconds: message.at,
    epoch: Number(message.epoch),
    readers: readersOf(known, groups, message),
  }));
}

function readersOf(
  known: RunKnowledge,
  groups: readonly (readonly string[])[],
  message: HeardMessage,
): string[] {
  return groups.filter((group) => known.reads(group, message)).map((group) => group.join(" with "));
}

function print(known: RunKnowledge, groups: readonly (readonly string[])[]): void {
  for (const { number, at, epoch } of known.messages) {
    console.log(bold(`message ${number}, epoch ${epoch}, ${(at / 1_000_000).toFixed(3)} s`));
    const message = known.messages[number - 1];
    const readers = message === undefined ? [] : readersOf(known, groups, message);
    for (const reader of readers) console.log(`  ${reader}`);
    if (readers.length === 0) console.log("  none of these");
  }
  const never = groups.filter((group) => known.messages.every((message) => !known.reads(group, message)));
  if (never.length > 0)
    console.log(`${bold("never any")}: ${never.map((group) => group.join(" with ")).join(", ")}`);
}

function scenarioNamed(name: string): Scenario {
  const scenario = scenarios.get(name);
  if (scenario === undefined) {
    const guess = closest(name, [...scenarios.keys()]);
    const hint = guess === undefined ? "mimi list shows what there is" : `did you mean "${guess}"?`;
    throw wrong(`there is no scenario "${name}"; ${hint}`);
  }
  const stack = scenario.clients.find((client) => client.stack !== undefined);
  if (stack === undefined) return scenario;
  throw wrong(`${name} has a client on ${stack.stack}, and keys are known on symbolic MLS only`);
}

/** A party by its whole name, or by its end, as in ClientB1. */
function partiesNamed(known: RunKnowledge, who: string): string[] {
  return who.split(",").map((name) => {
    const found = known.parties.filter((party) => party === name || party.endsWith(`/${name}`));
    const [party] = found;
    if (party !== undefined && found.length === 1) return party;
    throw wrong(`there is no party "${name}", only ${known.parties.join(", ")}`);
  });
}

function wrong(what: string): UsageError {
  return new UsageError(`mimi knowledge: ${what}`);
}
