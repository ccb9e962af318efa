import { describe, expect, it } from "vitest";
import { utf8 } from "../../../../spec-model/bytes.ts";
import { members, type UpdatePath } from "../../../../spec-model/mls/index.ts";
import {
  createFlatPath,
  mergeFlatPath,
  openFlatPath,
} from "../../../../spec-model/mls/symbolic/flat-path.ts";
import { withKeys } from "../../../../spec-model/mls/symbolic/member.ts";
import { treeName } from "../../../../spec-model/mls/symbolic/names.ts";
import { symbolicSuite } from "../../../../spec-model/mls/symbolic/suite.ts";
import { randomness } from "../room-fixture.ts";
import { SymbolicRoom } from "./symbolic-room.ts";

const suite = symbolicSuite(1);
const room = new SymbolicRoom("alice", "bob", "cathy");
const alice = withKeys(room.member("alice"));
const bob = withKeys(room.member("bob"));
const [first] = members(alice.tree);
if (first === undefined) throw new Error("nobody is in the room");

const next = { ...alice.groupContext, epoch: 2n };
const committer = { leafIndex: 0, leaf: first.leafNode, signaturePrivateKey: alice.signaturePrivateKey };
const made = createFlatPath(suite, alice.tree, committer, new Set(), next, randomness("path"));
const provisional = { ...next, treeHash: treeName(made.tree) };

function openedBy({ leafIndex, leafKeys }: typeof bob, path: UpdatePath, context = provisional): Uint8Array {
  return openFlatPath(suite, path, { provisional: context }, leafIndex, leafKeys.publicKey);
}

function changed(change: (node: UpdatePath["nodes"][number]) => UpdatePath["nodes"]): UpdatePath {
  const [node] = made.path.nodes;
  if (node === undefined) throw new Error("the path has no node");
  return { ...made.path, nodes: change(node) };
}

function merging(path: UpdatePath) {
  return () => mergeFlatPath(suite, alice.tree, 0, new Set(), path);
}

const refused = (code: string) => expect.objectContaining({ code });

describe("a path in a group without parents", () => {
  it("gives every other member the committer's secret, and everybody the same tree", () => {
    expect(openedBy(bob, made.path)).toEqual(made.commitSecret);
    expect(treeName(merging(made.path)())).toEqual(treeName(made.tree));
  });

  it("does not open with a leaf key that is not the member's in the tree", () => {
    expect(() => openedBy({ ...bob, leafKeys: alice.leafKeys }, made.path)).toThrow(
      refused("pathDecryption"),
    );
  });

  it("does not open under another GroupContext", () => {
    expect(() => openedBy(bob, made.path, { ...provisional, epoch: 3n })).toThrow(refused("pathDecryption"));
  });

  it("does not open where its secret was exchanged", () => {
    const path = changed((node) => [
      {
        ...node,
        encryptedPathSecret: node.encryptedPathSecret.map((box) => ({
          ...box,
          ciphertext: box.ciphertext.map((octet, i) => (i === 20 ? octet ^ 1 : octet)),
        })),
      },
    ]);
    expect(() => openedBy(bob, path)).toThrow(refused("pathDecryption"));
  });

  it("is refused where the public key is not that of the secret", () => {
    const path = changed((node) => [{ ...node, encryptionKey: suite.hash(utf8("another")) }]);
    expect(() => openedBy(bob, path)).toThrow(refused("pathKeyMismatch"));
    expect(merging(path)).toThrow(refused("leafParentHash"));
  });

  it("is refused where it is too short, too long, or not for everybody", () => {
    expect(merging(changed(() => []))).toThrow(refused("pathLength"));
    expect(merging(changed((node) => [node, node]))).toThrow(refused("pathLength"));
    expect(merging(changed((node) => [{ ...node, encryptedPathSecret: [] }]))).toThrow(
      refused("pathSecretCount"),
    );
  });
});
