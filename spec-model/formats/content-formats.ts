/** The CBOR formats: MIMI content, message status reports, and what clients derive about messages. */
import {
  ContentError,
  decodeContent,
  decodeDerivedValues,
  decodeStatusReport,
  type Extensions,
  encodeContent,
  encodeDerivedValues,
  encodeStatusReport,
  type MessageDerivedValues,
  type MessageStatusReport,
  type MimiContent,
  type NestedPart,
} from "../content/index.ts";
import { diagnostic } from "./cbor-diagnostic.ts";
import { type CborItem, cborItems } from "./cbor-items.ts";
import { cborEntries, cborFromJson, contentToJson } from "./cbor-json.ts";
import { cborPart, type Layout } from "./cbor-tree.ts";
import { extensionKeys, type FieldGroup, groups, partGroups } from "./content-fields.ts";
import {
  decimal,
  type FromJson,
  flag,
  integer,
  isNot,
  list,
  nameOrNumber,
  nullable,
  objectAt,
  octets,
  oneOf,
  record,
  text,
} from "./from-json.ts";
import { type Decoded, type Format, noValue, type Part } from "./part.ts";

const expirationLayout: Layout = { kind: "group", group: () => groups.expiration, inside: () => undefined };

const partLayout: Layout = {
  kind: "group",
  group: ({ children }) => partGroups[Number(children[2]?.argument ?? -1)],
  inside: (field) => (field === "parts" ? { kind: "each", layout: partLayout } : undefined),
};

const contentLayout: Layout = {
  kind: "group",
  group: () => groups.content,
  inside: (field) => {
    if (field === "expires") return expirationLayout;
    if (field === "mimiExtensions") return { kind: "map", keys: extensionKeys };
    return field === "nestedPart" ? partLayout : undefined;
  },
};

const entryLayout: Layout = { kind: "group", group: () => groups.entry, inside: () => undefined };

const anyPart = { disposition: nameOrNumber as FromJson<NestedPart["disposition"]>, language: text };

const partsByCardinality: Readonly<Record<NestedPart["cardinality"], FromJson<unknown>>> = {
  nullpart: record({ ...anyPart, cardinality: text }),
  single: record({ ...anyPart, cardinality: text, contentType: text, content: octets }),
  external: record({
    ...anyPart,
    cardinality: text,
    contentType: text,
    url: text,
    expires: integer,
    size: decimal,
    encAlg: integer,
    key: octets,
    nonce: octets,
    aad: octets,
    hashAlg: integer,
    contentHash: octets,
    description: text,
    filename: text,
  }),
  multi: record({
    ...anyPart,
    cardinality: text,
    partSemantics: oneOf("chooseOne", "singleUnit", "processAll"),
    parts: list(nestedPart),
  }),
};

const contentFromJson: FromJson<MimiContent> = record({
  salt: octets,
  replaces: nullable(octets),
  topicId: octets,
  expires: nullable(record({ relative: flag, time: integer })),
  inReplyTo: nullable(octets),
  mimiExtensions: cborEntries as FromJson<Extensions>,
  nestedPart,
});

const reportFromJson = list(
  record({ messageId: octets, status: nameOrNumber }),
) as FromJson<MessageStatusReport>;

const derivedFromJson = record({
  messageId: octets,
  hubAcceptedTimestamp: (json, place) =>
    typeof json === "object" ? cborFromJson(json, place) : decimal(json, place),
  mlsGroupId: octets,
  senderLeafIndex: integer,
  senderClientUrl: text,
  senderUserUrl: text,
  roomUrl: text,
}) as FromJson<MessageDerivedValues>;

