/** A room's descriptions as clients read them. protocol-06 §7.6 */
import { textOf } from "../bytes.ts";
import type { RichDescription } from "./structures/index.ts";

/** What a description without a media type is in. */
const plainText = "text/plain;charset=utf-8";

/**
 * A description with the media type that it is in, and its text where that type is one of texts in UTF-8; undefined in
 * the text's place where the octets are none. protocol-06 §7.6
 */
export function readDescription({
  mediaType,
  descriptionContent,
}: Pick<RichDescription, "mediaType" | "descriptionContent">): {
  readonly mediaType: string;
  readonly text: string | undefined;
} {
  const named = mediaType === "" ? plainText : mediaType;
  return { mediaType: named, text: named.startsWith("text/") ? textOf(descriptionContent) : undefined };
}
