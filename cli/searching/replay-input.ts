/** Reading a replay file for a command; every mistake in it is one line. */

import type { Run } from "../../simulator/run/index.ts";
import { type Replay, ReplayError, readReplay, type Trial, tryOut } from "../../simulator/search/index.ts";
import { textOf } from "../../spec-model/bytes.ts";
import { readInput } from "../files.ts";
import { UsageError } from "../usage-error.ts";

export function replayInput(command: string, file: string): Replay {
  const text = textOf(readInput(command, file));
  if (text === undefined) throw new UsageError(`${command}: ${file}: it is no text in UTF-8`);
  try {
    return readReplay(text);
  } catch (error) {
    if (error instanceof ReplayError) throw new UsageError(`${command}: ${file}: ${error.message}`);
    throw error;
  }
}

/** The trial's run; a file that was written by hand can ask for what no actor understands. */
export function replayed(command: string, file: string, trial: Trial): Run {
  try {
    return tryOut(trial);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${command}: ${file}: its scenario cannot be run: ${reason.split("\n")[0]}`);
  }
}
