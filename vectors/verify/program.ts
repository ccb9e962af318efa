/** A program under test: started with a shell command, started again where it crashes or falls silent. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type Implementation, ImplementationError } from "./implementation.ts";
import {
  type Answer,
  type Capabilities,
  type CaseRequest,
  readAnswer,
  readCapabilities,
} from "./protocol.ts";

export interface ProgramOptions {
  /** How long a program may take to start, and for each answer; in milliseconds. */
  readonly timeout: number;
}

/** A program that does not come up again this often in a row is given up. */
const mostStarts = 3;
/** In characters: a line that is longer is garbage, whatever comes. */
const longestLine = 16 * 1024 * 1024;

/** Starts `command` and waits for its capabilities. Rejects with `ImplementationError` where none come. */
export async function startProgram(command: string, options: ProgramOptions): Promise<Implementation> {
  let running = await start(command, options);
  let failedStarts = 0;
  const restart = async () => {
    try {
      running = await start(command, options);
      failedStarts = 0;
    } catch (error) {
      failedStarts++;
      throw error;
    }
  };
  return {
    capabilities: running.capabilities,
    async answer(request) {
      if (running.ended) {
        if (failedStarts >= mostStarts) throw new ImplementationError("it does not start any more");
        await restart();
      }
      return running.ask(request);
    },
    close: () => running.close(),
  };
}

interface Running {
  readonly capabilities: Capabilities;
  readonly ended: boolean;
  ask(request: CaseRequest): Promise<Answer>;
  close(): Promise<void>;
}

async function start(command: string, { timeout }: ProgramOptions): Promise<Running> {
  const lines = new Lines(command);
  try {
    const capabilities = readCapabilities(await lines.next(timeout, "its capabilities"));
    if (typeof capabilities === "string") throw new ImplementationError(capabilities);
    return {
      capabilities,
      get ended() {
        return lines.ended;
      },
      async ask(request) {
        lines.send(JSON.stringify(request));
        const answer = readAnswer(await lines.next(timeout, "an answer"), request.id);
        if (typeof answer !== "string") return answer;
        // Lines and cases no longer belong together: what comes next could be an answer to anything.
        lines.kill();
        throw new ImplementationError(answer);
      },
      close: () => lines.close(),
    };
  } catch (error) {
    lines.kill();
    throw error;
  }
}

/** The program's lines, one at a time. */
class Lines {
  ended = false;
  private readonly child: ChildProcess;
  private readonly waiting: string[] = [];
  private wake: (() => void) | undefined;
  private end = "";
  private complaint = "";

  constructor(command: string) {
    this.child = spawn(command, { shell: true, stdio: ["pipe", "pipe", "pipe"], detached: true });
    const { stdin, stdout, stderr } = this.child;
    // A program that ends does not read what it is sent; its end is what is reported.
    stdin?.on("error", () => {});
    stderr?.on("data", (data: Buffer) => {
      this.complaint = (this.complaint + data.toString("utf8")).slice(-2000);
    });
    if (stdout !== null) createInterface({ input: stdout }).on("line", (line) => this.hear(line));
    this.child.on("error", (error) => this.stop(error.message));
    this.child.on("close", (code, signal) => this.stop(`it ended with ${signal ?? `exit code ${code}`}`));
  }

  send(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  async next(timeout: number, what: string): Promise<string> {
    if (this.waiting.length === 0 && !this.ended) await this.something(timeout);
    const line = this.waiting.shift();
    if (line !== undefined) return line;
    if (this.ended) throw new ImplementationError(`${this.end} before ${what}${this.lastWords()}`);
    this.kill();
    throw new ImplementationError(`${what} did not come within ${timeout} ms`);
  }

  kill(): void {
    this.ended = true;
    const { pid } = this.child;
    if (pid === undefined) return;
    try {
      // The whole group: the shell that was started, and what it started.
      process.kill(-pid, "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  }

  close(): Promise<void> {
    if (this.ended) return Promise.resolve();
    return new Promise((resolve) => {
      const giveUp = setTimeout(() => this.kill(), 2000);
      this.child.on("close", () => {
        clearTimeout(giveUp);
        resolve();
      });
      this.child.stdin?.end();
    });
  }

  private hear(line: string): void {
    this.waiting.push(line.slice(0, longestLine));
    this.wake?.();
  }

  private stop(says: string): void {
    this.ended = true;
    this.end = says;
    this.wake?.();
  }

  private something(timeout: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeout);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = undefined;
        resolve();
      };
    });
  }

  private lastWords(): string {
    const last = this.complaint.trim().split("\n").at(-1) ?? "";
    return last === "" ? "" : `: ${last.slice(0, 200)}`;
  }
}
