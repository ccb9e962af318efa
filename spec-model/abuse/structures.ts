/** Reporting abusive messages to the hub. protocol-06 §5.9 */
import { IdentifierUri } from "../framing.ts";
import { Frank } from "../franking/index.ts";
import { AppDataDictionary } from "../mls/structures/index.ts";
import { type Infer, opaque, openEnum, struct, text, uint64, v, vector } from "../wire/index.ts";

export const AbusiveMessage = struct("AbusiveMessage", {
  message_content: opaque(v).as("application data as it was franked, e.g. MIMI content"),
  frank: Frank,
  accepted_timestamp: uint64.as("milliseconds since the UNIX epoch"),
}).from("protocol-06 §5.9", "a message and the proof that it was sent");
export type AbusiveMessage = Infer<typeof AbusiveMessage>;

export const AbuseType = openEnum("AbuseType", 1, { reserved: 0 })
  .from("protocol-06 §5.9", "the kind of abuse")
  .decided({
    question: "the enumeration has no values yet, and every report has to hold one",
    reading: "any octet",
    reason: "the draft still looks for a list of reasons; a report without any could not be sent",
    alternatives: ["only reserved(0)"],
  });
export type AbuseType = Infer<typeof AbuseType>;

export const AbuseReport = struct("AbuseReport", {
  reportingUser: IdentifierUri.as("zero-length where the reporter is not named"),
  allegedAbuserUri: IdentifierUri,
  reasonCode: AbuseType,
  note: text(v).as("for people; may be empty"),
  messages: vector(AbusiveMessage),
  abuse_extensions: AppDataDictionary.as("an extension point"),
})
  .from("protocol-06 §5.9", "a complaint about a user's messages")
  .decided({
    question: "reportingUser is optional in the text and a plain IdentifierUri in the structure",
    reading: "a zero-length uri where there is none",
    reason: "the syntax is sound and leaves no other way",
    alternatives: ["optional<IdentifierUri>"],
  });
export type AbuseReport = Infer<typeof AbuseReport>;
