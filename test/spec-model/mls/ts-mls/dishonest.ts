/** A member that keeps to its keys but not to the rules: commits whose tags are right, and KeyPackages signed as they are. */
import { noBytes } from "../../../../spec-model/bytes.ts";
import { nextContext, provisionalContext } from "../../../../spec-model/mls/commit-outcome.ts";
import { sealSenderData } from "../../../../spec-model/mls/content-encryption.ts";
import { signContent } from "../../../../spec-model/mls/content-signature.ts";
import { createPath } from "../../../../spec-model/mls/create-path.ts";
import {
  type AuthenticatedContent,
  type CipherSuite,
  encryptApplication,
  type FramedContent,
  type KeyPackage,
  type LeafNode,
  type MemberState,
  MLSMessage,
  type OwnKeyPackage,
  suiteFor,
} from "../../../../spec-model/mls/index.ts";
import { confirmationTag, epochSecretsAfter, joinerSecret } from "../../../../spec-model/mls/key-schedule.ts";
import { encryptWithLabel, signWithLabel } from "../../../../spec-model/mls/labelled.ts";
import { signLeaf } from "../../../../spec-model/mls/leaf-node.ts";
import { pathHashes } from "../../../../spec-model/mls/merge-path.ts";
import { pskSecret } from "../../../../spec-model/mls/pre-shared-keys.ts";
import { protectPublic } from "../../../../spec-model/mls/public-message.ts";
import {
  blankAbove,
  encryptionKeyOf,
  filteredDirectPath,
  memberAt,
  resolution,
  withPath,
} from "../../../../spec-model/mls/ratchet-tree.ts";
import { GroupContext, KeyPackageTBS } from "../../../../spec-model/mls/structures/index.ts";
import type { RandomSource } from "../../../../spec-model/random.ts";

export interface PathChanges {
  /** A public key for the root that is not its path secret's. */
  readonly foreignRootKey?: boolean;
  /** Every encrypted path secret once more. */
  readonly surplusSecrets?: boolean;
}

/** A commit without proposals whose path is changed, consistent in every other respect. */
export function commitWithPath(member: MemberState, changes: PathChanges, random: RandomSource): Uint8Array {
  const suite = suiteFor({}, member.groupContext.cipherSuite);
  const { leafIndex, signaturePrivateKey, groupContext } = member;
  const leaf = memberAt(member.tree, leafIndex, "unknownSender");
  const next = { ...groupContext, epoch: groupContext.epoch + 1n };
  const honest = createPath(
    suite,
    member.tree,
    { leafIndex, leaf, signaturePrivateKey },
    new Set(),
    next,
    random,
  );
  const steps = filteredDirectPath(member.tree, leafIndex);
  const keys = honest.path.nodes.map((node) => node.encryptionKey);
  if (changes.foreignRootKey) keys[keys.length - 1] = suite.hpke.generateKeyPair(random).publicKey;
  const blanked = blankAbove(member.tree, leafIndex);
  const { parents, leafParentHash } = pathHashes(suite, blanked, steps, keys);
  const unsigned = { ...honest.path.leafNode, leafNodeSource: "commit" as const, parentHash: leafParentHash };
  const leafNode = signLeaf(suite, signaturePrivateKey, unsigned, {
    groupId: groupContext.groupId,
    leafIndex,
  });
  const tree = withPath(blanked, leafIndex, parents, leafNode);
  const context = provisionalContext(suite, member, { extensions: groupContext.extensions }, tree);
  const nodes = steps.map(({ node, copathChild }, i) => {
    const once = resolution(member.tree, copathChild).flatMap((to) => {
      const receiver = member.tree[to];
      const secret = honest.pathSecrets.get(node) ?? noBytes;
      if (receiver === undefined) return [];
      const key = encryptionKeyOf(receiver);
      return [encryptWithLabel(suite, key, "UpdatePathNode", GroupContext.encode(context), secret, random)];
    });
    const encryptedPathSecret = changes.surplusSecrets ? [...once, ...once] : once;
    return { encryptionKey: keys[i] ?? noBytes, encryptedPathSecret };
  });
  return confirmed(suite, member, { leafNode, nodes }, context, honest.commitSecret);
}

function confirmed(
  suite: CipherSuite,
  member: MemberState,
  path: { leafNode: LeafNode; nodes: { encryptionKey: Uint8Array; encryptedPathSecret: Ciphertext[] }[] },
  provisional: GroupContext,
  commitSecret: Uint8Array,
): Uint8Array {
  const { groupContext, signaturePrivateKey, leafIndex } = member;
  const wireFormat = "mls_public_message";
  const content: FramedContent = {
    groupId: groupContext.groupId,
    epoch: groupContext.epoch,
    sender: { senderType: "member", leafIndex },
    authenticatedData: noBytes,
    contentType: "commit",
    commit: { proposals: [], path },
  };
  const signature = signContent(suite, signaturePrivateKey, wireFormat, content, groupContext);
  const unconfirmed: AuthenticatedContent = { wireFormat, content, auth: { signature } };
  const next = nextContext(suite, member, unconfirmed, provisional);
  const joiner = joinerSecret(suite, member.secrets.initSecret, commitSecret, next);
  const secrets = epochSecretsAfter(
    suite,
    joiner,
    pskSecret(suite, [], () => undefined),
    next,
  );
  const tag = confirmationTag(suite, secrets, next.confirmedTranscriptHash);
  const message = { ...unconfirmed, auth: { signature, confirmationTag: tag } };
  const publicMessage = protectPublic(suite, member.secrets.membershipKey, message, groupContext);
  return MLSMessage.encode({ version: "mls10", wireFormat, publicMessage });
}

type Ciphertext = ReturnType<typeof encryptWithLabel>;

/** An application message whose sender data names this leaf. */
export function messageFromLeaf(member: MemberState, leafIndex: number, random: RandomSource): Uint8Array {
  const suite = suiteFor({}, member.groupContext.cipherSuite);
  const { message } = encryptApplication(member, noBytes, {}, {}, random);
  if (message.wireFormat !== "mls_private_message") throw new Error("not private");
  const { privateMessage } = message;
  const fields = { leafIndex, generation: 0, reuseGuard: new Uint8Array(4) };
  const { senderDataSecret } = member.secrets;
  const { ciphertext } = privateMessage;
  const encryptedSenderData = sealSenderData(suite, senderDataSecret, privateMessage, ciphertext, fields);
  return MLSMessage.encode({ ...message, privateMessage: { ...privateMessage, encryptedSenderData } });
}

/** The client's KeyPackage with a changed leaf, both signed again, in an MLSMessage. */
export function resigned(own: OwnKeyPackage, change: Partial<LeafNode>): Uint8Array {
  const suite = suiteFor({}, own.keyPackage.cipherSuite);
  const leaf = { ...own.keyPackage.leafNode, ...change } as LeafNode;
  const leafNode = signLeaf(suite, own.signaturePrivateKey, leaf, undefined);
  const unsigned: KeyPackage = { ...own.keyPackage, leafNode };
  const signed = KeyPackageTBS.encode(unsigned);
  const signature = signWithLabel(suite, own.signaturePrivateKey, "KeyPackageTBS", signed);
  return MLSMessage.encode({
    version: "mls10",
    wireFormat: "mls_key_package",
    keyPackage: { ...unsigned, signature },
  });
}
