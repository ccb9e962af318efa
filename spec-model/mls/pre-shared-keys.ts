/** Pre-shared keys on their way into the key schedule (RFC 9420 §8.4, mls-extensions §4.5). */
import { hex } from "../bytes.ts";
import type { CipherSuite } from "./crypto/index.ts";
import { present } from "./errors.ts";
import { zeroSecret } from "./key-schedule.ts";
import { expandWithLabel } from "./labelled.ts";
import { PreSharedKeyID, PSKLabel } from "./structures/index.ts";

export type FindPsk = (id: PreSharedKeyID) => Uint8Array | undefined;

/** The secret that these PSKs give together, in this order; refuses one that cannot be found (`unknownPsk`). */
export function pskSecret(suite: CipherSuite, ids: readonly PreSharedKeyID[], find: FindPsk): Uint8Array {
  let secret = zeroSecret(suite);
  ids.forEach((id, index) => {
    const psk = present(find(id), "unknownPsk", hex(PreSharedKeyID.encode(id)));
    const extracted = suite.kdf.extract(zeroSecret(suite), psk);
    const label = PSKLabel.encode({ id, index, count: ids.length });
    const input = expandWithLabel(suite, extracted, "derived psk", label, suite.hashLength);
    secret = suite.kdf.extract(input, secret);
  });
  return secret;
}
