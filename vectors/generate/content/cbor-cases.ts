/** Content messages and status reports as octets, right and with one fault in their encoding. content-09 §4 and §6 */
import fc from "fast-check";
import { concat, hex } from "../../../spec-model/bytes.ts";
import { mimiContent, octetsOf } from "../../../spec-model/content/arbitrary.ts";
import {
  type Item,
  indefinite,
  itemsOf,
  longerHeads,
  splice,
} from "../../../spec-model/content/cbor-faults.ts";
import {
  ContentError,
  decodeContent,
  decodeStatusReport,
  encodeContent,
  encodeStatusReport,
  type MessageStatusReport,
} from "../../../spec-model/content/index.ts";
import { findFormat } from "../../../spec-model/formats/index.ts";
import type { Json, VectorCase, VectorGroup } from "../../format/case.ts";
import { examples } from "./examples.ts";

/** fast-check's own seed, fixed: the samples are a function of it. */
const sampleSeed = 1;
const samples = 60;
const largestSample = 500;
const largestParent = 160;

interface Valid {
  readonly id: string;
  readonly comment: string;
  readonly bytes: Uint8Array;
}

export function contentGroups(): VectorGroup[] {
  const valid = validContents();
  return [
    {
      operation: "content.decode",
      comment: "A message from its octets",
      input: {},
      tests: [
        ...valid.map(decodes),
        ...valid.filter(isSmall).flatMap((each) => negativesOf(each, decodeContent)),
      ],
    },
    {
      operation: "content.encode",
      comment: "The one encoding of a message",
      input: {},
      tests: valid.map(encodes),
    },
  ];
}

export function statusGroups(): VectorGroup[] {
  const valid = validReports();
  const tests = valid.map((each) => ({
    ...plain(each.id, each.comment),
    input: { bytes: hex(each.bytes) },
    output: { report: jsonOf("MessageStatusReport", each.bytes) },
  }));
  const negatives = valid.filter(isSmall).flatMap((each) => negativesOf(each, decodeStatusReport));
  return [
    {
      operation: "content.status",
      comment: "A status report from its octets",
      input: {},
      tests: [...tests, ...negatives],
    },
  ];
}

function validContents(): Valid[] {
  const drawn = fc
    .sample(mimiContent, { seed: sampleSeed, numRuns: samples })
    .map(encodeContent)
    .filter((bytes) => bytes.length <= largestSample);
  return [
    ...examples().map(({ name, comment, encoded }) => ({ id: `content-${name}`, comment, bytes: encoded })),
    ...drawn.map((bytes, index) => ({
      id: `content-drawn-${String(index + 1).padStart(2, "0")}`,
      comment: `a message of ${bytes.length} octets with values at the edges of the format`,
      bytes,
    })),
  ];
}

function validReports(): Valid[] {
  const [a = new Uint8Array(32), b = a] = fc.sample(octetsOf(32), { seed: sampleSeed, numRuns: 2 });
  const named = (name: string, comment: string, report: MessageStatusReport): Valid => ({
    id: `status-${name}`,
    comment,
    bytes: encodeStatusReport(report),
  });
  return [
    named("none", "a report of no message", []),
    named("read", "one message was read", [{ messageId: a, status: "read" }]),
    ...(["unread", "delivered", "expired", "deleted", "hidden", "error"] as const).map((status) =>
      named(status, `one message is ${status}`, [{ messageId: a, status }]),
    ),
    named("unregistered", "a status that is not registered is kept", [{ messageId: a, status: 200 }]),
    named("two", "two messages", [
      { messageId: a, status: "delivered" },
      { messageId: b, status: "read" },
    ]),
    named("changed", "a message twice: the later entry counts", [
      { messageId: a, status: "delivered" },
      { messageId: a, status: "read" },
    ]),
  ];
}

export function decodes({ id, comment, bytes }: Valid): VectorCase {
  return {
    ...plain(id, comment),
    input: { bytes: hex(bytes) },
    output: { content: jsonOf("mimiContent", bytes) },
  };
}

function encodes({ id, bytes }: Valid): VectorCase {
  return {
    ...plain(`${id}-encode`, `the value of ${id}`),
    input: { content: jsonOf("mimiContent", bytes) },
    output: { bytes: hex(bytes) },
  };
}

function plain(id: string, comment: string): Omit<VectorCase, "input"> {
  return { id, comment, flags: ["Valid"], requirements: [], expect: { level: "MUST", allow: ["valid"] } };
}

