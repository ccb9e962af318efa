/** Joining a group by a Welcome (RFC 9420 §12.4.3.1). */
import { equalBytes, noBytes } from "../bytes.ts";
import { type MlsApplication, suiteFor } from "./application.ts";
import { validateContextExtensions } from "./context-extensions.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { decoded, demand, present } from "./errors.ts";
import { treeFor, verifyGroupInfo } from "./group-info.ts";
import { keyPackageRef, type OwnKeyPackage } from "./key-package.ts";
import { confirmationTag, epochSecretsAfter, welcomeKeys, welcomeSecret } from "./key-schedule.ts";
import { decryptWithLabel } from "./labelled.ts";
import { demandSupport, groupDemands } from "./leaf-node.ts";
import { enterEpoch, type MemberState, pskFinder } from "./member.ts";
import { climb, type NodeKeys } from "./open-path.ts";
import { pskSecret } from "./pre-shared-keys.ts";
import { filteredDirectPath, leafAt, members, type RatchetTree } from "./ratchet-tree.ts";
import { GroupInfo, GroupSecrets, LeafNode, type Welcome } from "./structures/index.ts";
import { demandSuccessorGroup } from "./successor-group.ts";
import { isWithin } from "./tree-math.ts";
import { validateTree } from "./tree-validation.ts";

export interface JoinOptions {
  /** The KeyPackage that the client was added with. */
  readonly own: OwnKeyPackage;
  /** Where the GroupInfo does not carry it. */
  readonly ratchetTree?: RatchetTree;
  /** The client's state in the group that this one continues or branches from. RFC 9420 §11.2 and §11.3 */
  readonly previous?: MemberState;
}

export interface Joined {
  readonly state: MemberState;
  readonly groupInfo: GroupInfo;
}

/** The newcomer's state in its first epoch. RFC 9420 §12.4.3.1 */
export function joinByWelcome(welcome: Welcome, options: JoinOptions, app: MlsApplication): Joined {
  const { own, previous } = options;
  demand(welcome.cipherSuite === own.keyPackage.cipherSuite, "welcomeCipherSuite");
  const suite = suiteFor(app, welcome.cipherSuite);
  const groupSecrets = openSecrets(suite, welcome, own);
  const psk = pskSecret(suite, groupSecrets.psks, pskFinder(previous, app));
  const groupInfo = openGroupInfo(suite, welcome, groupSecrets.joinerSecret, psk);
  const { groupContext } = groupInfo;
  demand(groupContext.cipherSuite === welcome.cipherSuite, "welcomeCipherSuite");
  const tree = treeFor(groupInfo, options.ratchetTree);
  verifyGroupInfo(suite, groupInfo, tree);
  demand(app.participatesIn?.(groupContext.groupId) !== true, "groupIdInUse");
  validateContextExtensions(groupContext.extensions, app);
  validateTree(suite, tree, groupContext, app);
  demandSupport(own.keyPackage.leafNode, groupDemands(groupContext.extensions));
  const leafIndex = ownLeaf(tree, own);
  const secrets = epochSecretsAfter(suite, groupSecrets.joinerSecret, psk, groupContext);
  const tag = confirmationTag(suite, secrets, groupContext.confirmedTranscriptHash);
  demand(suite.sameDigest(tag, groupInfo.confirmationTag), "confirmationTag");
  demandSuccessorGroup(groupSecrets.psks, groupInfo, tree, previous, app);
  const fromPath = pathKeys(suite, tree, groupInfo.signer, leafIndex, groupSecrets.pathSecret?.pathSecret);
  const entry = {
    groupContext,
    tree,
    confirmationTag: groupInfo.confirmationTag,
    secrets,
    leafIndex,
    signaturePrivateKey: own.signaturePrivateKey,
    privateKeys: new Map([[2 * leafIndex, own.encryptionPrivateKey], ...fromPath]),
  };
  return { state: enterEpoch(entry, undefined, app), groupInfo };
}

function openSecrets(suite: CipherSuite, welcome: Welcome, own: OwnKeyPackage): GroupSecrets {
  const reference = keyPackageRef(suite, own.keyPackage);
  const forUs = welcome.secrets.find(({ newMember }) => equalBytes(newMember, reference));
  const plaintext = decryptWithLabel(
    suite,
    own.initPrivateKey,
    "Welcome",
    welcome.encryptedGroupInfo,
    present(forUs, "welcomeNotForUs").encryptedGroupSecrets,
    "groupSecretsDecryption",
  );
  return decoded(GroupSecrets, plaintext);
}

function openGroupInfo(suite: CipherSuite, welcome: Welcome, joiner: Uint8Array, psk: Uint8Array): GroupInfo {
  const { key, nonce } = welcomeKeys(suite, welcomeSecret(suite, joiner, psk));
  const plaintext = suite.aead.open(key, nonce, noBytes, welcome.encryptedGroupInfo);
  return decoded(GroupInfo, present(plaintext, "groupInfoDecryption"));
}

function ownLeaf(tree: RatchetTree, own: OwnKeyPackage): number {
  const wanted = LeafNode.encode(own.keyPackage.leafNode);
  const { signatureKey } = own.keyPackage.leafNode;
  const found = members(tree).find(
    ({ leafNode }) =>
      equalBytes(leafNode.signatureKey, signatureKey) && equalBytes(LeafNode.encode(leafNode), wanted),
  );
  return present(found, "ownLeafMissing").leafIndex;
}

/** The keys that the committer's path gave to the nodes above both. */
function pathKeys(
  suite: CipherSuite,
  tree: RatchetTree,
  committer: number,
  leafIndex: number,
  pathSecret: Uint8Array | undefined,
): NodeKeys {
  if (pathSecret === undefined) return new Map();
  present(leafAt(tree, committer), "groupInfoSigner");
  const nodes = filteredDirectPath(tree, committer).map(({ node }) => node);
  const meeting = nodes.findIndex((node) => isWithin(node, 2 * leafIndex));
  demand(meeting >= 0, "pathDecryption", "the signer's path does not lead to this member");
  return climb(suite, nodes.slice(meeting), pathSecret, tree).privateKeys;
}
