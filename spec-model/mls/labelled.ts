/** Signing, encrypting, deriving and referring under a label, so that no result serves two purposes (RFC 9420 §5 and §8). */
import { concat, noBytes, utf8 } from "../bytes.ts";
import type { RandomSource } from "../random.ts";
import { rememberedByText } from "../remembered.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { present } from "./errors.ts";
import type { MlsErrorCode } from "./rules.ts";
import {
  EncryptContext,
  type HPKECiphertext,
  KDFLabel,
  RefHashInput,
  SignContent,
} from "./structures/index.ts";

/** Without the "MLS 1.0 " in front. A component's label is an encoded structure, hence octets. */
export type Label = string | Uint8Array;

/** SignWithLabel: a signature that is valid for this label only. RFC 9420 §5.1.2 */
export function signWithLabel(
  suite: CipherSuite,
  privateKey: Uint8Array,
  label: Label,
  content: Uint8Array,
): Uint8Array {
  return suite.signature.sign(privateKey, SignContent.encode({ label: prefixed(label), content }));
}

/** VerifyWithLabel: whether the signature is the key holder's, for this label and content. RFC 9420 §5.1.2 */
export function verifyWithLabel(
  suite: CipherSuite,
  publicKey: Uint8Array,
  label: Label,
  content: Uint8Array,
  signature: Uint8Array,
): boolean {
  return suite.signature.verify(
    publicKey,
    SignContent.encode({ label: prefixed(label), content }),
    signature,
  );
}

/** EncryptWithLabel. Refuses a public key that cannot be encrypted to (`hpkePublicKey`). RFC 9420 §5.1.3 */
export function encryptWithLabel(
  suite: CipherSuite,
  publicKey: Uint8Array,
  label: Label,
  context: Uint8Array,
  plaintext: Uint8Array,
  random: RandomSource,
): HPKECiphertext {
  const info = EncryptContext.encode({ label: prefixed(label), context });
  return present(suite.hpke.seal(publicKey, info, noBytes, plaintext, random), "hpkePublicKey");
}

/** DecryptWithLabel. Refuses with `failure` what does not decrypt. RFC 9420 §5.1.3 */
export function decryptWithLabel(
  suite: CipherSuite,
  privateKey: Uint8Array,
  label: Label,
  context: Uint8Array,
  sealed: HPKECiphertext,
  failure: MlsErrorCode,
): Uint8Array {
  const info = EncryptContext.encode({ label: prefixed(label), context });
  return present(suite.hpke.open(privateKey, info, noBytes, sealed), failure);
}

/** ExpandWithLabel: `length` octets for one label and context. RFC 9420 §8 */
export function expandWithLabel(
  suite: CipherSuite,
  secret: Uint8Array,
  label: Label,
  context: Uint8Array,
  length: number,
): Uint8Array {
  return suite.kdf.expand(secret, KDFLabel.encode({ length, label: prefixed(label), context }), length);
}

/** DeriveSecret: a secret of the hash's length for one label. RFC 9420 §8 */
export function deriveSecret(suite: CipherSuite, secret: Uint8Array, label: string): Uint8Array {
  return suite.kdf.expand(secret, infoOf(label, suite.hashLength), suite.hashLength);
}

/** What a secret of so many octets is derived under. Made once for each label: those of the protocol are few. */
function infoOf(label: string, length: number): Uint8Array {
  let ofLabel = infos.get(length);
  if (ofLabel === undefined) {
    ofLabel = rememberedByText(100, (text) =>
      KDFLabel.encode({ length, label: prefixed(text), context: noBytes }),
    );
    infos.set(length, ofLabel);
  }
  return ofLabel(label);
}

const infos = new Map<number, (label: string) => Uint8Array>();

/** RefHash: the hash that stands for a value in messages. RFC 9420 §5.2 */
export function refHash(suite: CipherSuite, label: string, value: Uint8Array): Uint8Array {
  return suite.hash(RefHashInput.encode({ label: prefixed(label), value }));
}

const prefix = utf8("MLS 1.0 ");
const prefixedTexts = new Map<string, Uint8Array>();

function prefixed(label: Label): Uint8Array {
  if (typeof label !== "string") return concat(prefix, label);
  const known = prefixedTexts.get(label);
  if (known !== undefined) return known;
  const octets = concat(prefix, utf8(label));
  // Labels of the protocol are few; a caller's own label may be anything and is not kept without bound.
  if (prefixedTexts.size < 100) prefixedTexts.set(label, octets);
  return octets;
}
