/** Byte strings that hold text for people. */
import { textOf } from "../bytes.ts";

/** The text that `bytes` are, in single quotes as in diagnostic notation (RFC 8949 §8); undefined where they are none. */
export function readable(bytes: Uint8Array): string | undefined {
  const text = bytes.length === 0 ? undefined : textOf(bytes);
  if (text === undefined || /[^\P{C}\n\t\r\u200d]/u.test(text)) return undefined;
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${escaped}'`;
}
