/**
 * A creator in the first epoch of its group, from the group as it was published and what was drawn for it (RFC 9420
 * §11): for whoever has kept these and not the state that they led to.
 */
import { type MlsApplication, suiteFor } from "./application.ts";
import { demand } from "./errors.ts";
import { confirmationTag, epochSecretsOf } from "./key-schedule.ts";
import { enterEpoch, type MemberState } from "./member.ts";
import { startPublicGroup } from "./public-group.ts";
import type { RatchetTree } from "./ratchet-tree.ts";
import type { GroupInfo } from "./structures/index.ts";

/** What a creator has of the group that it has created. */
export interface CreatedGroup {
  /** Of epoch 0. */
  readonly groupInfo: GroupInfo;
  readonly ratchetTree: RatchetTree;
  /** The random secret that the group begins with. RFC 9420 §11 */
  readonly epochSecret: Uint8Array;
  /** Of the creator's leaf. */
  readonly encryptionPrivateKey: Uint8Array;
  readonly signaturePrivateKey: Uint8Array;
}

/** The creator's state in epoch 0. Refuses a secret that the group does not begin with (`confirmationTag`). */
export function resumeGroup(created: CreatedGroup, app: MlsApplication): MemberState {
  const { groupInfo, ratchetTree, epochSecret, encryptionPrivateKey, signaturePrivateKey } = created;
  const { groupContext, tree } = startPublicGroup(groupInfo, ratchetTree, app);
  const suite = suiteFor(app, groupContext.cipherSuite);
  const secrets = epochSecretsOf(suite, epochSecret);
  const tag = confirmationTag(suite, secrets, groupContext.confirmedTranscriptHash);
  demand(suite.sameDigest(groupInfo.confirmationTag, tag), "confirmationTag");
  return enterEpoch(
    {
      groupContext,
      tree,
      confirmationTag: tag,
      secrets,
      leafIndex: 0,
      signaturePrivateKey,
      privateKeys: new Map([[0, encryptionPrivateKey]]),
    },
    undefined,
    app,
  );
}
