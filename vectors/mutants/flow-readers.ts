/** What flows' decoders that forgive take for the octets of a step: they know no others than those that have come. */
import { hex } from "../../spec-model/bytes.ts";

export interface Codec<T> {
  decode(bytes: Uint8Array): T;
  encode(value: T): Uint8Array;
}

/** Octets that a strict decoder reads, for ones that it does not read. */
export type Mend = (bytes: Uint8Array, reads: (bytes: Uint8Array) => boolean) => Uint8Array | undefined;

const few = [1, 2, 3, 4];

export const shorter: Mend = (bytes, reads) =>
  reads(bytes) ? undefined : few.map((count) => bytes.subarray(0, -count)).find(reads);

/** Zeros behind the end; or whatever octet makes one that is missing right. */
export const longer: Mend = (bytes, reads) => {
  if (reads(bytes)) return undefined;
  const zeros = few.map((count) => Array<number>(count).fill(0));
  const guesses = few.map((octet) => [octet]);
  return [...zeros, ...guesses].map((more) => Uint8Array.from([...bytes, ...more])).find(reads);
};

export function valueIn<T>(codec: { decode(bytes: Uint8Array): T }, bytes: Uint8Array): T | undefined {
  try {
    return codec.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The octets with their value changed, in hexadecimal; undefined where they hold none, or nothing changes. */
export function altered<T>(
  codec: Codec<T>,
  bytes: Uint8Array,
  change: (value: T) => T | undefined,
): string | undefined {
  const value = valueIn(codec, bytes);
  const after = value && change(value);
  const text = after && hex(codec.encode(after));
  return text === hex(bytes) ? undefined : text;
}
