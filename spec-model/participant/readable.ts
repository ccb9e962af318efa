/** What a client can read of a message: plain text, Markdown, and containers with them. content-09 §7.1 */
import { textOf, utf8 } from "../bytes.ts";
import {
  type ExternalPart,
  isMediaType,
  mediaType,
  type NestedPart,
  partsToProcess,
  type SinglePart,
} from "../content/index.ts";
import { type MediaType, mediaTypesData } from "../mls/index.ts";

const readable = [mediaType.plainText, mediaType.markdown];

/** The text of the parts that a client takes, a line each; an external part by its name. Empty where it can read none. */
export function readableText(body: NestedPart): string {
  const parts = partsToProcess(body, { understands: isReadable });
  return parts.map(({ part }) => textIn(part)).join("\n");
}

/** The media types that a client says it receives, as the data of content_media_types. mls-extensions §6.2.3 */
export function receivedTypesData(): Uint8Array {
  return mediaTypesData([mediaType.mimiContent, ...readable].map(inBinary));
}

/** What is external need not be read to be named: it is downloaded on request. */
function isReadable(part: SinglePart | ExternalPart): boolean {
  return part.cardinality === "external" || readable.some((type) => isMediaType(part.contentType, type));
}

function textIn(part: NestedPart): string {
  if (part.cardinality === "external") return `[${part.filename}]`;
  return part.cardinality === "single" ? (textOf(part.content) ?? "") : "";
}

function inBinary(text: string): MediaType {
  const [type = "", ...parameters] = text.split(";");
  return {
    type: utf8(type),
    parameters: parameters.map((each) => {
      const [name = "", value = ""] = each.split("=");
      return { parameterName: utf8(name), parameterValue: utf8(value) };
    }),
  };
}
