/** A type whose latest decoded values are written again from the octets that they were read from. */
import { latestFew } from "../remembered.ts";
import { type Codec, codec } from "./codec.ts";

/**
 * The same type as `of`, for structures that are signed, tagged and hashed right after they came in: a value has one
 * encoding, so what was read is what would be written. Only for a type that does not look at what encloses it.
 */
export function keptOctets<T extends object>(of: Codec<T>): Codec<T> {
  const octets = latestFew<T, Uint8Array>();
  return codec<T>(
    {
      shape: of.shape,
      read(reader) {
        const start = reader.offset;
        const value = of.read(reader);
        octets.set(value, reader.bytes.subarray(start, reader.offset));
        return value;
      },
      write(writer, value) {
        const known = octets.get(value);
        if (known === undefined) of.write(writer, value);
        else writer.bytes(known);
      },
    },
    of.notes,
  );
}
