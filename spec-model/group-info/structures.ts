/** Fetching the GroupInfo for an external join. protocol-06 §5.6 */
import { Protocol } from "../framing.ts";
import {
  CipherSuiteNumber,
  Credential,
  ExternalSender,
  GroupInfo,
  HPKECiphertext,
  HPKEPublicKey,
  MLSMessage,
  RatchetTreeOption,
  SignaturePublicKey,
} from "../mls/structures/index.ts";
import { arm, closedEnum, type Infer, opaque, struct, uint64, v, vector } from "../wire/index.ts";

const asked = {
  cipher_suite: CipherSuiteNumber.as("of the request's and the answer's signature and encryption"),
  requestingSignatureKey: SignaturePublicKey,
  requestingCredential: Credential,
  groupInfoPublicKey: HPKEPublicKey.as("the answer is encrypted to it"),
  joiningCode: opaque(v).as("empty where there is none"),
};
const joiningCodeDecision = {
  question: "joiningCode is `optional opaque` in what is signed and a plain opaque in what is sent",
  reading: "a plain opaque<V> in both, empty where there is no code",
  reason:
    "the TBS is the request without its signature; the request's form is sound syntax and can already say that there is none",
  alternatives: [
    "optional<opaque<V>> in both",
    "a presence octet in the TBS only, absent where the request's code is empty",
  ],
};

export const GroupInfoRequestTBS = struct("GroupInfoRequestTBS", { protocol: Protocol })
  .select("protocol", { mls10: asked })
  .from("protocol-06 §5.6", "what a request's signature covers")
  .decided(joiningCodeDecision);
export type GroupInfoRequestTBS = Infer<typeof GroupInfoRequestTBS>;

export const GroupInfoRequest = struct("GroupInfoRequest", { protocol: Protocol })
  .select("protocol", {
    mls10: {
      ...asked,
      signature: opaque(v).as("of requestingSignatureKey, over GroupInfoRequestTBS"),
    },
  })
  .from("protocol-06 §5.6", "asks the hub for what an external commit needs")
  .decided(joiningCodeDecision);
export type GroupInfoRequest = Infer<typeof GroupInfoRequest>;

export const GroupInfoCode = closedEnum("GroupInfoCode", 255, {
  reserved: 0,
  success: 1,
  notAuthorized: 2,
  noSuchRoom: 3,
}).from("protocol-06 §5.6", "whether the hub gives the GroupInfo out");
export type GroupInfoCode = Infer<typeof GroupInfoCode>;

export const PendingProposal = struct("PendingProposal", {
  proposal: MLSMessage,
  hub_accepted_time: uint64.as("milliseconds since the UNIX epoch"),
})
  .from("protocol-06 §5.6", "a proposal of the epoch that no commit has taken up")
  .decided({
    question: "the unit of hub_accepted_time",
    reading: "milliseconds since the UNIX epoch",
    reason: "the draft's other times of acceptance say so",
    alternatives: ["seconds"],
  });
export type PendingProposal = Infer<typeof PendingProposal>;

export const GroupInfoRatchetTreeTBE = struct("GroupInfoRatchetTreeTBE", {
  groupInfo: GroupInfo.as("without the ratchet tree"),
  ratchetTreeOption: RatchetTreeOption,
  pending_proposals: vector(PendingProposal).as("of the current epoch"),
}).from("protocol-06 §5.6", "what is encrypted to groupInfoPublicKey");
export type GroupInfoRatchetTreeTBE = Infer<typeof GroupInfoRatchetTreeTBE>;

const answered = {
  version: Protocol,
  room_id: opaque(v).as("the room's MIMI URI"),
  status: GroupInfoCode,
};
const roomDecision = {
  question: "room_id is an opaque, other structures have an IdentifierUri for rooms",
  reading:
    "the text of the room's MIMI URI; the context of the encryption are these octets without the length",
  reason: "both types have the same octets, and a room has no other identifier",
  alternatives: ["the MLS group ID", "a URI with its length as the context"],
};
const given = {
  cipher_suite: CipherSuiteNumber,
  hub_sender: ExternalSender.as("the hub's signature key and credential"),
  encrypted_groupinfo_and_tree: HPKECiphertext.as("of GroupInfoRatchetTreeTBE"),
};
const versionDecision = {
  question: "the field is called version, the select says protocol",
  reading: "the select follows version",
  reason: "it is the only field of the type Protocol",
  alternatives: ["a field protocol of its own"],
};

export const GroupInfoResponseTBS = struct("GroupInfoResponseTBS", answered)
  .select("version", { mls10: given })
  .from("protocol-06 §5.6", "what the signature of a successful answer covers")
  .decided(versionDecision)
  .decided(roomDecision)
  .decided({
    question: "the TBS has fields that an answer other than success does not have",
    reading: "only successful answers are signed",
    reason: "only they have a signature field",
    alternatives: [],
  });
export type GroupInfoResponseTBS = Infer<typeof GroupInfoResponseTBS>;

export const GroupInfoResponse = struct("GroupInfoResponse", answered)
  .select("status", {
    success: arm({}).select("version", {
      mls10: { ...given, signature: opaque(v).as("of hub_sender, over GroupInfoResponseTBS") },
    }),
    notAuthorized: {},
    noSuchRoom: {},
  })
  .from("protocol-06 §5.6", "the hub's answer: the encrypted GroupInfo, or why there is none")
  .decided(versionDecision)
  .decided(roomDecision)
  .decided({
    question: "`default: struct{}` is not TLS presentation language",
    reading: "the other codes have no fields",
    reason: "nothing else can be meant",
    alternatives: [],
  });
export type GroupInfoResponse = Infer<typeof GroupInfoResponse>;
