/** The rules by which a received message is kept or discarded, each with its place. Mostly content-09 §9.1 */

/** What a rule leads to: a message that breaks a `discard` rule is logged and dropped; `legitimate` is only noted. */
export type Consequence = "discard" | "legitimate";

export interface Rule {
  readonly consequence: Consequence;
  readonly section: string;
  /** What is the case when the rule applies. */
  readonly says: string;
}

const discard = (section: string, says: string): Rule => ({ consequence: "discard", section, says });
const legitimate = (section: string, says: string): Rule => ({ consequence: "legitimate", section, says });
const general = "content-09 §9.1";

/** All rules, by their identifiers. */
export const rules = {
  malformed: discard("content-09 §6", "the bytes are not one deterministic encoding of MIMI content"),
  senderNotMember: discard(general, "the sender is not a member of the MLS group"),
  duplicateMessageId: discard(general, "a message with the same message ID was seen before"),
  unknownHashAlgorithm: discard(general, "a message ID starts with the number of an unknown hash algorithm"),
  acceptedInFuture: discard(general, "the accepted timestamp is more than a few minutes ahead"),
  acceptedBeforeFormat: discard(general, "the accepted timestamp is older than the format"),
  acceptedBeforeRoom: discard(general, "the accepted timestamp is older than the room"),
  topicTooLong: discard(general, "the topic ID is longer than 4096 octets"),
  expiredLongAgo: discard(general, "it expired more than a year in the past"),
  expiresFarAhead: discard(general, "it expires more than a year in the future"),
  tooManyParts: discard(general, "the body has more than 1024 parts"),
  nestedTooDeeply: discard(`${general} and §6.3`, "parts are nested more than 4 levels deep"),
  tooLarge: discard(general, "it is larger than local policy allows"),
  unknownPartSemantics: discard(general, "the part semantics are unknown"),
  senderUriDiffers: discard("protocol-06 §5.4.1.3", "the extension senderUri is not the sender's user URI"),
  roomUriDiffers: discard("protocol-06 §5.4.1.3", "the extension roomUri is not the room's URI"),
  unknownTarget: legitimate(general, "it replies to or replaces a message that is not known here"),
  unknownDisposition: legitimate(general, "a part has an unrecognised disposition, which counts as render"),
  unsupportedContentType: legitimate(general, "a part's content type is not recognised or not supported"),
  unsupportedLanguage: legitimate(general, "a part's language tags are not recognised or not supported"),
  danglingReference: legitimate("content-09 §4.4", "a content ID leads to no single or external part"),
  inconsistentExternalPart: legitimate(
    "content-09 §4.5",
    "the fields of an external part contradict each other",
  ),
  htmlInMarkdown: legitimate("content-09 §7.1.1", "GFM-MIMI text has HTML tags, to be shown as plain text"),
  nothingToShow: legitimate("content-09 §4.4", "a NullPart is the body, but nothing is replaced"),
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof rules;
