import { expect } from "vitest";
import { hex, noBytes } from "../../../../spec-model/bytes.ts";
import { defaultRetention } from "../../../../spec-model/mls/application.ts";
import { contentToBeSigned, signContent } from "../../../../spec-model/mls/content-signature.ts";
import type { CipherSuite } from "../../../../spec-model/mls/crypto/index.ts";
import { verifyWithLabel } from "../../../../spec-model/mls/labelled.ts";
import { protectPrivate, unprotectPrivate } from "../../../../spec-model/mls/private-message.ts";
import { protectPublic, unprotectPublic } from "../../../../spec-model/mls/public-message.ts";
import type { RatchetTree } from "../../../../spec-model/mls/ratchet-tree.ts";
import { secretTreeOf } from "../../../../spec-model/mls/secret-tree.ts";
import {
  type AuthenticatedContent,
  Commit,
  type FramedContent,
  FramedContentTBS,
  type GroupContext,
  type LeafNode,
  MLSMessage,
  Proposal,
} from "../../../../spec-model/mls/structures/index.ts";
import { expandEntropy } from "../../../../spec-model/random.ts";
import { bothProviders, octets, roundTrip, vectorFamily } from "./family.ts";

interface MessageProtection {
  cipher_suite: number;
  group_id: string;
  epoch: number;
  tree_hash: string;
  confirmed_transcript_hash: string;
  signature_priv: string;
  signature_pub: string;
  encryption_secret: string;
  sender_data_secret: string;
  membership_key: string;
  proposal: string;
  proposal_priv: string;
  proposal_pub: string;
  commit: string;
  commit_priv: string;
  commit_pub: string;
  application: string;
  application_priv: string;
}

/** Two leaves that are there; the vectors give no more of the tree than the sender's index. */
const leafNode: LeafNode = {
  encryptionKey: noBytes,
  signatureKey: noBytes,
  credential: { credentialType: "basic", identity: noBytes },
  capabilities: { versions: [], cipherSuites: [], extensions: [], proposals: [], credentials: [] },
  leafNodeSource: "update",
  extensions: [],
  signature: noBytes,
};
const tree: RatchetTree = [{ nodeType: "leaf", leafNode }, undefined, { nodeType: "leaf", leafNode }];

function contextOf(vector: MessageProtection, suite: CipherSuite): GroupContext {
  return {
    version: "mls10",
    cipherSuite: suite.id,
    groupId: octets(vector.group_id),
    epoch: BigInt(vector.epoch),
    treeHash: octets(vector.tree_hash),
    confirmedTranscriptHash: octets(vector.confirmed_transcript_hash),
    extensions: [],
  };
}

function textOfContent(content: FramedContent): string {
  if (content.contentType === "application") return hex(content.applicationData);
  return content.contentType === "proposal"
    ? hex(Proposal.encode(content.proposal))
    : hex(Commit.encode(content.commit));
}

vectorFamily<MessageProtection>("message-protection", bothProviders, (vector, suite) => {
  const context = contextOf(vector, suite);
  const membershipKey = octets(vector.membership_key);
  const keysOf = (leafIndex: number) => ({
    leafIndex,
    senderDataSecret: octets(vector.sender_data_secret),
    secretTree: secretTreeOf(octets(vector.encryption_secret), tree.length),
  });
  const open = (message: MLSMessage): AuthenticatedContent => {
    if (message.wireFormat === "mls_public_message") {
      return unprotectPublic(suite, membershipKey, message.publicMessage, context);
    }
    if (message.wireFormat !== "mls_private_message") throw new Error(`${message.wireFormat}`);
    return unprotectPrivate(suite, keysOf(0), tree, message.privateMessage, defaultRetention).message;
  };
  const expectContent = (opened: AuthenticatedContent, wanted: string) => {
    const signed = FramedContentTBS.encode(contentToBeSigned(opened.wireFormat, opened.content, context));
    const { signature } = opened.auth;
    const valid = verifyWithLabel(suite, octets(vector.signature_pub), "FramedContentTBS", signed, signature);
    expect(valid).toBe(true);
    expect(textOfContent(opened.content)).toBe(wanted);
  };
  expectContent(open(roundTrip(MLSMessage, vector.proposal_pub)), vector.proposal);
  expectContent(open(roundTrip(MLSMessage, vector.proposal_priv)), vector.proposal);
  expectContent(open(roundTrip(MLSMessage, vector.commit_pub)), vector.commit);
  expectContent(open(roundTrip(MLSMessage, vector.commit_priv)), vector.commit);
  expectContent(open(roundTrip(MLSMessage, vector.application_priv)), vector.application);

  const address = {
    groupId: context.groupId,
    epoch: context.epoch,
    sender: { senderType: "member" as const, leafIndex: 1 },
    authenticatedData: noBytes,
  };
  const proposal = Proposal.decode(octets(vector.proposal));
  const commit = Commit.decode(octets(vector.commit));
  const contents: [FramedContent, string][] = [
    [{ ...address, contentType: "proposal", proposal }, vector.proposal],
    [{ ...address, contentType: "commit", commit }, vector.commit],
    [
      { ...address, contentType: "application", applicationData: octets(vector.application) },
      vector.application,
    ],
  ];
  for (const [content, wanted] of contents) {
    for (const wireFormat of ["mls_public_message", "mls_private_message"] as const) {
      const signature = signContent(suite, octets(vector.signature_priv), wireFormat, content, context);
      const confirmationTag = content.contentType === "commit" ? new Uint8Array(32) : undefined;
      const signed = { wireFormat, content, auth: { signature, confirmationTag } };
      const message: MLSMessage =
        wireFormat === "mls_public_message"
          ? {
              version: "mls10",
              wireFormat,
              publicMessage: protectPublic(suite, membershipKey, signed, context),
            }
          : {
              version: "mls10",
              wireFormat,
              privateMessage: protectPrivate(suite, keysOf(1), signed, 7, expandEntropy(noBytes, wanted))
                .message,
            };
      expectContent(open(roundTrip(MLSMessage, hex(MLSMessage.encode(message)))), wanted);
    }
  }
});
