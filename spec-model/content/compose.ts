/** The messages that clients send: texts, replies, reactions, edits and retractions. content-09 §5.1 to §5.8 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { noBytes, utf8 } from "../bytes.ts";
import type { RandomSource } from "../random.ts";
import type { CborValue } from "./cbor-value.ts";
import {
  type Expiration,
  type Extensions,
  extensionKey,
  type MimiContent,
  type NestedPart,
  saltLength,
} from "./container.ts";
import type { Disposition } from "./dispositions.ts";
import { encodeContent } from "./encode.ts";
import { mediaType } from "./media-type.ts";
import { messageIdOf } from "./message-id.ts";

/** Who sends, where, and the salt's 16 octets or where to draw them from. */
export interface Authorship {
  /** The sender's user URI and the room's URI; they become the extensions senderUri and roomUri. */
  readonly sender: string;
  readonly room: string;
  readonly salt: RandomSource | Uint8Array;
}

/** What a message may have besides its content. */
export interface MessageOptions {
  readonly topicId?: Uint8Array;
  readonly expires?: Expiration;
  /** Extensions besides senderUri and roomUri. */
  readonly extensions?: Extensions;
  readonly language?: string;
  /** `text/plain;charset=utf-8` where it is not given. */
  readonly contentType?: string;
}

/** A message, ready to be sent. */
export interface ComposedMessage {
  readonly content: MimiContent;
  readonly encoded: Uint8Array;
  readonly messageId: Uint8Array;
}

/** A message that says `text`. content-09 §5.1 */
export function textMessage(by: Authorship, text: string, options: MessageOptions = {}): ComposedMessage {
  return compose(by, textPart("render", text, options), options);
}

/** A message that says `text` in answer to the version `inReplyTo` of a message. content-09 §5.2 */
export function reply(
  by: Authorship,
  inReplyTo: Uint8Array,
  text: string,
  options: MessageOptions = {},
): ComposedMessage {
  return compose(by, textPart("render", text, options), options, { inReplyTo });
}

/** The one reaction `reaction` (an emoji, mostly) to the version `inReplyTo` of a message. content-09 §5.3 */
export function reaction(
  by: Authorship,
  inReplyTo: Uint8Array,
  reaction: string,
  options: MessageOptions = {},
): ComposedMessage {
  return compose(by, textPart("reaction", reaction, options), options, { inReplyTo });
}

/** What a message replaces: the message ID of its first instance, and what that one replied to. */
export interface Replaced {
  readonly replaces: Uint8Array;
  readonly inReplyTo?: Uint8Array;
}

/** A version of a message that says `text` instead. content-09 §5.5 */
export function edit(
  by: Authorship,
  replaced: Replaced,
  text: string,
  options: MessageOptions = {},
): ComposedMessage {
  return compose(by, textPart("render", text, options), options, replaced);
}

/** A retraction of a message. content-09 §5.6 */
export function deletion(by: Authorship, replaced: Replaced, options: MessageOptions = {}): ComposedMessage {
  return compose(by, nullPart("render", options), options, replaced);
}

/** A retraction of a reaction. content-09 §5.7 */
export function unlike(by: Authorship, replaced: Replaced, options: MessageOptions = {}): ComposedMessage {
  return compose(by, nullPart("reaction", options), options, replaced);
}

/** A message with the body `nestedPart`. Throws ContentError for what the format cannot express. */
export function compose(
  by: Authorship,
  nestedPart: NestedPart,
  options: MessageOptions = {},
  relations: Partial<Replaced> = {},
): ComposedMessage {
  const salt = by.salt instanceof Uint8Array ? by.salt : by.salt.bytes(saltLength);
  const content: MimiContent = {
    salt,
    replaces: relations.replaces,
    topicId: options.topicId ?? noBytes,
    expires: options.expires,
    inReplyTo: relations.inReplyTo,
    mimiExtensions: new Map<number | string, CborValue>([
      ...(options.extensions ?? []),
      [extensionKey.senderUri, by.sender],
      [extensionKey.roomUri, by.room],
    ]),
    nestedPart,
  };
  const encoded = encodeContent(content);
  return {
    content,
    encoded,
    messageId: messageIdOf({ encoded, salt, senderUri: by.sender, roomUri: by.room }),
  };
}

/** A salt from a secret exported from the MLS key schedule and a nonce that is used once. content-09 §9.2 */
export function saltFrom(saltBaseSecret: Uint8Array, nonce: Uint8Array): Uint8Array {
  return hmac(sha256, saltBaseSecret, nonce).slice(0, saltLength);
}

function textPart(disposition: Disposition, text: string, options: MessageOptions): NestedPart {
  const contentType = options.contentType ?? mediaType.plainText;
  return {
    disposition,
    language: options.language ?? "",
    cardinality: "single",
    contentType,
    content: utf8(text),
  };
}

function nullPart(disposition: Disposition, options: MessageOptions): NestedPart {
  return { disposition, language: options.language ?? "", cardinality: "nullpart" };
}
