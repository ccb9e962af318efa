/** Message content and its authentication, before any protection (RFC 9420 §6 and §6.1). */
import { closedEnum, type Infer, keptOctets, opaque, struct, uint32, uint64, v } from "../../wire/index.ts";
import { MAC, ProtocolVersion } from "./basics.ts";
import { Commit } from "./commit.ts";
import { GroupContext } from "./group.ts";
import { Proposal } from "./proposals.ts";
import { WireFormat } from "./registries.ts";

export const ContentType = closedEnum("ContentType", 255, { application: 1, proposal: 2, commit: 3 }).from(
  "RFC 9420 §6",
  "what a message says",
);
export type ContentType = Infer<typeof ContentType>;

export const SenderType = closedEnum("SenderType", 255, {
  member: 1,
  external: 2,
  new_member_proposal: 3,
  new_member_commit: 4,
}).from("RFC 9420 §6", "the relation of a sender to the group");

export const Sender = struct("Sender", { sender_type: SenderType })
  .select("sender_type", {
    member: { leaf_index: uint32 },
    external: { sender_index: uint32.as("into external_senders") },
    new_member_proposal: {},
    new_member_commit: {},
  })
  .from("RFC 9420 §6", "who sent a message");
export type Sender = Infer<typeof Sender>;

/** One case per content type, wherever content is framed. */
export const contentArms = {
  application: { application_data: opaque(v) },
  proposal: { proposal: Proposal },
  commit: { commit: Commit },
};

export const FramedContent = keptOctets(
  struct("FramedContent", {
    group_id: opaque(v),
    epoch: uint64,
    sender: Sender,
    authenticated_data: opaque(v).as("chosen by the application, not encrypted"),
    content_type: ContentType,
  }).select("content_type", contentArms),
).from("RFC 9420 §6", "a message's content and where it belongs");
export type FramedContent = Infer<typeof FramedContent>;

export const FramedContentAuthData = struct("FramedContentAuthData", {
  signature: opaque(v).as("over FramedContentTBS"),
})
  .selectBy("FramedContent.content_type", (_, enclosing) => contentTypeAround(enclosing), {
    commit: { confirmation_tag: MAC },
    application: {},
    proposal: {},
  })
  .from("RFC 9420 §6.1", "authenticates a message, and for a commit the epoch it leads to");
export type FramedContentAuthData = Infer<typeof FramedContentAuthData>;

const contextCase = { context: GroupContext };
export const FramedContentTBS = struct("FramedContentTBS", {
  version: ProtocolVersion,
  wire_format: WireFormat,
  content: FramedContent,
})
  .selectBy("content.sender.sender_type", (tbs) => tbs.content.sender.senderType, {
    member: contextCase,
    new_member_commit: contextCase,
    external: {},
    new_member_proposal: {},
  })
  .from("RFC 9420 §6.1", "what a message's signature covers");
export type FramedContentTBS = Infer<typeof FramedContentTBS>;

export const AuthenticatedContent = struct("AuthenticatedContent", {
  wire_format: WireFormat,
  content: FramedContent,
  auth: FramedContentAuthData,
}).from("RFC 9420 §6", "a message without its protection; its hash is the ProposalRef of a proposal");
export type AuthenticatedContent = Infer<typeof AuthenticatedContent>;

export const AuthenticatedContentTBM = struct("AuthenticatedContentTBM", {
  content_tbs: FramedContentTBS,
  auth: FramedContentAuthData,
}).from("RFC 9420 §6.2", "what the membership tag covers");

export const ConfirmedTranscriptHashInput = struct("ConfirmedTranscriptHashInput", {
  wire_format: WireFormat,
  content: FramedContent,
  signature: opaque(v),
}).from("RFC 9420 §8.2", "what a commit adds to the confirmed transcript hash");

export const InterimTranscriptHashInput = struct("InterimTranscriptHashInput", {
  confirmation_tag: MAC,
}).from("RFC 9420 §8.2", "what a commit adds to the interim transcript hash");

/** The content type of the structure that an auth field stands in; inside a ciphertext only its case tells. */
function contentTypeAround(enclosing: unknown): ContentType {
  const around = enclosing as {
    content?: { contentType: ContentType };
    contentTbs?: { content: { contentType: ContentType } };
    commit?: Commit;
    applicationData?: Uint8Array;
  };
  const named = around.content?.contentType ?? around.contentTbs?.content.contentType;
  if (named !== undefined) return named;
  if (around.commit !== undefined) return "commit";
  return around.applicationData !== undefined ? "application" : "proposal";
}
