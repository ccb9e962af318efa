/**
 * Which structure bytes are, where nobody says so. None of the formats says in its bytes what it is, so the structures
 * compete: the better one foretells the bytes (a length that fits, a known code, readable text), the likelier it is.
 */
import { textOf } from "./bytes.ts";
import { ContentError, decodeContent, decodeDerivedValues, decodeStatusReport } from "./content/index.ts";
import { endpoints, parseDirectory } from "./endpoints/index.ts";
import { type NamedStructure, structures } from "./structures.ts";
import { type Annotated, annotate, nameOf } from "./wire/index.ts";

/** What bytes are, by the names of structures or `mimiContent`, `MessageStatusReport`, `MessageDerivedValues`, `Directory`. */
export interface Guess {
  readonly likeliest: string;
  /** What else they could be, likeliest first. */
  readonly others: readonly string[];
}

interface Candidate {
  readonly name: string;
  /** Whether all of the bytes are one value of it. */
  readonly whole: boolean;
  /** How many bits of the bytes it explains. */
  readonly gain: number;
}

type Shape = Annotated["codec"]["shape"];

const cborDecoders: readonly (readonly [string, (bytes: Uint8Array) => unknown])[] = [
  ["mimiContent", decodeContent],
  ["MessageStatusReport", decodeStatusReport],
  ["MessageDerivedValues", decodeDerivedValues],
];

/** Bodies of requests and answers, and what MLS sends on its own, are met more often than their parts. */
const unlikelyPart = 12;
const unlikelyScalar = 24;
/** What is only ever signed, hashed or encrypted is met least. */
const unlikelyInput = 40;

/** A gain that random bytes do not reach by chance. */
const tellingGain = 32;
/** What takes any octets explains none. */
const anything = 64;
/** Less than a type of chosen octets alone, as keys are, explains. */
const leastGain = -48;
/** How much more a type has to explain that the bytes are not a whole value of. */
const damage = 80;

const frequent: ReadonlySet<string> = new Set([
  ...Object.values(endpoints).flatMap(({ request, response }) =>
    [request, response].map((body) => (body === undefined ? "" : (nameOf(body.shape) ?? ""))),
  ),
  "MLSMessage",
  "KeyPackage",
]);

/**
 * The type that explains most of `bytes`; where that is not one they are a whole value of, they are probably damaged or
 * cut. Undefined where no type explains anything.
 */
export function guessType(bytes: Uint8Array): Guess | undefined {
  const all = candidates(bytes);
  const [whole, ...others] = all.filter((each) => each.whole && each.gain > leastGain);
  const damaged = all.find((each) => !each.whole && each.gain >= tellingGain);
  if (damaged !== undefined && whole !== undefined && damaged.gain > whole.gain + damage) {
    return { likeliest: damaged.name, others: [] };
  }
  if (whole === undefined) return damaged && { likeliest: damaged.name, others: [] };
  const names = others.filter(({ gain }) => gain >= 0).map(({ name }) => name);
  return { likeliest: whole.name, others: [...new Set(names)].filter((name) => name !== whole.name) };
}

/** The most telling first. */
function candidates(bytes: Uint8Array): Candidate[] {
  const inPresentationLanguage = structures.flatMap((structure) =>
    enclosings(structure).map((enclosing) => structureCandidate(structure, enclosing, bytes)),
  );
  return [...inPresentationLanguage, ...cborCandidates(bytes), ...directoryCandidate(bytes)].toSorted(
    (a, b) => b.gain - a.gain,
  );
}

/** Deterministic CBOR of a fixed shape leaves hardly a bit to chance but the octets of its strings. */
function cborCandidates(bytes: Uint8Array): Candidate[] {
  return cborDecoders.map(([name, decode]) => {
    try {
      decode(bytes);
      return { name, whole: true, gain: 8 * bytes.length };
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      return { name, whole: false, gain: 4 * (error.offset ?? 0) };
    }
  });
}

function directoryCandidate(bytes: Uint8Array): Candidate[] {
  const text = textOf(bytes);
  if (text === undefined || !text.trimStart().startsWith("{")) return [];
  return [{ name: "Directory", whole: parseDirectory(text).ok, gain: 8 * bytes.length }];
}

function enclosings({ surroundings }: NamedStructure): readonly unknown[] {
  return surroundings.length === 0 ? [undefined] : surroundings.map(({ enclosing }) => enclosing);
}

function structureCandidate(structure: NamedStructure, enclosing: unknown, bytes: Uint8Array): Candidate {
  const { tree, error } = annotate(structure.codec, bytes, enclosing);
  const octets = error?.offset ?? bytes.length;
  const gain = 8 * octets - bitsOf(tree) - unlikelihood(structure);
  return { name: structure.name, whole: error === undefined, gain };
}

function unlikelihood({ name, codec }: NamedStructure): number {
  if (frequent.has(name)) return 0;
  if (/(TBS|TBM|TBE|HashInput|AAD|Label|Context|PrivateMessageContent)$/.test(name)) return unlikelyInput;
  return codec.shape.kind === "struct" ? unlikelyPart : unlikelyScalar;
}

/** How many bits it takes to say what `part` holds to somebody who knows its type. */
function bitsOf(part: Annotated): number {
  const below = part.children.reduce((sum, child) => sum + bitsOf(child), 0);
  if (part.complete) return below + ownBits(part.codec.shape, part.value);
  return part.children.length > 0 ? below : 8 * part.length;
}

/** Without the bits of fields and items. */
function ownBits(shape: Shape, value: unknown): number {
  switch (shape.kind) {
    case "uint":
      return Math.min(integerBits(Number(value)), 8 * shape.octets + 1);
    case "bool":
      return 1;
    case "enum":
      return typeof value === "string" ? 1 + Math.log2(shape.values.size) : 8 * shape.octets + 4;
    case "optional":
      return 1 + (value === undefined ? 0 : ownBits(shape.item.shape, value));
    case "alias":
    case "restricted":
      return ownBits(shape.of.shape, value);
    case "vector":
    case "sequence":
      return integerBits((value as readonly unknown[]).length);
    case "struct":
      return 0;
    case "opaque": {
      const content = typeof value === "string" ? textBits(value) : 8 * (value as Uint8Array).length;
      return content + (shape.length.kind === "exact" ? 0 : lengthBits(value as string | Uint8Array));
    }
    case "rest":
      return 8 * (value as Uint8Array).length + ((value as Uint8Array).some(Boolean) ? anything : 4);
  }
}

function lengthBits(value: string | Uint8Array): number {
  // Keys, hashes and signatures have these lengths.
  return [16, 32, 64].includes(value.length) ? 3 : integerBits(value.length);
}

/** Small integers are more frequent than large ones. */
function integerBits(value: number): number {
  return 1 + 2 * Math.log2(value + 1);
}

function textBits(text: string): number {
  let bits = 0;
  for (const character of text) bits += /[ -~]/.test(character) ? 6 : /\p{C}/u.test(character) ? 40 : 16;
  return bits;
}
