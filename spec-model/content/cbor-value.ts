/**
 * CBOR data of any shape, as it may stand in an extension: which JavaScript value stands for which item.
 * RFC 8949 §2 within the limits of content-09 §6.2
 */

/**
 * - integers: number, and bigint only beyond ±(2^53 - 1);
 * - byte strings, text strings, arrays, booleans, null: their counterparts;
 * - maps: Map, whose keys are integers, text strings or byte strings;
 * - floating point numbers, other simple values (`undefined` is simple value 23) and tags: objects of one member more,
 *   so that the float 1.0 and the integer 1 stay apart.
 */
export type CborValue =
  | number
  | bigint
  | string
  | boolean
  | null
  | Uint8Array
  | readonly CborValue[]
  | CborMap
  | CborFloat
  | CborSimple
  | CborTag;

export type CborKey = number | string | Uint8Array;
export type CborMap = ReadonlyMap<CborKey, CborValue>;

export interface CborFloat {
  readonly float: number;
}

export interface CborSimple {
  readonly simple: number;
}

/** `tag` is a bigint only beyond 2^53 - 1. */
export interface CborTag {
  readonly tag: number | bigint;
  readonly value: CborValue;
}

/** How deep maps, arrays and tags may be nested in the extensions, whose own map is at level 1. content-09 §6.3 */
export const deepestExtensionLevel = 4;

/**
 * Whether a tag that makes its content a bignum (2 and 3) stands before one that is needed: its value does not fit 64
 * bits, and it has no leading zeros. True for other tags. RFC 8949 §3.4.3, content-09 §6.1
 */
export function isNeededBignum(tag: number | bigint, value: CborValue): boolean {
  if (Number(tag) !== 2 && Number(tag) !== 3) return true;
  return value instanceof Uint8Array && value.length > 8 && value[0] !== 0;
}

/** Whether `value`, a number that is a float32, is a float16 too. RFC 8949 §4.2.1 wants the shortest form. */
export function isFloat16(value: number): boolean {
  const size = Math.abs(value);
  if (size === 0 || size === Number.POSITIVE_INFINITY) return true;
  if (size > 65504) return false;
  const smallestNormal = 2 ** -14;
  const unit = size < smallestNormal ? 2 ** -24 : 2 ** (exponentOf(size) - 10);
  return size % unit === 0;
}

/** The number that the 16 bits `bits` stand for; NaN for every NaN. */
export function float16(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** The 16 bits of `value`, which is a float16. */
export function float16Bits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | (size * 2 ** 24);
  const exponent = exponentOf(size);
  return sign | ((exponent + 15) << 10) | (size * 2 ** (10 - exponent) - 1024);
}

const float32 = new DataView(new ArrayBuffer(4));

/** The exponent of a positive float32 that is normal. */
function exponentOf(size: number): number {
  float32.setFloat32(0, size);
  return (float32.getUint32(0) >>> 23) - 127;
}
