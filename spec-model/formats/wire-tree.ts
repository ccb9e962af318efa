/** Annotated structures as parts: what byte strings hold is opened where it is known. */
import { contentOf } from "../contents.ts";
import { type Annotated, shown, typeName, withContents } from "../wire/index.ts";
import { contentWithin } from "./content-formats.ts";
import type { Part, Value } from "./part.ts";
import { readable } from "./readable.ts";

type Shape = Annotated["codec"]["shape"];

/** The parts of `tree`. */
export function wirePart(tree: Annotated): Part {
  return partOf(withContents(tree, contentOf));
}

function partOf(part: Annotated): Part {
  const content = contentIn(part);
  return {
    offset: part.offset,
    length: part.length,
    name: nameOfStep(part.step),
    type: typeName(part.codec.shape),
    value: shownValue(part),
    meaning: [dateIn(part), part.codec.notes.meaning].filter(Boolean).join(" \u00b7 "),
    complete: part.complete,
    children: content === undefined ? part.children.map(partOf) : [content],
  };
}

function nameOfStep(step: Annotated["step"]): string {
  if (step === undefined) return "";
  return typeof step === "number" ? `[${step}]` : step;
}

/** An application message holds MIMI content. protocol-06 §5.4 */
function contentIn({ step, value, offset, length }: Annotated): Part | undefined {
  if (step !== "application_data" || !(value instanceof Uint8Array)) return undefined;
  return contentWithin(value, offset + length - value.length);
}

function shownValue(part: Annotated): Value {
  const text = shown(part);
  if (!part.complete) return { kind: "plain", text: part.children.length > 0 ? "" : text };
  const { kind } = innermost(part.codec.shape);
  if (kind === "struct") return { kind: part.value === undefined ? "plain" : "none", text };
  if ((kind === "opaque" || kind === "rest") && part.value !== undefined) {
    return typeof part.value === "string"
      ? { kind: "text", text }
      : byteString(part.value as Uint8Array, text);
  }
  return { kind: "plain", text };
}

/** Identities and group IDs often are text; keys and hashes of this length hardly ever look like one. */
function byteString(bytes: Uint8Array, text: string): Value {
  const quoted = bytes.length >= 6 && bytes.every((octet) => octet >= 0x20) ? readable(bytes) : undefined;
  return quoted === undefined ? { kind: "bytes", text } : { kind: "text", text: quoted };
}

function innermost(shape: Shape): Shape {
  if (shape.kind === "alias" || shape.kind === "restricted") return innermost(shape.of.shape);
  return shape.kind === "optional" ? innermost(shape.item.shape) : shape;
}

/** Times of MLS are in seconds, those of MIMI in milliseconds. RFC 9420 §7.2, protocol-06 §5.4 */
const unitOf: ReadonlyMap<unknown, number> = new Map([
  ["not_before", 1000],
  ["not_after", 1000],
  ["accepted_timestamp", 1],
]);

function dateIn({ step, value }: Annotated): string {
  const unit = unitOf.get(step);
  if (unit === undefined || typeof value !== "bigint") return "";
  const milliseconds = Number(value) * unit;
  // biome-ignore lint/style/noRestrictedGlobals: a given time as a text; no clock is read.
  return milliseconds > 8.64e15 ? "" : new Date(milliseconds).toISOString().replace(".000Z", "Z");
}
