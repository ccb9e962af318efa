/** Types made from one other type: the same under another name, or with fewer values. */
import { type Codec, codec } from "./codec.ts";
import { DecodeError, EncodeError } from "./errors.ts";

/** `Type name;`: the same type under a name of its own. */
export function alias<T>(name: string, of: Codec<T>): Codec<T> {
  return codec<T>({
    shape: { kind: "alias", name, of: of as Codec<unknown> },
    read: (reader, enclosing) => of.read(reader, enclosing),
    write: (writer, value, enclosing) => of.write(writer, value, enclosing),
  });
}

/** The values of `of` for which `holds` is true; `rule` says so in words, for errors and documentation. */
export function restricted<T>(of: Codec<T>, rule: string, holds: (value: T) => boolean): Codec<T> {
  return codec<T>({
    shape: {
      kind: "restricted",
      of: of as Codec<unknown>,
      rule,
      holds: (value) => holds(value as T),
    },
    read(reader, enclosing) {
      const start = reader.offset;
      const value = of.read(reader, enclosing);
      if (!holds(value)) throw new DecodeError(start, rule, "a value that is not allowed here");
      return value;
    },
    write(writer, value, enclosing) {
      if (!holds(value)) throw new EncodeError(rule, "a value that is not allowed here");
      of.write(writer, value, enclosing);
    },
  });
}
