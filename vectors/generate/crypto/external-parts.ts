/** What the URLs of external parts give, against what the parts say of it. content-09 §4.5 */
import { hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  compose,
  type ExternalPart,
  type Protection,
  publishContent,
  sealContent,
} from "../../../spec-model/content/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { externalHandlers } from "../../adapters/typescript/bodies.ts";
import type { JsonObject, Note, VectorCase, VectorGroup } from "../../format/case.ts";
import { negative, positive } from "../cases.ts";

const now = 1_800_000_000_000;
const ferret = utf8("a picture of a ferret");

const note = (description: string, effect: string): Note => ({
  ...{ kind: "authentication", description, effect },
  draft: "content-09 §4.5",
});

export const externalPartNotes: Readonly<Record<string, Note>> = {
  Valid: {
    kind: "valid",
    description: "What every implementation opens.",
    effect: "Assets that some clients cannot show.",
    draft: "content-09 §4.5",
  },
  Content: note(
    "Another content than the one that was hashed.",
    "The server that keeps it changes what is shown.",
  ),
  Ciphertext: note(
    "It does not decrypt under the key, the nonce and the data that the part has.",
    "As above.",
  ),
  Size: note("Another size than the part says.", "A client downloads whatever it is given."),
  Expired: note("A URL whose time is over.", "Something else may be there by now."),
  Unencrypted: note(
    "Not encrypted, and with what only encryption needs.",
    "One client takes it for encrypted, another does not.",
  ),
};

export function externalPartGroup(seed: string): VectorGroup {
  const sealed = sealContent(ferret, expandEntropy(utf8(seed), "external part"));
  const plain = publishContent(ferret);
  const encrypted = { ...sealed.protection, hashAlg: 0, contentHash: noBytes };
  const encryption = ["content-4.5-aes-128-gcm"];
  const clear = ["content-4.5-unencrypted"];
  const whole = opened(
    "encrypted",
    "AES-128-GCM, with a hash",
    sealed.protection,
    sealed.uploaded,
    encryption,
  );
  const unhashed = opened("unhashed", "AES-128-GCM, without a hash", encrypted, sealed.uploaded, encryption);
  const open = opened("clear", "not encrypted, with a hash", plain.protection, plain.uploaded, clear);
  const bare = { ...plain.protection, hashAlg: 0, contentHash: noBytes };
  const flip = (octets: Uint8Array, at: number) => octets.map((each, i) => (i === at ? each ^ 1 : each));
  const last = sealed.uploaded.length - 1;
  const damaged = hex(flip(sealed.uploaded, 0));
  return {
    operation: "content.open-external",
    comment: "A picture of a ferret, from the URL of an external part",
    input: { now },
    tests: [
      whole,
      unhashed,
      open,
      opened("clear-unhashed", "neither encrypted nor hashed", bare, plain.uploaded, clear),
      refused(whole, "other-content", "Content", "downloaded", "an octet is another", {
        downloaded: damaged,
      }),
      refused(whole, "expired", "Expired", "expires", "the URL has expired", {
        bytes: message({ ...sealed.protection, expires: now / 1000 }),
      }),
      refused(whole, "longer", "Size", "size", "an octet more than the part says", {
        bytes: message({ ...encrypted, size: encrypted.size - 1n }),
      }),
      refused(
        unhashed,
        "other-ciphertext",
        "Ciphertext",
        "downloaded",
        "an octet of the ciphertext is another",
        {
          downloaded: damaged,
        },
      ),
      refused(unhashed, "other-tag", "Ciphertext", "downloaded", "the tag is another", {
        downloaded: hex(flip(sealed.uploaded, last)),
      }),
      refused(unhashed, "other-key", "Ciphertext", "key", "the key is another", {
        bytes: message({ ...encrypted, key: flip(encrypted.key, 0) }),
      }),
      refused(unhashed, "other-nonce", "Ciphertext", "nonce", "the nonce is another", {
        bytes: message({ ...encrypted, nonce: flip(encrypted.nonce, 0) }),
      }),
      refused(unhashed, "other-aad", "Ciphertext", "aad", "additional data that was not encrypted with", {
        bytes: message({ ...encrypted, aad: utf8("x") }),
      }),
      refused(unhashed, "short-key", "Ciphertext", "key", "a key of 15 octets", {
        bytes: message({ ...encrypted, key: encrypted.key.subarray(1) }),
      }),
      refused(open, "with-key", "Unencrypted", "key", "not encrypted, and there is a key", {
        bytes: message({ ...plain.protection, key: sealed.protection.key }),
      }),
      refused(open, "with-nonce", "Unencrypted", "nonce", "not encrypted, and there is a nonce", {
        bytes: message({ ...plain.protection, nonce: sealed.protection.nonce }),
      }),
      refused(open, "with-aad", "Unencrypted", "aad", "not encrypted, and there is additional data", {
        bytes: message({ ...plain.protection, aad: utf8("x") }),
      }),
    ],
  };
}

function message(changes: Protection & Partial<ExternalPart>): string {
  const part: ExternalPart = {
    ...{ disposition: "render", language: "", cardinality: "external", contentType: "image/png" },
    ...{ url: "https://assets.b.example/ferret", expires: 0, description: "", filename: "ferret.png" },
    ...changes,
  };
  const salt = new Uint8Array(16).fill(5);
  const by = { sender: "mimi://b.example/u/bob", room: "mimi://a.example/r/clubhouse", salt };
  return hex(compose(by, part).encoded);
}

function opened(
  slug: string,
  comment: string,
  protection: Protection,
  uploaded: Uint8Array,
  requirements: readonly string[],
): VectorCase {
  const input = { bytes: message(protection), downloaded: hex(uploaded) };
  expected(slug, "opened", input);
  const id = `external-${slug}`;
  return positive({ id, comment, outcome: "opened", input, output: { content: hex(ferret) }, requirements });
}

function refused(
  parent: VectorCase,
  slug: string,
  flag: string,
  path: string,
  op: string,
  change: JsonObject,
): VectorCase {
  expected(slug, "refused", { ...parent.input, ...change });
  return negative(parent, { slug, flag, path: `nestedPart.${path}`, op, outcome: "refused", change });
}

/** Throws where the model answers otherwise. */
function expected(slug: string, outcome: string, input: JsonObject): void {
  const answer = externalHandlers["content.open-external"]?.({ ...input, now });
  if (answer?.outcome !== outcome) throw new Error(`${slug}: the model answers ${answer?.outcome}`);
}
