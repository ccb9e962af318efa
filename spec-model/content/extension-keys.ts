/** Which keys the extensions map may have. content-09 §4.3 and §8.2.1 */
import { utf8 } from "../bytes.ts";
import type { CborKey } from "./cbor-value.ts";

const longestTextKey = 255;

/**
 * What is wrong with `key`, or undefined where nothing is. The CDDL lets 0 through; the text speaks of positive and
 * negative integers and the registry reserves it, so it is refused here.
 */
export function problemOfExtensionKey(
  key: CborKey,
): { readonly expected: string; readonly found: string } | undefined {
  if (key instanceof Uint8Array) {
    return { expected: "an integer or text string as key (content-09 §6.2)", found: "a byte string" };
  }
  if (key === 0)
    return { expected: "a key that is not 0, which is reserved (content-09 §8.2.1)", found: "key 0" };
  if (typeof key === "number") return undefined;
  const octets = utf8(key).length;
  if (octets > 0 && octets <= longestTextKey) return undefined;
  return {
    expected: `a text key of 1 to ${longestTextKey} octets (content-09 §4.3)`,
    found: `one of ${octets} octets`,
  };
}
