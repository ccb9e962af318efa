/** The operations of the crypto family. */
import { bytes, decimal, type Member, type Operation, readOutcomes, text } from "./operation.ts";

const octets = (says: string): Member => ({ schema: bytes, says });
const number = (says: string): Member => ({ schema: { type: "integer", minimum: 0 }, says });
const optional = (member: Member): Member => ({ ...member, optional: true });

const cipherSuite = number("the MLS cipher suite: 1, 2 or 3");
const tbs = octets("the structure that is signed");
const signContent = octets("what goes into the signature: SignContent of RFC 9420 §5.1.2");
const room: Member = { schema: text, says: "the room's URI" };
const sender: Member = { schema: text, says: "the sender's user URI" };
const acceptedTimestamp: Member = {
  schema: decimal,
  says: "when the hub accepted the message, in ms since the UNIX epoch",
};
const privateKey = octets("the HPKE private key, as RFC 9180 §7.1.2 serialises it");
const context = octets("a GroupContext");
const ratchetTree = octets("the tree as the ratchet_tree extension holds it");
const semiPrivate = octets("a SemiPrivateMessage");
const content = octets("a FramedContent");
const verified = { valid: "it is genuine, and `output` holds what it says", invalid: "it is refused" };

const requests: readonly Operation[] = [
  {
    name: "signature.content",
    family: "crypto",
    says: "Put together what the signature in a signed structure covers.",
    outcomes: { content: "`output` holds it" },
    input: {
      structure: {
        schema: text,
        says: "KeyMaterialRequest, GroupInfoRequest, GroupInfoResponse or PseudonymousCredential; what is signed is the structure with the same name and TBS behind it",
      },
      bytes: octets("the structure with its signature"),
    },
    output: { tbs, signContent },
  },
  {
    name: "key-material-request.verify",
    family: "crypto",
    says: "Check a KeyMaterialRequest: its signature, and that the credential (a basic one) names a client of the requesting user (protocol-06 §5.2).",
    outcomes: verified,
    input: { cipherSuite, bytes: octets("a KeyMaterialRequest") },
    output: {},
  },
  {
    name: "group-info-request.verify",
    family: "crypto",
    says: "Check a GroupInfoRequest: its signature, and that the credential names a client (protocol-06 §5.6).",
    outcomes: verified,
    input: { cipherSuite, bytes: octets("a GroupInfoRequest") },
    output: {
      client: { schema: text, says: "the client's URI" },
      user: { schema: text, says: "the user's URI" },
    },
  },
  {
    name: "group-info-response.open",
    family: "crypto",
    says: "Open a successful GroupInfoResponse: it is about the room, signed by the key in hub_sender, whose credential names the room's domain, and encrypted to the requester (protocol-06 §5.6).",
    outcomes: verified,
    input: { cipherSuite, bytes: octets("a GroupInfoResponse"), room, privateKey },
    output: { plaintext: octets("a GroupInfoRatchetTreeTBE") },
  },
  {
    name: "group-info.complete",
    family: "crypto",
    says: "Make the GroupInfo of an epoch from what a follower of the handshakes knows and a PartialGroupInfo, and verify its signature; ratchet_tree, where there is one, is the last extension (ratchet-tree-options-03 §4).",
    outcomes: verified,
    input: {
      cipherSuite,
      groupContext: context,
      ratchetTree,
      confirmationTag: octets("of the epoch's commit"),
      signer: number("the committer's leaf index"),
      partial: octets("a PartialGroupInfo"),
    },
    output: { groupInfo: octets("the GroupInfo") },
  },
];

