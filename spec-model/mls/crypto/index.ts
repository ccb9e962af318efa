/** Synchronous cryptography for MLS: the modelled cipher suites over node:crypto or plain JavaScript. */
export type { KeyPair } from "./dhkem.ts";
export { type Exported, type Hpke, type Sealed, sameEntropyFor } from "./hpke.ts";
export type { Aead, ProviderName } from "./primitives.ts";
export {
  type CipherSuite,
  type CipherSuiteId,
  cipherSuite,
  cipherSuiteIds,
  type Signatures,
} from "./suite.ts";
