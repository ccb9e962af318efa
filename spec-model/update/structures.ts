/** Changing a room: commits and proposals on their way to the hub. protocol-06 §5.3 */
import {
  GroupInfo,
  MLSMessage,
  PartialGroupInfo,
  ProposalRef,
  RatchetTreeOption,
  Welcome,
} from "../mls/structures/index.ts";
import { closedEnum, type Infer, optional, struct, text, uint64, v, vector } from "../wire/index.ts";

/** What a handshake message holds, as far as it can be seen without decrypting it. */
export function contentTypeOf(message: MLSMessage): "application" | "proposal" | "commit" | undefined {
  if (message.wireFormat === "mls_public_message") return message.publicMessage.content.contentType;
  if (message.wireFormat === "mls_private_message") return message.privateMessage.contentType;
  if (message.wireFormat === "mls_semiprivate_message") return message.semiprivateMessage.contentType;
  return undefined;
}

export const GroupInfoRepresentation = closedEnum("GroupInfoRepresentation", 255, {
  reserved: 0,
  full: 1,
  partial: 2,
}).from("protocol-06 §5.3", "whether the hub has to rebuild the GroupInfo");
export type GroupInfoRepresentation = Infer<typeof GroupInfoRepresentation>;

export const GroupInfoOption = struct("GroupInfoOption", { representation: GroupInfoRepresentation })
  .select("representation", {
    full: { groupInfo: GroupInfo },
    partial: { partialGroupInfo: PartialGroupInfo },
  })
  .from("protocol-06 §5.3", "the GroupInfo of the epoch that a commit begins");
export type GroupInfoOption = Infer<typeof GroupInfoOption>;

export const HandshakeBundle = struct("HandshakeBundle", {
  proposalOrCommit: MLSMessage.as("a PublicMessage or a SemiPrivateMessage"),
})
  .selectBy("proposalOrCommit.content.content_type", (bundle) => handshakeType(bundle.proposalOrCommit), {
    commit: {
      welcome: optional(Welcome).as("without the ratchet tree"),
      groupInfoOption: GroupInfoOption,
      ratchetTreeOption: RatchetTreeOption,
    },
    proposal: { moreProposals: vector(MLSMessage).as("PublicMessages or SemiPrivateMessages") },
  })
  .from("protocol-06 §5.3", "a commit with all that newcomers need, or proposals")
  .decided({
    question: "the select follows proposalOrCommit.content.content_type, which only a PublicMessage has",
    reading: "the content_type of the PublicMessage's content or of the SemiPrivateMessage itself",
    reason: "both kinds of message are allowed, and both show their content type",
    alternatives: [],
  })
  .decided({
    question: "the select has no closing brace",
    reading: "it ends with the structure",
    reason: "nothing else can be meant",
    alternatives: [],
  });
export type HandshakeBundle = Infer<typeof HandshakeBundle>;

export const UpdateRequest = struct("UpdateRequest", { bundle: HandshakeBundle })
  .from("protocol-06 §5.3", "asks the hub to accept a commit or proposals")
  .decided({
    question: "the select on room.protocol names something that is not in the structure",
    reading: "the room's protocol, which both sides know; it is not on the wire",
    reason: "the name says whose protocol it is, and no field for it is declared",
    alternatives: ["a Protocol field first, as in SubmitMessageRequest"],
  });
export type UpdateRequest = Infer<typeof UpdateRequest>;

export const UpdateResponseCode = closedEnum("UpdateResponseCode", 255, {
  success: 0,
  wrongEpoch: 1,
  notAllowed: 2,
  invalidProposal: 3,
}).from("protocol-06 §5.3", "whether the hub accepted an update");
export type UpdateResponseCode = Infer<typeof UpdateResponseCode>;

export const UpdateRoomResponse = struct("UpdateRoomResponse", {
  responseCode: UpdateResponseCode,
  errorDescription: text(v).as("for people; may be empty"),
})
  .select("responseCode", {
    success: { accepted_timestamp: uint64.as("milliseconds since the UNIX epoch") },
    wrongEpoch: { currentEpoch: uint64 },
    notAllowed: {},
    invalidProposal: { invalidProposals: vector(ProposalRef) },
  })
  .from("protocol-06 §5.3", "the hub's answer to an update")
  .decided({
    question: "errorDescription is a `string`, a type that does not exist",
    reading: "opaque<V> that holds UTF-8",
    reason: "it is how the draft writes all its other texts",
    alternatives: ["an UTF8String of §7.6: the same octets"],
  })
  .decided({
    question: "the select has no case for notAllowed",
    reading: "a case without fields",
    reason: "nothing is said to accompany it",
    alternatives: [],
  })
  .decided({
    question: "the definition has no semicolon at its end",
    reading: "it has one",
    reason: "nothing else can be meant",
    alternatives: [],
  });
export type UpdateRoomResponse = Infer<typeof UpdateRoomResponse>;

function handshakeType(message: MLSMessage): string | undefined {
  return message.wireFormat === "mls_private_message" ? undefined : contentTypeOf(message);
}
