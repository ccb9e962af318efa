/** `mimi knowledge SCENARIO`: what the parties of a run have learned, alone or together, and since when. */
import { Command } from "commander";
import {
  type Asked,
  type FactKind,
  knowledgeOfRun,
  type RunKnowledge,
} from "../../simulator/knowledge/index.ts";
import type { Scenario } from "../../simulator/scenario/index.ts";
import { scenarios } from "../../simulator/scenarios/index.ts";
import { type Choice, formatChoice } from "../../simulator/variants/index.ts";
import { closest } from "../../spec-model/closest.ts";
import { differencesAsData, factsAsData } from "../knowing/answer-data.ts";
import { printCounts, printDifferences, printKnowers, printLearned } from "../knowing/print-answer.ts";
import {
  factsAbout,
  kindsOption,
  partiesNamed,
  type Question,
  type Until,
  untilOption,
} from "../knowing/question.ts";
import { demandPlayable, integerOption, variantOption } from "../options.ts";
import { UsageError } from "../usage-error.ts";

interface Options {
  readonly seed: number;
  readonly who?: string;
  readonly what?: string;
  readonly kind?: readonly FactKind[];
  readonly at?: Until;
  readonly network?: true;
  readonly compare?: true;
  readonly variant: readonly Choice[];
  readonly format: string;
}

export function knowledgeCommand(): Command {
  return new Command("knowledge")
    .description("what the parties of a run have learned, alone or together, and since when")
    .argument("<scenario>", "see mimi list")
    .option("--seed <n>", "the run's seed", integerOption("a seed", 0, Number.MAX_SAFE_INTEGER), 1)
    .option("--variant <id[=answer][@actor]>", "may be repeated: see mimi variants", variantOption, [])
    .option("--who <parties>", "what these have learned together: labels or ends of names, with commas")
    .option("--what <text>", "who knows this: m3, the third message; h1, a hidden handshake; or words of it")
    .option("--kind <kinds>", "message, epoch, participant, identity, consent, ... with commas", kindsOption)
    .option("--at <moment>", "what was known by then: an event's place in the trace, or 600ms", untilOption)
    .option("--network", "they hear everything that is under way anywhere")
    .option("--compare", "what they learn with the variants and not without them, and the other way round")
    .option("--format <format>", "text or json", "text")
    .action((name: string, options: Options) => answer(scenarioNamed(name), options));
}

function answer(scenario: Scenario, options: Options): void {
  const { seed, variant, format, who, what, compare } = options;
  if (format !== "text" && format !== "json")
    throw wrong(`there is no format "${format}", only text and json`);
  if (compare && variant.length === 0) throw wrong("--compare takes a --variant to compare with none");
  demandPlayable("mimi knowledge", variant, scenario);
  const known = knowledgeOfRun(scenario, seed, variant);
  const question = questionOf(known, options);
  const honest = compare ? knowledgeOfRun(scenario, seed) : undefined;
  if (format === "json") {
    const about = { scenario: scenario.name, seed, variants: variant.map(formatChoice) };
    const found =
      honest === undefined
        ? { facts: factsAsData(known, question) }
        : { differences: differencesAsData(known, honest, question) };
    console.log(JSON.stringify({ ...about, network: options.network === true, ...found }, undefined, 2));
  } else if (honest !== undefined) printDifferences(known, honest, question);
  else if (who !== undefined && what === undefined)
    for (const asked of question.groups) printLearned(known, asked, question);
  else {
    const isAll = what === undefined && options.kind === undefined;
    const facts = isAll ? question.facts.filter(({ kind }) => asked.includes(kind)) : question.facts;
    printKnowers(known, { ...question, facts });
    if (isAll) printCounts(known, question);
  }
}

/** What is told fact by fact where nothing else is asked for. */
const asked: readonly FactKind[] = ["message", "handshake", "epoch"];

function questionOf(known: RunKnowledge, { who, what, kind, at, network }: Options): Question {
  const hears = network === true ? { network: true } : {};
  const groups: readonly Asked[] =
    who === undefined
      ? known.parties.map((party) => ({ parties: [party], ...hears }))
      : [{ parties: partiesNamed(known, who), ...hears }];
  const about = what === undefined ? known.facts : factsAbout(known, what);
  const facts = kind === undefined ? about : about.filter((fact) => kind.includes(fact.kind));
  return { groups, facts, until: at, kinds: kind };
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

function wrong(what: string): UsageError {
  return new UsageError(`mimi knowledge: ${what}`);
}
