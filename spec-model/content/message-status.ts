/**
 * Message status reports: what became of messages at the sender of the report. message-status-01 §3 and §4
 *
 * That draft asks for CBOR without saying which encoding; the deterministic one of content-09 §6.1 is used here. Nor
 * does it say what two entries for one message mean; the later one counts here, as the report is a list.
 */
import { hex } from "../bytes.ts";
import { CborReader } from "./cbor-reader.ts";
import { CborWriter } from "./cbor-writer.ts";
import { largest, messageIdLength } from "./container.ts";

const namesInOrder = ["unread", "delivered", "read", "expired", "deleted", "hidden", "error"] as const;

/** A named status is its name; others stay numbers, 7 to 255. */
export type MessageStatus = (typeof namesInOrder)[number] | number;

export interface PerMessageStatus {
  /** 32 octets. */
  readonly messageId: Uint8Array;
  readonly status: MessageStatus;
}

export type MessageStatusReport = readonly PerMessageStatus[];

const itemsOfEntry = [2];

/** The report in `bytes`. Throws ContentError with path and offset. */
export function decodeStatusReport(bytes: Uint8Array): MessageStatusReport {
  const reader = new CborReader(bytes);
  const count = reader.arrayLength("");
  const report: PerMessageStatus[] = [];
  for (let i = 0; i < count; i++) report.push(reader.within(i, () => entry(reader)));
  reader.finish();
  return report;
}

/** The encoding of `report`. Throws ContentError with the path of a value that the format cannot express. */
export function encodeStatusReport(report: MessageStatusReport): Uint8Array {
  const writer = new CborWriter();
  writer.array(report.length);
  report.forEach((each, index) => {
    writer.within(index, () => writeEntry(writer, each));
  });
  return writer.finish();
}

/** The status of each message after `report`, by message ID in hexadecimal. */
export function statusByMessage(report: MessageStatusReport): ReadonlyMap<string, MessageStatus> {
  return new Map(report.map(({ messageId, status }) => [hex(messageId), status]));
}

function entry(reader: CborReader): PerMessageStatus {
  reader.arrayLength("", itemsOfEntry);
  const messageId = reader.bstr("messageId", messageIdLength);
  const status = reader.uint("status", largest.uint8);
  return { messageId, status: namesInOrder[status] ?? status };
}

function writeEntry(writer: CborWriter, { messageId, status }: PerMessageStatus): void {
  const value = typeof status === "string" ? namesInOrder.indexOf(status) : status;
  if (typeof status === "number" && status < namesInOrder.length) {
    writer.fail("status", "its name", `the number ${status}`);
  }
  writer.array(2);
  writer.bstr("messageId", messageId, messageIdLength);
  writer.uint("status", value, largest.uint8);
}
