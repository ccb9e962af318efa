/** Vectors of a type, and optional values. */
import { type Codec, codec, type Infer } from "./codec.ts";
import { DecodeError, EncodeError } from "./errors.ts";
import { readLength, v, writeWithLength } from "./lengths.ts";
import type { Reader } from "./reader.ts";
import type { Length, Shape } from "./shape.ts";

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
      writeWithLength(writer, length, () => {
        for (let i = 0; i < values.length; i++) {
          try {
            item.write(writer, values[i], enclosing);
          } catch (error) {
            throw error instanceof EncodeError ? error.within("", i) : error;
          }
        }
      });
    },
  });
}

function readItems<C extends Codec<unknown>>(reader: Reader, item: C, enclosing: unknown): Infer<C>[] {
  const items: Infer<C>[] = [];
  try {
    while (reader.offset < reader.end) {
      const before = reader.offset;
      items.push(item.read(reader, enclosing) as Infer<C>);
      if (reader.offset === before)
        throw new DecodeError(before, "an item takes bytes", "an item of no bytes");
    }
  } catch (error) {
    throw error instanceof DecodeError ? error.within("", items.length) : error;
  }
  return items;
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
    case "alias":
    case "constant":
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
