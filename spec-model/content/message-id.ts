/** Message IDs. content-09 §3.3 */
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, utf8 } from "../bytes.ts";
import { ContentError } from "./errors.ts";

/** What a message ID is computed from. */
export interface MessageIdInput {
  /** The message as it was encoded. */
  readonly encoded: Uint8Array;
  readonly salt: Uint8Array;
  /**
   * The sender's user URI and the room's URI. The draft does not say in which spelling: the octets of the extensions
   * senderUri and roomUri are meant here, for all receivers have those alike.
   */
  readonly senderUri: string;
  readonly roomUri: string;
}

/** The hash algorithm that message IDs use: SHA-256, by its number in the Named Information registry. */
export const messageIdHashAlgorithm = 1;

const hashOctetsInId = 31;

/** The 32-octet message ID. Throws ContentError where a URI is longer than 65535 octets. */
export function messageIdOf({ encoded, salt, senderUri, roomUri }: MessageIdInput): Uint8Array {
  const input = concat(
    withLength("senderUri", senderUri),
    withLength("roomUri", roomUri),
    encoded,
    salt, // once more, against extending the hash's input
  );
  return concat(Uint8Array.of(messageIdHashAlgorithm), sha256(input).subarray(0, hashOctetsInId));
}

function withLength(field: string, uri: string): Uint8Array {
  const octets = utf8(uri);
  if (octets.length > 0xffff) {
    throw new ContentError([field], undefined, "a URI of at most 65535 octets", `one of ${octets.length}`);
  }
  return concat(Uint8Array.of(octets.length >> 8, octets.length & 0xff), octets);
}
