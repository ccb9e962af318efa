/** CBOR data items as drafts show them, with the place in the text. RFC 8949 */

export type Item = {
  /** In the text that it was read from; in octets where that was binary. */
  readonly offset: number;
} & (
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "array"; readonly items: readonly Item[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [Item, Item])[] }
  | { readonly kind: "tag"; readonly tag: bigint; readonly item: Item }
  | { readonly kind: "simple"; readonly value: number }
  | { readonly kind: "float"; readonly value: number }
  /** Left out with dots, or in a notation that is not known. */
  | { readonly kind: "elided" }
);

export const simpleNames = new Map([
  ["false", 20],
  ["true", 21],
  ["null", 22],
  ["undefined", 23],
]);

/** Whether something in `item` is left out. */
export function isElided(item: Item): boolean {
  if (item.kind === "elided") return true;
  if (item.kind === "array") return item.items.some(isElided);
  if (item.kind === "map") return item.entries.some(([key, value]) => isElided(key) || isElided(value));
  return item.kind === "tag" && isElided(item.item);
}

/** All items in it, itself first. */
export function* walk(item: Item): Generator<Item> {
  yield item;
  if (item.kind === "array") for (const each of item.items) yield* walk(each);
  else if (item.kind === "map") {
    for (const [key, value] of item.entries) {
      yield* walk(key);
      yield* walk(value);
    }
  } else if (item.kind === "tag") yield* walk(item.item);
}

/** In words: `bytes(3)`, `text(5)`, `array(2)`, `17`. */
export function inWords(item: Item): string {
  switch (item.kind) {
    case "int":
      return String(item.value);
    case "bytes":
      return `bytes(${item.bytes.length})`;
    case "text":
      return JSON.stringify(item.text.length > 24 ? `${item.text.slice(0, 24)}...` : item.text);
    case "array":
      return `array(${item.items.length})`;
    case "map":
      return `map(${item.entries.length})`;
    case "tag":
      return `tag(${item.tag})`;
    case "simple":
      return [...simpleNames].find(([, value]) => value === item.value)?.[0] ?? `simple(${item.value})`;
    case "float":
      return String(item.value);
    case "elided":
      return "...";
  }
}
