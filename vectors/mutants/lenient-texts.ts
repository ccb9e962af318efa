/** Readers of MIMI URIs and directories as they are written in a hurry. */

export interface TextMutant {
  readonly id: string;
  readonly says: string;
  /** The operation that it gets wrong. */
  readonly operation: "uri.parse" | "directory.parse";
  readonly accepts: (text: string) => boolean;
}

export const textMutants: readonly TextMutant[] = [
  {
    id: "uri by a general parser",
    says: "leaves MIMI URIs to a parser for all URLs, and looks at the result's path",
    operation: "uri.parse",
    accepts: (text) => {
      const uri = urlOf(text.replace(/^[a-z]+:(\/\/)?/i, "https://"));
      return uri !== undefined && /^(\/[a-z](\/.*)?)?$/i.test(uri.pathname);
    },
  },
  {
    id: "uri by splitting at slashes",
    says: "splits the text at slashes and takes what it finds",
    operation: "uri.parse",
    accepts: (text) => {
      const [scheme, nothing] = text.split("/");
      return scheme?.toLowerCase() === "mimi:" && nothing === "";
    },
  },
  {
    id: "directory by JSON.parse",
    says: "takes whatever JSON.parse gives, and never looks at the templates",
    operation: "directory.parse",
    accepts: (text) => {
      try {
        return typeof JSON.parse(text) === "object";
      } catch {
        return false;
      }
    },
  },
  {
    id: "directory by pattern",
    says: "picks names and templates out of the text",
    operation: "directory.parse",
    accepts: (text) => text === "" || /"[a-zA-Z]+"\s*:?\s*"https:/.test(text),
  },
];

function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