export const contentFormats: readonly Format[] = [
  cborFormat({
    name: "mimiContent",
    source: "content-09 §4",
    says: "a message for people: its body, and how it relates to other messages",
    layout: contentLayout,
    read: decodeContent,
    write: (json) => encodeContent(contentFromJson(json, "mimiContent")),
    defined: [groups.content, groups.expiration, ...partGroups],
  }),
  cborFormat({
    name: "MessageStatusReport",
    source: "message-status-01 §3",
    says: "what became of messages at the sender of the report",
    layout: { kind: "each", layout: entryLayout },
    read: decodeStatusReport,
    write: (json) => encodeStatusReport(reportFromJson(json, "MessageStatusReport")),
    defined: [groups.entry],
  }),
  cborFormat({
    name: "MessageDerivedValues",
    source: "content-09 §4.6 and appendix A.2",
    says: "what a client derives about a message besides its content",
    layout: { kind: "group", group: () => groups.derived, inside: () => undefined },
    read: decodeDerivedValues,
    write: (json) => encodeDerivedValues(derivedFromJson(json, "MessageDerivedValues")),
    defined: [groups.derived],
  }),
];

/** MIMI content within a structure, from `offset` on; undefined where `bytes` are none. */
export function contentWithin(bytes: Uint8Array, offset: number): Part | undefined {
  const { typed } = attempt(decodeContent, bytes);
  const { item } = cborItems(bytes, offset);
  return typed === undefined || item === undefined
    ? undefined
    : cborPart(item, { name: "", meaning: "", layout: contentLayout, typed });
}

function nestedPart(json: unknown, place: string): NestedPart {
  const { cardinality } = objectAt(json, place);
  const kinds = Object.keys(partsByCardinality) as NestedPart["cardinality"][];
  const kind = kinds.find((each) => each === cardinality);
  if (kind === undefined) throw isNot(`${place}.cardinality`, `one of ${kinds.join(", ")}`, cardinality);
  return partsByCardinality[kind](json, place) as NestedPart;
}

interface CborFormat {
  readonly name: string;
  readonly source: string;
  readonly says: string;
  readonly layout: Layout;
  /** Throws `ContentError`. */
  readonly read: (bytes: Uint8Array) => unknown;
  readonly write: (json: unknown) => Uint8Array;
  readonly defined: readonly FieldGroup[];
}

function cborFormat({ name, source, says, layout, read, write, defined }: CborFormat): Format {
  return {
    name,
    source,
    says,
    decode: (bytes) => decoded(name, layout, read, bytes),
    encode: write,
    definition: () => defined.map(cddl).join("\n"),
  };
}

function decoded(
  name: string,
  layout: Layout,
  read: (bytes: Uint8Array) => unknown,
  bytes: Uint8Array,
): Decoded {
  const { typed, error } = attempt(read, bytes);
  const { item } = cborItems(bytes);
  const known = { name: "", meaning: "", layout, typed };
  return {
    part: item === undefined ? nothingOf(name) : { ...cborPart(item, known), type: name },
    json: typed === undefined ? null : contentToJson(typed),
    error: error && { message: `${name}${separated(error)}`, offset: error.offset },
    diagnostic: item === undefined || !isWhole(item) ? undefined : diagnostic(item),
  };
}

function separated(error: ContentError): string {
  return (/^[[:]/.test(error.message) ? "" : error.place === "" ? ": " : ".") + error.message;
}

function isWhole(item: CborItem): boolean {
  return item.complete && item.children.every(isWhole);
}

function nothingOf(type: string): Part {
  return { offset: 0, length: 0, name: "", type, value: noValue, meaning: "", complete: false, children: [] };
}

function attempt<T>(
  read: (bytes: Uint8Array) => T,
  bytes: Uint8Array,
): { readonly typed: T | undefined; readonly error: ContentError | undefined } {
  try {
    return { typed: read(bytes), error: undefined };
  } catch (error) {
    if (error instanceof ContentError) return { typed: undefined, error };
    throw error;
  }
}

function cddl({ name, source, fields }: FieldGroup): string {
  const lines = fields.map((each) => `  ${each.name}: ${each.type}, /* ${each.says} */\n`);
  return `; ${source}\n${name} = [\n${lines.join("")}]\n`;
}
