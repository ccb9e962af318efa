/** What a client derives about a message besides its content. content-09 §4.6 and appendix A.2 */
import { CborReader } from "./cbor-reader.ts";
import type { CborMap, CborValue } from "./cbor-value.ts";
import { CborWriter } from "./cbor-writer.ts";
import { largest, messageIdLength } from "./container.ts";

/**
 * The draft calls the three URLs values that only some implementations can tell, and its CDDL has no way to leave one
 * out: an empty text is what remains for "not known".
 */
export interface MessageDerivedValues {
  /** 32 octets. */
  readonly messageId: Uint8Array;
  readonly hubAcceptedTimestamp: Timestamp;
  readonly mlsGroupId: Uint8Array;
  readonly senderLeafIndex: number;
  readonly senderClientUrl: string;
  readonly senderUserUrl: string;
  readonly roomUrl: string;
}

/** Milliseconds since the start of the UNIX epoch, or the extended time of RFC 9581 §3. */
export type Timestamp = bigint | ExtendedTime;

/** CBOR tag 1001 and the map that it stands before. */
export interface ExtendedTime {
  readonly tag: typeof extendedTimeTag;
  readonly value: CborMap;
}

const extendedTimeTag = 1001;
const itemCount = [7];

/** The derived values in `bytes`. Throws ContentError with path and offset. */
export function decodeDerivedValues(bytes: Uint8Array): MessageDerivedValues {
  const reader = new CborReader(bytes);
  reader.arrayLength("", itemCount);
  const values = {
    messageId: reader.bstr("messageId", messageIdLength),
    hubAcceptedTimestamp: timestamp(reader),
    mlsGroupId: reader.bstr("mlsGroupId"),
    senderLeafIndex: reader.uint("senderLeafIndex", largest.uint32),
    senderClientUrl: reader.tstr("senderClientUrl"),
    senderUserUrl: reader.tstr("senderUserUrl"),
    roomUrl: reader.tstr("roomUrl"),
  };
  reader.finish();
  return values;
}

/** The encoding of `values`. Throws ContentError with the path of a value that the format cannot express. */
export function encodeDerivedValues(values: MessageDerivedValues): Uint8Array {
  const writer = new CborWriter();
  writer.array(7);
  writer.bstr("messageId", values.messageId, messageIdLength);
  const time = values.hubAcceptedTimestamp;
  if (typeof time === "bigint") writer.uint64("hubAcceptedTimestamp", time);
  else writer.within("hubAcceptedTimestamp", () => writer.value(time, 1));
  writer.bstr("mlsGroupId", values.mlsGroupId);
  writer.uint("senderLeafIndex", values.senderLeafIndex, largest.uint32);
  writer.tstr("senderClientUrl", values.senderClientUrl);
  writer.tstr("senderUserUrl", values.senderUserUrl);
  writer.tstr("roomUrl", values.roomUrl);
  return writer.finish();
}

function timestamp(reader: CborReader): Timestamp {
  if (!reader.atTag) return reader.uint64("hubAcceptedTimestamp");
  const start = reader.offset;
  const value = reader.within("hubAcceptedTimestamp", () => reader.value(1));
  if (isExtendedTime(value)) return value;
  return reader.failAt(start, "hubAcceptedTimestamp", "tag 1001 before a map (RFC 9581 §3)", "another tag");
}

function isExtendedTime(value: CborValue): value is ExtendedTime {
  return (
    typeof value === "object" &&
    value !== null &&
    "tag" in value &&
    value.tag === extendedTimeTag &&
    value.value instanceof Map
  );
}
