/** What goes into the signature algorithm for a signature under a label. RFC 9420 §5.1.2 */
import { concat, utf8 } from "../../spec-model/bytes.ts";
import { type Label, SignContent } from "../../spec-model/mls/index.ts";

export function signContentOf(label: Label, content: Uint8Array): Uint8Array {
  const octets = typeof label === "string" ? utf8(label) : label;
  return SignContent.encode({ label: concat(utf8("MLS 1.0 "), octets), content });
}
