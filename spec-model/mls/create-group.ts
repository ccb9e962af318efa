/** Creating a group of one (RFC 9420 §11). */
import { noBytes } from "../bytes.ts";
import type { RandomSource } from "../random.ts";
import { type MlsApplication, suiteFor } from "./application.ts";
import { validateContextExtensions } from "./context-extensions.ts";
import { type OwnKeyPackage, validateKeyPackage } from "./key-package.ts";
import { confirmationTag, epochSecretsOf } from "./key-schedule.ts";
import { demandMutualSupport } from "./leaf-node.ts";
import { enterEpoch, type MemberState } from "./member.ts";
import { treeOf } from "./ratchet-tree.ts";
import type { Extension } from "./structures/index.ts";
import { treeHash } from "./tree-hash.ts";

export interface GroupOptions {
  readonly groupId: Uint8Array;
  /** Of the GroupContext. */
  readonly extensions: Extension[];
  /** The creator's; its cipher suite becomes the group's. */
  readonly creator: OwnKeyPackage;
}

/** The creator's state in epoch 0. */
export function createGroup(options: GroupOptions, app: MlsApplication, random: RandomSource): MemberState {
  const { groupId, extensions, creator } = options;
  const { cipherSuite, leafNode } = creator.keyPackage;
  const suite = suiteFor(app, cipherSuite);
  validateKeyPackage(suite, creator.keyPackage, app);
  validateContextExtensions(extensions, app);
  const tree = treeOf(leafNode);
  demandMutualSupport(tree, extensions);
  const secrets = epochSecretsOf(suite, random.bytes(suite.hashLength));
  const groupContext = {
    version: "mls10" as const,
    cipherSuite,
    groupId,
    epoch: 0n,
    treeHash: treeHash(suite, tree),
    confirmedTranscriptHash: noBytes,
    extensions,
  };
  return enterEpoch(
    {
      groupContext,
      tree,
      confirmationTag: confirmationTag(suite, secrets, noBytes),
      secrets,
      leafIndex: 0,
      signaturePrivateKey: creator.signaturePrivateKey,
      privateKeys: new Map([[0, creator.encryptionPrivateKey]]),
    },
    undefined,
    app,
  );
}
