/** The `language` of a part: nothing, or language tags with commas between them. content-09 §4.4, RFC 5646 §2.1 */

const languageTag = new RegExp(
  [
    "^(?:",
    "(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4}|[a-z]{5,8})", // language, perhaps extended
    "(?:-[a-z]{4})?", // script
    "(?:-(?:[a-z]{2}|[0-9]{3}))?", // region
    "(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*", // variants
    "(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*", // extensions
    "(?:-x(?:-[a-z0-9]{1,8})+)?", // private use
    "|x(?:-[a-z0-9]{1,8})+", // private use alone
    "|en-GB-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)|sgn-(?:BE-FR|BE-NL|CH-DE)",
    ")$",
  ].join(""),
  "i",
);

/**
 * The language tags in `language`, as they are written; none for an empty text. Undefined where one is not well formed.
 * The draft leaves white space beside the commas open; none is taken here.
 */
export function languageTags(language: string): readonly string[] | undefined {
  if (language === "") return [];
  const tags = language.split(",");
  return tags.every((tag) => languageTag.test(tag)) ? tags : undefined;
}
