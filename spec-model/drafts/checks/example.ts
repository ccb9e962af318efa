/** Examples in CBOR, as a draft shows them: in diagnostic notation, and as a dump. */
import type { TextBlock } from "../analysis/index.ts";
import type { Edn, Hexdump, Item } from "../cbor/index.ts";

/** An example in diagnostic notation. */
export interface EdnExample extends TextBlock {
  readonly edn: Edn;
}

export interface DumpExample extends TextBlock {
  readonly dump: Hexdump;
  /** Whether its octets are what it says about them. */
  readonly isSound: boolean;
  /** The item in it; undefined where it is not well-formed. */
  readonly item: Item | undefined;
}
