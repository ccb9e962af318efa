/** A fault: one bit of one message on the wire is flipped. */
import type { DeliveryPolicy } from "../kernel/index.ts";

/** Which message (by its id in the trace), which byte of its body, which bit of it (0 to 7). */
export interface BitFlip {
  readonly message: number;
  readonly byte: number;
  readonly bit: number;
}

/** Flips the bit, where the message has such a byte. */
export function bitFlip({ message, byte, bit }: BitFlip): DeliveryPolicy<unknown> {
  return {
    name: `bit ${bit} of byte ${byte} of message ${message} flipped`,
    deliver: (_link, envelope) => {
      if (envelope.id !== message || byte >= envelope.bytes.length) return { type: "deliver" };
      const bytes = envelope.bytes.slice();
      bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
      return { type: "replace", bytes, what: `bit ${bit} of byte ${byte} flipped` };
    },
  };
}

/** `message:byte` or `message:byte:bit` as a flip; undefined where the text is neither. */
export function parseBitFlip(text: string): BitFlip | undefined {
  const [, message, byte, bit = "0"] = /^(\d{1,9}):(\d{1,9})(?::([0-7]))?$/.exec(text) ?? [];
  if (message === undefined || byte === undefined) return undefined;
  return { message: Number(message), byte: Number(byte), bit: Number(bit) };
}
