/** Names of what a group's members agree on: fingerprints in the place of tree hash and transcript hashes (RFC 9420 §7.8, §8.1, §8.2). */

import { remembered, rememberedLately } from "../../remembered.ts";
import { vector } from "../../wire/index.ts";
import { leafAt, type RatchetTree } from "../ratchet-tree.ts";
import {
  type AuthenticatedContent,
  Capabilities,
  Credential,
  Extension,
  FramedContent,
  GroupContext,
  type LeafNode,
  Lifetime,
} from "../structures/index.ts";
import { leafCount } from "../tree-math.ts";
import { fingerprint, fingerprintOf } from "./fingerprint.ts";

/** In the place of the tree hash: of the leaves with their indices. There are no parents to name. */
export const treeName = rememberedLately((tree: RatchetTree) => {
  const names = leafNames(tree);
  const parts: (Uint8Array | number)[] = [tree.length];
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    if (name !== undefined) parts.push(i, name);
  }
  return fingerprintOf("tree", parts);
});

/** By leaf index. Most leaves are those of the tree that was named last, in their places. */
function leafNames(tree: RatchetTree): readonly (Uint8Array | undefined)[] {
  const { tree: before, names: known } = lastNamed;
  const names: (Uint8Array | undefined)[] = [];
  for (let i = 0; i < leafCount(tree.length); i++) {
    if (tree[2 * i] === before[2 * i] && i < known.length) names.push(known[i]);
    else {
      const leaf = leafAt(tree, i);
      names.push(leaf && leafName(leaf));
    }
  }
  lastNamed = { tree, names };
  return names;
}

interface NamedTree {
  readonly tree: RatchetTree;
  readonly names: readonly (Uint8Array | undefined)[];
}

let lastNamed: NamedTree = { tree: [], names: [] };

/** Of everything in a GroupContext. */
export const contextName = rememberedLately((context: GroupContext) => {
  const { cipherSuite, groupId, epoch, treeHash, confirmedTranscriptHash, extensions } = context;
  return fingerprint(
    "context",
    cipherSuite,
    groupId,
    Number(epoch >> 32n),
    Number(epoch & 0xffffffffn),
    treeHash,
    confirmedTranscriptHash,
    extensionsName(extensions),
  );
});

/** Of a message's content, whatever protects it. */
export const contentName = rememberedLately((content: FramedContent) =>
  fingerprint("hash", encodedContent(content)),
);

/** A message's content on the wire, which its name and its signature are both made of. */
export const encodedContent = rememberedLately((content: FramedContent) => FramedContent.encode(content));

/** A GroupContext on the wire, which the signatures of an epoch cover. */
export const encodedContext = rememberedLately((context: GroupContext) => GroupContext.encode(context));

/** In the place of the confirmed transcript hash after a commit. */
export function transcriptAfter(
  before: GroupContext,
  confirmationTag: Uint8Array,
  commit: AuthenticatedContent,
): Uint8Array {
  const { wireFormat, content, auth } = commit;
  const format = handshakeFormats.indexOf(`${wireFormat}`) + 1;
  return fingerprint(
    "transcript",
    before.confirmedTranscriptHash,
    confirmationTag,
    format,
    contentName(content),
    auth.signature,
  );
}

const handshakeFormats = ["mls_public_message", "mls_private_message", "mls_semiprivate_message"];

/** Members keep their credentials, capabilities and extensions from leaf to leaf: those are named once. */
const leafName = remembered((leaf: LeafNode) => {
  const { encryptionKey, signatureKey, signature } = leaf;
  const said = [
    credentialName(leaf.credential),
    capabilitiesName(leaf.capabilities),
    extensionsName(leaf.extensions),
  ];
  return fingerprint("leaf", encryptionKey, signatureKey, ...said, ...sourceOf(leaf), signature);
});

function sourceOf(leaf: LeafNode): (Uint8Array | number)[] {
  if (leaf.leafNodeSource === "commit") return [3, leaf.parentHash];
  return leaf.leafNodeSource === "update" ? [2] : [1, Lifetime.encode(leaf.lifetime)];
}

const credentialName = remembered((credential: Credential) =>
  fingerprint("leaf", Credential.encode(credential)),
);
const capabilitiesName = remembered((capabilities: Capabilities) =>
  fingerprint("leaf", Capabilities.encode(capabilities)),
);

const extensionList = vector(Extension);
const extensionsName = remembered((extensions: Extension[]) =>
  fingerprint("extensions", extensionList.encode(extensions)),
);
