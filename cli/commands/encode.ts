/** `mimi encode TYPE`: the bytes of what `mimi decode --json` prints. */
import { basename, dirname } from "node:path";
import { Command } from "commander";
import { hex, textOf } from "../../spec-model/bytes.ts";
import { ContentError } from "../../spec-model/content/index.ts";
import { type Format, JsonError } from "../../spec-model/formats/index.ts";
import { EncodeError } from "../../spec-model/wire/index.ts";
import { formatNamed } from "../decoding/format-named.ts";
import { octetsOf } from "../decoding/input.ts";
import { writeFiles } from "../files.ts";
import { UsageError } from "../usage-error.ts";

interface Options {
  readonly base64: boolean;
  readonly out?: string;
}

const command = "mimi encode";

export function encodeCommand(): Command {
  return new Command("encode")
    .description("make bytes from the JSON that mimi decode --json prints")
    .argument("<type>", "see mimi explain")
    .argument("[file]", "a JSON file; - is standard input", "-")
    .option("--base64", "print base64 instead of hexadecimal", false)
    .option("--out <file>", "write the bytes into this file instead of printing them")
    .action((type: string, file: string, options: Options) => {
      const format = formatNamed(command, type);
      const bytes = encoded(format, valueIn(format, documentAt(file)));
      if (options.out !== undefined)
        writeFiles(command, dirname(options.out), new Map([[basename(options.out), bytes]]));
      else console.log(options.base64 ? Buffer.from(bytes).toString("base64") : hex(bytes));
    });
}

function documentAt(file: string): unknown {
  const where = file === "-" ? "standard input" : file;
  const text = textOf(octetsOf(command, file));
  if (text === undefined) throw new UsageError(`${command}: ${where} is not UTF-8`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${command}: ${where} is not JSON: ${(error as SyntaxError).message}`);
  }
}

/** The value alone, or with its type and source around it, as `mimi decode --json` prints it. */
function valueIn(format: Format, document: unknown): unknown {
  const isObject = typeof document === "object" && document !== null;
  if (!isObject || !("type" in document && "value" in document && "source" in document)) return document;
  if (document.type !== format.name) {
    throw new UsageError(
      `${command}: this is the JSON of type ${String(document.type)}, not of ${format.name}`,
    );
  }
  if ("error" in document) {
    throw new UsageError(`${command}: this is the JSON of bytes that could not be decoded to their end`);
  }
  return document.value;
}

function encoded(format: Format, json: unknown): Uint8Array {
  try {
    return format.encode(json);
  } catch (error) {
    const isKnown =
      error instanceof JsonError || error instanceof EncodeError || error instanceof ContentError;
    if (isKnown) throw new UsageError(`${command}: ${error.message}`);
    throw error;
  }
}
