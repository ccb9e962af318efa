/** The TLS presentation language as declarations: one gives the codec, the TypeScript type and the documentation. */
export { type Annotated, annotate, shown, typeName } from "./annotate.ts";
export { bool } from "./bool.ts";
export { type Codec, encodedAfter, type Infer } from "./codec.ts";
export { type Inside, withContents } from "./contents.ts";
export { closedEnum, openEnum } from "./enums.ts";
export { DecodeError, EncodeError } from "./errors.ts";
export { instance } from "./instance.ts";
export { uint8, uint16, uint24, uint32, uint64 } from "./integers.ts";
export { keptOctets } from "./kept.ts";
export { bounded, exactly, v } from "./lengths.ts";
export { type Mutation, singleFaults } from "./mutate.ts";
export { alias, restricted } from "./named.ts";
export { opaque, rest, text } from "./opaque.ts";
export { presentation } from "./presentation.ts";
export { Reader } from "./reader.ts";
export { type Decision, nameOf, type Part } from "./shape.ts";
export { arm, struct } from "./struct.ts";
export { optional, sequence, vector } from "./vector.ts";
