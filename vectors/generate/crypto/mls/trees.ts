/** Ratchet trees as a newcomer or a hub gets them, right and with one fault. RFC 9420 §7 and §12.4.3.1 */
import { hex, utf8 } from "../../../../spec-model/bytes.ts";
import {
  commit,
  createGroup,
  encodeRatchetTree,
  GroupContext,
  type MemberState,
  members,
  type OwnKeyPackage,
  type RatchetTree,
  treeHash,
} from "../../../../spec-model/mls/index.ts";
import type { JsonObject, VectorCase, VectorGroup } from "../../../format/case.ts";
import { negative, positive } from "../../cases.ts";
import { groupId } from "../group.ts";
import { able, foundingExtensions, ownKeyPackage } from "../handshake-group.ts";
import type { Scene } from "../keys.ts";
import { type TreeFault, treeFaults } from "./tree-faults.ts";

const nothing = { components: new Map() };

/** A tree with the group that it is of; the newcomers are in it, and not yet merged into the nodes above them. */
export interface PlantedTree {
  readonly scene: Scene;
  readonly alice: MemberState;
  readonly newcomers: readonly OwnKeyPackage[];
}

export function ratchetTreeGroups(scenes: readonly Scene[]): VectorGroup[] {
  return scenes.map((scene) => {
    const planted = plant(scene);
    const { alice } = planted;
    const tree = positive({
      id: `tree-${scene.mark}`,
      comment: "six members, two of whom have come since the last path",
      outcome: "valid",
      input: inputOf(scene, alice.groupContext, alice.tree),
      output: { members: members(alice.tree).map(({ leafIndex }) => leafIndex) },
    });
    const founder = alone(scene);
    const single = positive({
      id: `tree-${scene.mark}-alone`,
      comment: "one member",
      outcome: "valid",
      input: inputOf(scene, founder.groupContext, founder.tree),
      output: { members: [0] },
    });
    return {
      operation: "ratchet-tree.validate",
      comment: `The tree of a group of cipher suite ${scene.suite.id}`,
      input: { cipherSuite: scene.suite.id },
      tests: [tree, single, ...treeFaults(planted).map((fault) => wrong(planted, tree, fault))],
    };
  });
}

function inputOf(scene: Scene, context: GroupContext, tree: RatchetTree): JsonObject {
  return {
    groupContext: hex(GroupContext.encode({ ...context, treeHash: treeHash(scene.suite, tree) })),
    ratchetTree: hex(encodeRatchetTree(tree)),
  };
}

/** The GroupContext of a faulty tree has that one's hash, unless that is the fault. */
function wrong({ scene, alice }: PlantedTree, parent: VectorCase, fault: TreeFault): VectorCase {
  const { slug, flag, path, op, tree, octets, context } = fault;
  const change = {
    ...(tree === undefined ? {} : inputOf(scene, alice.groupContext, tree)),
    ...(octets === undefined ? {} : { ratchetTree: hex(octets) }),
    ...(context === undefined ? {} : { groupContext: hex(GroupContext.encode(context)) }),
  };
  return negative(parent, { slug, flag, path, op, outcome: "invalid", change });
}

function alone(scene: Scene): MemberState {
  const options = {
    groupId: utf8(groupId),
    extensions: foundingExtensions(scene),
    creator: ownKeyPackage(scene, clientOf("alice"), able),
  };
  return createGroup(options, nothing, scene.random("tree of one"));
}

const clientOf = (name: string) => `mimi://${name[0]}.example/d/${name}/1`;

/** Six members and a path of Alice's; two of them go, with a path, and two others come, without one. */
function plant(scene: Scene): PlantedTree {
  const key = (name: string) => ownKeyPackage(scene, clientOf(name), able);
  const random = scene.random("tree of six");
  const adding = (...own: readonly OwnKeyPackage[]) =>
    own.map(({ keyPackage }) => ({ proposalType: "add" as const, keyPackage }));
  const others = ["bob", "cathy", "dave", "eve", "fred"].map(key);
  const six = commit(alone(scene), { proposals: adding(...others), forcePath: true }, nothing, random).state;
  const removals = [2, 3].map((removed) => ({ proposalType: "remove" as const, removed }));
  const four = commit(six, { proposals: removals }, nothing, random).state;
  const newcomers = ["gina", "hugo"].map(key);
  const alice = commit(four, { proposals: adding(...newcomers) }, nothing, random).state;
  return { scene, alice, newcomers };
}
