/** What can be wrong with a signature under a label: the same faults for everything that is signed. RFC 9420 §5.1.2 */
import { concat, noBytes } from "../../../spec-model/bytes.ts";
import { type CipherSuite, type Label, signWithLabel } from "../../../spec-model/mls/index.ts";
import { flipped } from "./keys.ts";

export interface Signer {
  readonly suite: CipherSuite;
  readonly privateKey: Uint8Array;
  /** Of somebody else. */
  readonly otherPrivateKey: Uint8Array;
  readonly label: Label;
  /** What the signature covers. */
  readonly content: Uint8Array;
  /** A label under which the same key signs something else. */
  readonly otherLabel: Label;
}

export interface WrongSignature {
  readonly slug: string;
  readonly op: string;
  readonly flag: "Signature" | "Label" | "OtherKey" | "Unsigned";
  readonly signature: Uint8Array;
}

export function wrongSignatures(signer: Signer): WrongSignature[] {
  const { suite, privateKey, otherPrivateKey, label, content, otherLabel } = signer;
  const right = signWithLabel(suite, privateKey, label, content);
  const under = (other: Label) => signWithLabel(suite, privateKey, other, content);
  const damaged = (slug: string, op: string, signature: Uint8Array) =>
    ({ slug, op, flag: "Signature", signature }) as const;
  const labelled = (slug: string, op: string, signature: Uint8Array) =>
    ({ slug, op, flag: "Label", signature }) as const;
  return [
    damaged("first-octet", "a bit of the signature's first octet is changed", flipped(right, 0)),
    damaged("last-octet", "a bit of the signature's last octet is changed", flipped(right)),
    damaged("empty", "the signature is empty", noBytes),
    damaged("half", "the signature's second half is missing", right.subarray(0, right.length / 2)),
    damaged("longer", "an octet stands behind the signature", concat(right, Uint8Array.of(0))),
    damaged("zero", "the signature is all zeros", new Uint8Array(right.length)),
    labelled("other-label", "signed under the label of something else", under(otherLabel)),
    labelled("no-label", "signed under an empty label", under(noBytes)),
    labelled("bare", "signed without SignContent around it", suite.signature.sign(privateKey, content)),
    {
      slug: "other-key",
      op: "signed with somebody else's key",
      flag: "OtherKey",
      signature: signWithLabel(suite, otherPrivateKey, label, content),
    },
    {
      slug: "other-content",
      op: "the signature covers all but the last octet",
      flag: "Unsigned",
      signature: signWithLabel(suite, privateKey, label, content.subarray(0, -1)),
    },
  ];
}
