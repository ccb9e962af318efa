import { hex } from "../../../../spec-model/bytes.ts";
import { pskSecret } from "../../../../spec-model/mls/pre-shared-keys.ts";
import { bothProviders, expectHex, octets, vectorFamily } from "./family.ts";

interface PskSecret {
  cipher_suite: number;
  psks: { psk_id: string; psk: string; psk_nonce: string }[];
  psk_secret: string;
}

vectorFamily<PskSecret>("psk_secret", bothProviders, (vector, suite) => {
  const ids = vector.psks.map(({ psk_id, psk_nonce }) => ({
    psktype: "external" as const,
    pskId: octets(psk_id),
    pskNonce: octets(psk_nonce),
  }));
  const secret = pskSecret(suite, ids, (id) => {
    const nonce = hex(id.pskNonce);
    const known = vector.psks.find(
      (psk) => psk.psk_nonce === nonce && id.psktype === "external" && psk.psk_id === hex(id.pskId),
    );
    return known && octets(known.psk);
  });
  expectHex(secret, vector.psk_secret);
});
