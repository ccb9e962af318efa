/** `mimi replay FILE`: run again what a search has found, and say whether it still shows. */
import { Command } from "commander";
import { version } from "../../simulator/run/index.ts";
import { violationsIn } from "../../simulator/search/index.ts";
import type { ExitCode } from "../exit-code.ts";
import { printCounterexample } from "../searching/print-counterexample.ts";
import { replayed, replayInput } from "../searching/replay-input.ts";

export function replayCommand(done: (code: ExitCode) => void): Command {
  return new Command("replay")
    .description("run again what mimi search or mimi shrink has written")
    .argument("<file>", "a replay file")
    .action((file: string) => done(perform(file)));
}

function perform(file: string): ExitCode {
  const replay = replayInput("mimi replay", file);
  const run = replayed("mimi replay", file, replay.trial);
  const violations = violationsIn(run);
  const shown = violations.find(({ property }) => property === replay.property) ?? violations[0];
  if (shown !== undefined) {
    printCounterexample(replay, shown, run, file);
    return 1;
  }
  const before = replay.property === undefined ? "" : ` ${replay.property}, which the file is about, too.`;
  const other =
    replay.writtenBy === version ? "" : ` It was written by version ${replay.writtenBy}; this is ${version}.`;
  console.log(`Everything holds.${before}${other}`);
  return 0;
}
