/** Encodes MIMI content, in exactly one way. content-09 §4 and §6, appendix A.1 */
import { CborWriter } from "./cbor-writer.ts";
import {
  cardinalitiesInOrder,
  deepestPartLevel,
  type Extensions,
  type ExternalPart,
  extensionKey,
  largest,
  type MimiContent,
  type MultiPart,
  messageIdLength,
  type NestedPart,
  partSemanticsInOrder,
  saltLength,
} from "./container.ts";
import { dispositionValue } from "./dispositions.ts";
import { problemOfExtensionKey } from "./extension-keys.ts";

/** The encoding of `content`. Throws ContentError with the path of a value that the format cannot express. */
export function encodeContent(content: MimiContent): Uint8Array {
  const writer = new CborWriter();
  writer.array(7);
  writer.bstr("salt", content.salt, saltLength);
  writeMessageId(writer, "replaces", content.replaces);
  writer.bstr("topicId", content.topicId);
  writeExpiration(writer, content.expires);
  writeMessageId(writer, "inReplyTo", content.inReplyTo);
  writer.within("mimiExtensions", () => writeExtensions(writer, content.mimiExtensions));
  writer.within("nestedPart", () => writePart(writer, content.nestedPart, 1));
  return writer.finish();
}

function writeMessageId(writer: CborWriter, field: string, id: Uint8Array | undefined): void {
  if (id === undefined) writer.null();
  else writer.bstr(field, id, messageIdLength);
}

function writeExpiration(writer: CborWriter, expires: MimiContent["expires"]): void {
  if (expires === undefined) {
    writer.null();
    return;
  }
  writer.array(2);
  writer.bool(expires.relative);
  writer.within("expires", () => writer.uint("time", expires.time, largest.uint32));
}

function writeExtensions(writer: CborWriter, extensions: Extensions): void {
  for (const key of extensions.keys()) checkKey(writer, key);
  for (const key of [extensionKey.senderUri, extensionKey.roomUri]) {
    const value = extensions.get(key);
    if (value === undefined || typeof value === "string") continue;
    writer.within(key, () => writer.fail("", "a text string", "another value"));
  }
  writer.map(extensions, 1);
}

function checkKey(writer: CborWriter, key: number | string): void {
  const problem = problemOfExtensionKey(key);
  if (problem !== undefined) writer.fail("", problem.expected, problem.found);
}

function writePart(writer: CborWriter, part: NestedPart, level: number): void {
  if (level > deepestPartLevel) {
    writer.fail(
      "",
      `at most ${deepestPartLevel} levels of parts (content-09 §6.3)`,
      `a part at level ${level}`,
    );
  }
  const disposition = dispositionValue(part.disposition);
  if (disposition === undefined) {
    writer.fail("disposition", "a registered name, or a number from 9 to 255", `${part.disposition}`);
  }
  writer.array(itemsOf(part));
  writer.uint("disposition", disposition, largest.uint8);
  writer.tstr("language", part.language);
  writer.uint("cardinality", cardinalitiesInOrder.indexOf(part.cardinality), 3);
  switch (part.cardinality) {
    case "nullpart":
      break;
    case "single":
      writer.tstr("contentType", part.contentType);
      writer.bstr("content", part.content);
      break;
    case "external":
      writeExternal(writer, part);
      break;
    case "multi":
      writeMulti(writer, part, level);
      break;
  }
}

function itemsOf(part: NestedPart): number {
  switch (part.cardinality) {
    case "nullpart":
      return 3;
    case "external":
      return 15;
    default:
      return 5;
  }
}

function writeExternal(writer: CborWriter, part: ExternalPart): void {
  writer.tstr("contentType", part.contentType);
  writer.tstr("url", part.url);
  writer.uint("expires", part.expires, largest.uint32);
  writer.uint64("size", part.size);
  writer.uint("encAlg", part.encAlg, largest.uint16);
  writer.bstr("key", part.key);
  writer.bstr("nonce", part.nonce);
  writer.bstr("aad", part.aad);
  writer.uint("hashAlg", part.hashAlg, largest.uint8);
  writer.bstr("contentHash", part.contentHash);
  writer.tstr("description", part.description);
  writer.tstr("filename", part.filename);
}

function writeMulti(writer: CborWriter, part: MultiPart, level: number): void {
  const semantics = partSemanticsInOrder.indexOf(part.partSemantics);
  if (semantics === -1) writer.fail("partSemantics", partSemanticsInOrder.join(" or "), part.partSemantics);
  writer.uint("partSemantics", semantics, 2);
  if (part.parts.length < 2) writer.fail("parts", "at least 2 parts", `${part.parts.length}`);
  writer.array(part.parts.length);
  writer.within("parts", () => {
    part.parts.forEach((each, index) => {
      writer.within(index, () => writePart(writer, each, level + 1));
    });
  });
}
