/** Synchronous cryptography for MLS: the modelled cipher suites over node:crypto or plain JavaScript. */
export type { KeyPair } from "./dhkem.ts";
export { sameEntropyFor } from "./hpke.ts";
export { nodePrimitives } from "./node-primitives.ts";
export type { Primitives, ProviderName } from "./primitives.ts";
export { type CipherSuite, type CipherSuiteId, cipherSuite, cipherSuiteIds, type Provider } from "./suite.ts";
