/** Names and numbers of the presentation language. RFC 8446 §3 */
import type { Token } from "./lexer.ts";
import type { Named } from "./syntax.ts";

export function named({ text, offset }: Token): Named {
  return { name: text, offset };
}

/** `255`, `0xff`, `2^16-1`, `2**14`; undefined where it is anything else. */
export function numberOf(text: string): number | undefined {
  const written = text.replace(/\s+/g, "").replaceAll("**", "^");
  if (/^(?:\d+|0x[\da-f]+)$/i.test(written)) return Number(written);
  const power = /^(\d+)\^(\d+)([+-]\d+)?$/.exec(written);
  if (power === null) return undefined;
  return Number(power[1]) ** Number(power[2]) + Number(power[3] ?? 0);
}
