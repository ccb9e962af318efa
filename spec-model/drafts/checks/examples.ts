/** Checks of examples in CBOR: notation, dump and binary of one example against each other and against the schema. */
import { equalBytes } from "../../bytes.ts";
import type { Analysed, TextBlock } from "../analysis/index.ts";
import {
  decodeItem,
  encodeItem,
  type Item,
  inWords,
  isElided,
  parseEdn,
  readHexdump,
} from "../cbor/index.ts";
import { type Mismatch, mismatch, type Rule, schemaOf } from "../cddl/index.ts";
import type { Place, Section } from "../document/index.ts";
import { schemaBlocks } from "./cddl.ts";
import type { CheckContext } from "./context.ts";
import type { DumpExample, EdnExample } from "./example.ts";
import { checkHexdump } from "./hexdump.ts";
import { checkMessages } from "./messages.ts";

export function checkExamples(context: CheckContext): void {
  for (const analysed of context.drafts) {
    const edn = analysed.blocks("edn").map((block) => ({ ...block, edn: parseEdn(block.text) }));
    const dumps = analysed.blocks("hexdump").map((block) => readDump(block, context));
    for (const example of edn) tellEdn(example, context);
    const invalid = validate(analysed, edn, context);
    const sound = edn.filter((example) => !invalid.has(example));
    const compared = comparePairs(
      sound,
      dumps.filter(({ isSound }) => isSound),
      context,
    );
    compareBinaries(sound, context);
    // What differs from its notation is told already.
    checkMessages(
      analysed,
      edn,
      dumps.filter((dump) => !compared.has(dump)),
      context,
    );
  }
}

function readDump(block: TextBlock, context: CheckContext): DumpExample {
  const dump = readHexdump(block.block.lines);
  const decoded = decodeItem(dump.bytes);
  const isSound = checkHexdump(dump, block.block, context);
  return { ...block, dump, isSound, item: decoded.ok ? decoded.item : undefined };
}

function tellEdn({ block, edn, placeAt }: EdnExample, { report }: CheckContext): void {
  // What nothing calls diagnostic notation may be something else.
  if (block.language === "" && edn.item === undefined) return;
  for (const { offset, token, message, fix, comma } of edn.faults.slice(0, 3)) {
    report(comma ? "edn-comma" : "edn-syntax", placeAt(offset), token, message, {
      fix,
      section: block.section,
    });
  }
}

/** A dump shows the example in notation that stands before it in its section. */
function comparePairs(
  edn: readonly EdnExample[],
  dumps: readonly DumpExample[],
  { report }: CheckContext,
): Set<DumpExample> {
  const compared = new Set<DumpExample>();
  const all = [...edn.map((each) => ({ ...each, item: undefined })), ...dumps].toSorted(
    (a, b) => a.block.opened.line - b.block.opened.line,
  );
  let before: EdnExample | undefined;
  for (const example of all) {
    if ("edn" in example) {
      before = example;
      continue;
    }
    const notation = before?.edn.item;
    const partner = before;
    before = undefined;
    if (
      notation === undefined ||
      example.item === undefined ||
      partner?.block.section !== example.block.section
    )
      continue;
    compared.add(example);
    if (isElided(notation) || sameBytes(notation, example.dump.bytes)) continue;
    const difference = firstDifference(notation, example.item);
    // Two examples that have nothing in common are not two forms of one.
    if (difference !== undefined && difference.path.length === 0) continue;
    const place = example.dump.placeAt(difference === undefined ? 0 : differingOctet(difference));
    const message =
      difference === undefined
        ? "the dump has the values of the notation in another encoding"
        : `the dump has ${shown(difference.b)}, the notation ${shown(difference.a)}`;
    report("example-bytes", place, difference === undefined ? "" : inWords(difference.b), message, {
      section: example.block.section,
    });
  }
  return compared;
}

/** In strings of one kind, where they part; else the item's head. */
function differingOctet({ a, b }: Difference): number {
  if (a.kind !== b.kind || (a.kind !== "bytes" && a.kind !== "text")) return b.offset;
  const left = encodeItem(a, true);
  const right = encodeItem(b, true);
  const index = left.length === right.length ? right.findIndex((octet, i) => octet !== left[i]) : 0;
  return b.offset + Math.max(0, index);
}

function shown(item: Item): string {
  if (item.kind !== "bytes") return inWords(item);
  const digits = [...item.bytes.subarray(0, 4)].map((octet) => octet.toString(16).padStart(2, "0")).join("");
  return `h'${digits}${item.bytes.length > 4 ? "..." : ""}'`;
}

function sameBytes(item: Item, bytes: Uint8Array): boolean {
  return equalBytes(encodeItem(item, true), bytes) || equalBytes(encodeItem(item, false), bytes);
}

