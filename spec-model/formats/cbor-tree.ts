/** CBOR data items as parts, named after the fields of their format. */
import { diagnosticScalar, pairs } from "./cbor-diagnostic.ts";
import type { CborItem } from "./cbor-items.ts";
import type { Field, FieldGroup } from "./content-fields.ts";
import type { Part, Value } from "./part.ts";
import { readable } from "./readable.ts";

/** What the items in an item are called. */
export type Layout =
  | {
      readonly kind: "group";
      readonly group: (item: CborItem) => FieldGroup | undefined;
      /** Of the fields that hold more than a scalar. */
      readonly inside: (field: string) => Layout | undefined;
    }
  | { readonly kind: "each"; readonly layout: Layout }
  | { readonly kind: "map"; readonly keys: ReadonlyMap<string, string> };

/** What an item is, besides its bytes. `typed` is the value that the format's decoder made of it, if it did. */
interface Known {
  readonly name: string;
  readonly meaning: string;
  readonly layout: Layout | undefined;
  readonly typed: unknown;
}

export function cborPart(item: CborItem, { name, meaning, layout, typed }: Known): Part {
  return {
    offset: item.offset,
    length: item.length,
    name,
    type: typeOf(item, layout),
    value: shownValue(item, name, typed),
    meaning: [dateIn(item, name), meaning].filter(Boolean).join(" \u00b7 "),
    complete: item.complete,
    children: item.major === 5 ? entries(item, layout) : items(item, layout, typed),
  };
}

function items(item: CborItem, layout: Layout | undefined, typed: unknown): Part[] {
  const group = layout?.kind === "group" ? layout.group(item) : undefined;
  return item.children.map((child, index) => {
    const field: Field | undefined = group?.fields[index];
    const inside = layout?.kind === "group" ? layout.inside(field?.name ?? "") : eachOf(layout);
    return cborPart(child, {
      name: field?.name ?? `[${index}]`,
      meaning: field?.says ?? "",
      layout: inside,
      typed: memberOf(typed, field?.name ?? index),
    });
  });
}

function eachOf(layout: Layout | undefined): Layout | undefined {
  return layout?.kind === "each" ? layout.layout : undefined;
}

/** An entry is one part, from its key to the end of its value. */
function entries(item: CborItem, layout: Layout | undefined): Part[] {
  return pairs(item).map(([key, value]) => {
    const name = key.major < 4 ? diagnosticScalar(key) : "(key)";
    const meaning = (layout?.kind === "map" ? layout.keys.get(name) : undefined) ?? "";
    const part = cborPart(value, { name, meaning, layout: undefined, typed: undefined });
    return { ...part, offset: key.offset, length: value.offset + value.length - key.offset };
  });
}

function memberOf(typed: unknown, name: string | number): unknown {
  return typeof typed === "object" && typed !== null
    ? (typed as Record<string | number, unknown>)[name]
    : undefined;
}

function typeOf(item: CborItem, layout: Layout | undefined): string {
  const group = layout?.kind === "group" && item.major === 4 ? layout.group(item) : undefined;
  if (group !== undefined) return group.name;
  return ["", "", "", "", "array", "map", `tag ${item.argument}`, ""][item.major] ?? "";
}

function shownValue(item: CborItem, name: string, typed: unknown): Value {
  const { major, children, argument, content } = item;
  if (major === 4) return { kind: "plain", text: counted(argument, "item") };
  if (major === 5) return { kind: "plain", text: counted(argument, "entry") };
  if (major === 6) return { kind: "plain", text: children.length === 0 ? "nothing behind it" : "" };
  if (!item.complete) return { kind: "plain", text: "incomplete" };
  if (major === 2) return byteString(item, name === "content" ? readable(content) : undefined);
  if (major === 3) return { kind: "text", text: diagnosticScalar(item) };
  const number = diagnosticScalar(item);
  return { kind: "plain", text: typeof typed === "string" ? `${typed} (${number})` : number };
}

function byteString(item: CborItem, text: string | undefined): Value {
  return text === undefined ? { kind: "bytes", text: diagnosticScalar(item) } : { kind: "text", text };
}

function counted(count: bigint, what: "item" | "entry"): string {
  if (count === 1n) return `1 ${what}`;
  return `${count} ${what === "item" ? "items" : "entries"}`;
}

const latestDate = 8_640_000_000_000_000;

/** The date of a time. Relative times are small, and dates in the first years of the epoch are none. */
function dateIn({ major, argument }: CborItem, name: string): string {
  if (major !== 0 || !["time", "expires", "hubAcceptedTimestamp"].includes(name)) return "";
  const milliseconds = Number(argument) * (name === "hubAcceptedTimestamp" ? 1 : 1000);
  // biome-ignore lint/style/noRestrictedGlobals: a given time as a text; no clock is read.
  const earliest = Date.UTC(2000, 0);
  if (milliseconds < earliest || milliseconds > latestDate) return "";
  // biome-ignore lint/style/noRestrictedGlobals: a given time as a text; no clock is read.
  return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}
