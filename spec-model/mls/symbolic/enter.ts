/** Making a KeyPackage, creating a group of one, and joining one by a Welcome (RFC 9420 §10, §11 and §12.4.3.1). */
import { equalBytes, hex, noBytes } from "../../bytes.ts";
import { remembered, rememberedByBoth } from "../../remembered.ts";
import { validateContextExtensions } from "../context-extensions.ts";
import type { CipherSuite } from "../crypto/index.ts";
import { decoded, demand, present } from "../errors.ts";
import { treeFor, verifyGroupInfo } from "../group-info.ts";
import { keyPackageRef, type OwnKeyPackage, validateKeyPackage } from "../key-package.ts";
import { welcomeKeys, welcomeSecret } from "../key-schedule.ts";
import { decryptWithLabel, signWithLabel } from "../labelled.ts";
import type { MlsLayer } from "../layer.ts";
import { demandMutualSupport, demandSupport, groupDemands, signLeaf } from "../leaf-node.ts";
import { pskSecret } from "../pre-shared-keys.ts";
import { members, type RatchetTree, treeOf } from "../ratchet-tree.ts";
import { GroupInfo, GroupSecrets, KeyPackageTBS, LeafNode, type Welcome } from "../structures/index.ts";
import { demandSuccessorGroup } from "../successor-group.ts";
import { confirmationTagOf, epochKeysOf, epochSecretOf, noSecret } from "./epoch-keys.ts";
import { validateFlatTree } from "./flat-tree.ts";
import { oneContext, oneTree } from "./interned.ts";
import { enterEpoch, pskFinder, withKeys } from "./member.ts";
import { contextName, treeName } from "./names.ts";
import { isSame } from "./same.ts";
import { symbolicSuite } from "./suite.ts";

/** A new KeyPackage for one client. RFC 9420 §10 */
export const generateKeyPackage: MlsLayer["generateKeyPackage"] = (cipherSuiteId, options, _app, random) => {
  const suite = symbolicSuite(cipherSuiteId);
  const signature = options.signatureKeyPair ?? suite.signature.generateKeyPair(random);
  const init = suite.hpke.generateKeyPair(random);
  const encryption = suite.hpke.generateKeyPair(random);
  const leaf: LeafNode = {
    encryptionKey: encryption.publicKey,
    signatureKey: signature.publicKey,
    credential: options.credential,
    capabilities: options.capabilities,
    leafNodeSource: "key_package",
    lifetime: options.lifetime,
    extensions: options.leafExtensions ?? [],
    signature: noBytes,
  };
  const unsigned = {
    version: "mls10" as const,
    cipherSuite: suite.id,
    initKey: init.publicKey,
    leafNode: signLeaf(suite, signature.privateKey, leaf, undefined),
    extensions: options.extensions ?? [],
  };
  const signed = KeyPackageTBS.encode(unsigned);
  return {
    keyPackage: {
      ...unsigned,
      signature: signWithLabel(suite, signature.privateKey, "KeyPackageTBS", signed),
    },
    initPrivateKey: init.privateKey,
    encryptionPrivateKey: encryption.privateKey,
    signaturePrivateKey: signature.privateKey,
  };
};

/** The creator's state in epoch 0. */
export const createGroup: MlsLayer["createGroup"] = ({ groupId, extensions, creator }, app, random) => {
  const { cipherSuite, leafNode } = creator.keyPackage;
  const suite = symbolicSuite(cipherSuite);
  validateKeyPackage(suite, creator.keyPackage, app);
  validateContextExtensions(extensions, app);
  const tree = treeOf(leafNode);
  demandMutualSupport(tree, extensions);
  const keys = epochKeysOf(random.bytes(suite.hashLength), 0n);
  const groupContext = {
    version: "mls10" as const,
    cipherSuite,
    groupId,
    epoch: 0n,
    treeHash: treeName(tree),
    confirmedTranscriptHash: noBytes,
    extensions,
  };
  const confirmationTag = confirmationTagOf(keys, groupContext);
  return enterEpoch(
    { groupContext, tree, confirmationTag, keys, leafIndex: 0, ...ownKeys(creator) },
    undefined,
    app,
  );
};

