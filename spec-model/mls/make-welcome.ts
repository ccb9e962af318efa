/** The Welcome for the clients that a commit adds (RFC 9420 §12.4.3.1). */
import { noBytes } from "../bytes.ts";
import type { RandomSource } from "../random.ts";
import type { AddedMember } from "./apply-proposals.ts";
import { type CipherSuite, sameEntropyFor } from "./crypto/index.ts";
import { keyPackageRef } from "./key-package.ts";
import { welcomeKeys, welcomeSecret } from "./key-schedule.ts";
import { encryptWithLabel } from "./labelled.ts";
import type { MadeCommit } from "./make-commit.ts";
import { GroupInfo, GroupSecrets, type PreSharedKeyID, type Welcome } from "./structures/index.ts";
import { isWithin } from "./tree-math.ts";

/** One Welcome for all of `added`; the GroupInfo in it is encrypted once. */
export function makeWelcome(
  suite: CipherSuite,
  made: MadeCommit,
  added: readonly AddedMember[],
  groupInfo: GroupInfo,
  psks: { readonly ids: PreSharedKeyID[]; readonly secret: Uint8Array },
  random: RandomSource,
): Welcome {
  const { key, nonce } = welcomeKeys(suite, welcomeSecret(suite, made.joinerSecret, psks.secret));
  const encryptedGroupInfo = suite.aead.seal(key, nonce, noBytes, GroupInfo.encode(groupInfo));
  const entropy = sameEntropyFor(random);
  const secrets = added.map(({ leafIndex, keyPackage }) => {
    const pathSecret = sharedPathSecret(made, leafIndex);
    const plaintext = GroupSecrets.encode({
      joinerSecret: made.joinerSecret,
      pathSecret: pathSecret && { pathSecret },
      psks: psks.ids,
    });
    return {
      newMember: keyPackageRef(suite, keyPackage),
      encryptedGroupSecrets: encryptWithLabel(
        suite,
        keyPackage.initKey,
        "Welcome",
        encryptedGroupInfo,
        plaintext,
        entropy,
      ),
    };
  });
  return { cipherSuite: suite.id, secrets, encryptedGroupInfo };
}

/** The secret of the lowest node of the path above a new leaf. */
function sharedPathSecret(made: MadeCommit, leafIndex: number): Uint8Array | undefined {
  for (const [node, secret] of made.path?.pathSecrets ?? []) {
    if (isWithin(node, 2 * leafIndex)) return secret;
  }
  return undefined;
}