function jsonOf(format: string, bytes: Uint8Array): Json {
  const { json, error } = findFormat(format)?.decode(bytes) ?? {};
  if (json === undefined || error !== undefined) throw new Error(`${format}: ${error?.message}`);
  return json as Json;
}

function isSmall({ bytes }: Valid): boolean {
  return bytes.length <= largestParent;
}

interface Change {
  readonly op: string;
  readonly flag: string;
  readonly bytes: Uint8Array;
}

/** One negative for each fault at each place of a parent: the place is what a strict reader reports. */
function negativesOf(parent: Valid, read: (bytes: Uint8Array) => unknown): VectorCase[] {
  const done = new Set<string>();
  return changesOf(parent.bytes).flatMap(({ op, flag, bytes }) => {
    const place = placeOfRefusal(read, bytes);
    if (place === undefined || done.has(`${op} ${place}`)) return [];
    done.add(`${op} ${place}`);
    const slug = `${place} ${op}`
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "");
    return [
      {
        id: `${parent.id}-${slug}`,
        comment: op,
        flags: [flag],
        requirements: [],
        expect: { level: "MUST" as const, allow: ["invalid"] },
        parent: parent.id,
        fault: { path: place, op },
        input: { bytes: hex(bytes) },
      },
    ];
  });
}

function placeOfRefusal(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): string | undefined {
  try {
    read(bytes);
    return undefined;
  } catch (error) {
    if (error instanceof ContentError) return error.place;
    throw error;
  }
}

function changesOf(bytes: Uint8Array): Change[] {
  const items = itemsOf(bytes);
  const change = (op: string, flag: string, changed: Uint8Array): Change => ({ op, flag, bytes: changed });
  return [
    change("one octet more", "TrailingOctet", concat(bytes, Uint8Array.of(0))),
    ...items.flatMap((item) => [
      change("cut off in front of it", "Truncated", bytes.slice(0, item.start)),
      ...longerHeads(item)
        .slice(0, 1)
        .map((head) =>
          change(
            "a head that is not in its shortest form",
            "NotShortest",
            splice(bytes, item.start, item.content, head),
          ),
        ),
      ...indefinites(bytes, item),
      ...typeFaults(bytes, item),
    ]),
    ...items.flatMap((item) => mapFaults(bytes, item)),
  ];
}

function indefinites(bytes: Uint8Array, item: Item): Change[] {
  if (item.major < 2 || item.major > 5) return [];
  return [{ op: "an indefinite length", flag: "Indefinite", bytes: indefinite(bytes, item) }];
}

/** Another kind of data, a text that is not UTF-8, a container with one item more or fewer. */
function typeFaults(bytes: Uint8Array, item: Item): Change[] {
  const changed = (op: string, flag: string, from: number, to: number, by: readonly number[]) => ({
    op,
    flag,
    bytes: splice(bytes, from, to, by),
  });
  const faults = [changed("undefined in its place", "Type", item.start, item.end, [0xf7])];
  if (item.major === 2) {
    const asText = [(3 << 5) | ((bytes[item.start] ?? 0) & 31), ...bytes.subarray(item.start + 1, item.end)];
    faults.push(changed("a text in the place of octets", "Type", item.start, item.end, asText));
  }
  if (item.major === 3 && item.argument > 0) {
    faults.push(changed("an octet that is not UTF-8", "Utf8", item.content, item.content + 1, [0xff]));
  }
  if (item.major === 4 && item.argument < 22) {
    const one = ((bytes[item.start] ?? 0) + 1) & 0xff;
    faults.push(changed("an item more than there is", "Count", item.start, item.start + 1, [one]));
  }
  return faults;
}

/** Keys out of order, and a key twice. */
function mapFaults(bytes: Uint8Array, { major, members }: Item): Change[] {
  const [firstKey, firstValue, secondKey, secondValue] = members;
  if (major !== 5 || firstKey === undefined || firstValue === undefined) return [];
  if (secondKey === undefined || secondValue === undefined) return [];
  const turned = [
    ...bytes.subarray(secondKey.start, secondValue.end),
    ...bytes.subarray(firstKey.start, firstValue.end),
  ];
  return [
    {
      op: "keys out of order",
      flag: "KeyOrder",
      bytes: splice(bytes, firstKey.start, secondValue.end, turned),
    },
    {
      op: "a key twice",
      flag: "KeyTwice",
      bytes: splice(bytes, secondKey.start, secondKey.end, [...bytes.subarray(firstKey.start, firstKey.end)]),
    },
  ];
}
