/** Running the MLS working group's vectors: one family of a file, for the modelled cipher suites and both providers. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromHex, hex } from "../../../../spec-model/bytes.ts";
import { type CipherSuite, cipherSuite, type ProviderName } from "../../../../spec-model/mls/crypto/index.ts";
import type { Codec } from "../../../../spec-model/wire/index.ts";
import { missingShared, sharedFolder } from "../../../shared-folder.ts";

/** Octets that a vector writes in hexadecimal. */
export function octets(text: string): Uint8Array {
  const bytes = fromHex(text);
  if (bytes === undefined) throw new Error(`not hexadecimal: ${text.slice(0, 20)}`);
  return bytes;
}

export function expectHex(actual: Uint8Array | undefined, wanted: string, what = ""): void {
  expect(actual && hex(actual), what).toBe(wanted);
}

/** Decodes, and expects to get the same octets back by encoding. */
export function roundTrip<T>(codec: Codec<T>, text: string, enclosing?: unknown): T {
  const value = codec.decode(octets(text), enclosing);
  expectHex(codec.encode(value, enclosing), text, "encoded again");
  return value;
}

export const bothProviders: readonly ProviderName[] = ["node", "portable"];

interface WithSuite {
  readonly cipher_suite: number;
}

/** One test for each vector of a modelled cipher suite and each provider. */
export function vectorFamily<V extends WithSuite>(
  file: string,
  providers: readonly ProviderName[],
  check: (vector: V, suite: CipherSuite) => void,
): void {
  describe.skipIf(sharedFolder() === undefined)(
    `${file} (${sharedFolder() ? "RFC 9420" : missingShared})`,
    () => {
      for (const provider of providers) {
        vectorsOf<V>(file).forEach((vector, index) => {
          const suite = cipherSuite(vector.cipher_suite, provider);
          if (suite !== undefined) {
            it(`holds for vector ${index}, cipher suite ${suite.id}, ${provider}`, () =>
              check(vector, suite));
          }
        });
      }
    },
  );
}

/** One test for a whole file whose vectors have no cipher suite. */
export function vectorsTogether<V>(file: string, check: (vector: V) => void): void {
  describe.skipIf(sharedFolder() === undefined)(
    `${file} (${sharedFolder() ? "RFC 9420" : missingShared})`,
    () => {
      it("holds for all vectors", () => {
        const vectors = vectorsOf<V>(file);
        expect(vectors.length).toBeGreaterThan(0);
        for (const vector of vectors) check(vector);
      });
    },
  );
}

function vectorsOf<V>(file: string): V[] {
  const folder = sharedFolder();
  if (folder === undefined) return [];
  return JSON.parse(readFileSync(`${folder}/mls-vectors/${file}.json`, "utf8")) as V[];
}
