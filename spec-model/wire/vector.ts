/** Vectors of a type, sequences without a length, and optional values. */
import { type Codec, codec, type Infer } from "./codec.ts";
import { DecodeError, EncodeError } from "./errors.ts";
import { readLength, v, writeWithLength } from "./lengths.ts";
import type { Reader } from "./reader.ts";
import type { Length, Shape } from "./shape.ts";
import type { Writer } from "./writer.ts";

/** `Item items<V>` (or another length): any number of items that together take exactly the octets announced. */
export function vector<C extends Codec<unknown>>(item: C, length: Length = v): Codec<Infer<C>[]> {
  const itemSize = fixedSize(item.shape);
  return codec<Infer<C>[]>({
    shape: { kind: "vector", item, length },
    read(reader, enclosing) {
      const start = reader.offset;
      const octets = readLength(reader, length);
      if (itemSize !== undefined && octets % itemSize !== 0) {
        throw new DecodeError(start, `items of ${itemSize} bytes each`, `a length of ${octets} bytes`);
      }
      return reader.within(octets, () => readItems(reader, item, enclosing));
    },
    write(writer, values, enclosing) {
      writeWithLength(writer, length, () => writeItems(writer, item, values, enclosing));
    },
  });
}

/** Items one after the other, with no length around them: they end where the input ends. At least one. */
export function sequence<C extends Codec<unknown>>(name: string, item: C): Codec<Infer<C>[]> {
  return codec<Infer<C>[]>({
    shape: { kind: "sequence", name, item },
    read(reader, enclosing) {
      if (reader.offset === reader.end) throw new DecodeError(reader.offset, "at least one item", "nothing");
      return readItems(reader, item, enclosing);
    },
    write(writer, values, enclosing) {
      if (values.length === 0) throw new EncodeError("at least one item", "nothing");
      writeItems(writer, item, values, enclosing);
    },
  });
}

function readItems<C extends Codec<unknown>>(reader: Reader, item: C, enclosing: unknown): Infer<C>[] {
  const items: Infer<C>[] = [];
  try {
    while (reader.offset < reader.end) {
      const before = reader.offset;
      reader.observer?.enter(items.length, item, before);
      const value = item.read(reader, enclosing) as Infer<C>;
      if (reader.offset === before) {
        throw new DecodeError(before, "an item takes bytes", "an item of no bytes");
      }
      items.push(value);
      reader.observer?.leave(reader.offset, value);
    }
  } catch (error) {
    throw error instanceof DecodeError ? error.within("", items.length) : error;
  }
  return items;
}

function writeItems<C extends Codec<unknown>>(
  writer: Writer,
  item: C,
  values: readonly Infer<C>[],
  enclosing: unknown,
): void {
  let index = 0;
  try {
    for (const value of values) {
      item.write(writer, value, enclosing);
      index++;
    }
  } catch (error) {
    throw error instanceof EncodeError ? error.within("", index) : error;
  }
}

/** `optional<T>`: a presence octet, then the value where the octet is 1 (RFC 9420 §2.1.1). */
export function optional<C extends Codec<unknown>>(item: C): Codec<Infer<C> | undefined> {
  return codec<Infer<C> | undefined>({
    shape: { kind: "optional", item },
    read(reader, enclosing) {
      const start = reader.offset;
      const presence = reader.uint8();
      if (presence === 0) return undefined;
      if (presence === 1) return item.read(reader, enclosing) as Infer<C>;
      throw new DecodeError(
        start,
        "a presence octet is 0 or 1; RFC 9420 §2.1.1",
        `presence octet ${presence}`,
      );
    },
    write(writer, value, enclosing) {
      writer.uint8(value === undefined ? 0 : 1);
      if (value !== undefined) item.write(writer, value, enclosing);
    },
  });
}

/** The size of every value of a shape, where all have the same. */
function fixedSize(shape: Shape): number | undefined {
  switch (shape.kind) {
    case "uint":
    case "enum":
      return shape.octets;
    case "opaque":
      return shape.length.kind === "exact" ? shape.length.octets : undefined;
    case "bool":
      return 1;
    case "alias":
    case "restricted":
      return fixedSize(shape.of.shape);
    case "struct":
      return shape.parts.reduce<number | undefined>((total, part) => {
        const size = part.kind === "field" ? fixedSize(part.codec.shape) : undefined;
        return total === undefined || size === undefined ? undefined : total + size;
      }, 0);
    default:
      return undefined;
  }
}
