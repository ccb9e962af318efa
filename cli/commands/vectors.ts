/** `mimi vectors`: the published vectors, and a harness that runs them against any implementation. */
import { dirname, join } from "node:path";
import { Command } from "commander";
import { closest } from "../../spec-model/closest.ts";
import { model } from "../../vectors/adapters/typescript/index.ts";
import { coverageOf, itemsOf } from "../../vectors/coverage/index.ts";
import {
  type Implementation,
  ImplementationError,
  junit,
  type LoadedFile,
  loadFile,
  manifest,
  publishedPaths,
  type Result,
  startProgram,
  summaryOf,
  VectorFileError,
  vectorsFolder,
  verify,
} from "../../vectors/verify/index.ts";
import { bold, dim, green } from "../colours.ts";
import type { ExitCode } from "../exit-code.ts";
import { writeFiles } from "../files.ts";
import { UsageError } from "../usage-error.ts";
import { printCoverage } from "../verifying/print-coverage.ts";
import { printResults } from "../verifying/print-results.ts";

const formats = ["text", "json", "junit"] as const;

interface VerifyOptions {
  readonly impl?: string;
  readonly timeout: string;
  readonly format: string;
  readonly out?: string;
}

export function vectorsCommand(done: (code: ExitCode) => void): Command {
  const command = new Command("vectors").description("list, show and verify the published test vectors");
  command.command("list").description("list the files, with the number of their cases").action(list);
  command
    .command("show")
    .description("print one case")
    .argument("<id>", "the case's id")
    .action((id: string) => show(id));
  command
    .command("coverage")
    .description("what the cases cover: requirements, mistakes, transitions; and how few cover the same")
    .option("--format <format>", "how to report: text, json", "text")
    .action((options: { readonly format: string }) => coverage(options.format));
  command
    .command("verify")
    .description("run the cases against an implementation; the model itself where none is given")
    .argument("[files...]", "vector files; all that are published where none is given")
    .option("--impl <command>", "a program that speaks the protocol of vectors/README.md")
    .option("--timeout <milliseconds>", "how long the program may take for an answer", "10000")
    .option("--format <format>", `how to report: ${formats.join(", ")}`, "text")
    .option("--out <file>", "write the report into this file instead of printing it")
    .action((files: readonly string[], options: VerifyOptions) => verifyFiles(files, options, done));
  for (const each of command.commands) each.exitOverride();
  return command;
}

function list(): void {
  const { files, tests, negative } = manifest();
  const width = Math.max(...files.map(({ path }) => path.length)) + 2;
  for (const { path, tests: count, negative: bad } of files) {
    console.log(`${path.padEnd(width)}${`${count}`.padStart(6)} cases${`${bad}`.padStart(7)} negative`);
  }
  console.log(bold(`${files.length} files, ${tests} cases, ${negative} of them negative`));
}

function show(id: string): void {
  const cases = publishedPaths().flatMap((path) =>
    load("show", join(vectorsFolder, path)).cases.map((each) => ({ path, each })),
  );
  const found = cases.find(({ each }) => each.id === id);
  if (found === undefined) {
    const guess = closest(
      id,
      cases.map(({ each }) => each.id),
    );
    const hint = guess === undefined ? "mimi vectors list names the files." : `Did you mean "${guess}"?`;
    throw new UsageError(`mimi vectors show: there is no case "${id}". ${hint}`);
  }
  console.log(dim(found.path));
  console.log(JSON.stringify(found.each, undefined, 2));
}

function coverage(format: string): void {
  if (format !== "text" && format !== "json") {
    throw new UsageError(`mimi vectors coverage: there is no format "${format}"; there are text, json`);
  }
  const cases = publishedPaths().flatMap((path) => load("coverage", join(vectorsFolder, path)).cases);
  const found = coverageOf(cases.map(itemsOf));
  if (format === "json") console.log(JSON.stringify(found, undefined, 2));
  else printCoverage(found);
}

async function verifyFiles(
  paths: readonly string[],
  options: VerifyOptions,
  done: (code: ExitCode) => void,
): Promise<void> {
  const format = formats.find((each) => each === options.format);
  if (format === undefined) {
    throw new UsageError(
      `mimi vectors verify: there is no format "${options.format}"; there are ${formats.join(", ")}`,
    );
  }
  const files = filesToRun(paths);
  const implementation = await started(options);
  const results = await verify(files, implementation).finally(() => implementation.close());
  const name = `${implementation.capabilities.name} ${implementation.capabilities.version}`;
  if (format === "text" && options.out === undefined) printResults(name, results);
  else report(reportText(format, name, results), options.out);
  done(results.some(({ verdict }) => verdict.verdict === "failed") ? 1 : 0);
}

function filesToRun(paths: readonly string[]): LoadedFile[] {
  const published = paths.length === 0;
  const chosen = published ? publishedPaths() : paths;
  return chosen.map((path) => {
    const loaded = load("verify", published ? join(vectorsFolder, path) : path);
    return { ...loaded, path };
  });
}

async function started({ impl, timeout }: VerifyOptions): Promise<Implementation> {
  const milliseconds = Number(timeout);
  if (!Number.isInteger(milliseconds) || milliseconds < 1) {
    throw new UsageError(`mimi vectors verify: --timeout takes a number of milliseconds, not "${timeout}"`);
  }
  if (impl === undefined) return model;
  try {
    return await startProgram(impl, { timeout: milliseconds });
  } catch (error) {
    if (!(error instanceof ImplementationError)) throw error;
    throw new UsageError(`mimi vectors verify: ${impl}: ${error.message}`);
  }
}

function reportText(format: (typeof formats)[number], name: string, results: readonly Result[]): string {
  if (format === "junit") return junit(results);
  if (format === "json") return `${JSON.stringify(jsonReport(name, results), undefined, 1)}\n`;
  const lines: string[] = [];
  printResults(name, results, (line) => lines.push(line));
  return `${lines.join("\n")}\n`;
}

function jsonReport(implementation: string, results: readonly Result[]): object {
  const { all, byFamily, byLevel, byRequirement } = summaryOf(results);
  return {
    implementation,
    ...all,
    families: Object.fromEntries(byFamily),
    levels: Object.fromEntries(byLevel),
    requirements: Object.fromEntries(byRequirement),
    cases: results.map(({ path, case: { id }, verdict }) => ({ path, id, ...verdict })),
  };
}

function report(text: string, out: string | undefined): void {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  const [path] = writeFiles("mimi vectors verify", dirname(out), new Map([[fileName(out), text]]));
  console.log(green(`written: ${path}`));
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function load(command: string, path: string): LoadedFile {
  try {
    return loadFile(path);
  } catch (error) {
    if (!(error instanceof VectorFileError)) throw error;
    throw new UsageError(`mimi vectors ${command}: ${error.message}`);
  }
}
