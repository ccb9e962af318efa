/** Ratchet trees that no honest group has, and paths that do not fit. */
import { noBytes } from "../../../../spec-model/bytes.ts";
import { provisionalContext } from "../../../../spec-model/mls/commit-outcome.ts";
import { createPath } from "../../../../spec-model/mls/create-path.ts";
import { decodeRatchetTree, encodeRatchetTree } from "../../../../spec-model/mls/group-info.ts";
import { type Commit, commit, type MLSMessage } from "../../../../spec-model/mls/index.ts";
import { encryptWithLabel } from "../../../../spec-model/mls/labelled.ts";
import { signLeaf } from "../../../../spec-model/mls/leaf-node.ts";
import { pathHashes } from "../../../../spec-model/mls/merge-path.ts";
import {
  blankAbove,
  encryptionKeyOf,
  filteredDirectPath,
  memberAt,
  type RatchetTree,
  resolution,
  withPath,
} from "../../../../spec-model/mls/ratchet-tree.ts";
import {
  GroupContext,
  type ParentNode,
  RatchetTreeExtension,
} from "../../../../spec-model/mls/structures/index.ts";
import { treeHash } from "../../../../spec-model/mls/tree-hash.ts";
import { validateTree } from "../../../../spec-model/mls/tree-validation.ts";
import { application as app, client } from "../room-fixture.ts";
import {
  addressFrom,
  alice,
  bob,
  bobReceives,
  byValue,
  type Case,
  commitIn,
  flipped,
  forged,
  forgedCommit,
  foundRoom,
  random,
  remove,
  suite,
  withChangedPath,
} from "./room.ts";

type Path = NonNullable<Commit["path"]>;

/** Validates a tree as if its hash were the group's. */
function validate(tree: RatchetTree) {
  const context = { ...alice.groupContext, treeHash: treeHash(suite, tree) };
  validateTree(suite, tree, context, app);
}

/** The room's tree with its root changed. */
function withRoot(change: Partial<ParentNode>): RatchetTree {
  return alice.tree.map((node, i) =>
    i === 3 && node?.nodeType === "parent"
      ? { ...node, parentNode: { ...node.parentNode, ...change } }
      : node,
  );
}

/** A tree with a parent above leaves 0 and 1 and one above all, and an unmerged leaf 1 that only the upper one lists. */
function withForgottenLeaf(): RatchetTree {
  const { alice: a } = foundRoom([]);
  return a.tree.map((node, i) =>
    i === 3 && node?.nodeType === "parent"
      ? { ...node, parentNode: { ...node.parentNode, unmergedLeaves: [1] } }
      : node,
  );
}

function firstNode(path: Path, change: (node: Path["nodes"][number]) => Path["nodes"][number]): Path {
  return { ...path, nodes: path.nodes.map((node, i) => (i === 0 ? change(node) : node)) };
}

/** A path of Alice's with a key at the root that is not its path secret's, consistent in every other respect. */
function withForeignRootKey(): MLSMessage {
  const me = alice.leafIndex;
  const leaf = memberAt(alice.tree, me, "unknownSender");
  const committer = { leafIndex: me, leaf, signaturePrivateKey: alice.signaturePrivateKey };
  const applied = { extensions: alice.groupContext.extensions };
  const made = createPath(suite, alice.tree, committer, new Set(), alice.groupContext, random);
  const steps = filteredDirectPath(alice.tree, me);
  const foreign = suite.hpke.generateKeyPair(random).publicKey;
  const keys = made.path.nodes.map((node, i) =>
    i === made.path.nodes.length - 1 ? foreign : node.encryptionKey,
  );
  const blanked = blankAbove(alice.tree, me);
  const { parents, leafParentHash } = pathHashes(suite, blanked, steps, keys);
  const unsigned = { ...made.path.leafNode, leafNodeSource: "commit" as const, parentHash: leafParentHash };
  const place = { groupId: alice.groupContext.groupId, leafIndex: me };
  const leafNode = signLeaf(suite, alice.signaturePrivateKey, unsigned, place);
  const tree = withPath(blanked, me, parents, leafNode);
  const context = GroupContext.encode(provisionalContext(suite, alice, applied, tree));
  const nodes = steps.map(({ node, copathChild }, i) => ({
    encryptionKey: keys[i] ?? noBytes,
    encryptedPathSecret: resolution(alice.tree, copathChild).flatMap((to) => {
      const receiver = alice.tree[to];
      const secret = made.pathSecrets.get(node) ?? noBytes;
      if (receiver === undefined) return [];
      return [encryptWithLabel(suite, encryptionKeyOf(receiver), "UpdatePathNode", context, secret, random)];
    }),
  }));
  const path = { leafNode, nodes };
  return forged(alice, { ...addressFrom(alice), contentType: "commit", commit: { proposals: [], path } });
}

/** A client whose encryption key is Bob's. */
function withBobsKey() {
  const eve = client("eve");
  const { encryptionKey } = memberAt(alice.tree, bob.leafIndex, "unknownSender");
  const leaf = { ...eve.keyPackage.leafNode, encryptionKey };
  return { eve, leafNode: signLeaf(suite, eve.signaturePrivateKey, leaf, undefined) };
}

