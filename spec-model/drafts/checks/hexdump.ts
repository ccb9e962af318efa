/** Checks of dumps: that the octets are one item, and that each annotation says what they are. */
import { decodeItem, type Hexdump, headAt } from "../cbor/index.ts";
import type { Block } from "../document/index.ts";
import type { CheckContext } from "./context.ts";

const majors: Readonly<Record<string, number>> = {
  unsigned: 0,
  negative: 1,
  bytes: 2,
  text: 3,
  array: 4,
  map: 5,
  tag: 6,
  primitive: 7,
};

/** Tells what is wrong with a dump in itself; gives whether nothing is. */
export function checkHexdump(dump: Hexdump, block: Block, { report }: CheckContext): boolean {
  let isSound = true;
  const tell = (
    rule: "hexdump-malformed" | "hexdump-annotation",
    place: (typeof dump.faults)[number]["place"],
    token: string,
    message: string,
  ) => {
    isSound = false;
    report(rule, place, token, message, { section: block.section });
  };
  for (const { place, token } of dump.faults)
    tell("hexdump-malformed", place, token, "these are not pairs of hexadecimal digits");
  if (dump.faults.length > 0 || dump.bytes.length === 0) return isSound;
  const wrong = dump.annotations.flatMap(({ offset, text, place }) => {
    const message = contradiction(dump.bytes, offset, text);
    return message === undefined ? [] : [{ place, text, message }];
  });
  // A wrong head shifts all that follows: the first is the one to repair.
  const [first] = wrong;
  if (first !== undefined) {
    tell("hexdump-annotation", first.place, first.text, first.message);
    return isSound;
  }
  const decoded = decodeItem(dump.bytes);
  if (!decoded.ok) tell("hexdump-malformed", dump.placeAt(decoded.offset), "", decoded.reason);
  else if (decoded.end < dump.bytes.length && decodeItem(dump.bytes.subarray(decoded.end)).ok === false) {
    tell("hexdump-malformed", dump.placeAt(decoded.end), "", "octets are left behind the item");
  }
  return isSound;
}

/** What is wrong with `text` as a description of the octets at `offset`; undefined: nothing that can be told. */
function contradiction(bytes: Uint8Array, offset: number, text: string): string | undefined {
  const described = /^(unsigned|negative|bytes|text|array|map|tag|primitive)\((-?\d+)\)/.exec(text);
  if (described === null) return textContradiction(bytes, offset, text);
  const [, kind = "", number = "0"] = described;
  if (offset >= bytes.length) return undefined;
  let head: ReturnType<typeof headAt>;
  try {
    head = headAt(bytes, offset);
  } catch {
    return "the octets end here";
  }
  const isNegative = kind === "negative" && number.startsWith("-");
  const value = isNegative ? -1n - head.value : head.value;
  if (head.major !== majors[kind]) return `the octets are of another kind than ${kind}`;
  if (kind === "negative" && value !== BigInt(number) && -1n - head.value !== BigInt(number))
    return `the octets say ${value}, not ${number}`;
  return kind === "negative" || value === BigInt(number)
    ? undefined
    : `the octets say ${kind}(${value}), not ${number}`;
}

/** The words in quotation marks behind or under the octets of a text. */
function textContradiction(bytes: Uint8Array, offset: number, text: string): string | undefined {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(text)?.[1];
  if (quoted === undefined || quoted === "" || /[^ -~]|\\/.test(quoted) || /\.\.\.|\u2026/.test(quoted))
    return undefined;
  const octets = new TextEncoder().encode(quoted);
  // The dump may have broken the octets over several lines, the annotation standing under the last.
  const found = indexOf(bytes, octets, Math.max(0, offset - octets.length));
  const isHere = found !== -1 && found <= offset && found + octets.length >= offset;
  return isHere ? undefined : "these are not the octets' characters";
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  for (let at = from; at + wanted.length <= bytes.length; at++) {
    if (wanted.every((octet, i) => bytes[at + i] === octet)) return at;
  }
  return -1;
}
