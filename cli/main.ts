/** `mimi <verb>`: parses arguments, calls the toolkit, prints, and says how it ended with its exit code. */
import { Command, CommanderError } from "commander";
import { checkCommand } from "./commands/check.ts";
import { decodeCommand } from "./commands/decode.ts";
import { diagramCommand } from "./commands/diagram.ts";
import { encodeCommand } from "./commands/encode.ts";
import { explainCommand } from "./commands/explain.ts";
import { knowledgeCommand } from "./commands/knowledge.ts";
import { listCommand } from "./commands/list.ts";
import { machinesCommand } from "./commands/machines.ts";
import { replayCommand } from "./commands/replay.ts";
import { requirementsCommand } from "./commands/requirements.ts";
import { runCommand } from "./commands/run.ts";
import { searchCommand } from "./commands/search.ts";
import { shrinkCommand } from "./commands/shrink.ts";
import { variantsCommand } from "./commands/variants.ts";
import { vectorsCommand } from "./commands/vectors.ts";
import type { ExitCode } from "./exit-code.ts";
import { UsageError } from "./usage-error.ts";

/** Runs one command line. Every error is one line on standard error. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  const done = (ended: ExitCode) => {
    code = ended;
  };
  const program = new Command("mimi")
    .description("The MIMI drafts, executable: scenarios, traces, diagrams, state machines.")
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "mimi: ")) });
  const commands = [
    runCommand(done),
    listCommand(),
    variantsCommand(),
    knowledgeCommand(),
    searchCommand(done),
    replayCommand(done),
    shrinkCommand(done),
    diagramCommand(),
    machinesCommand(),
    checkCommand(done),
    decodeCommand(done),
    encodeCommand(),
    explainCommand(),
    requirementsCommand(),
    vectorsCommand(done),
  ];
  for (const command of commands) {
    program.addCommand(command.exitOverride().configureOutput(program.configureOutput()));
  }
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    return 2;
  }
}
