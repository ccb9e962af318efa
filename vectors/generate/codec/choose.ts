/** Valid values of a structure that together show all it can be: every case, option, length form and registered value. */
import type { RandomStream } from "../../../simulator/random/index.ts";
import { hex } from "../../../spec-model/bytes.ts";
import { type Annotated, annotate, type Codec, instance } from "../../../spec-model/wire/index.ts";

const draws = 400;
/** In octets: a case that needs more shows nothing that a smaller one cannot, except long lengths. */
const ordinarySize = 600;
const largestSize = 20_000;

/** Encodings of `codec`, the plainest first, then those that show most of what no earlier one shows. */
export function chosenEncodings(
  codec: Codec<unknown>,
  random: RandomStream,
  most: number,
  enclosing?: unknown,
): Uint8Array[] {
  const seen = new Set<string>();
  const candidates = drawn(codec, random, enclosing).map((bytes) => ({
    bytes,
    features: featuresOf(codec, bytes, enclosing),
  }));
  const chosen: Uint8Array[] = [];
  const news = (features: ReadonlySet<string>) => [...features].filter((each) => !seen.has(each)).length;
  while (chosen.length < most && candidates.length > 0) {
    // The plainest stays first; after it, what shows most for its size.
    const best = chosen.length === 0 ? 0 : bestIndex(candidates.map(({ features }) => news(features)));
    const [candidate] = candidates.splice(best, 1);
    if (candidate === undefined || (chosen.length > 0 && news(candidate.features) === 0)) break;
    for (const feature of candidate.features) seen.add(feature);
    chosen.push(candidate.bytes);
  }
  return chosen;
}

/** Distinct encodings, the smallest first. */
function drawn(codec: Codec<unknown>, random: RandomStream, enclosing: unknown): Uint8Array[] {
  const byHex = new Map<string, Uint8Array>();
  const add = (bytes: Uint8Array, most: number) => {
    if (bytes.length <= most) byHex.set(hex(bytes), bytes);
  };
  add(codec.encode(instance(codec, { below: () => 0 }, enclosing), enclosing), largestSize);
  const choices = { below: (limit: number) => random.int(0, limit - 1) };
  let large = 0;
  for (let draw = 0; draw < draws; draw++) {
    const bytes = codec.encode(instance(codec, choices, enclosing), enclosing);
    if (bytes.length > ordinarySize && large++ > 0) continue;
    add(bytes, largestSize);
  }
  return [...byHex.values()].toSorted((a, b) => a.length - b.length);
}

/** The first of the greatest. */
function bestIndex(scores: readonly number[]): number {
  return scores.reduce((best, score, index) => (score > (scores[best] ?? 0) ? index : best), 0);
}

function featuresOf(codec: Codec<unknown>, bytes: Uint8Array, enclosing: unknown): ReadonlySet<string> {
  const features = new Set<string>();
  const { tree } = annotate(codec, bytes, enclosing);
  collect(tree, "", features);
  return features;
}

function collect(part: Annotated, place: string, features: Set<string>): void {
  // Items of a list count as one place: what one of them shows, all can show.
  const here = typeof part.step === "number" ? `${place}[]` : `${place}.${part.step ?? ""}`;
  features.add(`${here} ${formOf(part)}`);
  for (const child of part.children) collect(child, here, features);
}

/** What about a value makes it another kind of test. */
function formOf({ codec, value, children, length }: Annotated): string {
  let { shape } = codec;
  if (value === undefined) return "absent";
  while (shape.kind === "alias" || shape.kind === "restricted" || shape.kind === "optional") {
    shape = shape.kind === "optional" ? shape.item.shape : shape.of.shape;
  }
  if (shape.kind === "enum") return typeof value === "string" ? value : "unregistered";
  if (shape.kind === "bool") return String(value);
  if (shape.kind === "vector" || shape.kind === "sequence") return `${Math.min(2, children.length)} items`;
  if (shape.kind === "opaque")
    return `a length of ${length < 64 ? Math.min(1, length - 1) : length < 16386 ? 64 : 16384}`;
  if (shape.kind === "uint") return value === 0 || value === 0n ? "zero" : "number";
  return "present";
}
