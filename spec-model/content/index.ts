/**
 * MIMI content: the container and its encoding, message IDs, the messages that clients send, whether to keep what they
 * receive, and what they show of it.
 *
 * The codec is one strict pass of our own and uses no CBOR library. Measured on the draft's 14 examples (Node 20): a
 * strict pass, cbor-x behind it and the way from its arrays to typed values took 1.1 µs a message; the one pass, which
 * does all of that and knows path and offset of what is wrong, 1.0 µs; cborg in strict mode, without key order, UTF-8
 * and depth, 1.6 µs. cbor-x would also bring Buffers, a native addon where there is one, and a second reading of the
 * same bytes that can differ from the first. `bench/content.ts` repeats the measurement.
 */
export type { CborFloat, CborKey, CborMap, CborSimple, CborTag, CborValue } from "./cbor-value.ts";
export {
  type Authorship,
  type ComposedMessage,
  compose,
  deletion,
  edit,
  type MessageOptions,
  type Replaced,
  reaction,
  reply,
  saltFrom,
  textMessage,
  unlike,
} from "./compose.ts";
export {
  type Expiration,
  type Extensions,
  type ExternalPart,
  extensionKey,
  type MimiContent,
  type MultiPart,
  type NestedPart,
  type NullPart,
  type PartSemantics,
  type SinglePart,
} from "./container.ts";
export { decodeContent } from "./decode.ts";
export {
  decodeDerivedValues,
  type ExtendedTime,
  encodeDerivedValues,
  type MessageDerivedValues,
  type Timestamp,
} from "./derived-values.ts";
export { type Disposition, type DispositionName, dispositionOf } from "./dispositions.ts";
export { encodeContent } from "./encode.ts";
export { ContentError } from "./errors.ts";
export {
  type DownloadProblem,
  inconsistenciesOf,
  type OpenedContent,
  openContent,
  type Protection,
  publishContent,
  type SealedContent,
  sealContent,
} from "./external.ts";
export { escapeHtmlTags, type HtmlTag, htmlTagsIn } from "./gfm-mimi.ts";
export { type Finding, judge, type Limits, type ReceivedMessage, type Verdict } from "./judge.ts";
export { languageTags } from "./language.ts";
export { isMediaType, type MediaType, mediaType, parseMediaType } from "./media-type.ts";
export { type MessageIdInput, messageIdOf } from "./message-id.ts";
export {
  decodeStatusReport,
  encodeStatusReport,
  type MessageStatus,
  type MessageStatusReport,
  type PerMessageStatus,
  statusByMessage,
} from "./message-status.ts";
export {
  contentIdUri,
  danglingReferences,
  type IndexedPart,
  indexedParts,
  type PartPreferences,
  partsToProcess,
  referencesIn,
} from "./parts.ts";
export { type Rule, type RuleId, rules } from "./rules.ts";
export { timelineOf } from "./timeline.ts";
export type {
  ChangeOfOthers,
  Reaction,
  ReplyReference,
  Timeline,
  TimelineEntry,
  TimelineMessage,
  TimelineRules,
  Unplaced,
} from "./timeline-types.ts";
