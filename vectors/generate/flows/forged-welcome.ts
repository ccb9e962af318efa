/** A Welcome with a GroupInfo that nobody has signed like this, sealed again with the newcomer's own key. RFC 9420 §12.4.3.1 */
import { equalBytes, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  type CipherSuite,
  decryptWithLabel,
  encryptWithLabel,
  GroupInfo,
  GroupSecrets,
  KeyPackage,
  keyPackageRef,
  realMls,
  type Welcome,
  welcomeKeys,
  welcomeSecret,
} from "../../../spec-model/mls/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import type { ClientSeatSetup } from "../../format/flow-steps.ts";
import { flipped, octetsIn } from "./damage.ts";

type OwnKeys = ClientSeatSetup["keyPackages"][number];

/** undefined where the Welcome is for others, or comes with pre-shared keys, which a setup does not have. */
export function forgedWelcome({ keyPackages }: ClientSeatSetup, welcome: Welcome): Welcome | undefined {
  const suite = realMls.suite(welcome.cipherSuite);
  for (const each of keyPackages) {
    const forged = forgedFor(suite, each, welcome);
    if (forged !== undefined) return forged;
  }
  return undefined;
}

function forgedFor(suite: CipherSuite, keys: OwnKeys, welcome: Welcome): Welcome | undefined {
  const keyPackage = KeyPackage.decode(octetsIn(keys.keyPackage));
  const reference = keyPackageRef(suite, keyPackage);
  const own = welcome.secrets.find(({ newMember }) => equalBytes(newMember, reference));
  if (own === undefined) return undefined;
  const { encryptedGroupInfo: sealed } = welcome;
  const privateKey = octetsIn(keys.initPrivateKey);
  const opened = decryptWithLabel(
    suite,
    privateKey,
    "Welcome",
    sealed,
    own.encryptedGroupSecrets,
    "groupSecretsDecryption",
  );
  const { psks, joinerSecret } = GroupSecrets.decode(opened);
  if (psks.length > 0) return undefined;
  const { key, nonce } = welcomeKeys(
    suite,
    welcomeSecret(suite, joinerSecret, new Uint8Array(suite.hashLength)),
  );
  const groupInfo = GroupInfo.decode(suite.aead.open(key, nonce, noBytes, sealed) ?? noBytes);
  const signed = GroupInfo.encode({ ...groupInfo, signature: flipped(groupInfo.signature) });
  const encryptedGroupInfo = suite.aead.seal(key, nonce, noBytes, signed);
  const random = expandEntropy(utf8("forged Welcome"), "ephemeral key");
  const encryptedGroupSecrets = encryptWithLabel(
    suite,
    keyPackage.initKey,
    "Welcome",
    encryptedGroupInfo,
    opened,
    random,
  );
  const secrets = welcome.secrets.map((each) => (each === own ? { ...own, encryptedGroupSecrets } : each));
  return { ...welcome, encryptedGroupInfo, secrets };
}
