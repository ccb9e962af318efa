/** Values that general CBOR has and MIMI content has not: bignums, NaNs, keys, and how deep things are. content-09 §6 */
import { fromHex, hex } from "../../../spec-model/bytes.ts";
import { decodeContent, encodeContent, textMessage } from "../../../spec-model/content/index.ts";
import type { VectorCase, VectorGroup } from "../../format/case.ts";
import { decodes } from "./cbor-cases.ts";
import { alice, room, saltOf } from "./examples.ts";

const nothing = "83016000";

interface Pair {
  readonly id: string;
  readonly comment: string;
  readonly flag: string;
  readonly path: string;
  readonly octets: string;
  readonly faults: readonly (readonly [slug: string, op: string, octets: string])[];
}

export function nestingGroup(): VectorGroup {
  return {
    operation: "content.decode",
    comment: "What extensions hold, and how deep extensions and parts are nested",
    input: {},
    tests: [...extensionPairs, partsDepth].flatMap(casesOf),
  };
}

const extensionPairs: readonly Pair[] = [
  {
    id: "bignum",
    comment: "an integer that needs a bignum",
    flag: "Bignum",
    path: "mimiExtensions[3]",
    octets: withExtensions("a103c249010000000000000000"),
    faults: [
      ["that-fits", "a bignum that fits an integer", withExtensions("a103c24101")],
      ["of-8-octets", "a negative bignum that fits an integer", withExtensions("a103c348ffffffffffffffff")],
      ["with-zero", "a bignum with a leading zero", withExtensions("a103c24a00010000000000000000")],
    ],
  },
  {
    id: "nan",
    comment: "the one NaN",
    flag: "NaN",
    path: "mimiExtensions[3]",
    octets: withExtensions("a103f97e00"),
    faults: [
      ["other", "another NaN", withExtensions("a103f97e01")],
      ["long", "a NaN of four octets", withExtensions("a103fa7fc00000")],
    ],
  },
  {
    id: "inner-keys",
    comment: "octets as a key further down",
    flag: "Key",
    path: "mimiExtensions[3]",
    octets: withExtensions("a103a14100f6"),
    faults: [["true", "true as a key further down", withExtensions("a103a1f5f6")]],
  },
  {
    id: "extension-depth",
    comment: "extensions of four levels, the map itself counted",
    flag: "Depth",
    path: "mimiExtensions[3]",
    octets: withExtensions("a103818181f6"),
    faults: [["five", "extensions of five levels", withExtensions("a10381818181f6")]],
  },
];

const partsDepth: Pair = {
  id: "parts-depth",
  comment: "parts of four levels",
  flag: "Depth",
  path: "nestedPart",
  octets: withPart(nested(4)),
  faults: [["five", "parts of five levels", withPart(nested(5))]],
};

function casesOf({ id, comment, flag, path, octets, faults }: Pair): VectorCase[] {
  const parent = `content-${id}`;
  const valid = decodes({ id: parent, comment, bytes: fromHex(octets) ?? new Uint8Array() });
  return [
    valid,
    ...faults.map(
      ([slug, op, bytes]): VectorCase => ({
        id: `${parent}-${slug}`,
        comment: op,
        flags: [flag],
        requirements: [],
        expect: { level: "MUST", allow: ["invalid"] },
        parent,
        fault: { path, op },
        input: { bytes: refused(bytes) },
      }),
    ),
  ];
}

/** The octets once more, where the model refuses them. */
function refused(octets: string): string {
  try {
    decodeContent(fromHex(octets) ?? new Uint8Array());
  } catch {
    return octets;
  }
  throw new Error(`${octets} is not refused`);
}

/** A message without a body that has the map `extensions`, or the part, in the place of its own. */
function withExtensions(extensions: string): string {
  return empty().replace(/a0(?=83016000$)/, extensions);
}

function withPart(part: string): string {
  return empty().slice(0, -nothing.length) + part;
}

function empty(): string {
  const { content } = textMessage({ sender: alice, room, salt: saltOf("nesting") }, "");
  const nestedPart = { disposition: "render", language: "", cardinality: "nullpart" } as const;
  return hex(encodeContent({ ...content, mimiExtensions: new Map(), nestedPart }));
}

/** Parts of so many levels, the outermost counted: each but the last has two, nothing and the next. */
function nested(levels: number): string {
  return levels === 1 ? nothing : `850160030082${nothing}${nested(levels - 1)}`;
}
