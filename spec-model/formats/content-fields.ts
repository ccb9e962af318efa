/** What stands where in the CBOR formats, and what it means. content-09 §4, appendices A.1 and A.2; message-status-01 §3 */

/** A field of an array: its name and type in the CDDL, and what it means in our words. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly says: string;
}

/** An array with a field at each place. */
export interface FieldGroup {
  readonly name: string;
  readonly source: string;
  readonly fields: readonly Field[];
}

function field(name: string, type: string, says: string): Field {
  return { name, type, says };
}

function group(name: string, source: string, ...fields: readonly Field[]): FieldGroup {
  return { name, source, fields };
}

const anyPart = [
  field("disposition", "uint8", "what the part is meant for; an unknown one counts as render"),
  field("language", "tstr", "language tags with commas between, or empty"),
  field("cardinality", "uint8", "which of the four kinds of part this is"),
];

export const groups = {
  content: group(
    "mimiContent",
    "content-09 §4.1",
    field("salt", "bstr .size 16", "random, so that message IDs tell nothing"),
    field("replaces", "null / MessageId", "the first instance of the message that this edits or deletes"),
    field("topicId", "bstr", "messages of one topic share it; empty: no topic"),
    field("expires", "null / Expiration", "when the message is to disappear"),
    field("inReplyTo", "null / MessageId", "the very version that this replies or reacts to"),
    field("mimiExtensions", "extensions", "key 1 is the sender's URI, key 2 the room's"),
    field("nestedPart", "NestedPart", "the body"),
  ),
  expiration: group(
    "Expiration",
    "content-09 §4.1",
    field("relative", "bool", "true: counted from when the message is read"),
    field("time", "uint .size 4", "seconds, since 1970 where it is not relative"),
  ),
  nullpart: group("NullPart", "content-09 §4.4", ...anyPart),
  single: group(
    "SinglePart",
    "content-09 §4.4",
    ...anyPart,
    field("contentType", "tstr", "media type"),
    field("content", "bstr", "what the media type says it is"),
  ),
  external: group(
    "ExternalPart",
    "content-09 §4.5",
    ...anyPart,
    field("contentType", "tstr", "media type"),
    field("url", "tstr", "where the content is"),
    field("expires", "uint .size 4", "until when it is there, in seconds since 1970; 0: no limit"),
    field("size", "uint .size 8", "in octets; 0: not said"),
    field("encAlg", "uint .size 2", "IANA AEAD algorithm; 0: not encrypted"),
    field("key", "bstr", "key of the AEAD"),
    field("nonce", "bstr", "nonce of the AEAD"),
    field("aad", "bstr", "additional data of the AEAD"),
    field("hashAlg", "uint .size 1", "IANA Named Information hash algorithm; 0: no hash"),
    field("contentHash", "bstr", "of what the URL gives"),
    field("description", "tstr", "for people"),
    field("filename", "tstr", "suggested name"),
  ),
  multi: group(
    "MultiPart",
    "content-09 §4.4",
    ...anyPart,
    field("partSemantics", "uint8", "choose one, one unit, or process all"),
    field("parts", "[2* NestedPart]", "two or more parts"),
  ),
  entry: group(
    "PerMessageStatus",
    "message-status-01 §3",
    field("messageId", "bstr .size 32", "the message whose status this is"),
    field("status", "uint8", "what became of it at the sender of the report"),
  ),
  derived: group(
    "MessageDerivedValues",
    "content-09 appendix A.2",
    field("messageId", "bstr .size 32", "hash of salt, URIs and content"),
    field("hubAcceptedTimestamp", "uint / ext_time", "when the hub accepted it, in milliseconds since 1970"),
    field("mlsGroupId", "bstr", "the MLS group of the room"),
    field("senderLeafIndex", "uint .size 4", "the sender's leaf in the ratchet tree"),
    field("senderClientUrl", "tstr", "the sending client"),
    field("senderUserUrl", "tstr", "its user"),
    field("roomUrl", "tstr", "the room"),
  ),
} as const satisfies Record<string, FieldGroup>;

/** The kinds of part in the order of their numbers. */
export const partGroups: readonly FieldGroup[] = [
  groups.nullpart,
  groups.single,
  groups.external,
  groups.multi,
];

export const extensionKeys: ReadonlyMap<string, string> = new Map([
  ["1", "the sender's URI"],
  ["2", "the room's URI"],
]);
