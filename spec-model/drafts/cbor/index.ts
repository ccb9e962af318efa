/** CBOR in drafts: diagnostic notation, dumps, octets. */
export { type Decoded, decodeItem, headAt } from "./decode.ts";
export { type Edn, parseEdn } from "./edn.ts";
export { encodeItem } from "./encode.ts";
export { type Annotation, type Hexdump, readHexdump } from "./hexdump.ts";
export { type Item, inWords, isElided, walk } from "./item.ts";
