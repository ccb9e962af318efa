/** Checks of MIMI messages among the examples: IDs, references, times, characters. content-09 §3.3 */
import { hex } from "../../bytes.ts";
import { messageIdOf } from "../../content/index.ts";
import type { Analysed } from "../analysis/index.ts";
import { encodeItem, type Item, isElided, walk } from "../cbor/index.ts";
import type { CheckContext } from "./context.ts";
import type { DumpExample, EdnExample } from "./example.ts";

export function checkMessages(
  analysed: Analysed,
  edn: readonly EdnExample[],
  dumps: readonly DumpExample[],
  context: CheckContext,
): void {
  const ids = new Set<string>();
  for (const example of edn) {
    const id = example.edn.item && idOf(example.edn.item);
    if (id !== undefined) ids.add(id);
    tellId(example, id, context);
  }
  if (ids.size === 0) return;
  for (const example of edn)
    if (example.edn.item) tellReferences(example.edn.item, ids, example.placeAt, example, context);
  for (const example of dumps)
    if (example.item) tellReferences(example.item, ids, example.dump.placeAt, example, context);
  tellCharacters(analysed, edn, context);
}

/** The ID of an example that is a message of the MIMI content format, with sender and room in its extensions. */
function idOf(item: Item): string | undefined {
  if (item.kind !== "array" || item.items.length !== 7 || isElided(item)) return undefined;
  const [salt, , , , , extensions] = item.items;
  if (salt?.kind !== "bytes" || salt.bytes.length !== 16 || extensions?.kind !== "map") return undefined;
  const extension = (wanted: bigint) => {
    const value = extensions.entries.find(([key]) => key.kind === "int" && key.value === wanted)?.[1];
    return value?.kind === "text" ? value.text : undefined;
  };
  const senderUri = extension(1n);
  const roomUri = extension(2n);
  if (senderUri === undefined || roomUri === undefined) return undefined;
  return hex(messageIdOf({ encoded: encodeItem(item, true), salt: salt.bytes, senderUri, roomUri }));
}

function tellId({ edn, placeAt, block }: EdnExample, id: string | undefined, { report }: CheckContext): void {
  if (id === undefined) return;
  // An ID goes on in the next comment.
  const comments = edn.comments.map(({ text }) => text.replace(/^[#/]+|\/$/g, "")).join("\n");
  const stated = /message\s*ID\s*=?\s*(?:h')?((?:[0-9a-f]{2}\s*){32})/i.exec(comments);
  const digits = stated?.[1]?.replace(/\s+/g, "");
  if (digits === undefined || digits === id) return;
  const comment = edn.comments.find(({ text }) => text.includes(digits.slice(0, 32)));
  const message = `the ID of this message begins with ${id.slice(0, 16)}, not with ${digits.slice(0, 16)}`;
  report("example-message-id", placeAt(comment?.offset ?? 0), digits.slice(0, 16), message, {
    section: block.section,
  });
}

function tellReferences(
  item: Item,
  ids: ReadonlySet<string>,
  placeAt: (offset: number) => { file: string; line: number; column: number },
  { block }: Pick<EdnExample, "block">,
  { report }: CheckContext,
): void {
  for (const each of walk(item)) {
    if (each.kind !== "bytes" || each.bytes.length !== 32 || each.bytes[0] !== 1) continue;
    const id = hex(each.bytes);
    if (ids.has(id)) continue;
    report(
      "example-reference",
      placeAt(each.offset),
      id.slice(0, 16),
      `no example has the message ID ${id.slice(0, 16)}...`,
      { section: block.section },
    );
  }
}

/** A section that names one character has no other in its example. */
function tellCharacters({ draft }: Analysed, edn: readonly EdnExample[], { report }: CheckContext): void {
  for (const { block, edn: parsed, placeAt } of edn) {
    if (parsed.item === undefined) continue;
    const prose = draft.prose.filter(({ section }) => section === block.section);
    const named = new Set(
      prose.flatMap(({ lines }) =>
        lines.flatMap(({ text }) =>
          [...text.matchAll(/U\+([0-9A-F]{4,6})\b/g)].map((match) => Number.parseInt(match[1] ?? "0", 16)),
        ),
      ),
    );
    if (named.size === 0) continue;
    for (const item of walk(parsed.item)) {
      const text =
        item.kind === "text" ? item.text : item.kind === "bytes" ? new TextDecoder().decode(item.bytes) : "";
      if (text.length > 12 || text.length === 0 || /[\x20-\x7e\uFFFD]/.test(text)) continue;
      const points = [...text].map((character) => character.codePointAt(0) ?? 0);
      if (points.some((point) => named.has(point) || point < 128)) continue;
      const [first = 0] = points;
      const shown = `U+${first.toString(16).toUpperCase().padStart(4, "0")}`;
      report(
        "example-character",
        placeAt(item.offset),
        shown,
        `the example has ${shown}, the text of its section names other characters`,
        { section: block.section },
      );
    }
  }
}
