/** Small MLS messages with octets written by hand. RFC 9420 §6 */
import type { MLSMessage } from "../../spec-model/mls/structures/index.ts";
import { octets } from "./octets.ts";

const none = octets("");

export const privateMessage: MLSMessage = {
  version: "mls10",
  wireFormat: "mls_private_message",
  privateMessage: {
    groupId: octets("aa"),
    epoch: 5n,
    contentType: "application",
    authenticatedData: none,
    encryptedSenderData: octets("bb"),
    ciphertext: octets("cc"),
  },
};
export const privateMessageOctets = octets("0001 0002 01aa 0000000000000005 01 00 01bb 01cc");

/** A member's proposal to remove leaf 1. */
export const proposalMessage: MLSMessage = {
  version: "mls10",
  wireFormat: "mls_public_message",
  publicMessage: {
    content: {
      groupId: octets("aa"),
      epoch: 5n,
      sender: { senderType: "member", leafIndex: 0 },
      authenticatedData: none,
      contentType: "proposal",
      proposal: { proposalType: "remove", removed: 1 },
    },
    auth: { signature: octets("bb") },
    membershipTag: octets("cc"),
  },
};
export const proposalMessageOctets = octets(
  "0001 0001 01aa 0000000000000005 01 00000000 00 02 0003 00000001 01bb 01cc",
);

/** A member's empty commit. */
export const commitMessage: MLSMessage = {
  version: "mls10",
  wireFormat: "mls_public_message",
  publicMessage: {
    content: {
      groupId: octets("aa"),
      epoch: 5n,
      sender: { senderType: "member", leafIndex: 0 },
      authenticatedData: none,
      contentType: "commit",
      commit: { proposals: [], path: undefined },
    },
    auth: { signature: octets("bb"), confirmationTag: octets("dd") },
    membershipTag: octets("cc"),
  },
};
export const commitMessageOctets = octets(
  "0001 0001 01aa 0000000000000005 01 00000000 00 03 00 00 01bb 01dd 01cc",
);

export const welcome = { cipherSuite: 1, secrets: [], encryptedGroupInfo: octets("ee") };
export const welcomeOctets = octets("0001 00 01ee");
