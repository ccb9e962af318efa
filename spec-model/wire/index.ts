/** The TLS presentation language as declarations: one gives the codec, the TypeScript type and the documentation. */
export { bool } from "./bool.ts";
export { type Codec, codec, type Halves, type Infer } from "./codec.ts";
export { closedEnum, openEnum } from "./enums.ts";
export { DecodeError, EncodeError, type PathStep } from "./errors.ts";
export { uint8, uint16, uint24, uint32, uint64 } from "./integers.ts";
export { bounded, exactly, v } from "./lengths.ts";
export { alias, restricted } from "./named.ts";
export { opaque, text } from "./opaque.ts";
export { Reader, type ReadObserver } from "./reader.ts";
export type { Decision, Length, Shape } from "./shape.ts";
export { arm, type StructCodec, struct } from "./struct.ts";
export { optional, sequence, vector } from "./vector.ts";
export { Writer } from "./writer.ts";
