/** External content: encrypting it before upload, and checking and decrypting what the URL gives. content-09 §4.5 */
import { gcm } from "@noble/ciphers/aes.js";
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { equalBytes, noBytes } from "../bytes.ts";
import type { RandomSource } from "../random.ts";
import type { ExternalPart } from "./container.ts";

/** Numbers of the IANA AEAD registry. All implementations have AES-128-GCM; 0 is no encryption. */
export const aead = { none: 0, aes128Gcm: 1, aes256Gcm: 2, chacha20Poly1305: 29 } as const;

/** Numbers of the IANA Named Information hash registry; 0 is no hash. */
export const hashAlgorithm = { none: 0, sha256: 1, sha384: 7, sha512: 8 } as const;

interface Cipher {
  encrypt(plaintext: Uint8Array): Uint8Array;
  decrypt(ciphertext: Uint8Array): Uint8Array;
}

interface Aead {
  readonly keyLength: number;
  readonly nonceLength: number;
  readonly cipher: (key: Uint8Array, nonce: Uint8Array, aad: Uint8Array) => Cipher;
}

const aeads = new Map<number, Aead>([
  [aead.aes128Gcm, { keyLength: 16, nonceLength: 12, cipher: gcm }],
  [aead.aes256Gcm, { keyLength: 32, nonceLength: 12, cipher: gcm }],
  [aead.chacha20Poly1305, { keyLength: 32, nonceLength: 12, cipher: chacha20poly1305 }],
]);

const hashes = new Map<number, (content: Uint8Array) => Uint8Array>([
  [hashAlgorithm.sha256, sha256],
  [hashAlgorithm.sha384, sha384],
  [hashAlgorithm.sha512, sha512],
]);

/** The fields of an ExternalPart that tell how to check and decrypt what its URL gives. */
export type Protection = Pick<
  ExternalPart,
  "size" | "encAlg" | "key" | "nonce" | "aad" | "hashAlg" | "contentHash"
>;

/** Content ready for upload, and what its ExternalPart has to say. */
export interface SealedContent {
  readonly uploaded: Uint8Array;
  readonly protection: Protection;
}

/**
 * `content` encrypted with AES-128-GCM under a fresh key and nonce. `size` and `contentHash` are those of the
 * ciphertext: the draft's "content at the target url" for the hash; for the size it leaves open which is meant.
 */
export function sealContent(content: Uint8Array, random: RandomSource): SealedContent {
  const key = random.bytes(16);
  const nonce = random.bytes(12);
  const uploaded = gcm(key, nonce).encrypt(content);
  return { uploaded, protection: protectionOf(uploaded, aead.aes128Gcm, key, nonce) };
}

/** `content` as it is, for what is not private: no encryption, so key, nonce and aad are empty; with a hash. */
export function publishContent(content: Uint8Array): SealedContent {
  return { uploaded: content, protection: protectionOf(content, aead.none, noBytes, noBytes) };
}

/** Why downloaded content is not usable. */
export type DownloadProblem =
  | "expired"
  | "wrongSize"
  | "unsupportedHash"
  | "wrongHash"
  | "unsupportedEncryption"
  | "wrongKeyOrNonceLength"
  | "notAuthentic";

export type OpenedContent =
  | { readonly ok: true; readonly content: Uint8Array }
  | { readonly ok: false; readonly problem: DownloadProblem };

/** The content that `part` promises, out of what its URL gave; `now` in milliseconds since the UNIX epoch. */
export function openContent(part: ExternalPart, downloaded: Uint8Array, now: number): OpenedContent {
  const problem = problemOfDownload(part, downloaded, now);
  if (problem !== undefined) return { ok: false, problem };
  return part.encAlg === aead.none ? { ok: true, content: downloaded } : decrypt(part, downloaded);
}

/** What in the fields of an ExternalPart contradicts §4.5 or itself, in words; nothing where all is well. */
export function inconsistenciesOf(part: ExternalPart): readonly string[] {
  const found: string[] = [];
  const { encAlg, key, nonce, aad: data, hashAlg, contentHash, url } = part;
  if (encAlg === aead.none && key.length + nonce.length + data.length > 0) {
    found.push("encAlg 0 wants key, nonce and aad of no octets");
  }
  const algorithm = aeads.get(encAlg);
  if (algorithm !== undefined && !hasRightLengths(algorithm, part)) {
    found.push(
      `encAlg ${encAlg} wants ${algorithm.keyLength} octets of key and ${algorithm.nonceLength} of nonce`,
    );
  }
  const hash = hashes.get(hashAlg);
  const hashLength = hashAlg === hashAlgorithm.none ? 0 : hash?.(noBytes).length;
  if (hashLength !== undefined && contentHash.length !== hashLength) {
    found.push(`hashAlg ${hashAlg} wants ${hashLength} octets of contentHash`);
  }
  if (!/^https?:\/\//i.test(url)) found.push("the URL is neither https nor http (content-09 §7.1)");
  return found;
}

function protectionOf(uploaded: Uint8Array, encAlg: number, key: Uint8Array, nonce: Uint8Array): Protection {
  return {
    size: BigInt(uploaded.length),
    encAlg,
    key,
    nonce,
    aad: noBytes,
    hashAlg: hashAlgorithm.sha256,
    contentHash: sha256(uploaded),
  };
}

function problemOfDownload(
  part: ExternalPart,
  downloaded: Uint8Array,
  now: number,
): DownloadProblem | undefined {
  if (part.expires !== 0 && now >= part.expires * 1000) return "expired";
  if (part.size !== 0n && part.size !== BigInt(downloaded.length)) return "wrongSize";
  if (part.hashAlg === hashAlgorithm.none) return undefined;
  const hash = hashes.get(part.hashAlg);
  if (hash === undefined) return "unsupportedHash";
  return equalBytes(hash(downloaded), part.contentHash) ? undefined : "wrongHash";
}

function decrypt(part: ExternalPart, downloaded: Uint8Array): OpenedContent {
  const algorithm = aeads.get(part.encAlg);
  if (algorithm === undefined) return { ok: false, problem: "unsupportedEncryption" };
  if (!hasRightLengths(algorithm, part)) return { ok: false, problem: "wrongKeyOrNonceLength" };
  try {
    return { ok: true, content: algorithm.cipher(part.key, part.nonce, part.aad).decrypt(downloaded) };
  } catch {
    return { ok: false, problem: "notAuthentic" };
  }
}

function hasRightLengths(algorithm: Aead, part: ExternalPart): boolean {
  return part.key.length === algorithm.keyLength && part.nonce.length === algorithm.nonceLength;
}
