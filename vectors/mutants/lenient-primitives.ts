/** Cryptography with one mistake each, under an implementation that is right otherwise. */
import * as nodeCrypto from "node:crypto";
import { concat, equalBytes, utf8 } from "../../spec-model/bytes.ts";
import { nodePrimitives, SignContent } from "../../spec-model/mls/index.ts";

const right = nodePrimitives(nodeCrypto);
type Primitives = typeof right;
type Verify = Primitives["ed25519"]["verify"];

function withVerify(change: (verify: Verify) => Verify): Primitives {
  return {
    ...right,
    ed25519: { ...right.ed25519, verify: change(right.ed25519.verify) },
    ecdsaP256: { ...right.ecdsaP256, verify: change(right.ecdsaP256.verify) },
  };
}

/** Labels that MLS and MIMI sign under; the empty one and those of components among them. */
const labels = [
  "",
  "KeyMaterialRequestTBS",
  "GroupInfoRequestTBS",
  "GroupInfoResponseTBS",
  "FrankingIntegrityTBS",
  "PseudonymousCredentialTBS",
  "test",
].map((label) => concat(utf8("MLS 1.0 "), utf8(label)));

const anyLabel = (verify: Verify): Verify => {
  return (publicKey, message, signature) => {
    const { content } = SignContent.decode(message);
    return [message, content, ...labels.map((label) => SignContent.encode({ label, content }))].some((each) =>
      verify(publicKey, each, signature),
    );
  };
};

const shorter =
  (verify: Verify): Verify =>
  (publicKey, message, signature) =>
    verify(publicKey, message, signature) || verify(publicKey, message, signature.subarray(0, -1));

/** Decrypts without looking at the tag, and so without the additional data. */
function unauthenticated(): Primitives["aeads"] {
  const open =
    (name: "aes-128-ctr" | "chacha20", ivOf: (nonce: Uint8Array) => Uint8Array) =>
    (key: Uint8Array, nonce: Uint8Array, _aad: Uint8Array, ciphertext: Uint8Array) => {
      const decipher = nodeCrypto.createDecipheriv(name, key, ivOf(nonce));
      return new Uint8Array(decipher.update(ciphertext.subarray(0, Math.max(0, ciphertext.length - 16))));
    };
  const { "AES-128-GCM": gcm, ChaCha20Poly1305: chacha } = right.aeads;
  return {
    // Both modes count blocks; the first is the tag's.
    "AES-128-GCM": { ...gcm, open: open("aes-128-ctr", (nonce) => concat(nonce, Uint8Array.of(0, 0, 0, 2))) },
    ChaCha20Poly1305: {
      ...chacha,
      open: open("chacha20", (nonce) => concat(Uint8Array.of(1, 0, 0, 0), nonce)),
    },
  };
}

/** By what each of them does wrong. */
export const lenientPrimitives: Readonly<Record<string, Primitives>> = {
  "takes any signature": withVerify(() => () => true),
  "takes a signature under any label": withVerify(anyLabel),
  "ignores an octet behind a signature": withVerify(shorter),
  "decrypts without looking at the tag": { ...right, aeads: unauthenticated() },
};

/** What is authentic to somebody who trusts whoever brings it: everything. */
export const trusting: Primitives = {
  ...withVerify(() => () => true),
  sameDigest: () => true,
  aeads: unauthenticated(),
};

/** Whether the first octets are equal: as many as a comparison in a hurry looks at. */
export function sameBeginning(a: Uint8Array, b: Uint8Array, length: number): boolean {
  return equalBytes(a.subarray(0, length), b.subarray(0, length));
}
