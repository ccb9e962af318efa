/** Handshakes with something changed, signed again by whom they are from. RFC 9420 §6.1 and §7.2 */
import {
  blankAbove,
  type Commit,
  type FramedContent,
  filteredDirectPath,
  type LeafNode,
  leafAt,
  type MemberState,
  type MLSMessage,
  type Proposal,
  pathHashes,
  type RatchetTree,
  signContent,
  signLeaf,
  type UpdatePath,
} from "../../../../spec-model/mls/index.ts";
import type { JsonObject } from "../../../format/case.ts";
import type { Wrong } from "../handshake-fault.ts";
import { type HandshakeGroup, inputOf, type PublicCommit, proposedByBob } from "../handshake-group.ts";
import { referenceOf } from "../handshake-proposals.ts";

/** The message with another content. Its confirmation tag is that of the honest one: nobody outside can verify it. */
export function signedAgain(
  { scene, alice }: HandshakeGroup,
  message: MLSMessage,
  privateKey: Uint8Array,
  change: (content: FramedContent) => object,
): PublicCommit {
  if (message.wireFormat !== "mls_public_message") throw new Error("no PublicMessage");
  const { publicMessage } = message;
  const content = { ...publicMessage.content, ...change(publicMessage.content) } as FramedContent;
  const signature = signContent(scene.suite, privateKey, message.wireFormat, content, alice.groupContext);
  const auth = { ...publicMessage.auth, signature };
  return { ...message, publicMessage: { ...publicMessage, content, auth } as typeof publicMessage };
}

export function commitIn(message: MLSMessage): Commit {
  if (message.wireFormat !== "mls_public_message") throw new Error("no PublicMessage");
  const { content } = message.publicMessage;
  if (content.contentType !== "commit") throw new Error("no commit");
  return content.commit;
}

export function pathIn(message: MLSMessage): NonNullable<Commit["path"]> {
  const { path } = commitIn(message);
  if (path === undefined) throw new Error("a commit without a path");
  return path;
}

export const byValue = (...proposals: readonly Proposal[]): Pick<Commit, "proposals"> => ({
  proposals: proposals.map((proposal) => ({ type: "proposal", proposal })),
});

export function leafOf({ tree, leafIndex }: Pick<MemberState, "tree" | "leafIndex">): LeafNode {
  const leaf = leafAt(tree, leafIndex);
  if (leaf === undefined) throw new Error("no leaf");
  return leaf;
}

export type Signer = Pick<MemberState, "leafIndex" | "signaturePrivateKey" | "groupContext">;

/** A leaf of somebody's in an Update or a commit, with something changed. */
export function leafAgain(
  { scene }: HandshakeGroup,
  { signaturePrivateKey, leafIndex, groupContext }: Signer,
  leaf: LeafNode,
  change: object,
): LeafNode {
  const place = { groupId: groupContext.groupId, leafIndex };
  return signLeaf(scene.suite, signaturePrivateKey, { ...leaf, ...change } as LeafNode, place);
}

/** Says where a fault is, of handshakes that one right one is the parent of. */
export const faultsOf =
  (parent: string) =>
  (
    slug: string,
    [flag, path]: readonly [flag: string, path: string],
    op: string,
    message: MLSMessage,
    change?: JsonObject,
  ): Wrong => ({
    ...{ parent, slug, flag, path, op, message },
    ...(change === undefined ? {} : { change }),
  });

/** A proposal of Bob's that has come to the hub: how commits refer to it, and how the input of a case has it. */
export function pendingOfBob(group: HandshakeGroup, proposal: Proposal) {
  const { message } = proposedByBob(group, proposal);
  const { pending = [] } = inputOf(group, [message]);
  const reference = referenceOf(group.scene, message);
  return { message, pending, entry: { type: "reference" as const, reference } };
}

/** The path of a member's, bound to the tree that the commit's proposals lead to. RFC 9420 §7.9 */
export function boundTo(group: HandshakeGroup, tree: RatchetTree, by: Signer, path: UpdatePath): UpdatePath {
  const steps = filteredDirectPath(tree, by.leafIndex);
  const keys = path.nodes.map(({ encryptionKey }) => encryptionKey);
  const blanked = blankAbove(tree, by.leafIndex);
  const { leafParentHash } = pathHashes(group.scene.suite, blanked, steps, keys);
  return { ...path, leafNode: leafAgain(group, by, path.leafNode, { parentHash: leafParentHash }) };
}
