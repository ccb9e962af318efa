/** Domain names, which is what a provider is called inside the protocol. protocol-06 §3 */
import { type Parsed, parsed, unparsable } from "./parsed.ts";

const label = /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const longestDomain = 253;

/**
 * The domain name in lower case. Errors: anything but letters, digits and hyphens in labels of 1 to 63 characters
 * (an internationalised name comes as A-labels), 253 characters in all, and a last label of digits only, which
 * would be an IP address: the drafts name providers by domain names.
 */
export function parseDomain(text: string): Parsed<string> {
  let position = 0;
  const labels = text.split(".");
  for (const each of labels) {
    if (!label.test(each)) return unparsable(text, position, badLabel(each));
    position += each.length + 1;
  }
  if (text.length > longestDomain) {
    return unparsable(text, longestDomain, "a domain name has at most 253 characters");
  }
  if (/^[0-9]+$/.test(labels.at(-1) ?? "")) {
    return unparsable(
      text,
      text.lastIndexOf(".") + 1,
      "a provider is named by a domain name, not an address",
    );
  }
  return parsed(text.toLowerCase());
}

function badLabel(text: string): string {
  if (text === "") return "a domain name has no empty labels";
  if (text.length > 63) return "a label of a domain name has at most 63 characters";
  return `"${text}" is not a label of a domain name: letters, digits and inner hyphens`;
}
