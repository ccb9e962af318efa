/** LabeledExtract and LabeledExpand of RFC 9180 §4. */
import { concat, utf8 } from "../../bytes.ts";
import type { Hkdf } from "./hkdf.ts";

export interface LabelledHkdf {
  extract(salt: Uint8Array, label: string, inputKeyMaterial: Uint8Array): Uint8Array;
  expand(key: Uint8Array, label: string, info: Uint8Array, length: number): Uint8Array;
}

export function labelled(hkdf: Hkdf, suiteId: Uint8Array): LabelledHkdf {
  const prefixes = new Map<string, Uint8Array>();
  const prefix = (label: string) => {
    const known = prefixes.get(label);
    if (known !== undefined) return known;
    const octets = concat(utf8("HPKE-v1"), suiteId, utf8(label));
    prefixes.set(label, octets);
    return octets;
  };
  return {
    extract: (salt, label, inputKeyMaterial) => hkdf.extract(salt, concat(prefix(label), inputKeyMaterial)),
    expand: (key, label, info, length) =>
      hkdf.expand(key, concat(Uint8Array.of(length >> 8, length & 0xff), prefix(label), info), length),
  };
}
