/** Messages as they travel (RFC 9420 §6, §6.2 and §6.3). */
import { exactly, type Infer, opaque, rest, struct, uint32, uint64, v } from "../../wire/index.ts";
import { MAC, ProtocolVersion } from "./basics.ts";
import { ContentType, contentArms, FramedContent, FramedContentAuthData } from "./framed-content.ts";
import { GroupInfo, Welcome } from "./group.ts";
import { KeyPackage } from "./key-package.ts";
import { WireFormat } from "./registries.ts";
import { SemiPrivateMessage } from "./semiprivate-message.ts";

export const PublicMessage = struct("PublicMessage", { content: FramedContent, auth: FramedContentAuthData })
  .selectBy("content.sender.sender_type", (message) => message.content.sender.senderType, {
    member: { membership_tag: MAC },
    external: {},
    new_member_commit: {},
    new_member_proposal: {},
  })
  .from("RFC 9420 §6.2", "a message that is authenticated but not encrypted");
export type PublicMessage = Infer<typeof PublicMessage>;

const addressFields = { group_id: opaque(v), epoch: uint64, content_type: ContentType };

export const PrivateMessage = struct("PrivateMessage", {
  ...addressFields,
  authenticated_data: opaque(v),
  encrypted_sender_data: opaque(v),
  ciphertext: opaque(v),
}).from("RFC 9420 §6.3", "a message that is authenticated and encrypted");
export type PrivateMessage = Infer<typeof PrivateMessage>;

export const PrivateMessageContent = struct("PrivateMessageContent", {})
  .selectBy("PrivateMessage.content_type", (_, enclosing) => typeGivenBy(enclosing), contentArms)
  .followedBy({ auth: FramedContentAuthData, padding: rest("opaque padding[length_of_padding]") })
  .from("RFC 9420 §6.3.1", "the plaintext of a PrivateMessage");
export type PrivateMessageContent = Infer<typeof PrivateMessageContent>;

export const PrivateContentAAD = struct("PrivateContentAAD", {
  ...addressFields,
  authenticated_data: opaque(v),
}).from("RFC 9420 §6.3.1", "what the encryption of the content authenticates besides");

export const SenderData = struct("SenderData", {
  leaf_index: uint32,
  generation: uint32,
  reuse_guard: opaque(exactly(4)),
}).from("RFC 9420 §6.3.2", "who encrypted a message, and with which key of its ratchet");

export const SenderDataAAD = struct("SenderDataAAD", addressFields).from(
  "RFC 9420 §6.3.2",
  "what the encryption of the sender data authenticates besides",
);

export const MLSMessage = struct("MLSMessage", { version: ProtocolVersion, wire_format: WireFormat })
  .select("wire_format", {
    mls_public_message: { public_message: PublicMessage },
    mls_private_message: { private_message: PrivateMessage },
    mls_welcome: { welcome: Welcome },
    mls_group_info: { group_info: GroupInfo },
    mls_key_package: { key_package: KeyPackage },
    mls_semiprivate_message: { semiprivate_message: SemiPrivateMessage },
  })
  .from("RFC 9420 §6", "the outermost structure of everything MLS sends");
export type MLSMessage = Infer<typeof MLSMessage>;

function typeGivenBy(enclosing: unknown): ContentType {
  return (enclosing as { contentType: ContentType }).contentType;
}
