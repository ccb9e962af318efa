/** The operations of the crypto family on KeyPackages, credentials, pre-shared keys and what changes a group. */
import { bytes, decimal, type Member, type Operation } from "./operation.ts";

const octets = (says: string): Member => ({ schema: bytes, says });
const octetsList = (says: string): Member => ({ schema: { type: "array", items: bytes }, says });
const numbers = (says: string): Member => ({
  schema: { type: "array", items: { type: "integer", minimum: 0, maximum: 65535 } },
  says,
});
const objects = (properties: Record<string, typeof bytes>, says: string): Member => ({
  schema: {
    type: "array",
    items: { type: "object", properties, required: Object.keys(properties), additionalProperties: false },
  },
  says,
});
const cipherSuite: Member = {
  schema: { type: "integer", minimum: 0 },
  says: "the MLS cipher suite: 1, 2 or 3",
};
const groupContext = octets("the group's GroupContext");

export const groupOperations: readonly Operation[] = [
  {
    name: "key-package.validate",
    family: "crypto",
    says: "Decide whether the owner of a KeyPackage may be added to a group: it is genuine and alive (RFC 9420 §10.1), and its client supports what the group requires and uses (RFC 9420 §7.3, mls-extensions §5).",
    outcomes: {
      valid: "it may, and `output` holds what the KeyPackage says",
      invalid: "it is refused",
    },
    input: {
      cipherSuite,
      groupContext,
      now: { schema: decimal, says: "in seconds since the UNIX epoch" },
      keyPackage: octets("a KeyPackage"),
    },
    output: {
      reference: octets("its KeyPackageRef"),
      lastResort: {
        schema: { type: "boolean" },
        says: "whether it is marked as one of last resort (mls-extensions §6.4)",
      },
      components: numbers("the components that the client supports, as app_components lists them"),
      safeAadComponents: numbers("those that it supports in Safe AAD, as safe_aad lists them"),
    },
  },
  {
    name: "ratchet-tree.validate",
    family: "crypto",
    says: "Decide whether a ratchet tree that somebody hands over is the group's, and was made by its members (RFC 9420 §7.9.2, §12.4.3.1 and §12.4.3.3). No lifetime is asked for.",
    outcomes: {
      valid: "it is, and `output` says whose leaves it has",
      invalid: "it is refused",
    },
    input: { cipherSuite, groupContext, ratchetTree: octets("a ratchet_tree extension's data") },
    output: {
      members: {
        schema: { type: "array", items: { type: "integer", minimum: 0 } },
        says: "the leaf indices of its members, in order",
      },
    },
  },
  {
    name: "multi-credential.verify",
    family: "crypto",
    says: "As a member, judge a leaf whose credential is made of several (mls-extensions §6.5.2). Type 3 is the multi credential, 4 the weak one.",
    outcomes: {
      valid: "the member takes it",
      invalid: "it is refused",
    },
    input: {
      credential: octets("the leaf's Credential"),
      signatureKey: octets("the leaf's signature public key"),
      members: octetsList("the Capabilities of all members"),
      own: { schema: { type: "integer", minimum: 0 }, says: "which of `members` one is" },
      vouched: objects(
        { credential: bytes, key: bytes },
        "the Credentials in bindings, and the keys, that the Authentication Service says belong together",
      ),
    },
    output: {},
  },
  {
    name: "psk.secret",
    family: "crypto",
    says: "Compute the psk_secret of a commit with these pre-shared keys, in this order (RFC 9420 §8.4, mls-extensions §4.5).",
    outcomes: { secret: "`output` holds it" },
    input: {
      cipherSuite,
      psks: objects({ id: bytes, psk: bytes }, "each a PreSharedKeyID and the key itself"),
    },
    output: {
      labels: octetsList("the PSKLabel of each"),
      inputs: octetsList("the psk_input of each"),
      secret: octets("psk_secret"),
    },
  },
  {
    name: "group.follow",
    family: "crypto",
    says: "As somebody who reads a group's handshakes without being a member, judge one that travels as PublicMessage: everything that can be verified in public (RFC 9420 §6.1 and §12, mls-extensions §4.7, §4.8, §5 and §6.3). Membership tags, confirmation tags and encrypted path secrets are for members: they are never wrong, and never the fault of a case. Where a commit covers several updates of one component, the last is the component's data.",
    outcomes: {
      valid: "it is, and `output` says what it leads to",
      invalid: "it is refused",
    },
    input: {
      cipherSuite,
      groupContext: octets("the epoch's GroupContext"),
      ratchetTree: octets("the epoch's tree as the ratchet_tree extension holds it"),
      confirmationTag: octets("of the commit that has led to this epoch"),
      pending: octetsList(
        "the MLSMessages with proposals that have come in this epoch, all of them right by themselves",
      ),
      components: components("the components that take AppDataUpdates"),
      ephemeralComponents: components("the components that take AppEphemerals"),
      message: octets("the MLSMessage with a proposal or a commit"),
    },
    output: {
      reference: octets("of a proposal: its ProposalRef"),
      groupContext: octets("of a commit: the GroupContext of the epoch that it begins"),
    },
  },
];

function components(says: string): Member {
  return {
    schema: {
      type: "array",
      items: {
        type: "object",
        properties: {
          componentId: { type: "integer", minimum: 0, maximum: 65535 },
          refuses: { type: "array", items: bytes },
        },
        required: ["componentId", "refuses"],
        additionalProperties: false,
      },
    },
    says: `${says}, with the data that each calls invalid; others are unknown`,
  };
}
