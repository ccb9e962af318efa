/** Implementations of the state family that read octets which are no right encoding, and are right otherwise. */
import type { Codec } from "../../spec-model/wire/index.ts";
import { octetsIfAny } from "../adapters/typescript/input.ts";
import type { JsonObject } from "../format/case.ts";
import { accepts as readsLeniently } from "./lenient-decoder.ts";
import { mutant, type StateMutant, unlessCrashed, updatesIn } from "./state-mutant.ts";

/** Reads what is malformed as well as it can, and is right otherwise. */
export function lenientReader(
  operation: string,
  codecsOf: (input: JsonObject) => readonly Codec<unknown>[],
  before: string,
): StateMutant {
  return mutant(
    operation,
    `${operation} by a lenient reader`,
    "takes octets that are no right encoding",
    (input) => {
      const [data, update] = codecsOf(input);
      if (data === undefined || update === undefined) return undefined;
      const current = octetsIfAny(input, before);
      const read = [
        ...(current === undefined ? [] : [[data, current] as const]),
        ...updatesIn(input).map((octets) => [update, octets] as const),
      ];
      const isWrong = read.some(([codec, octets]) => unlessCrashed(() => codec.decode(octets)) === undefined);
      return isWrong && read.every(([codec, octets]) => reads(codec, octets)) ? "applied" : undefined;
    },
  );
}

function reads(codec: Codec<unknown>, octets: Uint8Array): boolean {
  return (
    readsLeniently("checks nothing", codec, octets) || readsLeniently("ignores what is left", codec, octets)
  );
}
