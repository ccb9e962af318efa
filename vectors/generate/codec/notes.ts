/** What the flags of the codec vectors stand for. */
import type { Mutation } from "../../../spec-model/wire/index.ts";
import type { Note } from "../../format/case.ts";

type FaultName = Mutation["fault"];

const flags: Readonly<Record<FaultName, string>> = {
  truncated: "Truncated",
  "trailing octet": "TrailingOctet",
  "length beyond the end": "LengthBeyondEnd",
  "length not in its shortest form": "LongLength",
  "length prefix with bits 11": "ReservedLength",
  "length that is no multiple of the item's": "DividedItem",
  "unknown value": "UnknownValue",
  "value without a case": "NoCase",
  "presence octet 2": "PresenceOctet",
  "invalid UTF-8": "InvalidUtf8",
};

export function flagOf(fault: FaultName): string {
  return flags[fault];
}

const notValid = (description: string, effect: string, draft: string): Note => ({
  kind: "encoding",
  description,
  effect,
  draft,
});

export const codecNotes: Readonly<Record<string, Note>> = {
  Valid: {
    kind: "valid",
    description: "An encoding that every implementation reads and writes.",
    effect: "Two implementations that differ here cannot talk to each other.",
    draft: "RFC 9420 §2.1",
  },
  Truncated: notValid(
    "The encoding stops in the middle of a field.",
    "A receiver that goes on takes what is behind the message in its memory for a part of it.",
    "RFC 8446 §3",
  ),
  TrailingOctet: notValid(
    "One octet more than the structure has.",
    "What is signed and what is read are not the same: the octets behind can carry anything.",
    "RFC 8446 §3",
  ),
  LengthBeyondEnd: notValid(
    "A length that announces more octets than there are.",
    "A receiver that believes it allocates, waits or reads beyond the end.",
    "RFC 9420 §2.1.2",
  ),
  LongLength: notValid(
    "A length of variable size that is not in its shortest form.",
    "A structure has two encodings: hashes, references and signatures over it differ.",
    "RFC 9420 §2.1.2",
  ),
  ReservedLength: notValid(
    "A length of variable size whose first two bits are 11.",
    "The form is not defined; QUIC reads it as eight octets, and comes to another length.",
    "RFC 9420 §2.1.2",
  ),
  DividedItem: notValid(
    "A list whose length is no multiple of the length of its items.",
    "The last item is cut off or read beyond its end.",
    "RFC 8446 §3.4",
  ),
  UnknownValue: notValid(
    "A number that the enumeration does not have, where receivers refuse others than its own.",
    "The structure means something that the receiver does not know.",
    "RFC 8446 §3.5",
  ),
  NoCase: notValid(
    "A number that selects no case of the structure.",
    "The receiver cannot know where the structure ends.",
    "RFC 8446 §3.8",
  ),
  PresenceOctet: notValid(
    "The octet in front of an optional value is 2.",
    "A receiver that takes any number but 0 for 1 accepts two encodings of one value.",
    "RFC 9420 §2.1.1",
  ),
  InvalidUtf8: notValid(
    "A text that is not UTF-8.",
    "Receivers replace what they cannot read in different ways, and compare different texts.",
    "RFC 3629 §3",
  ),
};
