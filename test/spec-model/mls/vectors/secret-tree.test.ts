import { defaultRetention } from "../../../../spec-model/mls/application.ts";
import { senderDataKeys } from "../../../../spec-model/mls/content-encryption.ts";
import { keyOfGeneration, secretTreeOf } from "../../../../spec-model/mls/secret-tree.ts";
import { bothProviders, expectHex, octets, vectorFamily } from "./family.ts";

interface Generation {
  generation: number;
  application_key: string;
  application_nonce: string;
  handshake_key: string;
  handshake_nonce: string;
}

interface SecretTreeVector {
  cipher_suite: number;
  sender_data: { sender_data_secret: string; ciphertext: string; key: string; nonce: string };
  encryption_secret: string;
  leaves: Generation[][];
}

vectorFamily<SecretTreeVector>("secret-tree", bothProviders, (vector, suite) => {
  const { sender_data } = vector;
  const sender = senderDataKeys(
    suite,
    octets(sender_data.sender_data_secret),
    octets(sender_data.ciphertext),
  );
  expectHex(sender.key, sender_data.key);
  expectHex(sender.nonce, sender_data.nonce);
  let tree = secretTreeOf(octets(vector.encryption_secret), 2 * vector.leaves.length - 1);
  vector.leaves.forEach((generations, leaf) => {
    for (const wanted of [...generations].reverse()) {
      for (const kind of ["application", "handshake"] as const) {
        const drawn = keyOfGeneration(suite, tree, leaf, kind, wanted.generation, defaultRetention);
        tree = drawn.tree;
        expectHex(drawn.key, wanted[`${kind}_key`]);
        expectHex(drawn.nonce, wanted[`${kind}_nonce`]);
      }
    }
  });
});
