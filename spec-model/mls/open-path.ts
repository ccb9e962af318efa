/** A receiver's half of a path: decrypting one secret and climbing from there to the root (RFC 9420 §7.5). */
import { equalBytes } from "../bytes.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { demand, present } from "./errors.ts";
import { decryptWithLabel } from "./labelled.ts";
import { nextPathSecret, nodeKeyPair } from "./path-secrets.ts";
import { filteredDirectPath, parentAt, type RatchetTree, resolution } from "./ratchet-tree.ts";
import { GroupContext, type UpdatePath } from "./structures/index.ts";
import { isWithin } from "./tree-math.ts";

/** Private keys by node index. */
export type NodeKeys = ReadonlyMap<number, Uint8Array>;

export interface OpenedPath {
  readonly privateKeys: NodeKeys;
  readonly commitSecret: Uint8Array;
}

export interface PathToOpen {
  readonly path: UpdatePath;
  readonly committer: number;
  /** After the proposals, before the path. */
  readonly treeBefore: RatchetTree;
  readonly treeAfter: RatchetTree;
  readonly added: ReadonlySet<number>;
  /** The next GroupContext with the new tree hash and the old confirmed transcript hash. */
  readonly provisional: GroupContext;
}

/** Refuses a path that this receiver cannot open (`pathDecryption`) or whose keys do not fit (`pathKeyMismatch`). */
export function openPath(
  suite: CipherSuite,
  toOpen: PathToOpen,
  leafIndex: number,
  ownKeys: NodeKeys,
): OpenedPath {
  const steps = filteredDirectPath(toOpen.treeBefore, toOpen.committer);
  const nodes = steps.map(({ node }) => node);
  const meeting = nodes.findIndex((node) => isWithin(node, 2 * leafIndex));
  const step = present(steps[meeting], "pathDecryption", "the path does not lead to this member");
  const targets = resolution(toOpen.treeBefore, step.copathChild).filter((n) => !toOpen.added.has(n / 2));
  const mine = targets.findIndex((node) => ownKeys.has(node));
  const [privateKey, sealed] = [
    ownKeys.get(targets[mine] ?? -1),
    toOpen.path.nodes[meeting]?.encryptedPathSecret[mine],
  ];
  const secret = decryptWithLabel(
    suite,
    present(privateKey, "pathDecryption", "no private key for any of the receivers"),
    "UpdatePathNode",
    GroupContext.encode(toOpen.provisional),
    present(sealed, "pathSecretCount"),
    "pathDecryption",
  );
  return climb(suite, nodes.slice(meeting), secret, toOpen.treeAfter);
}

/** The keys of these nodes, lowest first, from the path secret of the first; each has to fit its node in the tree. */
export function climb(
  suite: CipherSuite,
  nodes: readonly number[],
  pathSecret: Uint8Array,
  tree: RatchetTree,
): OpenedPath {
  const privateKeys = new Map<number, Uint8Array>();
  let secret = pathSecret;
  for (const node of nodes) {
    const pair = nodeKeyPair(suite, secret);
    const parent = parentAt(tree, node);
    const fits = parent !== undefined && equalBytes(parent.encryptionKey, pair.publicKey);
    demand(fits, "pathKeyMismatch", `node ${node}`);
    privateKeys.set(node, pair.privateKey);
    secret = nextPathSecret(suite, secret);
  }
  return { privateKeys, commitSecret: secret };
}
