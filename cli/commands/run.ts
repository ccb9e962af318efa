/** `mimi run SCENARIO`: run it, tell the story, draw the ladders, show where everybody ends, write the files. */
import { Command, InvalidArgumentError, Option } from "commander";
import {
  type BitFlip,
  bitFlip,
  type Fault,
  faultForms,
  formatFault,
  parseBitFlip,
} from "../../simulator/faults/index.ts";
import { parseLatency, TimeTextError } from "../../simulator/kernel/index.ts";
import { knownAs, type Property } from "../../simulator/properties/index.ts";
import { storyOf, troubleIn } from "../../simulator/report/index.ts";
import { type Difference, type Run, runAwaiting, runTwice } from "../../simulator/run/index.ts";
import { scenarios } from "../../simulator/scenarios/index.ts";
import { traceDigest, writeTrace } from "../../simulator/trace/index.ts";
import type { Choice } from "../../simulator/variants/index.ts";
import { closest } from "../../spec-model/closest.ts";
import { bold, dim, red } from "../colours.ts";
import { type DiagramFormat, diagramFiles, diagramFormats, formatList, printedDiagram } from "../diagrams.ts";
import type { ExitCode } from "../exit-code.ts";
import { faultOption, faultsFor, paceOption, propertiesOption } from "../fault-options.ts";
import { demandWritable, writeFiles } from "../files.ts";
import { demandPlayable, variantOption } from "../options.ts";
import { printEndState, printStory } from "../print.ts";
import { UsageError } from "../usage-error.ts";

interface Options {
  readonly seed: number;
  readonly suite: 1 | 2 | 3;
  readonly mls: "real" | "symbolic";
  readonly latency: string;
  readonly flip?: BitFlip;
  readonly fault: readonly Fault[];
  readonly swarm: boolean;
  readonly pace?: number;
  readonly properties?: readonly Property[];
  readonly twice: boolean;
  readonly variant: readonly Choice[];
  readonly out: string;
  readonly format: readonly DiagramFormat[];
  readonly bodies: boolean;
  readonly quiet: boolean;
}

export function runCommand(done: (code: ExitCode) => void): Command {
  return new Command("run")
    .description("run a scenario and write its trace and its diagrams")
    .argument("<scenario>", "its name: see mimi list")
    .option("--seed <number>", "a non-negative integer: another seed, another schedule", seed, 1)
    .option("--suite <number>", "the MLS cipher suite: 1, 2 or 3", suite, 1)
    .addOption(
      new Option("--mls <layer>", "MLS with its cryptography, or its symbolic twin")
        .choices(["real", "symbolic"])
        .default("real"),
    )
    .option(
      "--latency <distribution>",
      "between providers, e.g. wan or uniform(20ms,40ms)",
      latency,
      "uniform(20ms,40ms)",
    )
    .option(
      "--flip <message:byte:bit>",
      "flip one bit of a message, by its id in the trace, and see who notices",
      flip,
    )
    .option(
      "--fault <fault>",
      `may be repeated: ${faultForms.map(([form]) => form).join(" ")}`,
      faultOption,
      [],
    )
    .option("--swarm", "faults that the seed stands for", false)
    .option("--pace <duration>", "go on with the story after this time, whatever is under way", paceOption)
    .option("--properties <ids>", "watch for these alone, e.g. I03,L01; none for none", propertiesOption)
    .option("--twice", "run it again and compare what happens, event by event", false)
    .option("--variant <id[=answer][@actor]>", "may be repeated: see mimi variants", variantOption, [])
    .option("--out <folder>", "where the files go", "out")
    .option("--format <formats>", `some of ${diagramFormats.join(", ")}, with commas between`, formatList, [
      "ascii",
      "svg",
      "mermaid",
    ])
    .option("--bodies", "keep whole message bodies in the trace", false)
    .option("--quiet", "print only the digest and where the files are", false)
    .action(async (name: string, options: Options) => done(await perform(name, options)));
}

