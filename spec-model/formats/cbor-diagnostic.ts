/** CBOR in diagnostic notation. RFC 8949 §8 */
import { hex, textOf } from "../bytes.ts";
import type { CborItem } from "./cbor-items.ts";

const simpleNames = ["false", "true", "null", "undefined"];

/** The whole of `item`: lists on one line where they fit, else an item a line. */
export function diagnostic(item: CborItem, indent = ""): string {
  const one = inOneLine(item);
  if (indent.length + one.length <= 100 || item.children.length === 0) return one;
  const deeper = `${indent}  `;
  const [open, close] = brackets(item);
  const lines =
    item.major === 5
      ? pairs(item).map(([key, value]) => `${inOneLine(key)}: ${diagnostic(value, deeper)}`)
      : item.children.map((child) => diagnostic(child, deeper));
  if (item.major === 6) return `${open}${lines.join("")}${close}`;
  return `${open}\n${lines.map((line) => deeper + line).join(",\n")}\n${indent}${close}`;
}

/** A scalar: a number, a string, a simple value. */
export function diagnosticScalar(item: CborItem): string {
  const { major, info, argument, content } = item;
  if (major === 0) return `${argument}`;
  if (major === 1) return `${-1n - argument}`;
  if (major === 2) return `h'${hex(content)}'`;
  if (major === 3) return quoted(content);
  if (info > 24) return float(info, argument);
  return (info < 24 ? simpleNames[info - 20] : undefined) ?? `simple(${argument})`;
}

/** Keys and values of a map. */
export function pairs({ children }: CborItem): [CborItem, CborItem][] {
  const result: [CborItem, CborItem][] = [];
  for (let i = 0; i + 1 < children.length; i += 2) {
    const [key, value] = children.slice(i, i + 2);
    if (key !== undefined && value !== undefined) result.push([key, value]);
  }
  return result;
}

function inOneLine(item: CborItem): string {
  if (item.major < 4 || item.major === 7) return diagnosticScalar(item);
  const [open, close] = brackets(item);
  const parts =
    item.major === 5
      ? pairs(item).map(([key, value]) => `${inOneLine(key)}: ${inOneLine(value)}`)
      : item.children.map(inOneLine);
  return open + parts.join(", ") + close;
}

function brackets({ major, argument }: CborItem): readonly [string, string] {
  if (major === 4) return ["[", "]"];
  return major === 5 ? ["{", "}"] : [`${argument}(`, ")"];
}

/** Octets that are not UTF-8 have no notation as a text. */
function quoted(content: Uint8Array): string {
  const text = textOf(content);
  return text === undefined ? `h'${hex(content)}'` : JSON.stringify(text);
}

/** A float always has a point or an exponent, so that it is no integer. */
function float(info: number, argument: bigint): string {
  const value = floatOf(info, argument);
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return "-0.0";
  const digits = String(value);
  return /[.e]/.test(digits) ? digits : `${digits}.0`;
}

/** The number that a float's head stands for. */
export function floatOf(info: number, argument: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  if (info === 27) {
    view.setBigUint64(0, argument);
    return view.getFloat64(0);
  }
  if (info === 26) {
    view.setUint32(0, Number(argument));
    return view.getFloat32(0);
  }
  const bits = Number(argument);
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 0x1f, bits & 0x3ff];
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
