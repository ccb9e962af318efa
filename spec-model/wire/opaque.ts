/** Byte strings, and byte strings that hold UTF-8 text. */
import { textOf, utf8 } from "../bytes.ts";
import { type Codec, codec } from "./codec.ts";
import { DecodeError, EncodeError } from "./errors.ts";
import { readLength, writeWithLength } from "./lengths.ts";
import type { Length } from "./shape.ts";
import type { Writer } from "./writer.ts";

/** `opaque x<V>`, `opaque x[n]`, `opaque x<min..max>`. Decoded byte strings are views of the input. */
export function opaque(length: Length): Codec<Uint8Array> {
  return codec<Uint8Array>({
    shape: { kind: "opaque", length, text: false },
    read: (reader) => reader.take(readLength(reader, length)),
    write: (writer, value) => writeOpaque(writer, length, value),
  });
}

/** A byte string that the draft says holds UTF-8: decoded to a string, refused where it is not valid UTF-8. */
export function text(length: Length): Codec<string> {
  return codec<string>({
    shape: { kind: "opaque", length, text: true },
    read(reader) {
      const octets = readLength(reader, length);
      const start = reader.offset;
      const decoded = textOf(reader.take(octets));
      if (decoded === undefined) throw new DecodeError(start, "valid UTF-8", "bytes that are not UTF-8");
      return decoded;
    },
    write(writer, value) {
      if (!value.isWellFormed()) throw new EncodeError("text without lone surrogates", JSON.stringify(value));
      writeOpaque(writer, length, utf8(value));
    },
  });
}

/** All octets that are left, with no length in front; `written` is how the draft writes that. */
export function rest(written: string): Codec<Uint8Array> {
  return codec<Uint8Array>({
    shape: { kind: "rest", text: written },
    read: (reader) => reader.take(reader.end - reader.offset),
    write: (writer, value) => writer.bytes(value),
  });
}

function writeOpaque(writer: Writer, length: Length, value: Uint8Array): void {
  if (length.kind === "exact" && value.length !== length.octets) {
    throw new EncodeError(`exactly ${length.octets} bytes`, `${value.length} bytes`);
  }
  if (length.kind === "variable") writer.vectorLength(value.length);
  if (length.kind === "bounded") writeWithLength(writer, length, () => writer.bytes(value));
  else writer.bytes(value);
}
