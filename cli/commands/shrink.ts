/** `mimi shrink FILE`: make what a replay file shows smaller. */
import { basename } from "node:path";
import { Command } from "commander";
import { shrunkTo, violationsIn, writeReplay } from "../../simulator/search/index.ts";
import type { ExitCode } from "../exit-code.ts";
import { demandWritable, writeFiles } from "../files.ts";
import { printCounterexample } from "../searching/print-counterexample.ts";
import { replayed, replayInput } from "../searching/replay-input.ts";

export function shrinkCommand(done: (code: ExitCode) => void): Command {
  return new Command("shrink")
    .description("leave out of a replay file whatever does not matter")
    .argument("<file>", "a replay file")
    .option("--out <folder>", "where the smaller one goes", "out")
    .action((file: string, { out }: { readonly out: string }) => done(perform(file, out)));
}

function perform(file: string, out: string): ExitCode {
  demandWritable("mimi shrink", out);
  const { trial, property, found } = replayInput("mimi shrink", file);
  const violations = violationsIn(replayed("mimi shrink", file, trial));
  const isThere = violations.some((each) => each.property === property);
  if (violations.length === 0) {
    console.log("Everything holds: there is nothing to shrink.");
    return 0;
  }
  const about = isThere && property !== undefined ? [property] : [];
  const { replay, violation, run, shrinks } = shrunkTo(trial, about, found);
  const name = `${basename(file, ".json")}-shrunk.json`;
  const [written = name] = writeFiles("mimi shrink", out, new Map([[name, writeReplay(replay)]]));
  console.log(`Made smaller in ${shrinks} tries.\n`);
  printCounterexample(replay, violation, run, written);
  return 1;
}
