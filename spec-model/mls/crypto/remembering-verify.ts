/**
 * Verifying a signature once for everybody that one process simulates: the same message reaches all members of a
 * group, the same leaves are in every tree, and a check costs far more than a hash.
 */
import { concat } from "../../bytes.ts";

type Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

const longest = 255;
const remembered = 20_000;

/** `verify`, a pure function, with its latest answers kept. */
export function rememberingVerify(verify: Verify, hash: (data: Uint8Array) => Uint8Array): Verify {
  const answers = new Map<string, boolean>();
  return (publicKey, message, signature) => {
    if (publicKey.length > longest || signature.length > longest)
      return verify(publicKey, message, signature);
    const lengths = Uint8Array.of(publicKey.length, signature.length);
    const question = String.fromCharCode(...hash(concat(lengths, publicKey, signature, message)));
    const known = answers.get(question);
    if (known !== undefined) return known;
    const answer = verify(publicKey, message, signature);
    if (answers.size >= remembered) answers.clear();
    answers.set(question, answer);
    return answer;
  };
}
