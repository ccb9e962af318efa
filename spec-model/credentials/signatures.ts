/** The two signature algorithms of credentials, by the cipher suites: Ed25519, and ECDSA on P-256 with SHA-256. */
import { concat } from "../bytes.ts";
import { cipherSuite } from "../mls/index.ts";

/** By JOSE's names (RFC 7518 §3.1, RFC 8037 §3.1). */
export type Algorithm = "EdDSA" | "ES256";

const suites = { EdDSA: 1, ES256: 2 } as const;

/** Whether octets have the form in which MLS writes a public key of this algorithm. RFC 9420 §5.1.1 */
export function isKeyOf(algorithm: Algorithm, publicKey: Uint8Array): boolean {
  if (algorithm === "EdDSA") return publicKey.length === 32;
  return publicKey.length === 65 && publicKey[0] === 4;
}

/** ES256 signatures are DER here, as in certificates and MLS. */
export function verify(
  algorithm: Algorithm,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  return cipherSuite(suites[algorithm]).signature.verify(publicKey, message, signature);
}

export function sign(algorithm: Algorithm, privateKey: Uint8Array, message: Uint8Array): Uint8Array {
  return cipherSuite(suites[algorithm]).signature.sign(privateKey, message);
}

/** An ES256 signature as JOSE has it, two numbers of 32 octets (RFC 7518 §3.4), in DER; undefined for other lengths. */
export function derFromPair(pair: Uint8Array): Uint8Array | undefined {
  if (pair.length !== 64) return undefined;
  const both = concat(derInteger(pair.subarray(0, 32)), derInteger(pair.subarray(32)));
  return concat(Uint8Array.of(0x30, both.length), both);
}

/** The reverse, for a signature that our suite has made. */
export function pairFromDer(der: Uint8Array): Uint8Array {
  const pair = new Uint8Array(64);
  let at = 2;
  for (const end of [32, 64]) {
    const length = der[at + 1] ?? 0;
    const number = der.subarray(at + 2, at + 2 + length);
    const significant = number[0] === 0 ? number.subarray(1) : number;
    pair.set(significant, end - significant.length);
    at += 2 + length;
  }
  return pair;
}

function derInteger(number: Uint8Array): Uint8Array {
  const first = number.findIndex((octet) => octet !== 0);
  const significant = first === -1 ? Uint8Array.of(0) : number.subarray(first);
  const sign = (significant[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array(0);
  return concat(Uint8Array.of(2, sign.length + significant.length), sign, significant);
}
