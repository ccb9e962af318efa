/** The command line in this process: much faster than a process for each command. */
import { stripVTControlCharacters } from "node:util";
import { vi } from "vitest";
import { main } from "../../cli/main.ts";

export interface Ended {
  readonly code: number;
  /** Without colours. */
  readonly out: string;
  readonly error: string;
}

/** Runs `mimi` with `args`; what commander writes itself is left out. */
export async function mimi(...args: readonly string[]): Promise<Ended> {
  const out: string[] = [];
  const error: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((text: string) => void out.push(text));
  const warn = vi.spyOn(console, "error").mockImplementation((text: string) => void error.push(text));
  const written = vi.spyOn(process.stderr, "write").mockImplementation(() => true);
  try {
    const code = await main(args);
    return { code, out: stripVTControlCharacters(out.join("\n")), error: error.join("\n") };
  } finally {
    log.mockRestore();
    warn.mockRestore();
    written.mockRestore();
  }
}
