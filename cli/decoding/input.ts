/** Where commands get bytes from: hexadecimal, base64, a file or standard input. */
import { readFileSync } from "node:fs";
import { fromHex } from "../../spec-model/bytes.ts";
import { readInput } from "../files.ts";
import { UsageError } from "../usage-error.ts";

/** The octets of the file at `path`, of standard input where it is `-`. */
export function octetsOf(command: string, path: string): Uint8Array {
  if (path !== "-") return readInput(command, path);
  try {
    return readFileSync(0);
  } catch {
    throw new UsageError(`${command}: cannot read standard input`);
  }
}

/** Whitespace and colons may stand between the digits, and `0x` in front of them. */
export function fromHexText(command: string, text: string): Uint8Array {
  const digits = compactHex(text);
  const bytes = fromHex(digits);
  if (bytes !== undefined) return bytes;
  const wrong = /[^0-9a-fA-F]/u.exec(digits)?.[0];
  const problem =
    wrong === undefined
      ? `there are ${digits.length} hexadecimal digits, and an octet takes two`
      : `${JSON.stringify(wrong)} is no hexadecimal digit`;
  throw new UsageError(`${command}: --hex: ${problem}`);
}

export function fromBase64Text(command: string, text: string): Uint8Array {
  const bytes = base64Octets(text.replace(/\s/g, ""));
  if (bytes !== undefined) return bytes;
  throw new UsageError(`${command}: --base64: this is not base64 (RFC 4648 §4 or §5)`);
}

/** The octets that a file's text writes in hexadecimal or base64; the file's own octets where it is no such text. */
export function unwrapped(file: Uint8Array): Uint8Array {
  if (file.some((octet) => octet > 0x7e || (octet < 0x20 && ![9, 10, 13].includes(octet)))) return file;
  const text = Buffer.from(file).toString("latin1");
  const inHex = fromHex(compactHex(text));
  if (inHex !== undefined && inHex.length > 0) return inHex;
  const compact = text.replace(/\s/g, "");
  // Shorter texts may as well be the value of a structure.
  return (compact.length >= 8 ? base64Octets(compact) : undefined) ?? file;
}

function compactHex(text: string): string {
  return text.trim().replace(/^0x/i, "").replace(/[\s:]/g, "");
}

/** In either alphabet, with or without padding; undefined for anything else. */
function base64Octets(text: string): Uint8Array | undefined {
  const bare = text
    .replace(/={1,2}$/, "")
    .replaceAll("-", "+")
    .replaceAll("_", "/");
  const bytes = Buffer.from(bare, "base64");
  return bytes.toString("base64").replace(/=+$/, "") === bare ? new Uint8Array(bytes) : undefined;
}
