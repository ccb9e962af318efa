/**
 * Verifying a signature once for everybody that one process simulates: the same message reaches all members of a
 * group, the same leaves are in every tree, and a check costs far more than to find out that it has been made.
 */
import { equalBytes } from "../../bytes.ts";

type Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

interface Answer {
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  readonly length: number;
  /** The message, or its hash where it is long. */
  readonly message: Uint8Array;
  readonly authentic: boolean;
}

const longestKept = 1024;
const remembered = 20_000;

/** `verify`, a pure function, with its latest answers kept. */
export function rememberingVerify(verify: Verify, hash: (data: Uint8Array) => Uint8Array): Verify {
  const answers = new Map<number, Answer>();
  return (publicKey, message, signature) => {
    const { length } = message;
    const kept = length > longestKept ? hash(message) : message;
    const place = placeOf(signature);
    const known = answers.get(place);
    if (
      known !== undefined &&
      known.length === length &&
      equalBytes(known.signature, signature) &&
      equalBytes(known.message, kept) &&
      equalBytes(known.publicKey, publicKey)
    ) {
      return known.authentic;
    }
    const authentic = verify(publicKey, message, signature);
    if (answers.size >= remembered) answers.clear();
    answers.set(place, { publicKey, signature, length, message: kept, authentic });
    return authentic;
  };
}

/** The last six octets as a number: the same for the same signature, and seldom the same for two. */
function placeOf(signature: Uint8Array): number {
  let place = 0;
  for (const octet of signature.subarray(-6)) place = place * 256 + octet;
  return place;
}
