/**
 * Verifying a signature once for everybody that one process simulates: the same message reaches all members of a
 * group, the same leaves are in every tree, and a check costs far more than to find out that it has been made.
 */
import { equalBytes } from "../../bytes.ts";

type Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

interface Answer {
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
  readonly authentic: boolean;
}

/** `verify`, a pure function, with its latest answers kept; of those about long messages, only a few. */
export function rememberingVerify(verify: Verify): Verify {
  const [aboutShort, aboutLong] = [rememberingLatest(verify, 20_000), rememberingLatest(verify, 64)];
  return (publicKey, message, signature) =>
    message.length <= longestShort
      ? aboutShort(publicKey, message, signature)
      : aboutLong(publicKey, message, signature);
}

const longestShort = 1024;

function rememberingLatest(verify: Verify, limit: number): Verify {
  const answers = new Map<number, Answer>();
  return (publicKey, message, signature) => {
    const place = placeOf(signature);
    const known = answers.get(place);
    if (
      known !== undefined &&
      equalBytes(known.signature, signature) &&
      equalBytes(known.publicKey, publicKey) &&
      equalBytes(known.message, message)
    ) {
      return known.authentic;
    }
    const authentic = verify(publicKey, message, signature);
    if (answers.size >= limit) answers.clear();
    answers.set(place, { publicKey, signature, message, authentic });
    return authentic;
  };
}

/** The last six octets as a number: the same for the same signature, and seldom the same for two. */
function placeOf(signature: Uint8Array): number {
  let place = 0;
  for (const octet of signature.subarray(-6)) place = place * 256 + octet;
  return place;
}
