/**
 * Enumerations. A value is its name as the draft spells it. A closed enum refuses numbers without a name; an open
 * one (a registry that others extend) keeps them as numbers. What a draft calls `reserved` is no value of either.
 */
import { type Codec, codec } from "./codec.ts";
import { DecodeError, EncodeError } from "./errors.ts";
import type { Reader } from "./reader.ts";
import type { Writer } from "./writer.ts";

type Numbers = Readonly<Record<string, number>>;
type Octets = 1 | 2 | 4;
type Names<N extends Numbers> = Exclude<keyof N & string, "reserved">;

/** `enum { a(0), b(1), (255) } Name;` where a receiver refuses other values. Its width follows from `max`. */
export function closedEnum<const N extends Numbers>(name: string, max: number, numbers: N): Codec<Names<N>> {
  return enumeration(name, widthOf(max), numbers, false) as Codec<Names<N>>;
}

/** A registry of `octets` octets: values without a name here stay numbers and are written back unchanged. */
export function openEnum<const N extends Numbers>(
  name: string,
  octets: Octets,
  numbers: N,
): Codec<Names<N> | number> {
  return enumeration(name, octets, numbers, true) as Codec<Names<N> | number>;
}

function enumeration(name: string, octets: Octets, numbers: Numbers, open: boolean): Codec<string | number> {
  const values = new Map(Object.entries(numbers));
  const byName = new Map([...values].filter(([label]) => label !== "reserved"));
  const byNumber = new Map([...byName].map(([label, number]) => [number, label]));
  return codec<string | number>({
    shape: { kind: "enum", name, octets, values, open },
    read(reader) {
      const start = reader.offset;
      const number = readUint(reader, octets);
      const label = byNumber.get(number);
      if (label !== undefined) return label;
      if (open) return number;
      throw new DecodeError(start, `a ${name}: ${[...byName.keys()].join(", ")}`, `the value ${number}`);
    },
    write(writer, value) {
      const number = typeof value === "string" ? byName.get(value) : openNumber(value);
      if (number === undefined) throw new EncodeError(`a ${name}`, JSON.stringify(value));
      writeUint(writer, octets, number);
    },
  });

  /** A number that has a name is written by its name only: one value, one form. */
  function openNumber(value: number): number | undefined {
    const fits = Number.isInteger(value) && value >= 0 && value < 256 ** octets;
    return open && fits && !byNumber.has(value) ? value : undefined;
  }
}

function widthOf(max: number): Octets {
  if (max < 2 ** 8) return 1;
  return max < 2 ** 16 ? 2 : 4;
}

function readUint(reader: Reader, octets: Octets): number {
  if (octets === 1) return reader.uint8();
  return octets === 2 ? reader.uint16() : reader.uint32();
}

function writeUint(writer: Writer, octets: Octets, value: number): void {
  if (octets === 1) writer.uint8(value);
  else if (octets === 2) writer.uint16(value);
  else writer.uint32(value);
}
