/**
 * Whether a client keeps or discards a message that it received: nonsensical values most likely come from malicious
 * senders, unknown ones from newer versions and later joiners. content-09 §9.1
 */
import { hex, textOf } from "../bytes.ts";
import { normaliseMimiUri } from "../identifiers/index.ts";
import { extensionKey, type MimiContent, type NestedPart } from "./container.ts";
import { decodeContent } from "./decode.ts";
import { ContentError } from "./errors.ts";
import { inconsistenciesOf } from "./external.ts";
import { htmlTagsIn } from "./gfm-mimi.ts";
import { languageTags } from "./language.ts";
import { isMediaType, mediaType, parseMediaType } from "./media-type.ts";
import { messageIdHashAlgorithm, messageIdOf } from "./message-id.ts";
import { danglingReferences, indexedParts } from "./parts.ts";
import { type RuleId, rules } from "./rules.ts";

/** A message as it came, and what its receiver knows. Times are milliseconds since the start of the UNIX epoch. */
export interface ReceivedMessage {
  /** The content of the MLS application message. */
  readonly encoded: Uint8Array;
  /** The sender's user URI as the MLS layer proves it. */
  readonly senderUri: string;
  readonly senderIsMember: boolean;
  readonly roomUri: string;
  /** When the hub accepted the message. */
  readonly acceptedTimestamp: number;
  /** When the room was created, where that is known. */
  readonly roomCreated?: number;
  readonly now: number;
  /** Whether a message with this ID (hexadecimal) was seen before. */
  readonly isKnown: (messageId: string) => boolean;
  /** Whether the client supports a content type; it supports all that are well formed where this is not given. */
  readonly supports?: (contentType: string) => boolean;
  readonly limits?: Partial<Limits>;
}

/** The bounds behind §9.1's words. Times in milliseconds. */
export interface Limits {
  /** "A few minutes". */
  readonly mostAhead: number;
  /** "A year". */
  readonly year: number;
  /**
   * When the first concrete syntax was published: draft -03 of 23 April 2024. The draft's own examples are dated 2022,
   * which the rule calls nonsensical; a test of them has to set this earlier.
   */
  readonly formatPublished: number;
  readonly topicOctets: number;
  readonly parts: number;
  /** "According to local policy". */
  readonly octets: number;
}

const defaultLimits: Limits = {
  mostAhead: 5 * 60_000,
  year: 365 * 24 * 3_600_000,
  formatPublished: 1_713_830_400_000,
  topicOctets: 4096,
  parts: 1024,
  octets: 1 << 20,
};

/** One rule that applies to a message, with what exactly is the case. */
export interface Finding {
  readonly rule: RuleId;
  readonly detail: string;
}

/** What to do with a message, and why; `content` and `messageId` are missing where it could not be decoded. */
export interface Verdict {
  readonly decision: "keep" | "discard";
  readonly findings: readonly Finding[];
  readonly content: MimiContent | undefined;
  readonly messageId: Uint8Array | undefined;
}

/** The verdict on `received`. Throws nothing. */
export function judge(received: ReceivedMessage): Verdict {
  const limits = { ...defaultLimits, ...received.limits };
  const outside = [...findingsOnEnvelope(received, limits)];
  let content: MimiContent;
  let messageId: Uint8Array;
  try {
    content = decodeContent(received.encoded);
    messageId = idOf(content, received); // fails where a URI has more octets than the ID's input has room for
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    const malformed = finding(error.rule ?? "malformed", error.message);
    return verdict([...outside, malformed], undefined, undefined);
  }
  const inside = [
    ...findingsOnIds(content, messageId, received),
    ...findingsOnUris(content, received),
    ...findingsOnExpiry(content, received, limits),
    ...findingsOnBody(content, received, limits),
  ];
  return verdict([...outside, ...inside], content, messageId);
}

function verdict(
  findings: readonly Finding[],
  content: MimiContent | undefined,
  messageId: Uint8Array | undefined,
): Verdict {
  const discarded = findings.some(({ rule }) => rules[rule].consequence === "discard");
  return { decision: discarded ? "discard" : "keep", findings, content, messageId };
}

function finding(rule: RuleId, detail: string): Finding {
  return { rule, detail };
}

/** The ID uses the URIs as the message asserts them; where it asserts none, as the receiver knows them. */
function idOf(content: MimiContent, received: ReceivedMessage): Uint8Array {
  const asserted = (key: number, otherwise: string) => {
    const value = content.mimiExtensions.get(key);
    return typeof value === "string" ? value : otherwise;
  };
  return messageIdOf({
    encoded: received.encoded,
    salt: content.salt,
    senderUri: asserted(extensionKey.senderUri, received.senderUri),
    roomUri: asserted(extensionKey.roomUri, received.roomUri),
  });
}