/** The newcomer's state in its first epoch. RFC 9420 §12.4.3.1 */
export const joinByWelcome: MlsLayer["joinByWelcome"] = (welcome, options, app) => {
  const { own } = options;
  const previous = options.previous && withKeys(options.previous);
  demand(welcome.cipherSuite === own.keyPackage.cipherSuite, "welcomeCipherSuite");
  const suite = symbolicSuite(welcome.cipherSuite);
  const { joinerSecret, psks } = openSecrets(suite, welcome, own);
  const psk = psks.length === 0 ? noSecret : pskSecret(suite, psks, pskFinder(previous, app));
  const groupInfo = present(openGroupInfo(suite, welcome, joinerSecret, psk), "groupInfoDecryption");
  const { groupContext, confirmationTag } = groupInfo;
  demand(groupContext.cipherSuite === welcome.cipherSuite, "welcomeCipherSuite");
  const tree = treeFor(groupInfo, options.ratchetTree);
  verifiedFor(groupInfo, tree);
  demand(app.participatesIn?.(groupContext.groupId) !== true, "groupIdInUse");
  validateContextExtensions(groupContext.extensions, app);
  validateFlatTree(suite, tree, groupContext, app);
  demandSupport(own.keyPackage.leafNode, groupDemands(groupContext.extensions));
  const leafIndex = ownLeaf(tree, own);
  const epochSecret = epochSecretOf(joinerSecret, psk, contextName(groupContext));
  const keys = epochKeysOf(epochSecret, groupContext.epoch);
  demand(equalBytes(confirmationTagOf(keys, groupContext), confirmationTag), "confirmationTag");
  demandSuccessorGroup(psks, groupInfo, tree, previous, app);
  const shared = { groupContext: oneContext(groupContext), tree: oneTree(tree) };
  const entry = { ...shared, confirmationTag, keys, leafIndex, ...ownKeys(own) };
  return { state: enterEpoch(entry, undefined, app), groupInfo };
};

/** The GroupInfo in a Welcome; undefined where the joiner secret or the PSKs are others. */
export function openGroupInfo(
  suite: CipherSuite,
  welcome: Welcome,
  joiner: Uint8Array,
  psk: Uint8Array,
): GroupInfo | undefined {
  const known = opened.get(welcome);
  if (known !== undefined && isSame(known.joiner, joiner) && isSame(known.psk, psk)) return known.groupInfo;
  const { key, nonce } = welcomeKeys(suite, welcomeSecret(suite, joiner, psk));
  const plaintext = suite.aead.open(key, nonce, noBytes, welcome.encryptedGroupInfo);
  if (plaintext === undefined) return undefined;
  const groupInfo = decoded(GroupInfo, plaintext);
  opened.set(welcome, { joiner, psk, groupInfo });
  return groupInfo;
}

/** What opens with a secret opens with it for every newcomer that has it. */
const opened = new WeakMap<Welcome, { joiner: Uint8Array; psk: Uint8Array; groupInfo: GroupInfo }>();

/** `verifyGroupInfo`, once for all newcomers that share both. */
const verifiedFor = rememberedByBoth((groupInfo: GroupInfo, tree: RatchetTree) => {
  verifyGroupInfo(symbolicSuite(groupInfo.groupContext.cipherSuite), groupInfo, tree);
  return true;
});

function openSecrets(suite: CipherSuite, welcome: Welcome, own: OwnKeyPackage): GroupSecrets {
  const reference = keyPackageRef(suite, own.keyPackage);
  const forUs = welcome.secrets.find(({ newMember }) => equalBytes(newMember, reference));
  const { encryptedGroupSecrets } = present(forUs, "welcomeNotForUs");
  const plaintext = decryptWithLabel(
    suite,
    own.initPrivateKey,
    "Welcome",
    welcome.encryptedGroupInfo,
    encryptedGroupSecrets,
    "groupSecretsDecryption",
  );
  return decoded(GroupSecrets, plaintext);
}

function ownLeaf(tree: RatchetTree, own: OwnKeyPackage): number {
  const { leafNode } = own.keyPackage;
  const found = leavesOf(tree).get(hex(leafNode.encryptionKey));
  const isOwn = found !== undefined && equalBytes(LeafNode.encode(found.leafNode), LeafNode.encode(leafNode));
  return present(isOwn ? found : undefined, "ownLeafMissing").leafIndex;
}

/** The members by their encryption keys, of which a valid tree has none twice. */
const leavesOf = remembered(
  (tree: RatchetTree) => new Map(members(tree).map((member) => [hex(member.leafNode.encryptionKey), member])),
);

function ownKeys({ keyPackage, encryptionPrivateKey, signaturePrivateKey }: OwnKeyPackage) {
  const leafKeys = { privateKey: encryptionPrivateKey, publicKey: keyPackage.leafNode.encryptionKey };
  return { signaturePrivateKey, leafKeys };
}