export const treeCases: Case[] = [
  { code: "treeEndsBlank", says: "a tree without nodes", act: () => decodeRatchetTree(Uint8Array.of(0)) },
  {
    code: "nodeKindMisplaced",
    says: "a leaf in a parent's place",
    act: () => decodeRatchetTree(RatchetTreeExtension.encode([alice.tree[0], alice.tree[0], alice.tree[2]])),
  },
  {
    code: "malformed",
    says: "a tree that ends in the middle of a node",
    act: () => decodeRatchetTree(encodeRatchetTree(alice.tree).subarray(0, 40)),
  },
  {
    code: "treeHash",
    says: "a tree that is not the one in the GroupContext",
    act: () => validateTree(suite, withRoot({ parentHash: new Uint8Array(32) }), alice.groupContext, app),
  },
  {
    code: "encryptionKeyTwice",
    says: "a newcomer with another member's encryption key",
    act: () => {
      const { leafNode } = withBobsKey();
      const tree = [...alice.tree.slice(0, 6), { nodeType: "leaf" as const, leafNode }];
      return validate(tree);
    },
  },
  {
    code: "encryptionKeyTwice",
    says: "a parent with a member's encryption key",
    act: () => validate(withRoot({ encryptionKey: memberAt(alice.tree, 2, "unknownSender").encryptionKey })),
  },
  {
    code: "unmergedLeafUnknown",
    says: "an unmerged leaf beyond the tree",
    act: () => validate(withRoot({ unmergedLeaves: [9] })),
  },
  {
    code: "lifetime",
    says: "a tree with a leaf that has expired",
    act: () => validateTree(suite, bob.tree, bob.groupContext, { ...app, now: 3000n }),
  },
  {
    code: "unmergedLeavesOrder",
    says: "unmerged leaves out of order",
    act: () => validate(withRoot({ unmergedLeaves: [2, 1] })),
  },
  {
    code: "unmergedLeafUnknown",
    says: "an unmerged leaf that is blank",
    act: () => validate(withRoot({ unmergedLeaves: [3] })),
  },
  {
    code: "unmergedLeafMissing",
    says: "an unmerged leaf that a lower parent leaves out",
    act: () => validate(withForgottenLeaf()),
  },
  {
    code: "parentHash",
    says: "a parent node that nobody's update accounts for",
    act: () => validate(withRoot({ parentHash: new Uint8Array(32) })),
  },
  {
    code: "pathMissing",
    says: "a removal without a path",
    act: () => bobReceives(forgedCommit(...byValue(remove(2)))),
  },
  {
    code: "pathLength",
    says: "a path that stops below the root",
    act: () => bobReceives(withChangedPath((path) => ({ ...path, nodes: path.nodes.slice(1) }))),
  },
  {
    code: "pathSecretCount",
    says: "a path secret that is encrypted twice",
    act: () =>
      bobReceives(
        withChangedPath((path) =>
          firstNode(path, (node) => ({
            ...node,
            encryptedPathSecret: [...node.encryptedPathSecret, ...node.encryptedPathSecret],
          })),
        ),
      ),
  },
  {
    code: "pathKeyReused",
    says: "a path with the key of a node that it replaces",
    act: () => {
      const root = alice.tree[3];
      const encryptionKey = root === undefined ? noBytes : encryptionKeyOf(root);
      return bobReceives(withChangedPath((path) => firstNode(path, (node) => ({ ...node, encryptionKey }))));
    },
  },
  {
    code: "pathKeyReused",
    says: "a path whose leaf keeps the committer's encryption key",
    act: () =>
      bobReceives(
        withChangedPath((path) => {
          const { encryptionKey } = memberAt(alice.tree, alice.leafIndex, "unknownSender");
          return { ...path, leafNode: { ...path.leafNode, encryptionKey } };
        }),
      ),
  },
  {
    code: "leafSource",
    says: "a path with the leaf of a KeyPackage",
    act: () =>
      bobReceives(withChangedPath((path) => ({ ...path, leafNode: client("x").keyPackage.leafNode }))),
  },
  {
    code: "leafParentHash",
    says: "a committer's leaf that is not bound to its path",
    act: () =>
      bobReceives(
        withChangedPath((path) => ({
          ...path,
          leafNode: { ...path.leafNode, leafNodeSource: "commit", parentHash: new Uint8Array(32) },
        })),
      ),
  },
  {
    code: "pathDecryption",
    says: "a path secret with a changed ciphertext",
    act: () =>
      bobReceives(
        withChangedPath((path) => ({
          ...path,
          nodes: path.nodes.map((node) => ({
            ...node,
            encryptedPathSecret: node.encryptedPathSecret.map((sealed) => ({
              ...sealed,
              ciphertext: flipped(sealed.ciphertext),
            })),
          })),
        })),
      ),
  },
  {
    code: "pathKeyMismatch",
    says: "a root key that is not its path secret's",
    act: () => bobReceives(withForeignRootKey()),
  },
  {
    code: "confirmationTag",
    says: "a commit with a changed confirmation tag",
    act: () =>
      bobReceives(forged(alice, commitIn(commit(alice, {}, app, random).message), new Uint8Array(32))),
  },
];