const tag = octets("the franking tag, 32 octets");
const franking: readonly Operation[] = [
  {
    name: "franking.tag",
    family: "crypto",
    says: "Compute the sender's franking tag (protocol-06 §5.4.1.1).",
    outcomes: { tag: "`output` holds it" },
    input: {
      salt: octets("of the content, 16 octets"),
      applicationData: octets("the content as it is sent"),
    },
    output: { tag },
  },
  {
    name: "franking.stamp",
    family: "crypto",
    says: "Compute the hub's server_frank and what its integrity signature covers (protocol-06 §5.4.1.2).",
    outcomes: { stamp: "`output` holds it" },
    input: { hubKey: octets("the hub's secret"), tag, sender, room, acceptedTimestamp, cipherSuite },
    output: {
      context: octets("the ServerFrankingContext"),
      serverFrank: octets("32 octets"),
      tbs,
      signContent,
    },
  },
  {
    name: "franking.verify",
    family: "crypto",
    says: "Examine the frank of a received message (protocol-06 §5.4.1.3): tag, agent, suite, signature, and that the content names sender and room.",
    outcomes: verified,
    input: {
      cipherSuite,
      room,
      sender: { schema: text, says: "the user whom the credential in the sender's leaf names" },
      applicationData: octets("MIMI content, decrypted"),
      tag: optional(octets("the franking tag from the authenticated data, where it has one")),
      agentKey: optional(octets("the franking agent's signature key in the GroupContext, where it has one")),
      agentDomain: optional({ schema: text, says: "the domain that the franking agent's credential names" }),
      frank: octets("a Frank"),
      acceptedTimestamp,
    },
    output: {},
  },
  {
    name: "abuse-report.verify",
    family: "crypto",
    says: "As the hub, verify one reported message (protocol-06 §5.9): the content is MIMI content of this room, one of the hub's keys in use at that time made the server_frank, and the hub signed it.",
    outcomes: verified,
    input: {
      cipherSuite,
      room,
      bytes: octets("an AbusiveMessage"),
      frankingKey: octets("the public key of the hub's signatures on franks"),
      hubKeys: {
        schema: {
          type: "array",
          items: {
            type: "object",
            properties: { hubKey: bytes, from: decimal, until: decimal },
            required: ["hubKey", "from"],
            additionalProperties: false,
          },
        },
        says: "the hub's secrets, newest first, with the times in ms since the UNIX epoch from and until which each was in use",
      },
    },
    output: {
      sender: { schema: text, says: "the user whose message it is proven to be" },
      messageId: octets("the message ID"),
    },
  },
  {
    name: "identity-link.open",
    family: "crypto",
    says: "Open the identity link of a PseudonymousCredential and verify it (protocol-06 §6.1). The link is a nonce and the ciphertext under the cipher suite's AEAD, with PseudonymousCredentialTBS as additional data (a decision of ours: the draft leaves it open).",
    outcomes: verified,
    input: {
      cipherSuite,
      bytes: octets("a PseudonymousCredential"),
      key: octets("the participants' key to identity links"),
      realKey: octets("the signature key that the real client is known by"),
    },
    output: { identityLink: octets("the IdentityLinkTBE") },
  },
];

