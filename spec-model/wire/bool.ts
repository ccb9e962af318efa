/** `enum { false(0), true(1) } bool;`: one octet, and a boolean in TypeScript. */
import { type Codec, codec } from "./codec.ts";
import { DecodeError, EncodeError } from "./errors.ts";

export const bool: Codec<boolean> = codec<boolean>({
  shape: { kind: "bool" },
  read(reader) {
    const start = reader.offset;
    const octet = reader.uint8();
    if (octet > 1) throw new DecodeError(start, "false (0) or true (1)", `the value ${octet}`);
    return octet === 1;
  },
  write(writer, value) {
    if (typeof value !== "boolean") throw new EncodeError("true or false", String(value));
    writer.uint8(value ? 1 : 0);
  },
});