function* findingsOnEnvelope(received: ReceivedMessage, limits: Limits): Generator<Finding> {
  const { acceptedTimestamp, now, roomCreated } = received;
  if (!received.senderIsMember) yield finding("senderNotMember", received.senderUri);
  if (acceptedTimestamp > now + limits.mostAhead) {
    yield finding("acceptedInFuture", `${acceptedTimestamp - now} ms ahead`);
  }
  if (acceptedTimestamp < limits.formatPublished)
    yield finding("acceptedBeforeFormat", `${acceptedTimestamp}`);
  if (roomCreated !== undefined && acceptedTimestamp < roomCreated) {
    yield finding("acceptedBeforeRoom", `${roomCreated - acceptedTimestamp} ms before`);
  }
  if (received.encoded.length > limits.octets) yield finding("tooLarge", `${received.encoded.length} octets`);
}

function* findingsOnIds(
  content: MimiContent,
  messageId: Uint8Array,
  received: ReceivedMessage,
): Generator<Finding> {
  if (received.isKnown(hex(messageId))) yield finding("duplicateMessageId", hex(messageId));
  for (const field of ["replaces", "inReplyTo"] as const) {
    const target = content[field];
    if (target === undefined) continue;
    if (target[0] !== messageIdHashAlgorithm) yield finding("unknownHashAlgorithm", `${field}: ${target[0]}`);
    else if (!received.isKnown(hex(target))) yield finding("unknownTarget", `${field}: ${hex(target)}`);
  }
}

function* findingsOnUris(content: MimiContent, received: ReceivedMessage): Generator<Finding> {
  const { mimiExtensions } = content;
  const senderUri = mimiExtensions.get(extensionKey.senderUri);
  if (senderUri !== undefined && !isSameUri(senderUri, received.senderUri)) {
    yield finding("senderUriDiffers", `${senderUri} is not ${received.senderUri}`);
  }
  const roomUri = mimiExtensions.get(extensionKey.roomUri);
  if (roomUri !== undefined && !isSameUri(roomUri, received.roomUri)) {
    yield finding("roomUriDiffers", `${roomUri} is not ${received.roomUri}`);
  }
}

function isSameUri(asserted: unknown, known: string): boolean {
  if (typeof asserted !== "string") return false;
  return asserted === known || (normaliseMimiUri(asserted) ?? asserted) === normaliseMimiUri(known);
}

/** Dates are held against the accepted timestamp, so that all clients come to one answer whenever they read it. */
function* findingsOnExpiry(
  { expires, topicId }: MimiContent,
  received: ReceivedMessage,
  limits: Limits,
): Generator<Finding> {
  if (topicId.length > limits.topicOctets) yield finding("topicTooLong", `${topicId.length} octets`);
  if (expires === undefined) return;
  const ahead = expires.relative ? expires.time * 1000 : expires.time * 1000 - received.acceptedTimestamp;
  if (ahead > limits.year) yield finding("expiresFarAhead", `${ahead} ms after it was accepted`);
  if (ahead < -limits.year) yield finding("expiredLongAgo", `${-ahead} ms before it was accepted`);
}

function* findingsOnBody(
  content: MimiContent,
  received: ReceivedMessage,
  limits: Limits,
): Generator<Finding> {
  const { nestedPart, replaces } = content;
  const parts = indexedParts(nestedPart);
  if (parts.length > limits.parts) yield finding("tooManyParts", `${parts.length} parts`);
  if (nestedPart.cardinality === "nullpart" && replaces === undefined) {
    yield finding("nothingToShow", "the body is a NullPart");
  }
  for (const { index, part } of parts) yield* findingsOnPart(index, part, received);
  for (const { from, to } of danglingReferences(nestedPart)) {
    yield finding("danglingReference", `part ${from} refers to ${to}`);
  }
}

function* findingsOnPart(index: number, part: NestedPart, received: ReceivedMessage): Generator<Finding> {
  if (typeof part.disposition === "number") {
    yield finding("unknownDisposition", `part ${index}: ${part.disposition}`);
  }
  if (languageTags(part.language) === undefined) {
    yield finding("unsupportedLanguage", `part ${index}: ${JSON.stringify(part.language)}`);
  }
  if (part.cardinality === "external") {
    for (const problem of inconsistenciesOf(part)) {
      yield finding("inconsistentExternalPart", `part ${index}: ${problem}`);
    }
  }
  if (part.cardinality === "single" || part.cardinality === "external") {
    yield* findingsOnContentType(index, part.contentType, received);
  }
  if (part.cardinality === "single" && isMediaType(part.contentType, mediaType.markdown)) {
    const tags = htmlTagsIn(textOf(part.content) ?? "");
    if (tags[0] !== undefined) yield finding("htmlInMarkdown", `part ${index}: ${tags[0].tag}`);
  }
}

function* findingsOnContentType(
  index: number,
  contentType: string,
  received: ReceivedMessage,
): Generator<Finding> {
  const supports = received.supports ?? ((type: string) => parseMediaType(type) !== undefined);
  if (!supports(contentType)) {
    yield finding("unsupportedContentType", `part ${index}: ${JSON.stringify(contentType)}`);
  }
}
