/** Decodes MIMI content, strictly. content-09 §4 and §6, appendix A.1 */
import { CborReader } from "./cbor-reader.ts";
import type { CborKey, CborValue } from "./cbor-value.ts";
import {
  cardinalitiesInOrder,
  deepestPartLevel,
  type Expiration,
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
import { type Disposition, dispositionOf, largestDisposition } from "./dispositions.ts";
import { problemOfExtensionKey } from "./extension-keys.ts";

const itemsOfMessage = [7];
const itemsOfExpiration = [2];
const itemsOfPart = [3, 5, 15];
const itemsByCardinality = { nullpart: 3, single: 5, external: 15, multi: 5 } as const;
const fewestParts = 2;

/**
 * The message that `bytes` are the one encoding of. Byte strings in it are views of `bytes`.
 * Throws ContentError with path and offset for anything else, trailing bytes included.
 */
export function decodeContent(bytes: Uint8Array): MimiContent {
  const reader = new CborReader(bytes);
  reader.arrayLength("", itemsOfMessage);
  const content = {
    salt: reader.bstr("salt", saltLength),
    replaces: messageId(reader, "replaces"),
    topicId: reader.bstr("topicId"),
    expires: reader.skipsNull() ? undefined : expiration(reader),
    inReplyTo: messageId(reader, "inReplyTo"),
    mimiExtensions: extensions(reader),
    nestedPart: reader.within("nestedPart", () => nestedPart(reader, 1)),
  };
  reader.finish();
  return content;
}

function messageId(reader: CborReader, field: string): Uint8Array | undefined {
  return reader.skipsNull() ? undefined : reader.bstr(field, messageIdLength);
}

function expiration(reader: CborReader): Expiration {
  reader.arrayLength("expires", itemsOfExpiration);
  return reader.within("expires", () => ({
    relative: reader.bool("relative"),
    time: reader.uint("time", largest.uint32),
  }));
}

function extensions(reader: CborReader): Extensions {
  const map = new Map<number | string, CborValue>();
  reader.map("mimiExtensions", (key) => {
    const problem = problemOfExtensionKey(key);
    if (problem !== undefined) reader.fail("", problem.expected, problem.found);
    map.set(key as number | string, extensionValue(reader, key));
  });
  return map;
}

function extensionValue(reader: CborReader, key: CborKey): CborValue {
  const isUri = key === extensionKey.senderUri || key === extensionKey.roomUri;
  return isUri ? reader.tstr("") : reader.value(2);
}

function nestedPart(reader: CborReader, level: number): NestedPart {
  const items = reader.arrayLength("", itemsOfPart);
  if (level > deepestPartLevel) {
    reader.fail(
      "",
      `at most ${deepestPartLevel} levels of parts (content-09 §6.3)`,
      `a part at level ${level}`,
      "nestedTooDeeply",
    );
  }
  // The fields are written out where a part is made: copying shared ones over with a spread costs half of the time.
  const disposition = dispositionOf(reader.uint("disposition", largestDisposition));
  const language = reader.tstr("language");
  const cardinality = cardinalitiesInOrder[reader.uint("cardinality", cardinalitiesInOrder.length - 1)];
  if (cardinality === undefined || items !== itemsByCardinality[cardinality]) {
    return reader.fail("cardinality", `one that fits ${items} items`, cardinality ?? "another");
  }
  switch (cardinality) {
    case "nullpart":
      return { disposition, language, cardinality };
    case "single": {
      const contentType = reader.tstr("contentType");
      return { disposition, language, cardinality, contentType, content: reader.bstr("content") };
    }
    case "external":
      return externalPart(reader, disposition, language);
    case "multi":
      return multiPart(reader, disposition, language, level);
  }
}

function externalPart(reader: CborReader, disposition: Disposition, language: string): ExternalPart {
  return {
    disposition,
    language,
    cardinality: "external",
    contentType: reader.tstr("contentType"),
    url: reader.tstr("url"),
    expires: reader.uint("expires", largest.uint32),
    size: reader.uint64("size"),
    encAlg: reader.uint("encAlg", largest.uint16),
    key: reader.bstr("key"),
    nonce: reader.bstr("nonce"),
    aad: reader.bstr("aad"),
    hashAlg: reader.uint("hashAlg", largest.uint8),
    contentHash: reader.bstr("contentHash"),
    description: reader.tstr("description"),
    filename: reader.tstr("filename"),
  };
}

function multiPart(reader: CborReader, disposition: Disposition, language: string, level: number): MultiPart {
  const number = reader.uint("partSemantics", largest.uint8);
  const partSemantics = partSemanticsInOrder[number];
  if (partSemantics === undefined) {
    return reader.fail("partSemantics", "0, 1 or 2", `${number}`, "unknownPartSemantics");
  }
  const count = reader.arrayLength("parts");
  if (count < fewestParts) reader.fail("parts", `at least ${fewestParts} parts`, `${count}`);
  const parts: NestedPart[] = [];
  reader.within("parts", () => {
    for (let i = 0; i < count; i++) parts.push(reader.within(i, () => nestedPart(reader, level + 1)));
  });
  return { disposition, language, cardinality: "multi", partSemantics, parts };
}
