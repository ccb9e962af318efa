/** `mimi decode [TYPE]`: bytes of any format of the drafts as an annotated tree, a hexdump, JSON or diagnostic notation. */
import { existsSync } from "node:fs";
import { Command } from "commander";
import { type Decoded, type Format, findFormat } from "../../spec-model/formats/index.ts";
import { guessType } from "../../spec-model/guess.ts";
import { bold, dim } from "../colours.ts";
import { formatNamed } from "../decoding/format-named.ts";
import { hexdumpLines } from "../decoding/hexdump.ts";
import { fromBase64Text, fromHexText, octetsOf, unwrapped } from "../decoding/input.ts";
import { columns, wrapped } from "../decoding/layout.ts";
import { treeLines } from "../decoding/print-tree.ts";
import type { ExitCode } from "../exit-code.ts";
import { UsageError } from "../usage-error.ts";

interface Options {
  readonly hex?: string;
  readonly base64?: string;
  readonly json: boolean;
  readonly hexdump: boolean;
  readonly diagnostic: boolean;
}

/** What is decoded, as what, and what else it may be. */
interface Task {
  readonly bytes: Uint8Array;
  readonly format: Format;
  readonly guessed: boolean;
  readonly others: readonly string[];
}

const command = "mimi decode";
const mostOthers = 4;

export function decodeCommand(done: (code: ExitCode) => void): Command {
  return new Command("decode")
    .description("show what bytes are: structures of MIMI and MLS, MIMI content, status reports, directories")
    .argument("[type]", "see mimi explain; without it, the type is guessed")
    .argument("[file]", "binary, hexadecimal or base64; - is standard input")
    .option("--hex <digits>", "the bytes in hexadecimal")
    .option("--base64 <text>", "the bytes in base64 or base64url")
    .option("--json", "as JSON, which mimi encode takes back", false)
    .option("--hexdump", "all octets beside the tree", false)
    .option("--diagnostic", "CBOR in diagnostic notation, in full", false)
    .action((type: string | undefined, file: string | undefined, options: Options) =>
      done(perform(taskOf(type, file, options), options)),
    );
}

function perform(task: Task, options: Options): ExitCode {
  const decoded = task.format.decode(task.bytes);
  if (options.json) console.log(jsonOf(task, decoded));
  else if (options.diagnostic) console.log(diagnosticOf(task, decoded));
  else console.log(treeOf(task, decoded, options).join("\n"));
  if (decoded.error === undefined) return 0;
  console.error(`${command}: ${decoded.error.message}`);
  return 1;
}

function treeOf({ bytes, format, guessed, others }: Task, decoded: Decoded, options: Options): string[] {
  const { name, source, says } = format;
  const also = others.length === 0 ? "" : `; these bytes could also be: ${listed(others)}`;
  const about = `${bytes.length} octets${guessed ? `, type guessed${also}` : ""}`;
  const title = `${bold(name)} ${dim(`\u00b7 ${source}`)}`;
  const fits = `${name} \u00b7 ${source} \u00b7 ${says}`.length <= columns;
  return [
    ...(fits ? [`${title} ${dim("\u00b7")} ${says}`] : [title, says]),
    ...wrapped(about, columns).map(dim),
    "",
    ...(options.hexdump
      ? hexdumpLines(decoded.part, bytes)
      : treeLines(decoded.part, bytes.length, decoded.error?.offset)),
  ];
}

function listed(others: readonly string[]): string {
  const more = others.length - mostOthers;
  return others.slice(0, mostOthers).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function jsonOf({ format }: Task, { json, error }: Decoded): string {
  const { name, source } = format;
  return JSON.stringify({ type: name, source, value: json, ...(error && { error }) }, null, 2);
}

function diagnosticOf({ format }: Task, { diagnostic, error }: Decoded): string {
  if (diagnostic !== undefined) return diagnostic;
  if (error !== undefined) return "";
  throw new UsageError(`${command}: ${format.name} is not CBOR, and only CBOR has a diagnostic notation`);
}

function taskOf(type: string | undefined, file: string | undefined, options: Options): Task {
  const sources = [options.hex, options.base64, file].filter((each) => each !== undefined);
  if (sources.length > 1)
    throw new UsageError(`${command}: give one of --hex, --base64 and a file, not more`);
  if (options.hex !== undefined) return typed(type, fromHexText(command, options.hex));
  if (options.base64 !== undefined) return typed(type, fromBase64Text(command, options.base64));
  if (file !== undefined) return typed(type, unwrapped(octetsOf(command, file)));
  return fromOneArgument(type);
}

/** One argument alone is a file; the name of a type needs bytes with it. */
function fromOneArgument(word: string | undefined): Task {
  if (word === undefined) {
    throw new UsageError(
      `${command}: give bytes: --hex DIGITS, --base64 TEXT, a file, or - for standard input`,
    );
  }
  if (word !== "-" && !existsSync(word) && !/[./]/.test(word)) {
    const { name } = findFormat(word) ?? formatNamed(command, word);
    throw new UsageError(
      `${command}: ${name} of which bytes? Add --hex DIGITS, --base64 TEXT, a file, or - for standard input`,
    );
  }
  return typed(undefined, unwrapped(octetsOf(command, word)));
}

function typed(type: string | undefined, bytes: Uint8Array): Task {
  if (type !== undefined) return { bytes, format: formatNamed(command, type), guessed: false, others: [] };
  if (bytes.length === 0) throw new UsageError(`${command}: there are no bytes to guess the type of`);
  const guess = guessType(bytes);
  if (guess === undefined) {
    throw new UsageError(
      `${command}: these ${bytes.length} octets are of no type that is known. Name one to see how far they fit it: ${command} TYPE ...`,
    );
  }
  return { bytes, format: formatNamed(command, guess.likeliest), guessed: true, others: guess.others };
}
