/** A gateway's key: how it is published, and the algorithms that go with it. RFC 9458 §3 */
import { concat } from "../../bytes.ts";
import type { CipherSuite, CipherSuiteId, KeyPair } from "../../mls/index.ts";
import { OhttpError } from "./errors.ts";
import { OctetReader, uint16 } from "./octet-reader.ts";

/** HPKE's numbers for what an MLS cipher suite uses. RFC 9180 §7 */
export const algorithmsOf: Readonly<Record<CipherSuiteId, Algorithms>> = {
  1: { kem: 0x0020, kdf: 0x0001, aead: 0x0001 },
  2: { kem: 0x0010, kdf: 0x0001, aead: 0x0001 },
  3: { kem: 0x0020, kdf: 0x0001, aead: 0x0003 },
};

export interface Algorithms {
  readonly kem: number;
  readonly kdf: number;
  readonly aead: number;
}

/** A gateway's key pair with the number that requests name it by. */
export interface GatewayKey {
  readonly keyId: number;
  readonly keys: KeyPair;
}

export interface KeyConfiguration {
  readonly keyId: number;
  readonly kem: number;
  readonly publicKey: Uint8Array;
  readonly symmetric: readonly Omit<Algorithms, "kem">[];
}

export function encodeKeyConfiguration({ keyId, kem, publicKey, symmetric }: KeyConfiguration): Uint8Array {
  const algorithms = concat(...symmetric.flatMap(({ kdf, aead }) => [uint16(kdf), uint16(aead)]));
  const length = uint16(algorithms.length);
  return concat(Uint8Array.of(keyId), uint16(kem), publicKey, length, algorithms);
}

/** What a gateway that works with `suite` publishes. */
export function configurationOf(suite: CipherSuite, { keyId, keys }: GatewayKey): KeyConfiguration {
  const { kem, ...symmetric } = algorithmsOf[suite.id];
  return { keyId, kem, publicKey: keys.publicKey, symmetric: [symmetric] };
}

/** One configuration whose KEM is the suite's: the length of the key is its business. Throws OhttpError. */
export function decodeKeyConfiguration(suite: CipherSuite, bytes: Uint8Array): KeyConfiguration {
  const reader = new OctetReader(bytes);
  const keyId = reader.uint(1);
  const kem = reader.uint(2);
  if (kem !== algorithmsOf[suite.id].kem) throw new OhttpError("algorithms", 1, `KEM ${kem}`);
  const publicKey = reader.take(suite.hpke.publicKeyLength);
  const at = reader.offset;
  const length = reader.uint(2);
  if (length === 0 || length % 4 !== 0) throw new OhttpError("keyConfiguration", at, `${length} octets`);
  const symmetric = Array.from({ length: length / 4 }, () => ({ kdf: reader.uint(2), aead: reader.uint(2) }));
  if (!reader.isAtEnd) throw new OhttpError("trailingOctets", reader.offset, "the configuration goes on");
  return { keyId, kem, publicKey, symmetric };
}
