/** MLS keys for the application's components, each under labels of its own (mls-extensions §4.1 to §4.3). */
import { utf8 } from "../bytes.ts";
import type { RandomSource } from "../random.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { decryptWithLabel, encryptWithLabel, signWithLabel, verifyWithLabel } from "./labelled.ts";
import { ComponentOperationLabel, type HPKECiphertext } from "./structures/index.ts";

/** A component and what it does; together they make the label. */
export interface ComponentOperation {
  readonly componentId: number;
  readonly label: string;
}

/** The label under which a component signs, encrypts or exports. mls-extensions §4.1 */
export function componentLabel(operation: ComponentOperation): Uint8Array {
  return ComponentOperationLabel.encode({
    baseLabel: utf8("MLS Component"),
    componentId: operation.componentId,
    label: utf8(operation.label),
  });
}

/** SafeSignWithLabel. mls-extensions §4.3 */
export function safeSign(
  suite: CipherSuite,
  privateKey: Uint8Array,
  operation: ComponentOperation,
  content: Uint8Array,
): Uint8Array {
  return signWithLabel(suite, privateKey, componentLabel(operation), content);
}

/** SafeVerifyWithLabel: whether the component with this label signed the content. mls-extensions §4.3 */
export function safeVerify(
  suite: CipherSuite,
  publicKey: Uint8Array,
  operation: ComponentOperation,
  content: Uint8Array,
  signature: Uint8Array,
): boolean {
  return verifyWithLabel(suite, publicKey, componentLabel(operation), content, signature);
}

/** SafeEncryptWithLabel. Refuses an unusable public key (`hpkePublicKey`). mls-extensions §4.2 */
export function safeEncrypt(
  suite: CipherSuite,
  publicKey: Uint8Array,
  operation: ComponentOperation,
  context: Uint8Array,
  plaintext: Uint8Array,
  random: RandomSource,
): HPKECiphertext {
  return encryptWithLabel(suite, publicKey, componentLabel(operation), context, plaintext, random);
}

/** SafeDecryptWithLabel. Refuses what does not decrypt (`componentDecryption`). mls-extensions §4.2 */
export function safeDecrypt(
  suite: CipherSuite,
  privateKey: Uint8Array,
  operation: ComponentOperation,
  context: Uint8Array,
  sealed: HPKECiphertext,
): Uint8Array {
  return decryptWithLabel(
    suite,
    privateKey,
    componentLabel(operation),
    context,
    sealed,
    "componentDecryption",
  );
}
