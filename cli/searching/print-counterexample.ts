/** A counterexample for people: what does not hold, the story, the ladder, and how to see it again. */

import { formatFault } from "../../simulator/faults/index.ts";
import { type Run, version } from "../../simulator/run/index.ts";
import type { Replay, Violation } from "../../simulator/search/index.ts";
import { formatChoice } from "../../simulator/variants/index.ts";
import { bold, dim, red } from "../colours.ts";
import { printedDiagram } from "../diagrams.ts";

export function printCounterexample(
  { trial, found, writtenBy = version }: Replay,
  violation: Violation,
  { trace }: Run,
  file: string,
): void {
  console.log(`${red(violation.property)} does not hold: ${violation.says}.\n  ${violation.detail}\n`);
  console.log(bold("The story"));
  for (const { moments } of trial.scenario.chapters) {
    for (const list of moments)
      console.log(`  ${list.map(({ says }) => says).join(", and at the same time ")}.`);
  }
  for (const fault of trial.faults) console.log(`  Fault: ${formatFault(fault)}`);
  for (const choice of trial.variants) console.log(`  Variant: ${formatChoice(choice)}`);
  console.log(`\n${bold("The ladder")}\n\n${printedDiagram(trace, "ascii", 72)}`);
  const place = found === undefined ? "" : `, found at seed ${found.seed}, path ${found.path}`;
  console.log(`${dim("run")}     seed ${trial.seed}, latency ${trial.latency}, ${trial.mls} MLS${place}`);
  if (writtenBy !== version)
    console.log(
      red(`the file was written by version ${writtenBy}; this is ${version}, whose runs may differ`),
    );
  console.log(`${dim("replay")}  mimi replay ${file}`);
}
