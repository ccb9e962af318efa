/** The codec operations, answered by the model. */
import { fromHex, hex } from "../../../spec-model/bytes.ts";
import { endpointUrl, parseDirectory } from "../../../spec-model/endpoints/index.ts";
import { JsonError, valueFromJson, valueToJson } from "../../../spec-model/formats/index.ts";
import { parseMimiUri, sameMimiUri } from "../../../spec-model/identifiers/index.ts";
import { type NamedStructure, structureNamed } from "../../../spec-model/structures.ts";
import { annotate, EncodeError } from "../../../spec-model/wire/index.ts";
import type { Json, JsonObject } from "../../format/case.ts";
import type { Answer } from "../../verify/protocol.ts";
import type { Handler } from "./handler.ts";

const invalid: Answer = { outcome: "invalid" };

export const codecHandlers: Readonly<Record<string, Handler>> = {
  "codec.decode": (input) => {
    const { structure, enclosing } = structureOf(input);
    const { tree, error } = annotate(structure.codec, octetsIn(input, "bytes"), enclosing);
    if (error !== undefined) return invalid;
    return { outcome: "valid", output: { value: valueToJson(tree) as Json } };
  },
  "codec.encode": (input) => {
    const { structure, enclosing } = structureOf(input);
    try {
      const value = valueFromJson(structure.codec, input["value"], structure.name, enclosing);
      return { outcome: "valid", output: { bytes: hex(structure.codec.encode(value, enclosing)) } };
    } catch (error) {
      if (error instanceof JsonError || error instanceof EncodeError) return invalid;
      throw error;
    }
  },
  "uri.parse": (input) => {
    const uri = parseMimiUri(String(input["text"]));
    if (!uri.ok) return invalid;
    const { kind, domain, names, uri: normal } = uri.value;
    return { outcome: "valid", output: { kind, domain, names, normal } };
  },
  "uri.compare": ({ a, b }) => ({ outcome: sameMimiUri(String(a), String(b)) ? "same" : "different" }),
  "directory.parse": (input) => {
    const directory = parseDirectory(String(input["text"]));
    if (!directory.ok) return invalid;
    return { outcome: "valid", output: { endpoints: { ...directory.value } as JsonObject } };
  },
  "endpoint.url": ({ directory, endpoint, identifier }) => {
    const url = endpointUrl(
      directory as Parameters<typeof endpointUrl>[0],
      endpoint as Parameters<typeof endpointUrl>[1],
      String(identifier),
    );
    return url.ok ? { outcome: "url", output: { url: url.value.url } } : invalid;
  },
};

interface Chosen {
  readonly structure: NamedStructure;
  readonly enclosing: unknown;
}

function structureOf(input: JsonObject): Chosen {
  const structure = structureNamed(String(input["structure"]));
  if (structure === undefined) throw new Error(`there is no structure ${String(input["structure"])}`);
  const around = structure.surroundings.find(({ selects }) => selects === input["selectedBy"]);
  return { structure, enclosing: around?.enclosing };
}

function octetsIn(input: JsonObject, member: string): Uint8Array {
  const bytes = fromHex(String(input[member]));
  if (bytes === undefined) throw new Error(`${member} is not hexadecimal`);
  return bytes;
}
