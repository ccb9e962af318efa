/** Clients that make one mistake each about parts of a body and about texts. content-09 §4.4, §4.5; protocol-06 §7.6 */
import { ctr } from "@noble/ciphers/aes.js";
import { concat, noBytes } from "../../spec-model/bytes.ts";
import {
  decodeContent,
  type ExternalPart,
  inconsistenciesOf,
  indexedParts,
  openContent,
  referencesIn,
} from "../../spec-model/content/index.ts";
import { octetsIn } from "../adapters/typescript/input.ts";
import type { JsonObject } from "../format/case.ts";
import type { LoadedCase } from "../verify/index.ts";
import { unlessCrashed } from "./state-mutant.ts";

export interface BodyMutant {
  readonly id: string;
  readonly says: string;
  readonly survives: (each: LoadedCase) => boolean;
}

function mutant(
  operation: string,
  wrong: string,
  id: string,
  says: string,
  accepts: (input: JsonObject) => boolean,
): BodyMutant {
  return {
    id,
    says,
    survives: (each) =>
      each.operation === operation &&
      each.expect.allow.includes(wrong) &&
      unlessCrashed(() => accepts(each.input)) === true,
  };
}

/** A reader of references that takes every reference that `fits`. */
function referring(
  id: string,
  says: string,
  fits: (to: number, cardinalities: readonly string[]) => boolean,
): BodyMutant {
  return mutant("content.references", "dangling", id, says, (input) => {
    const parts = indexedParts(decodeContent(octetsIn(input, "bytes")).nestedPart);
    const cardinalities = parts.map(({ part }) => part.cardinality);
    return parts.every(({ part }) => referencesIn(part).every((to) => fits(to, cardinalities)));
  });
}

const isLeaf = (cardinality: string | undefined) => cardinality === "single" || cardinality === "external";

/** A client that reads an external part in its own way before it opens it. */
function opening(id: string, says: string, reads: (part: ExternalPart) => ExternalPart): BodyMutant {
  return mutant("content.open-external", "refused", id, says, (input) => {
    const part = reads(externalIn(input));
    if (inconsistenciesOf(part).length > 0) return false;
    return openContent(part, octetsIn(input, "downloaded"), Number(input["now"])).ok;
  });
}

function externalIn(input: JsonObject): ExternalPart {
  const part = decodeContent(octetsIn(input, "bytes")).nestedPart;
  if (part.cardinality !== "external") throw new Error("the body is no external part");
  return part;
}

export const bodyMutants: readonly BodyMutant[] = [
  referring(
    "references to any part",
    "does not ask what kind of part a content ID leads to",
    (to, parts) => to < parts.length,
  ),
  referring(
    "references to nowhere",
    "does not ask whether there is a part that a content ID leads to",
    (to, parts) => to >= parts.length || isLeaf(parts[to]),
  ),
  mutant(
    "room.description",
    "other",
    "descriptions in any octets",
    "shows a description whose octets are no UTF-8",
    ({ mediaType }) => mediaType === "" || String(mediaType).startsWith("text/"),
  ),
  opening("assets of any size", "does not compare the size of what it downloads", (part) => ({
    ...part,
    size: 0n,
  })),
  opening("assets of any time", "downloads from URLs that have expired", (part) => ({ ...part, expires: 0 })),
  opening(
    "clear assets with leftovers",
    "does not look at key, nonce and data of what is not encrypted",
    (part) => (part.encAlg === 0 ? { ...part, key: noBytes, nonce: noBytes, aad: noBytes } : part),
  ),
  opening("assets without additional data", "decrypts without the part's additional data", (part) => ({
    ...part,
    aad: part.encAlg === 0 ? part.aad : noBytes,
  })),
  mutant(
    "content.open-external",
    "refused",
    "assets without authentication",
    "decrypts in counter mode, without a look at tag and hash",
    (input) => {
      const part = externalIn(input);
      const isUsable = part.encAlg === 1 && inconsistenciesOf(part).length === 0;
      const isWhole = part.size === BigInt(octetsIn(input, "downloaded").length);
      return isUsable && isWhole && part.expires === 0 && decryptsTo(part, input).length > 0;
    },
  ),
  mutant(
    "content.open-external",
    "refused",
    "assets under short keys",
    "fills keys that are too short with zeros, and decrypts in counter mode",
    (input) => {
      const part = externalIn(input);
      const key = concat(part.key, new Uint8Array(Math.max(0, 16 - part.key.length)));
      return part.encAlg === 1 && part.key.length < 16 && decryptsTo({ ...part, key }, input).length > 0;
    },
  ),
];

/** AES-GCM without its tag: counter mode, whose first counter is 2. NIST SP 800-38D §7.2 */
function decryptsTo({ key, nonce }: Pick<ExternalPart, "key" | "nonce">, input: JsonObject): Uint8Array {
  return ctr(key, concat(nonce, Uint8Array.of(0, 0, 0, 2))).decrypt(octetsIn(input, "downloaded"));
}
