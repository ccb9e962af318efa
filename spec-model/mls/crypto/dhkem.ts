/** The key encapsulation of RFC 9180 §4.1: DHKEM over X25519 or P-256, with HKDF-SHA256. */
import { concat, hex, noBytes, utf8 } from "../../bytes.ts";
import type { Hkdf } from "./hkdf.ts";
import { labelled } from "./labelled-hkdf.ts";
import type { DhGroup } from "./primitives.ts";

export interface KeyPair {
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}

export interface Kem {
  /** RFC 9180 §7.1 */
  readonly id: number;
  readonly publicKeyLength: number;
  deriveKeyPair(inputKeyMaterial: Uint8Array): KeyPair;
  /** The shared secret and its encapsulation under an ephemeral key pair; undefined for an unusable public key. */
  encapsulate(
    publicKey: Uint8Array,
    ephemeral: KeyPair,
  ): { sharedSecret: Uint8Array; encapsulated: Uint8Array } | undefined;
  decapsulate(privateKey: Uint8Array, encapsulated: Uint8Array): Uint8Array | undefined;
}

/** How a group turns the pseudorandom key of DeriveKeyPair into a private key (RFC 9180 §7.1.3). */
type PrivateKeyFrom = (expand: (label: string, info: Uint8Array) => Uint8Array) => Uint8Array;

const p256Order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

export function dhkemX25519(hkdf: Hkdf, group: DhGroup): Kem {
  return dhkem({ id: 0x0020, publicKeyLength: 32 }, hkdf, group, (expand) => expand("sk", noBytes));
}

export function dhkemP256(hkdf: Hkdf, group: DhGroup): Kem {
  return dhkem({ id: 0x0010, publicKeyLength: 65 }, hkdf, group, (expand) => {
    for (let counter = 0; counter < 256; counter++) {
      const candidate = expand("candidate", Uint8Array.of(counter));
      const scalar = BigInt(`0x${hex(candidate)}`);
      if (scalar > 0n && scalar < p256Order) return candidate;
    }
    throw new Error("DeriveKeyPair of RFC 9180 §7.1.3 ran out of candidates"); // chance: 2^-8192
  });
}

function dhkem(
  { id, publicKeyLength }: Pick<Kem, "id" | "publicKeyLength">,
  hkdf: Hkdf,
  group: DhGroup,
  privateKeyFrom: PrivateKeyFrom,
): Kem {
  const kdf = labelled(hkdf, concat(utf8("KEM"), Uint8Array.of(id >> 8, id & 0xff)));
  const agree = (dh: Uint8Array, encapsulated: Uint8Array, recipient: Uint8Array) =>
    kdf.expand(kdf.extract(noBytes, "eae_prk", dh), "shared_secret", concat(encapsulated, recipient), 32);
  return {
    id,
    publicKeyLength,
    deriveKeyPair(inputKeyMaterial) {
      const key = kdf.extract(noBytes, "dkp_prk", inputKeyMaterial);
      const privateKey = privateKeyFrom((label, info) => kdf.expand(key, label, info, 32));
      return { privateKey, publicKey: group.publicKeyOf(privateKey) };
    },
    encapsulate(publicKey, ephemeral) {
      const dh = group.sharedSecret(ephemeral.privateKey, publicKey);
      const encapsulated = ephemeral.publicKey;
      return dh && { encapsulated, sharedSecret: agree(dh, encapsulated, publicKey) };
    },
    decapsulate(privateKey, encapsulated) {
      const dh = group.sharedSecret(privateKey, encapsulated);
      return dh && agree(dh, encapsulated, group.publicKeyOf(privateKey));
    },
  };
}