/** The binary form lies beside the included notation. */
function compareBinaries(edn: readonly EdnExample[], { report, resolve }: CheckContext): void {
  for (const { block, edn: parsed, placeAt } of edn) {
    const path = block.included;
    if (path === undefined || parsed.item === undefined || isElided(parsed.item)) continue;
    const bytes = resolve(path.replace(/\.\w+$/, ".cbor"));
    if (bytes === undefined || sameBytes(parsed.item, bytes)) continue;
    const decoded = decodeItem(bytes);
    const difference = decoded.ok ? firstDifference(parsed.item, decoded.item) : undefined;
    const message =
      difference === undefined
        ? "the binary file is another encoding"
        : `the binary file has ${shown(difference.b)}, the notation ${shown(difference.a)}`;
    report("example-bytes", placeAt(difference?.a.offset ?? 0), path, message, { section: block.section });
  }
}

interface Difference {
  readonly a: Item;
  readonly b: Item;
  readonly path: readonly number[];
}

/** The first items in which two differ. */
function firstDifference(a: Item, b: Item, path: readonly number[] = []): Difference | undefined {
  const pairs = childrenOf(a, b);
  if (pairs === undefined) {
    const same = a.kind === "elided" || equalBytes(encodeItem(a, true), encodeItem(b, true));
    return same ? undefined : { a, b, path };
  }
  for (const [i, [left, right]] of pairs.entries()) {
    const difference = firstDifference(left, right, [...path, i]);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function childrenOf(a: Item, b: Item): [Item, Item][] | undefined {
  if (a.kind === "array" && b.kind === "array" && a.items.length === b.items.length)
    return zip(a.items, b.items);
  if (a.kind === "map" && b.kind === "map" && a.entries.length === b.entries.length)
    return zip(a.entries.flat(), b.entries.flat());
  if (a.kind === "tag" && b.kind === "tag" && a.tag === b.tag) return [[a.item, b.item]];
  return undefined;
}

function zip(a: readonly Item[], b: readonly Item[]): [Item, Item][] {
  return a.flatMap((each, i) => {
    const other = b[i];
    return other === undefined ? [] : [[each, other] as [Item, Item]];
  });
}

/** An example that fits no rule of the schema fails where it went furthest, if it was about to fit. */
function validate(
  analysed: Analysed,
  examples: readonly EdnExample[],
  { report }: CheckContext,
): Set<EdnExample> {
  const rules = schemaBlocks(analysed).flatMap(({ cddl }) => cddl.rules);
  const invalid = new Set<EdnExample>();
  for (const example of rules.length === 0 ? [] : examples) {
    const { block, edn, placeAt } = example;
    // What cannot be read in full is told already.
    if (edn.faults.some(({ comma }) => !comma)) continue;
    const failure = edn.item && failureOf(edn.item, rules);
    if (failure === undefined) continue;
    invalid.add(example);
    tellInvalid(failure, placeAt(failure.item.offset), block.section, report);
  }
  return invalid;
}

function tellInvalid(
  { item, message }: Mismatch,
  place: Place,
  section: Section,
  report: CheckContext["report"],
): void {
  report("example-invalid", place, inWords(item), `the example does not fit the schema: ${message}`, {
    section,
  });
}

/** Undefined: it fits some rule that says enough, or resembles none. */
function failureOf(item: Item, rules: readonly Rule[]): Mismatch | undefined {
  // The last definition of a name is the complete schema's.
  const schema = schemaOf([...rules].reverse());
  const roots = rules.filter(
    ({ type, parameters }) => parameters.length === 0 && (type.kind === "array" || type.kind === "map"),
  );
  const failures = roots.map((rule) => ({ rule, failure: mismatch(item, rule.name, schema) }));
  if (failures.some(({ failure }) => failure === undefined)) return undefined;
  const near = failures.flatMap(({ rule, failure }) =>
    failure !== undefined && resembles(failure, item, rule) ? [failure] : [],
  );
  return near.toSorted((a, b) => b.path.length - a.path.length || b.item.offset - a.item.offset)[0];
}

/** Whether most of the example was what the schema says when it stopped. */
function resembles({ path, item }: Mismatch, root: Item, { type }: Rule): boolean {
  if (root.kind === "map") return type.kind === "map" && path.length > 1;
  if (root.kind !== "array" || type.kind !== "array" || root.items.length < 2) return false;
  if (path.length > 1) return true;
  const entries = Math.max(...type.group.map((choice) => choice.length));
  const isNearlyAll = Math.abs(entries - root.items.length) <= 1;
  return item === root ? isNearlyAll && entries > 2 : Number(path[0]) >= Math.min(2, root.items.length / 2);
}
