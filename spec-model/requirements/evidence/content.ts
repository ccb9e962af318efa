/** What shows that the model obeys content-09. */
import { type EvidenceByRequirement, rulesOf, testsOf } from "./links.ts";

const rule = rulesOf("content/rules.ts");
const codec = testsOf("spec-model/content/codec");
const compose = testsOf("spec-model/content/compose");
const judge = testsOf("spec-model/content/judge");
const timeline = testsOf("spec-model/content/timeline");
const parts = testsOf("spec-model/content/parts");
const external = testsOf("spec-model/content/external");
const mediaType = testsOf("spec-model/content/media-type");
const examples = testsOf("spec-model/content/draft-examples");

const required = testsOf("spec-model/requirements/content");
const quietRoom = testsOf("simulator/scenarios/quiet-room");
const readable = testsOf("spec-model/participant/readable");
const discarded = (name: string) => [rule(name), judge("%s: %s", name)] as const;
const kept = (name: string) => [rule(name), judge("%s", name)] as const;

export const contentEvidence: EvidenceByRequirement = {
  "content-3.1-cbor": [
    codec("give back any content, in one encoding"),
    codec("cborg encodes the same content to the same bytes"),
  ],
  "content-3.3-message-id": [
    compose("are the algorithm's number and 31 octets of a hash over lengths, URIs, message and salt"),
    examples("$name has the message ID that its file states"),
  ],
  "content-3.3-lengths": [
    compose("count octets of the URIs, not characters"),
    compose("tell apart what only the lengths of the URIs keep apart"),
  ],
  "content-3.3-sha-256": [examples("$name has the message ID that its file states")],
  "content-4.1-salt-random": [
    compose("draw a salt of 16 octets, so that the same text twice is two messages"),
  ],
  "content-4.1-replaces": [timeline("shows instead of the message, as edited")],
  "content-4.1-expiry-form": [
    codec("refuses %s", "an expiry that is too late"),
    codec("%s", "half a second"),
  ],
  "content-4.1-expiry-relative": [timeline("after reading needs the message to be read")],
  "content-4.1-expiry-absolute": [timeline("at a time hides the message from that moment")],
  "content-4.1-expiry-deletes": [
    timeline("at a time hides the message from that moment"),
    timeline("after reading needs the message to be read"),
  ],
  "content-4.1-in-reply-to": [
    timeline("refers to one version, which can be superseded"),
    timeline("is shown where what it refers to is unknown"),
  ],
  "content-4.1-checks-reply-loop": [timeline("in a loop refers to nothing")],
  "content-4.2-hub-orders": [
    timeline("is that of their accepted timestamps, and of message IDs at the same time"),
  ],
  "content-4.3-extension-keys": [codec("refuses %s", "key 0"), codec("refuses %s", "an empty text key")],
  "content-4.3-no-key-twice": [
    codec("is refused, with its place: keys of the extensions out of order or twice"),
  ],
  "content-4.4-empty-body": [rule("nothingToShow"), timeline("leaves a place where the message was")],
  "content-4.4-content-type": [mediaType("%s is taken apart")],
  "content-4.4-choose-one": [
    parts("are the choice that can be processed"),
    parts("are the choice of the receiver, not the first"),
  ],
  "content-4.4-single-unit": [parts("are a single unit only where all of it can be processed")],
  "content-4.4-process-all": [parts("are all that can be processed of processAll")],
  "content-4.4-language": [mediaType("%s is a list of tags"), mediaType("%j is no list of tags")],
  "content-4.4-part-index": [
    parts("count depth first from 0, a part before those in it"),
    examples("number the eleven parts of the nested example depth first"),
  ],
  "content-4.4-content-id": [parts("are found in text, each once")],
  "content-4.4-content-id-target": [
    rule("danglingReference"),
    parts("may lead only to single and external parts that exist"),
  ],
  "content-4.4-each-part-once": [parts("leave out what an earlier part refers to, whatever its disposition")],
  "content-4.5-encrypted": [
    external("is encrypted with AES-128-GCM as another implementation decrypts it"),
    external("comes back from what was uploaded, encrypted or not, and is consistent"),
  ],
  "content-4.5-unencrypted": [
    rule("inconsistentExternalPart"),
    external("comes back from what was uploaded, encrypted or not, and is consistent"),
  ],
  "content-4.5-aes-128-gcm": [
    external("is encrypted with AES-128-GCM as another implementation decrypts it"),
  ],
  "content-5.2-reply": [
    compose("refer to each other as the draft's reply, reaction, edit, delete and unlike do"),
    examples("refer to each other by the message IDs they have"),
  ],
  "content-5.3-reaction": [
    compose("refer to each other as the draft's reply, reaction, edit, delete and unlike do"),
    timeline("stands with the message, whichever version it was to"),
  ],
  "content-5.5-edit": [timeline("shows instead of the message, as edited")],
  "content-5.5-first-instance": [timeline("that names a later version counts for the first instance")],
  "content-5.5-versions": [
    timeline("refers to one version, which can be superseded"),
    timeline("stands with the message, whichever version it was to"),
  ],
  "content-5.6-delete": [timeline("leaves a place where the message was")],
  "content-5.7-unlike": [timeline("is taken back by who made it, and by nobody else")],
  "content-5.8-expires": [
    timeline("at a time hides the message from that moment"),
    timeline("after reading needs the message to be read"),
  ],
  "content-5.11-order": [
    timeline("is that of their accepted timestamps, and of message IDs at the same time"),
  ],
  "content-6.1-deterministic": [
    rule("malformed"),
    codec("cbor2 reads what we write as deterministic, and writes it back the same"),
    codec(
      "agree on what is no encoding: what we take they take, and what both take with the right shape we take",
    ),
  ],
  "content-6.1-shortest": [codec("is refused, with its place: any head in a longer form")],
  "content-6.1-definite": [codec("is refused, with its place: any indefinite length")],
  "content-6.1-sorted": [codec("is refused, with its place: keys of the extensions out of order or twice")],
  "content-6.1-not-canonical": [codec("refuses %s", "keys in the order of RFC 7049")],
  "content-6.1-bigints": [codec("refuses %s", "a bignum that fits an integer")],
  "content-6.2-extension-keys": [
    codec("refuses %s", "a text key of 256 octets"),
    codec("refuses %s", "a byte string as key"),
    codec("has %s", "a text key of 255 octets"),
  ],
  "content-6.2-inner-keys": [
    codec("refuses %s", "true as key further down"),
    codec("has %s", "byte strings as keys further down"),
  ],
  "content-6.2-integer-keys": [
    codec("refuses %s", "2^53 as key"),
    codec("has %s", "the integers farthest from 0 as keys"),
  ],
  "content-6.2-nan": [
    codec("refuses %s", "another NaN"),
    codec("refuses %s", "a long NaN"),
    codec("has %s", "a typed array of NaNs"),
  ],
  "content-6.2-utf-8": [codec("is refused, with its place: octets in any text that are not UTF-8")],
  "content-6.3-parts-depth": [codec("takes parts nested four levels deep and refuses five")],
  "content-6.3-extensions-depth": [codec("refuses %s", "five levels")],
  "content-7.1-external-parts": [
    external("is encrypted with AES-128-GCM as another implementation decrypts it"),
  ],
  "content-7.1.1-html-escaped": [
    mediaType("is what escaping makes of any text, and leaves what has no tags alone"),
  ],
  "content-7.1.1-html-as-text": [rule("htmlInMarkdown"), mediaType("has no room for the HTML tags of %j")],
  "content-9.1-discards": [rule("malformed"), judge("%s: %s", "malformed")],
  "content-9.1-foreign-sender": [...discarded("senderNotMember")],
  "content-9.1-repeated-id": [...discarded("duplicateMessageId"), timeline("has each message ID once")],
  "content-9.1-unknown-hash": [...discarded("unknownHashAlgorithm")],
  "content-9.1-times": [
    ...discarded("acceptedInFuture"),
    ...discarded("acceptedBeforeFormat"),
    ...discarded("acceptedBeforeRoom"),
  ],
  "content-9.1-topic-length": [...discarded("topicTooLong")],
  "content-9.1-expiry-limits": [...discarded("expiredLongAgo"), ...discarded("expiresFarAhead")],
  "content-9.1-part-limits": [
    ...discarded("tooManyParts"),
    ...discarded("nestedTooDeeply"),
    ...discarded("tooLarge"),
  ],
  "content-9.1-unknown-semantics": [...discarded("unknownPartSemantics")],
  "content-9.1-unknown-target": [...kept("unknownTarget")],
  "content-9.1-unknown-disposition": [...kept("unknownDisposition")],
  "content-9.1-unknown-type-or-language": [...kept("unsupportedContentType"), ...kept("unsupportedLanguage")],
  "content-9.2-exported-salt": [compose("get a salt from an exported secret and a nonce")],
  "content-9.3-only-author": [
    timeline("by another user is not followed"),
    timeline("by another user is followed where the room allows it, and is told who wants what"),
    timeline("shows nobody's words as another user's"),
  ],
  "content-9.3-only-body": [timeline("changes the body and nothing else")],
  "content-3.4-hub-records-time": [
    testsOf("spec-model/requirements/clubhouse")("has the time that the sender was told, at every provider"),
  ],
  "content-3.4-time-reaches-clients": [
    testsOf("spec-model/requirements/between-providers")(
      "has the hub's accepted timestamp at every client that shows it",
    ),
  ],
  "content-4.1-topic": [
    required("is an ID that a message carries, and has the messages with that ID (any topics)"),
    required("is none where a message says nothing of one"),
  ],
  "content-5.11-topic-id": [
    required("is an ID that a message carries, and has the messages with that ID (any topics)"),
  ],
  "content-4.1-no-reply-loop": [required("never come back to themselves (any conversation)")],
  "content-4.4-dispositions": [required("are those of the registry, by their numbers")],
  "content-4.5-size-and-expiry": [
    required("has a size and an end of validity, or 0 where that is unknown or there is none"),
  ],
  "content-4.5-aad-empty": [required("is encrypted with no associated data")],
  "content-7.1.1-no-html": [
    required("takes a URI in angle brackets for a link, and a tag for HTML"),
    mediaType("has no room for the HTML tags of %j"),
    mediaType("has room for %j"),
  ],
  "content-4.1-reply-to-newest": [
    quietRoom("has replies name the newest version of what they answer, and edits the first"),
  ],
  "content-4.6-derived": [
    quietRoom("derives its group, its sender's leaf and the URIs that the leaf proves"),
  ],
  "content-7.1-receives": [
    readable("reads %s", "plain text"),
    readable("reads %s", "Markdown"),
    readable("reads %s", "a container"),
  ],
};
