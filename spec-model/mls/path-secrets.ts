/** Path secrets: one for each node of a filtered direct path, each derived from the one below (RFC 9420 §7.4). */
import type { CipherSuite, KeyPair } from "./crypto/index.ts";
import { deriveSecret } from "./labelled.ts";

/** The key pair of the node that a path secret belongs to. */
export function nodeKeyPair(suite: CipherSuite, pathSecret: Uint8Array): KeyPair {
  return suite.hpke.deriveKeyPair(deriveSecret(suite, pathSecret, "node"));
}

/** The path secret of the next node up, or the commit secret above the last one. */
export function nextPathSecret(suite: CipherSuite, pathSecret: Uint8Array): Uint8Array {
  return deriveSecret(suite, pathSecret, "path");
}
