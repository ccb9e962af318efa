/** SemiPrivateMessage (semiprivatemessage-07 §4): handshakes that named receivers outside the group can also read. */
import { exactly, type Infer, opaque, struct, uint32, uint64, v, vector } from "../../wire/index.ts";
import { HPKECiphertext, HPKEPublicKey } from "./basics.ts";
import { Credential } from "./credential.ts";
import { ContentType } from "./framed-content.ts";

export const ExternalReceiver = struct("ExternalReceiver", {
  external_receiver_public_key: HPKEPublicKey,
  credential: Credential,
}).from("semiprivatemessage-07 §4", "somebody outside the group who may read its handshakes");
export type ExternalReceiver = Infer<typeof ExternalReceiver>;

export const ExternalReceivers = vector(ExternalReceiver)
  .from("semiprivatemessage-07 §4", "the receivers that all members agree on")
  .decided({
    question: "whether external_receivers is a GroupContext extension or a component",
    reading: "a component of app_data_dictionary with the number 0x0008",
    reason: "that is where it is registered, and the extension type 0x0008 is required_wire_formats",
    alternatives: ["a GroupContext extension with a number still to be assigned"],
  });

export const PerMessageKeyAndNonces = struct("PerMessageKeyAndNonces", {
  key: opaque(v),
  nonce: opaque(v),
  reuse_guard: opaque(exactly(4)),
  sender_leaf_index: uint32,
})
  .from("semiprivatemessage-07 §4.1", "what a receiver needs to open one message")
  .decided({
    question: "whether nonce is the ratchet's, or already combined with the reuse guard",
    reading: "the ratchet's",
    reason: "the reuse guard travels beside it and is applied after the partial context hash is checked",
    alternatives: ["the nonce that was used for encryption"],
  });

export type PerMessageKeyAndNonces = Infer<typeof PerMessageKeyAndNonces>;

export const PartialContextHashInput = struct("PartialContextHashInput", {
  sender_leaf_index: uint32,
  nonce: opaque(exactly(12)),
})
  .from("semiprivatemessage-07 §4.1", "what partial_context_hash is the hash of")
  .decided({
    question: "the octets of hash(sender_leaf_index || nonce)",
    reading: "a uint32 and the nonce without a length",
    reason: "the concatenation of the two as TLS presentation language writes fixed-size values",
    alternatives: ["the nonce as a variable-size vector"],
  });

export const SemiPrivateMessageContext = struct("SemiPrivateMessageContext", {
  group_id: opaque(v),
  epoch: uint64,
  partial_context_hash: opaque(v),
}).from("semiprivatemessage-07 §4.1", "what the encryption to a receiver is bound to");

export const KeyForExternalReceiver = struct("KeyForExternalReceiver", {
  external_receiver_ref: opaque(v),
  encrypted_keys_and_nonces: HPKECiphertext,
})
  .from("semiprivatemessage-07 §4.1", "PerMessageKeyAndNonces for one receiver")
  .decided({
    question: "ExternalReceiverRef has no presentation",
    reading: "a variable-size vector that holds the hash of the ExternalReceiver",
    reason: "the other references of MLS are hashes in variable-size vectors",
    alternatives: ["a labelled RefHash as in RFC 9420 §5.2"],
  });
export type KeyForExternalReceiver = Infer<typeof KeyForExternalReceiver>;

const headFields = {
  group_id: opaque(v),
  epoch: uint64,
  content_type: ContentType,
  authenticated_data: opaque(v),
  partial_context_hash: opaque(v),
  keys_for_external_receivers: vector(KeyForExternalReceiver),
  framed_content_tbs_hash: opaque(v),
};

export const SemiPrivateContentAAD = struct("SemiPrivateContentAAD", headFields).from(
  "semiprivatemessage-07 §4.1",
  "what the encryption of the content authenticates besides",
);
export type SemiPrivateContentAAD = Infer<typeof SemiPrivateContentAAD>;

export const SemiPrivateMessage = struct("SemiPrivateMessage", headFields)
  .followedBy({ encrypted_sender_data: opaque(v), ciphertext: opaque(v) })
  .from("semiprivatemessage-07 §4.1", "a proposal or commit that members and external receivers can read");
export type SemiPrivateMessage = Infer<typeof SemiPrivateMessage>;
