/** What PrivateMessage and SemiPrivateMessage share: content under a ratchet key, sender data under an epoch key (RFC 9420 §6.3). */
import { noBytes } from "../bytes.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { decoded, demand, present, refuse } from "./errors.ts";
import { expandWithLabel } from "./labelled.ts";
import type { RatchetKind } from "./secret-tree.ts";
import {
  type AuthenticatedContent,
  type ContentType,
  type FramedContent,
  PrivateMessageContent,
  SenderData,
  SenderDataAAD,
  type WireFormat,
} from "./structures/index.ts";

/** The unencrypted fields that address a message. */
export interface MessageHead {
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  readonly contentType: ContentType;
  readonly authenticatedData: Uint8Array;
}

export interface SenderDataFields {
  readonly leafIndex: number;
  readonly generation: number;
  readonly reuseGuard: Uint8Array;
}

export function headOf(content: FramedContent): MessageHead {
  const { groupId, epoch, contentType, authenticatedData } = content;
  return { groupId, epoch, contentType, authenticatedData };
}

export function ratchetFor(contentType: ContentType): RatchetKind {
  return contentType === "application" ? "application" : "handshake";
}

/** The ratchet's nonce with the reuse guard over its first octets. RFC 9420 §6.3.1 */
export function guardedNonce(nonce: Uint8Array, reuseGuard: Uint8Array): Uint8Array {
  return nonce.map((octet, i) => octet ^ (reuseGuard[i] ?? 0));
}

/** The plaintext: content, authentication and `paddingLength` zero octets. */
export function contentPlaintext(message: AuthenticatedContent, paddingLength: number): Uint8Array {
  const { content, auth } = message;
  const padding = paddingLength === 0 ? noBytes : new Uint8Array(paddingLength);
  const { contentType } = content;
  switch (contentType) {
    case "application": {
      const { applicationData } = content;
      return PrivateMessageContent.encode({ applicationData, auth, padding }, { contentType });
    }
    case "proposal":
      return PrivateMessageContent.encode({ proposal: content.proposal, auth, padding }, { contentType });
    case "commit":
      return PrivateMessageContent.encode({ commit: content.commit, auth, padding }, { contentType });
  }
}

/** The message that a plaintext holds. Refuses padding that is not zero (`padding`). */
export function contentFromPlaintext(
  plaintext: Uint8Array,
  wireFormat: WireFormat,
  head: MessageHead,
  leafIndex: number,
): AuthenticatedContent {
  const { contentType } = head;
  const inner = decoded(PrivateMessageContent, plaintext, { contentType });
  demand(
    inner.padding.every((octet) => octet === 0),
    "padding",
  );
  const framed = {
    groupId: head.groupId,
    epoch: head.epoch,
    sender: { senderType: "member" as const, leafIndex },
    authenticatedData: head.authenticatedData,
  };
  return { wireFormat, auth: inner.auth, content: { ...framed, ...bodyOf(contentType, inner) } };
}

/** RFC 9420 §6.3.2 */
export function sealSenderData(
  suite: CipherSuite,
  senderDataSecret: Uint8Array,
  head: MessageHead,
  ciphertext: Uint8Array,
  fields: SenderDataFields,
): Uint8Array {
  const { key, nonce } = senderDataKeys(suite, senderDataSecret, ciphertext);
  return suite.aead.seal(key, nonce, SenderDataAAD.encode(head), SenderData.encode(fields));
}

/** RFC 9420 §6.3.2. Refuses what does not decrypt (`senderDataDecryption`). */
export function openSenderData(
  suite: CipherSuite,
  senderDataSecret: Uint8Array,
  head: MessageHead,
  ciphertext: Uint8Array,
  encrypted: Uint8Array,
): SenderDataFields {
  const { key, nonce } = senderDataKeys(suite, senderDataSecret, ciphertext);
  const opened = suite.aead.open(key, nonce, SenderDataAAD.encode(head), encrypted);
  return decoded(SenderData, present(opened, "senderDataDecryption"));
}

/** Key and nonce of the sender data, from a sample of the content's ciphertext. RFC 9420 §6.3.2 */
export function senderDataKeys(suite: CipherSuite, senderDataSecret: Uint8Array, ciphertext: Uint8Array) {
  const sample = ciphertext.subarray(0, suite.hashLength);
  return {
    key: expandWithLabel(suite, senderDataSecret, "key", sample, suite.aead.keyLength),
    nonce: expandWithLabel(suite, senderDataSecret, "nonce", sample, suite.aead.nonceLength),
  };
}

type Body =
  | Pick<Extract<FramedContent, { contentType: "application" }>, "contentType" | "applicationData">
  | Pick<Extract<FramedContent, { contentType: "proposal" }>, "contentType" | "proposal">
  | Pick<Extract<FramedContent, { contentType: "commit" }>, "contentType" | "commit">;

function bodyOf(contentType: ContentType, inner: PrivateMessageContent): Body {
  const { applicationData, proposal, commit } = inner;
  if (contentType === "application" && applicationData !== undefined) return { contentType, applicationData };
  if (contentType === "proposal" && proposal !== undefined) return { contentType, proposal };
  if (contentType === "commit" && commit !== undefined) return { contentType, commit };
  return refuse("malformed", "content of another type than announced");
}
