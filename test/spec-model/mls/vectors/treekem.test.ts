import { expect } from "vitest";
import { hex } from "../../../../spec-model/bytes.ts";
import { createPath } from "../../../../spec-model/mls/create-path.ts";
import type { CipherSuite } from "../../../../spec-model/mls/crypto/index.ts";
import { decodeRatchetTree } from "../../../../spec-model/mls/group-info.ts";
import { mergePath } from "../../../../spec-model/mls/merge-path.ts";
import { type NodeKeys, openPath, type PathToOpen } from "../../../../spec-model/mls/open-path.ts";
import { nodeKeyPair } from "../../../../spec-model/mls/path-secrets.ts";
import { memberAt, parentAt, type RatchetTree } from "../../../../spec-model/mls/ratchet-tree.ts";
import { type GroupContext, UpdatePath } from "../../../../spec-model/mls/structures/index.ts";
import { treeHash } from "../../../../spec-model/mls/tree-hash.ts";
import { expandEntropy } from "../../../../spec-model/random.ts";
import { expectHex, octets, roundTrip, vectorFamily } from "./family.ts";

interface PrivateLeaf {
  index: number;
  encryption_priv: string;
  signature_priv: string;
  path_secrets: { node: number; path_secret: string }[];
}

interface TreeKem {
  cipher_suite: number;
  group_id: string;
  epoch: number;
  confirmed_transcript_hash: string;
  ratchet_tree: string;
  leaves_private: PrivateLeaf[];
  update_paths: {
    sender: number;
    update_path: string;
    path_secrets: (string | null)[];
    commit_secret: string;
    tree_hash_after: string;
  }[];
}

const noneAdded: ReadonlySet<number> = new Set();

function keysOf(suite: CipherSuite, tree: RatchetTree, leaf: PrivateLeaf): NodeKeys {
  const keys = new Map([[2 * leaf.index, octets(leaf.encryption_priv)]]);
  for (const { node, path_secret } of leaf.path_secrets) {
    const pair = nodeKeyPair(suite, octets(path_secret));
    expect(hex(pair.publicKey)).toBe(hex(parentAt(tree, node)?.encryptionKey ?? new Uint8Array(0)));
    keys.set(node, pair.privateKey);
  }
  return keys;
}

vectorFamily<TreeKem>("treekem", ["node"], (vector, suite) => {
  const tree = decodeRatchetTree(octets(vector.ratchet_tree));
  const context: GroupContext = {
    version: "mls10",
    cipherSuite: suite.id,
    groupId: octets(vector.group_id),
    epoch: BigInt(vector.epoch),
    treeHash: treeHash(suite, tree),
    confirmedTranscriptHash: octets(vector.confirmed_transcript_hash),
    extensions: [],
  };
  const expectAllOpen = (opening: Omit<PathToOpen, "added" | "treeBefore">, commitSecret: string) => {
    for (const leaf of vector.leaves_private) {
      if (leaf.index === opening.committer) continue;
      const toOpen = { ...opening, treeBefore: tree, added: noneAdded };
      const opened = openPath(suite, toOpen, leaf.index, keysOf(suite, tree, leaf));
      expectHex(opened.commitSecret, commitSecret, `leaf ${leaf.index}`);
    }
  };
  for (const given of vector.update_paths) {
    const committer = given.sender;
    const path = roundTrip(UpdatePath, given.update_path);
    const treeAfter = mergePath(suite, tree, committer, noneAdded, path);
    expectHex(treeHash(suite, treeAfter), given.tree_hash_after);
    const provisional = { ...context, treeHash: treeHash(suite, treeAfter) };
    expectAllOpen({ path, committer, treeAfter, provisional }, given.commit_secret);

    const own = vector.leaves_private.find(({ index }) => index === committer);
    const made = createPath(
      suite,
      tree,
      {
        leafIndex: committer,
        leaf: memberAt(tree, committer, "unknownSender"),
        signaturePrivateKey: octets(own?.signature_priv ?? ""),
      },
      noneAdded,
      context,
      expandEntropy(octets(given.commit_secret), "treekem"),
    );
    const merged = mergePath(suite, tree, committer, noneAdded, made.path);
    expect(hex(treeHash(suite, merged))).toBe(hex(treeHash(suite, made.tree)));
    const ownContext = { ...context, treeHash: treeHash(suite, merged) };
    expectAllOpen(
      { path: made.path, committer, treeAfter: merged, provisional: ownContext },
      hex(made.commitSecret),
    );
  }
});
