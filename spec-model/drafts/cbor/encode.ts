/** Items as octets, in preferred serialization; maps in the order given or sorted. RFC 8949 §4.1 and §4.2.1 */
import { compareBytes, concat, utf8 } from "../../bytes.ts";
import type { Item } from "./item.ts";

/** The octets of `item`, which has nothing left out. */
export function encodeItem(item: Item, sorted: boolean): Uint8Array {
  switch (item.kind) {
    case "int":
      return item.value >= 0n ? head(0, item.value) : head(1, -1n - item.value);
    case "bytes":
      return concat(head(2, BigInt(item.bytes.length)), item.bytes);
    case "text": {
      const bytes = utf8(item.text);
      return concat(head(3, BigInt(bytes.length)), bytes);
    }
    case "array":
      return concat(
        head(4, BigInt(item.items.length)),
        ...item.items.map((each) => encodeItem(each, sorted)),
      );
    case "map": {
      const entries = item.entries.map((pair) => pair.map((each) => encodeItem(each, sorted)));
      if (sorted) entries.sort(([a], [b]) => compareBytes(a ?? new Uint8Array(), b ?? new Uint8Array()));
      return concat(head(5, BigInt(entries.length)), ...entries.flat());
    }
    case "tag":
      return concat(head(6, item.tag), encodeItem(item.item, sorted));
    case "simple":
      return item.value < 24 ? Uint8Array.of(0xe0 | item.value) : Uint8Array.of(0xf8, item.value);
    case "float":
      return float(item.value);
    case "elided":
      return new Uint8Array();
  }
}

function head(major: number, value: bigint): Uint8Array {
  const first = major << 5;
  if (value < 24n) return Uint8Array.of(first | Number(value));
  const octets = value < 256n ? 1 : value < 65536n ? 2 : value < 4294967296n ? 4 : 8;
  const bytes = new Uint8Array(octets + 1);
  bytes[0] = first | (24 + Math.log2(octets));
  for (let i = octets, rest = value; i > 0; i--, rest >>= 8n) bytes[i] = Number(rest & 255n);
  return bytes;
}

/** Half precision is recognised by trying; doubles and singles as they fit. */
function float(value: number): Uint8Array {
  if (Number.isNaN(value)) return Uint8Array.of(0xf9, 0x7e, 0);
  const half = halfOf(value);
  if (half !== undefined) return Uint8Array.of(0xf9, half >> 8, half & 255);
  const view = new DataView(new ArrayBuffer(9));
  if (Math.fround(value) === value) {
    view.setUint8(0, 0xfa);
    view.setFloat32(1, value);
    return new Uint8Array(view.buffer, 0, 5);
  }
  view.setUint8(0, 0xfb);
  view.setFloat64(1, value);
  return new Uint8Array(view.buffer);
}

function halfOf(value: number): number | undefined {
  if (Math.fround(value) !== value) return undefined;
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  const bits = view.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 255;
  const fraction = bits & 0x7fffff;
  if (exponent === 255) return fraction === 0 ? sign | 0x7c00 : undefined;
  if (exponent === 0) return fraction === 0 ? sign : undefined;
  const scaled = exponent - 112;
  if (scaled > 30 || (fraction & 0x1fff) !== 0) return undefined;
  return scaled > 0 ? sign | (scaled << 10) | (fraction >> 13) : undefined;
}
