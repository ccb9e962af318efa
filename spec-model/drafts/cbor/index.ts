/** CBOR in drafts: diagnostic notation, dumps, octets. */
export { decodeItem, headAt } from "./decode.ts";
export { type Edn, parseEdn } from "./edn.ts";
export { encodeItem } from "./encode.ts";
export { type Hexdump, readHexdump } from "./hexdump.ts";
export { type Item, inWords, isElided, walk } from "./item.ts";
