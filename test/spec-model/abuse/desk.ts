/** A hub that checks reports, and reports for it. */
import type { AbusiveMessage, ReportDesk } from "../../../spec-model/abuse/index.ts";
import type { ComposedMessage } from "../../../spec-model/content/index.ts";
import type { Frank } from "../../../spec-model/franking/index.ts";
import { hubKey, hubSignature, room, suite } from "../franking/franked.ts";

export function deskOf(changes: Partial<ReportDesk> = {}): ReportDesk {
  return {
    room,
    hubKeys: [{ hubKey, fromMs: 0, untilMs: undefined }],
    frankingKeys: [hubSignature.publicKey],
    suiteOf: (number) => (number === suite.id ? suite : undefined),
    integrity: "draft",
    keySelection: "byAcceptedTime",
    ...changes,
  };
}

export function reported(
  { encoded }: ComposedMessage,
  acceptedTimestamp: bigint,
  frank: Frank,
): AbusiveMessage {
  return { messageContent: encoded, frank, acceptedTimestamp };
}
