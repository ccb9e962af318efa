import { expect } from "vitest";
import { utf8 } from "../../../../spec-model/bytes.ts";
import {
  decryptWithLabel,
  deriveSecret,
  encryptWithLabel,
  expandWithLabel,
  signWithLabel,
  verifyWithLabel,
} from "../../../../spec-model/mls/labelled.ts";
import { RefHashInput } from "../../../../spec-model/mls/structures/index.ts";
import { expandEntropy } from "../../../../spec-model/random.ts";
import { bothProviders, expectHex, octets, vectorFamily } from "./family.ts";

interface CryptoBasics {
  cipher_suite: number;
  ref_hash: { label: string; value: string; out: string };
  expand_with_label: { secret: string; label: string; context: string; length: number; out: string };
  derive_secret: { secret: string; label: string; out: string };
  derive_tree_secret: { secret: string; label: string; generation: number; length: number; out: string };
  sign_with_label: { priv: string; pub: string; content: string; label: string; signature: string };
  encrypt_with_label: {
    priv: string;
    pub: string;
    label: string;
    context: string;
    plaintext: string;
    kem_output: string;
    ciphertext: string;
  };
}

vectorFamily<CryptoBasics>("crypto-basics", bothProviders, (vector, suite) => {
  const { ref_hash, expand_with_label, derive_secret, derive_tree_secret } = vector;
  // The family's label stands for the whole one: RFC 9420 puts "MLS 1.0 " in front, the vectors do not.
  const label = utf8(ref_hash.label);
  expectHex(
    suite.hash(RefHashInput.encode({ label, value: octets(ref_hash.value) })),
    ref_hash.out,
    "RefHash",
  );
  const expanded = expandWithLabel(
    suite,
    octets(expand_with_label.secret),
    expand_with_label.label,
    octets(expand_with_label.context),
    expand_with_label.length,
  );
  expectHex(expanded, expand_with_label.out, "ExpandWithLabel");
  expectHex(deriveSecret(suite, octets(derive_secret.secret), derive_secret.label), derive_secret.out);
  const generation = new Uint8Array(4);
  new DataView(generation.buffer).setUint32(0, derive_tree_secret.generation);
  const treeSecret = expandWithLabel(
    suite,
    octets(derive_tree_secret.secret),
    derive_tree_secret.label,
    generation,
    derive_tree_secret.length,
  );
  expectHex(treeSecret, derive_tree_secret.out, "DeriveTreeSecret");

  const s = vector.sign_with_label;
  const content = octets(s.content);
  expect(verifyWithLabel(suite, octets(s.pub), s.label, content, octets(s.signature))).toBe(true);
  const signature = signWithLabel(suite, octets(s.priv), s.label, content);
  expect(verifyWithLabel(suite, octets(s.pub), s.label, content, signature)).toBe(true);

  const e = vector.encrypt_with_label;
  const [priv, pub, context] = [octets(e.priv), octets(e.pub), octets(e.context)];
  const sealed = { kemOutput: octets(e.kem_output), ciphertext: octets(e.ciphertext) };
  expectHex(decryptWithLabel(suite, priv, e.label, context, sealed, "contentDecryption"), e.plaintext);
  const own = encryptWithLabel(
    suite,
    pub,
    e.label,
    context,
    octets(e.plaintext),
    expandEntropy(pub, "vector"),
  );
  expectHex(decryptWithLabel(suite, priv, e.label, context, own, "contentDecryption"), e.plaintext);
});
