/** Making, naming and validating KeyPackages (RFC 9420 §10). */
import { equalBytes, noBytes } from "../bytes.ts";
import type { RandomSource } from "../random.ts";
import { type MlsApplication, suiteFor } from "./application.ts";
import type { CipherSuite, CipherSuiteId, KeyPair } from "./crypto/index.ts";
import { demand } from "./errors.ts";
import { demandDistinct, supportsExtension } from "./extensions.ts";
import { refHash, signWithLabel, verifyWithLabel } from "./labelled.ts";
import { demandAlive, demandSupport, type GroupDemands, signLeaf, validateLeafAlone } from "./leaf-node.ts";
import {
  type Capabilities,
  type Credential,
  type Extension,
  KeyPackage,
  KeyPackageTBS,
  type Lifetime,
} from "./structures/index.ts";

/** A KeyPackage with the private keys that only its owner has. */
export interface OwnKeyPackage {
  readonly keyPackage: KeyPackage;
  readonly initPrivateKey: Uint8Array;
  readonly encryptionPrivateKey: Uint8Array;
  readonly signaturePrivateKey: Uint8Array;
}

export interface KeyPackageOptions {
  readonly credential: Credential;
  readonly capabilities: Capabilities;
  readonly lifetime: Lifetime;
  readonly extensions?: Extension[];
  readonly leafExtensions?: Extension[];
  /** A fresh pair where left out. */
  readonly signatureKeyPair?: KeyPair;
}

/** A new KeyPackage for one client. RFC 9420 §10 */
export function generateKeyPackage(
  cipherSuiteId: CipherSuiteId,
  options: KeyPackageOptions,
  app: MlsApplication,
  random: RandomSource,
): OwnKeyPackage {
  const suite = suiteFor(app, cipherSuiteId);
  const signature = options.signatureKeyPair ?? suite.signature.generateKeyPair(random);
  const init = suite.hpke.generateKeyPair(random);
  const encryption = suite.hpke.generateKeyPair(random);
  const leafNode = signLeaf(
    suite,
    signature.privateKey,
    {
      encryptionKey: encryption.publicKey,
      signatureKey: signature.publicKey,
      credential: options.credential,
      capabilities: options.capabilities,
      leafNodeSource: "key_package",
      lifetime: options.lifetime,
      extensions: options.leafExtensions ?? [],
      signature: noBytes,
    },
    undefined,
  );
  const unsigned = {
    version: "mls10" as const,
    cipherSuite: suite.id,
    initKey: init.publicKey,
    leafNode,
    extensions: options.extensions ?? [],
  };
  const signed = signWithLabel(suite, signature.privateKey, label, KeyPackageTBS.encode(unsigned));
  return {
    keyPackage: { ...unsigned, signature: signed },
    initPrivateKey: init.privateKey,
    encryptionPrivateKey: encryption.privateKey,
    signaturePrivateKey: signature.privateKey,
  };
}

const label = "KeyPackageTBS";

/** The KeyPackageRef. RFC 9420 §5.2 */
export function keyPackageRef(suite: CipherSuite, keyPackage: KeyPackage): Uint8Array {
  return refHash(suite, "KeyPackage Reference", KeyPackage.encode(keyPackage));
}

/** What can be said of a KeyPackage without a group. RFC 9420 §10.1 */
export function validateKeyPackage(suite: CipherSuite, keyPackage: KeyPackage, app: MlsApplication): void {
  const { leafNode } = keyPackage;
  demand(keyPackage.version === "mls10", "keyPackageVersion", `${keyPackage.version}`);
  demand(keyPackage.cipherSuite === suite.id, "keyPackageCipherSuite", `${keyPackage.cipherSuite}`);
  demand(leafNode.leafNodeSource === "key_package", "leafSource", leafNode.leafNodeSource);
  demand(keyPackage.initKey.length === suite.hpke.publicKeyLength, "hpkePublicKey");
  demand(!equalBytes(keyPackage.initKey, leafNode.encryptionKey), "initKeyReused");
  demandDistinct(keyPackage.extensions);
  for (const { extensionType } of keyPackage.extensions) {
    demand(supportsExtension(leafNode, extensionType), "keyPackageExtension", `${extensionType}`);
  }
  const signed = KeyPackageTBS.encode(keyPackage);
  const authentic = verifyWithLabel(suite, leafNode.signatureKey, label, signed, keyPackage.signature);
  demand(authentic, "keyPackageSignature");
  validateLeafAlone(suite, leafNode, undefined, app);
  demandAlive(leafNode, app);
}

/** Whether the owner of a KeyPackage may be added to a group with these parameters. RFC 9420 §10.1 and §13.4 */
export function validateForGroup(
  suite: CipherSuite,
  keyPackage: KeyPackage,
  demands: GroupDemands,
  app: MlsApplication,
): void {
  validateKeyPackage(suite, keyPackage, app);
  demandSupport(keyPackage.leafNode, demands);
}
