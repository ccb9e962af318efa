/** Members of a JSON object that are there twice: `JSON.parse` keeps the last, other readers the first (RFC 8259 §4). */

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/** The name of a member that the object `text` has twice, or undefined. `text` has to be a JSON object. */
export function repeatedMember(text: string): string | undefined {
  const seen = new Set<string>();
  let depth = 0;
  let last = "";
  for (const [token] of text.matchAll(tokens)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (token === ":" && depth === 1) {
      const name = JSON.parse(last) as string;
      if (seen.has(name)) return name;
      seen.add(name);
    }
    last = token;
  }
  return undefined;
}
