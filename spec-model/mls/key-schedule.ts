/** The key schedule: from one epoch's init secret to the secrets of the next (RFC 9420 §8). */
import { noBytes, utf8 } from "../bytes.ts";
import type { CipherSuite, KeyPair } from "./crypto/index.ts";
import { deriveSecret, expandWithLabel } from "./labelled.ts";
import { GroupContext } from "./structures/index.ts";

/** RFC 9420 §8, Table 4, and application_export of mls-extensions §4.4 */
export interface EpochSecrets {
  readonly initSecret: Uint8Array;
  readonly senderDataSecret: Uint8Array;
  readonly encryptionSecret: Uint8Array;
  readonly exporterSecret: Uint8Array;
  readonly externalSecret: Uint8Array;
  readonly confirmationKey: Uint8Array;
  readonly membershipKey: Uint8Array;
  readonly resumptionPsk: Uint8Array;
  readonly epochAuthenticator: Uint8Array;
  readonly applicationExportSecret: Uint8Array;
}

/** The all-zero secret that stands for an absent commit secret or PSK. */
export function zeroSecret(suite: CipherSuite): Uint8Array {
  return new Uint8Array(suite.hashLength);
}

/** The joiner secret of the epoch that `context` describes. RFC 9420 §8 */
export function joinerSecret(
  suite: CipherSuite,
  initSecret: Uint8Array,
  commitSecret: Uint8Array,
  context: GroupContext,
): Uint8Array {
  const extracted = suite.kdf.extract(initSecret, commitSecret);
  return expandWithLabel(suite, extracted, "joiner", GroupContext.encode(context), suite.hashLength);
}

/** What a joiner secret and the PSKs of a commit give before the GroupContext is known. RFC 9420 §12.4.3.1 */
export function welcomeSecret(suite: CipherSuite, joiner: Uint8Array, pskSecret: Uint8Array): Uint8Array {
  return deriveSecret(suite, suite.kdf.extract(joiner, pskSecret), "welcome");
}

/** The secrets of the epoch that `context` describes. RFC 9420 §8 */
export function epochSecretsAfter(
  suite: CipherSuite,
  joiner: Uint8Array,
  pskSecret: Uint8Array,
  context: GroupContext,
): EpochSecrets {
  const member = suite.kdf.extract(joiner, pskSecret);
  const epoch = expandWithLabel(suite, member, "epoch", GroupContext.encode(context), suite.hashLength);
  return epochSecretsOf(suite, epoch);
}

/** A group's first epoch starts from a random epoch secret. RFC 9420 §11 */
export function epochSecretsOf(suite: CipherSuite, epochSecret: Uint8Array): EpochSecrets {
  const derive = (label: string) => deriveSecret(suite, epochSecret, label);
  return {
    initSecret: derive("init"),
    senderDataSecret: derive("sender data"),
    encryptionSecret: derive("encryption"),
    exporterSecret: derive("exporter"),
    externalSecret: derive("external"),
    confirmationKey: derive("confirm"),
    membershipKey: derive("membership"),
    resumptionPsk: derive("resumption"),
    epochAuthenticator: derive("authentication"),
    applicationExportSecret: derive("application_export"),
  };
}

/** Key and nonce of the encrypted GroupInfo. RFC 9420 §12.4.3.1 */
export function welcomeKeys(suite: CipherSuite, secret: Uint8Array): { key: Uint8Array; nonce: Uint8Array } {
  return {
    key: expandWithLabel(suite, secret, "key", noBytes, suite.aead.keyLength),
    nonce: expandWithLabel(suite, secret, "nonce", noBytes, suite.aead.nonceLength),
  };
}

/** The key pair that external commits are encapsulated to. RFC 9420 §8 */
export function externalKeyPair(suite: CipherSuite, secrets: Pick<EpochSecrets, "externalSecret">): KeyPair {
  return suite.hpke.deriveKeyPair(secrets.externalSecret);
}

/** The confirmation tag of an epoch. RFC 9420 §6.1 */
export function confirmationTag(
  suite: CipherSuite,
  secrets: Pick<EpochSecrets, "confirmationKey">,
  confirmedTranscriptHash: Uint8Array,
): Uint8Array {
  return suite.mac(secrets.confirmationKey, confirmedTranscriptHash);
}

/** What an external sender of init secrets exports under. RFC 9420 §8.3 */
export const externalInitLabel = utf8("MLS 1.0 external init secret");