const key = octets("the message's key from the sender's handshake ratchet");
const nonce = octets("the message's nonce from the same ratchet, without the reuse guard");
const semi: readonly Operation[] = [
  {
    name: "semi-private.partial-context-hash",
    family: "crypto",
    says: "Compute partial_context_hash (semiprivatemessage-07 §4.1).",
    outcomes: { hash: "`output` holds it" },
    input: { cipherSuite, senderLeafIndex: number("the sender's leaf index"), nonce },
    output: { hashInput: octets("what is hashed"), hash: octets("the hash") },
  },
  {
    name: "semi-private.content-hash",
    family: "crypto",
    says: "Compute framed_content_tbs_hash of a member's content (semiprivatemessage-07 §4.1).",
    outcomes: { hash: "`output` holds it" },
    input: { cipherSuite, content, groupContext: context },
    output: { framedContentTbs: octets("the FramedContentTBS"), hash: octets("its hash") },
  },
  {
    name: "semi-private.receiver-reference",
    family: "crypto",
    says: "Compute the reference of an external receiver (semiprivatemessage-07 §4.1).",
    outcomes: { hash: "`output` holds it" },
    input: { cipherSuite, receiver: octets("an ExternalReceiver") },
    output: { hash: octets("the reference") },
  },
  {
    name: "semi-private.open-as-receiver",
    family: "crypto",
    says: "As an external receiver, open and verify a SemiPrivateMessage (semiprivatemessage-07 §3.3).",
    outcomes: verified,
    input: {
      cipherSuite,
      message: semiPrivate,
      receiver: octets("the ExternalReceiver that one is"),
      privateKey,
      groupContext: context,
      ratchetTree,
    },
    output: {
      content,
      key,
      nonce,
      reuseGuard: octets("4 octets"),
      senderLeafIndex: number("the sender's leaf index"),
    },
  },
  {
    name: "semi-private.open-as-member",
    family: "crypto",
    says: "As a member of the epoch, open and verify a SemiPrivateMessage (semiprivatemessage-07 §3.2).",
    outcomes: verified,
    input: {
      cipherSuite,
      message: semiPrivate,
      leafIndex: number("one's own leaf index"),
      senderDataSecret: octets("the epoch's sender_data_secret"),
      encryptionSecret: octets("the epoch's encryption_secret"),
      groupContext: context,
      ratchetTree,
    },
    output: {
      content,
      senderLeafIndex: number("the sender's"),
      generation: number("of the sender's ratchet"),
    },
  },
];

const componentId = number("the component's number");
const label: Member = { schema: text, says: "what the component does with it" };
const components: readonly Operation[] = [
  {
    name: "component.label",
    family: "crypto",
    says: "Put together the label of a component's operation, and what is signed under it (mls-extensions §4.1).",
    outcomes: { label: "`output` holds it" },
    input: { componentId, label, content: octets("what is to be signed") },
    output: { operationLabel: octets("the ComponentOperationLabel"), signContent },
  },
  {
    name: "component.verify",
    family: "crypto",
    says: "SafeVerifyWithLabel (mls-extensions §4.3).",
    outcomes: verified,
    input: {
      cipherSuite,
      componentId,
      label,
      content: octets("what was signed"),
      publicKey: octets("the signature public key"),
      signature: octets("the signature"),
    },
    output: {},
  },
  {
    name: "component.open",
    family: "crypto",
    says: "SafeDecryptWithLabel (mls-extensions §4.2).",
    outcomes: verified,
    input: {
      cipherSuite,
      componentId,
      label,
      context: octets("what the encryption is bound to"),
      privateKey,
      ciphertext: octets("an HPKECiphertext"),
    },
    output: { plaintext: octets("what was encrypted") },
  },
  {
    name: "exporter.export",
    family: "crypto",
    says: "Export a secret of an epoch (RFC 9420 §8.5).",
    outcomes: readOutcomes,
    input: {
      cipherSuite,
      exporterSecret: octets("the epoch's exporter_secret"),
      label,
      context: octets("the exporter's context"),
      length: number("in octets"),
    },
    output: { secret: octets("what is exported") },
  },
  {
    name: "exporter.safe-export",
    family: "crypto",
    says: "Export the secrets of components of one epoch, in this order; each can be exported once (mls-extensions §4.4).",
    outcomes: { valid: "`output` holds them", invalid: "a component's secret is not there any more" },
    input: {
      cipherSuite,
      epochSecret: octets("the epoch_secret"),
      componentIds: {
        schema: { type: "array", items: { type: "integer", minimum: 0, maximum: 65535 } },
        says: "whose secrets",
      },
    },
    output: {
      applicationExportSecret: octets("the root of the exporter tree"),
      secrets: { schema: { type: "array", items: bytes }, says: "one for each of `componentIds`" },
    },
  },
];

export const cryptoOperations: readonly Operation[] = [...requests, ...franking, ...semi, ...components];
