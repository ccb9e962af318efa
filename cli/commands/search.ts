/** `mimi search`: random stories until something does not hold, made as small as they get. */
import { Command, InvalidArgumentError } from "commander";
import { propertyById } from "../../simulator/properties/index.ts";
import { search, writeReplay } from "../../simulator/search/index.ts";
import { adversaries, type Choice } from "../../simulator/variants/index.ts";
import { closest } from "../../spec-model/closest.ts";
import type { ExitCode } from "../exit-code.ts";
import { demandWritable, writeFiles } from "../files.ts";
import { integerOption, variantOption } from "../options.ts";
import { printCounterexample } from "../searching/print-counterexample.ts";

interface Options {
  readonly runs: number;
  readonly seed: number;
  readonly path?: string;
  readonly variant: readonly Choice[];
  readonly property: readonly string[];
  readonly adversaries?: true;
  readonly out: string;
}

export function searchCommand(done: (code: ExitCode) => void): Command {
  return new Command("search")
    .description("try random stories until a property does not hold, and shrink the first one")
    .option("--runs <number>", "how many stories", integerOption("--runs", 1, 1_000_000), 100)
    .option("--seed <number>", "the same seed, the same stories", integerOption("--seed", 0, 0x7fffffff), 1)
    .option("--path <path>", "begin at the story that a search has found, e.g. 18:4:2", path)
    .option("--variant <id[=answer][@actor]>", "may be repeated: see mimi variants", variantOption, [])
    .option("--adversaries", "draw dishonest parties, too; what they are known to break does not count")
    .option("--property <id>", "only this one counts; may be repeated", property, [])
    .option("--out <folder>", "where the replay file goes", "out")
    .action((options: Options) => done(perform(options)));
}

function perform({
  runs,
  seed,
  path: start,
  variant,
  property: only,
  adversaries: dishonest,
  out,
}: Options): ExitCode {
  demandWritable("mimi search", out);
  const begin = start === undefined ? {} : { path: start };
  const { counterexample, runs: tried } = search({
    runs,
    seed,
    ...begin,
    variants: variant,
    properties: only,
    ...(dishonest === true ? { adversaries } : {}),
  });
  if (counterexample === undefined) {
    console.log(`${tried} stories, and everything holds.`);
    return 0;
  }
  const { replay, violation, run, after, shrinks } = counterexample;
  const name = `search-${seed}-${violation.property}.json`;
  const [file = name] = writeFiles("mimi search", out, new Map([[name, writeReplay(replay)]]));
  console.log(`Found after ${after} stories, and made smaller in ${shrinks} more.\n`);
  printCounterexample(replay, violation, run, file);
  return 1;
}

function property(id: string, before: readonly string[]): readonly string[] {
  if (propertyById.has(id)) return [...before, id];
  const guess = closest(id, [...propertyById.keys()]);
  const hint = guess === undefined ? "" : ` Did you mean "${guess}"?`;
  throw new InvalidArgumentError(`there is no property "${id}".${hint}`);
}

function path(text: string): string {
  if (/^\d+(:\d+)*$/.test(text)) return text;
  throw new InvalidArgumentError("a path is numbers with colons between.");
}
