/** Media types, as `contentType` carries them. RFC 9110 §8.3.1, content-09 §4.4 and §7.1 */

/** The media types that content-09 §7.1 names. */
export const mediaType = {
  mimiContent: "application/mimi-content",
  messageStatus: "application/mimi-message-status",
  plainText: "text/plain;charset=utf-8",
  markdown: "text/markdown;variant=GFM-MIMI",
  html: "text/html;charset=utf-8",
} as const;

/** A media type taken apart. */
export interface MediaType {
  /** Lower case. */
  readonly type: string;
  /** Lower case. */
  readonly subtype: string;
  /** Names in lower case, values as they are (unquoted), in the order they came in. */
  readonly parameters: ReadonlyMap<string, string>;
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const essence = new RegExp(`^(${token})/(${token})`);
const parameter = new RegExp(
  `^[ \\t]*;[ \\t]*(?:(${token})=(?:(${token})|"((?:[^"\\\\\\x00-\\x08\\x0a-\\x1f\\x7f]|\\\\[\\t -~])*)"))?`,
);

/** `text` taken apart, or undefined where it is no media type. An empty text is none: content-09 does not say what it means. */
export function parseMediaType(text: string): MediaType | undefined {
  const head = essence.exec(text);
  if (head === null) return undefined;
  const parameters = new Map<string, string>();
  for (let rest = text.slice(head[0].length); rest !== ""; ) {
    const found = parameter.exec(rest);
    if (found === null) return undefined;
    const [all, name, plain, quoted] = found;
    if (name !== undefined) {
      const lower = name.toLowerCase();
      if (parameters.has(lower)) return undefined;
      parameters.set(lower, plain ?? (quoted ?? "").replace(/\\(.)/g, "$1"));
    }
    rest = rest.slice(all.length);
  }
  const [, type = "", subtype = ""] = head;
  return { type: type.toLowerCase(), subtype: subtype.toLowerCase(), parameters };
}

/** Whether `text` is the media type `wanted`, whatever other parameters it has: those of `wanted` have to agree. */
export function isMediaType(text: string, wanted: string): boolean {
  const [given, asked] = [parseMediaType(text), parseMediaType(wanted)];
  if (given === undefined || asked === undefined) return false;
  if (given.type !== asked.type || given.subtype !== asked.subtype) return false;
  return [...asked.parameters].every(
    ([name, value]) => given.parameters.get(name)?.toLowerCase() === value.toLowerCase(),
  );
}
