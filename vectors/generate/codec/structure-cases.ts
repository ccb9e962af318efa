/** The cases of one structure: encodings that have to be read and written, and the same with one fault each. */
import type { RandomStream } from "../../../simulator/random/index.ts";
import { hex } from "../../../spec-model/bytes.ts";
import { valueToJson } from "../../../spec-model/formats/index.ts";
import type { NamedStructure, Surrounding } from "../../../spec-model/structures.ts";
import { annotate, type Mutation, singleFaults } from "../../../spec-model/wire/index.ts";
import type { Json, JsonObject, VectorCase, VectorGroup } from "../../format/case.ts";
import { chosenEncodings } from "./choose.ts";
import { flagOf } from "./notes.ts";

const mostValid = 12;
/** A negative repeats its parent's bytes: those of large parents would be most of the file. */
const largestParent = 400;
/** How far within a structure faults are put; structures further inside have cases of their own. */
const deepest = 2;

interface Valid {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly within: Surrounding | undefined;
}

/** A group that decodes and one that encodes. */
export function structureGroups(structure: NamedStructure, random: RandomStream): VectorGroup[] {
  const valid = validOf(structure, random);
  const input: JsonObject = { structure: structure.name };
  return [
    {
      operation: "codec.decode",
      comment: `${structure.name}: ${structure.says} (${structure.source})`,
      input,
      tests: [...valid.map((each) => decodes(structure, each)), ...faultsOf(structure, valid)],
    },
    {
      operation: "codec.encode",
      comment: `${structure.name}: the one encoding of a value`,
      input,
      tests: valid
        .filter(({ bytes }) => bytes.length <= largestParent)
        .map((each) => encodes(structure, each)),
    },
  ];
}

function validOf(structure: NamedStructure, random: RandomStream): Valid[] {
  const surroundings: readonly (Surrounding | undefined)[] =
    structure.surroundings.length === 0 ? [undefined] : structure.surroundings;
  let count = 0;
  return surroundings.flatMap((within) => {
    const stream = random.split(`${structure.name} ${within?.says ?? ""}`);
    return chosenEncodings(structure.codec, stream, mostValid, within?.enclosing).map((bytes) => ({
      id: `codec-${structure.name.toLowerCase()}-${String(++count).padStart(2, "0")}`,
      bytes,
      within,
    }));
  });
}

function decodes(structure: NamedStructure, { id, bytes, within }: Valid): VectorCase {
  const value = jsonOf(structure, bytes, within);
  return {
    id,
    comment: `a ${structure.name}${within === undefined ? "" : ` ${within.says}`} of ${bytes.length} octets`,
    flags: ["Valid"],
    requirements: [],
    expect: { level: "MUST", allow: ["valid"] },
    input: { ...bytesOf(bytes), ...selecting(within) },
    output: { value },
  };
}

function encodes(structure: NamedStructure, { id, bytes, within }: Valid): VectorCase {
  return {
    id: `${id}-encode`,
    comment: `the value of ${id}`,
    flags: ["Valid"],
    requirements: [],
    expect: { level: "MUST", allow: ["valid"] },
    input: { value: jsonOf(structure, bytes, within), ...selecting(within) },
    output: bytesOf(bytes),
  };
}

/** One negative for each fault at each place of the structure; indexes of lists do not make another place. */
function faultsOf(structure: NamedStructure, valid: readonly Valid[]): VectorCase[] {
  const done = new Set<string>();
  return valid
    .filter(({ bytes }) => bytes.length <= largestParent)
    .flatMap((parent) =>
      singleFaults(structure.codec, parent.bytes, parent.within?.enclosing).flatMap((mutation) => {
        const place = placeOf(mutation);
        const key = `${mutation.fault} ${place.replace(/\[\d+\]/g, "[]")}`;
        if (done.has(key) || isDeep(mutation) || !isRefused(structure, mutation, parent)) return [];
        done.add(key);
        return [negative(structure, parent, mutation, place)];
      }),
    );
}

function isDeep({ path }: Mutation): boolean {
  return path.filter((step) => typeof step === "string").length > deepest;
}

/** A fault in one reading may be right in another: where a byte string ends decides what is in front of it. */
function isRefused(structure: NamedStructure, { bytes }: Mutation, { within }: Valid): boolean {
  return annotate(structure.codec, bytes, within?.enclosing).error !== undefined;
}

function negative(
  structure: NamedStructure,
  parent: Valid,
  { fault, bytes }: Mutation,
  place: string,
): VectorCase {
  const path = place === "" ? structure.name : `${structure.name}.${place}`;
  const slug = `${place} ${fault}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return {
    id: `${parent.id}-${slug}`,
    comment: `${fault} at ${path}`,
    flags: [flagOf(fault)],
    requirements: [],
    expect: { level: "MUST", allow: ["invalid"] },
    parent: parent.id,
    fault: { path, op: fault },
    input: { ...bytesOf(bytes), ...selecting(parent.within) },
  };
}

function placeOf({ path }: Mutation): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}

function jsonOf(structure: NamedStructure, bytes: Uint8Array, within: Surrounding | undefined): Json {
  return valueToJson(annotate(structure.codec, bytes, within?.enclosing).tree) as Json;
}

function bytesOf(bytes: Uint8Array): { readonly bytes: string } {
  return { bytes: hex(bytes) };
}

/** The value around the structure that it selects on, where it does. */
function selecting(within: Surrounding | undefined): { readonly selectedBy: string } | Record<string, never> {
  return within === undefined ? {} : { selectedBy: within.selects };
}
