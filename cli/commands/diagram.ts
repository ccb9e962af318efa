/** `mimi diagram TRACE`: ladders from a trace alone. */
import { basename } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { readTrace, type Trace, TraceError } from "../../simulator/trace/index.ts";
import { type DiagramFormat, diagramFiles, diagramFormats, formatList, printedDiagram } from "../diagrams.ts";
import { readInput, writeFiles } from "../files.ts";
import { UsageError } from "../usage-error.ts";

interface Options {
  readonly format: readonly DiagramFormat[];
  readonly width: number;
  readonly out?: string;
}

export function diagramCommand(): Command {
  return new Command("diagram")
    .description("draw the ladders of a trace")
    .argument("<trace>", "a trace file that mimi run has written")
    .option("--format <formats>", `some of ${diagramFormats.join(", ")}, with commas between`, formatList, [
      "ascii",
    ])
    .option("--width <columns>", "of ASCII ladders", columns, 72)
    .option("--out <folder>", "write files into this folder instead of printing")
    .action((path: string, options: Options) => {
      const trace = traceAt(path);
      if (options.out === undefined) {
        for (const format of options.format) console.log(printedDiagram(trace, format, options.width));
        return;
      }
      const name = basename(path).replace(/\.jsonl$/, "");
      const files = diagramFiles(trace, name, options.format, options.width);
      for (const written of writeFiles("mimi diagram", options.out, files)) console.log(written);
    });
}

function traceAt(path: string): Trace {
  try {
    return readTrace(readInput("mimi diagram", path));
  } catch (error) {
    if (error instanceof TraceError) throw new UsageError(`mimi diagram: ${path}: ${error.message}`);
    throw error;
  }
}

function columns(text: string): number {
  const width = Number(text);
  if (Number.isInteger(width) && width >= 40 && width <= 1000) return width;
  throw new InvalidArgumentError("a ladder is 40 to 1000 columns wide.");
}