async function perform(name: string, options: Options): Promise<ExitCode> {
  const scenario = scenarios.get(name);
  if (scenario === undefined) throw new UsageError(noScenario(name));
  demandWritable("mimi run", options.out);
  demandPlayable("mimi run", options.variant, scenario);
  const { faults, paceMs } = faultsFor(scenario, options);
  const settings = {
    seed: options.seed,
    suite: options.suite,
    mls: options.mls,
    latency: options.latency,
    keepBodies: options.bodies,
    variants: options.variant,
    policies: options.flip === undefined ? [] : [bitFlip(options.flip)],
    faults,
    ...(paceMs === undefined ? {} : { paceMs }),
    ...(options.properties === undefined ? {} : { properties: options.properties }),
  };
  const { run: made, difference } = options.twice
    ? await runTwice(scenario, settings)
    : { run: await runAwaiting(scenario, settings), difference: undefined };
  if (options.flip !== undefined && !made.trace.events.some((event) => event.type === "tamper")) {
    const { message, byte } = options.flip;
    throw new UsageError(
      `mimi run: no message ${message} with a byte ${byte} goes over the network in this run.`,
    );
  }
  const text = writeTrace(made.trace);
  const base = `${name}-${options.seed}${options.flip === undefined ? "" : "-flipped"}`;
  const files = new Map([[`${base}.jsonl`, text], ...diagramFiles(made.trace, base, options.format, 72)]);
  const written = writeFiles("mimi run", options.out, files);
  if (!options.quiet) printAll(made);
  const { seed, options: header } = made.trace.header;
  const shown = Object.entries(header)
    .filter(([key]) => key !== "faults")
    .map(([key, value]) => `${key} ${value}`);
  console.log(`${dim("seed")}    ${seed}, ${shown.join(", ")}`);
  for (const fault of faults) console.log(`${dim("fault")}   ${formatFault(fault)}`);
  for (const line of troubleIn(made.trace)) console.log(`${dim("noticed")} ${red(line)}`);
  console.log(`${dim("checks")}  ${checkLine(made)}`);
  console.log(`${dim("files")}   ${written.join(" ")}`);
  console.log(`${dim("digest")}  ${traceDigest(text)}`);
  if (options.twice) console.log(`${dim("twice")}   ${twiceLine(difference)}`);
  return made.holds && difference === undefined ? 0 : 1;
}

function twiceLine(difference: Difference | undefined): string {
  if (difference === undefined) return "both runs are the same";
  const { seq, first, second } = difference;
  return red(`they differ from event ${seq} on: ${JSON.stringify(first)} against ${JSON.stringify(second)}`);
}

function printAll(made: Run): void {
  printStory(storyOf(made.trace));
  console.log(`\n${bold("The ladders")}\n`);
  console.log(printedDiagram(made.trace, "ascii", 72));
  printEndState(made.trace);
  console.log("");
}

function checkLine({ trace, holds }: Run): string {
  const checks = trace.events.filter((event) => event.type === "check");
  const gaps = checks.filter((event) => event.detail?.includes(knownAs) === true).length;
  const failed = checks.filter((event) => !event.holds).length - gaps;
  const known = gaps === 0 ? "" : `, but for ${gaps} that the drafts leave open`;
  return holds ? `${checks.length} made, all hold${known}` : red(`${failed} of ${checks.length} do not hold`);
}

function flip(text: string): BitFlip {
  const parsed = parseBitFlip(text);
  if (parsed !== undefined) return parsed;
  throw new InvalidArgumentError("write the message's id, the byte and the bit, as in 42:17:0.");
}

function noScenario(name: string): string {
  const guess = closest(name, [...scenarios.keys()]);
  const hint = guess === undefined ? "mimi list shows what there is." : `Did you mean "${guess}"?`;
  return `mimi run: there is no scenario "${name}". ${hint}`;
}

function seed(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("a seed is an integer from 0 to 2^53-1.");
}

function suite(text: string): 1 | 2 | 3 {
  if (text === "1" || text === "2" || text === "3") return Number(text) as 1 | 2 | 3;
  throw new InvalidArgumentError("the cipher suites of the model are 1, 2 and 3.");
}

function latency(text: string): string {
  try {
    parseLatency(text);
    return text;
  } catch (error) {
    if (error instanceof TimeTextError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
