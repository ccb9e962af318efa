/** Single faults in a CBOR encoding: what to break, where, and what it then is. */

/** A data item's head and extent within an encoding. */
export interface Item {
  readonly major: number;
  readonly argument: number;
  readonly start: number;
  /** Where the head ends. */
  readonly content: number;
  readonly end: number;
  /** Direct members: array items, a map's keys and values in turn, a tag's content. */
  readonly members: readonly Item[];
}

/** The items of `bytes`, a sound encoding with arguments below 2^53, the outermost first. */
export function itemsOf(bytes: Uint8Array): readonly Item[] {
  const all: Item[] = [];
  const visit = (item: Item): void => {
    all.push(item);
    item.members.forEach(visit);
  };
  visit(itemAt(bytes, 0));
  return all;
}

function itemAt(bytes: Uint8Array, start: number): Item {
  const initial = bytes[start] ?? 0;
  const major = initial >> 5;
  const info = initial & 31;
  const width = info < 24 ? 0 : 1 << (info - 24);
  let argument = info < 24 ? info : 0;
  for (let i = 1; i <= width; i++) argument = argument * 256 + (bytes[start + i] ?? 0);
  const content = start + 1 + width;
  if (major === 2 || major === 3) {
    return { major, argument, start, content, end: content + argument, members: [] };
  }
  const count = major === 4 ? argument : major === 5 ? 2 * argument : major === 6 ? 1 : 0;
  const members: Item[] = [];
  let end = content;
  for (let i = 0; i < count; i++) {
    const member = itemAt(bytes, end);
    members.push(member);
    end = member.end;
  }
  return { major, argument, start, content, end, members };
}

/** `bytes` with what is between `start` and `end` replaced. */
export function splice(bytes: Uint8Array, start: number, end: number, by: readonly number[]): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, start), ...by, ...bytes.subarray(end)]);
}

/** The head of `item` in each form that is longer than needed. */
export function longerHeads(item: Item): readonly number[][] {
  const widths = [1, 2, 4, 8].filter((width) => width > item.content - item.start - 1);
  return widths.map((width) => {
    const octets: number[] = [];
    for (let i = width - 1; i >= 0; i--) octets.push(Math.floor(item.argument / 256 ** i) % 256);
    return [(item.major << 5) | (24 + Math.log2(width)), ...octets];
  });
}

/** `bytes` with `item`, a string or container, in its form of indefinite length. */
export function indefinite(bytes: Uint8Array, item: Item): Uint8Array {
  const inner = item.major < 4 ? item.start : item.content;
  return splice(bytes, item.start, item.end, [
    (item.major << 5) | 31,
    ...bytes.subarray(inner, item.end),
    0xff,
  ]);
}
