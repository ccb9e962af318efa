/** The directory document: JSON, member by member. protocol-06 §5.1 */
import { textOf, utf8 } from "../bytes.ts";
import { directoryDocument, endpointNames, endpoints, parseDirectory } from "../endpoints/index.ts";
import { JsonError } from "./from-json.ts";
import type { Decoded, Format, Part } from "./part.ts";

export const directoryFormat: Format = {
  name: "Directory",
  source: "protocol-06 §5.1",
  says: "where a provider's endpoints are, as a JSON document",
  decode: decoded,
  encode,
  definition: () => {
    const lines = endpointNames.map((name) => {
      const { method, variables, draft } = endpoints[name];
      return `  "${name}": "https://{authority}/.../{${variables.join("|")}}", /* ${method}; ${draft} */\n`;
    });
    return `{\n${lines.join("")}}\n`;
  },
};

function decoded(bytes: Uint8Array): Decoded {
  const text = textOf(bytes);
  const parsed = parseDirectory(text ?? "");
  const children = text === undefined ? [] : members(text);
  return {
    part: {
      offset: 0,
      length: bytes.length,
      name: "",
      type: "Directory",
      value: { kind: "plain", text: children.length === 1 ? "1 member" : `${children.length} members` },
      meaning: "",
      complete: parsed.ok,
      children,
    },
    json: parsed.ok ? parsed.value : null,
    error: parsed.ok ? undefined : { message: parsed.error.message, offset: undefined },
    diagnostic: undefined,
  };
}

/** Members whose value is a text, from the name's quote to the value's. */
function members(text: string): Part[] {
  return [...text.matchAll(/"([^"\\]*)"\s*:\s*("(?:[^"\\]|\\.)*")/g)].map((match) => {
    const [whole, name = "", value = ""] = match;
    const endpoint = endpointNames.find((each) => each === name);
    return {
      offset: utf8(text.slice(0, match.index)).length,
      length: utf8(whole).length,
      name,
      type: "",
      value: { kind: "text", text: value },
      meaning: endpoint === undefined ? "no endpoint of the draft; ignored" : endpoints[endpoint].draft,
      complete: true,
      children: [],
    };
  });
}

function encode(json: unknown): Uint8Array {
  const parsed = parseDirectory(JSON.stringify(json) ?? "");
  if (parsed.ok) return utf8(directoryDocument(parsed.value));
  throw new JsonError("", parsed.error.message);
}
