/** The MIMI content container as TypeScript values. content-09 §4.1, §4.4, §4.5 and appendix A.1 */
import type { CborValue } from "./cbor-value.ts";
import type { Disposition } from "./dispositions.ts";

/** Octets in a salt and in a message ID. */
export const saltLength = 16;
export const messageIdLength = 32;

/** The largest unsigned integers that CDDL's `.size` 1, 2 and 4 leave room for. */
export const largest = { uint8: 0xff, uint16: 0xffff, uint32: 0xffffffff } as const;

/** Keys of the extensions that protocol-06 §5.4.1.2 needs for franking. content-09 §8.2.1 */
export const extensionKey = { senderUri: 1, roomUri: 2 } as const;

/** A MIMI content message. Fields that are null on the wire are undefined here. content-09 §4.1 */
export interface MimiContent {
  /** 16 octets, cryptographically random. */
  readonly salt: Uint8Array;
  /** Message ID of the first instance of the message that this one edits or deletes. */
  readonly replaces: Uint8Array | undefined;
  /** Of no topic where it is empty. */
  readonly topicId: Uint8Array;
  readonly expires: Expiration | undefined;
  /** Message ID of the very version that this message replies or reacts to. */
  readonly inReplyTo: Uint8Array | undefined;
  readonly mimiExtensions: Extensions;
  readonly nestedPart: NestedPart;
}

/** Keys are integers but 0, or texts of 1 to 255 octets. content-09 §4.3 */
export type Extensions = ReadonlyMap<number | string, CborValue>;

/** When a message is to disappear. content-09 §4.1 */
export interface Expiration {
  readonly relative: boolean;
  /** Seconds: after the message is read where `relative`, else since the start of the UNIX epoch. */
  readonly time: number;
}

/** One part of the body, with all that is in it. content-09 §4.4 */
export type NestedPart = NullPart | SinglePart | ExternalPart | MultiPart;

interface AnyPart {
  readonly disposition: Disposition;
  /** Empty, or language tags (RFC 5646) with commas between them. */
  readonly language: string;
}

/** No content: how a message is deleted or a reaction taken back. */
export interface NullPart extends AnyPart {
  readonly cardinality: "nullpart";
}

/** Content in the message itself. */
export interface SinglePart extends AnyPart {
  readonly cardinality: "single";
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** Content elsewhere. content-09 §4.5 */
export interface ExternalPart extends AnyPart {
  readonly cardinality: "external";
  readonly contentType: string;
  readonly url: string;
  /** Seconds since the start of the UNIX epoch; 0: never. */
  readonly expires: number;
  /** Octets; 0: not said. */
  readonly size: bigint;
  /** IANA AEAD algorithm number; 0: not encrypted. */
  readonly encAlg: number;
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
  readonly aad: Uint8Array;
  /** IANA Named Information hash algorithm; 0: no hash. */
  readonly hashAlg: number;
  /** Of what the URL gives, so of the ciphertext where it is encrypted. */
  readonly contentHash: Uint8Array;
  readonly description: string;
  readonly filename: string;
}

/** Two or more parts. */
export interface MultiPart extends AnyPart {
  readonly cardinality: "multi";
  readonly partSemantics: PartSemantics;
  readonly parts: readonly NestedPart[];
}

/** What a receiver does with the parts of a MultiPart. content-09 §4.4 */
export type PartSemantics = "chooseOne" | "singleUnit" | "processAll";

/** In the order of their numbers on the wire. */
export const partSemanticsInOrder: readonly PartSemantics[] = ["chooseOne", "singleUnit", "processAll"];

/** In the order of their numbers on the wire. */
export const cardinalitiesInOrder: readonly NestedPart["cardinality"][] = [
  "nullpart",
  "single",
  "external",
  "multi",
];

/** How deep parts may be nested, the body itself being at level 1. content-09 §6.3 */
export const deepestPartLevel = 4;
