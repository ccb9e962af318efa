/** Every structure that the drafts define, by name: for decoding, explaining and testing them all. */
import * as abuse from "./abuse/structures.ts";
import * as consent from "./consent/index.ts";
import * as discovery from "./discovery/index.ts";
import * as fanOut from "./fan-out/index.ts";
import * as framing from "./framing.ts";
import * as franking from "./franking/structures.ts";
import * as groupInfo from "./group-info/structures.ts";
import * as keyMaterial from "./key-material/structures.ts";
import * as mls from "./mls/structures/index.ts";
import * as pseudonyms from "./pseudonyms/index.ts";
import * as room from "./room/structures/index.ts";
import * as submit from "./submit/structures.ts";
import * as update from "./update/structures.ts";
import { type Codec, nameOf } from "./wire/index.ts";

export interface NamedStructure {
  readonly name: string;
  readonly codec: Codec<unknown>;
  /** e.g. `protocol-06 §5.2` */
  readonly source: string;
  /** One sentence. */
  readonly says: string;
  /** Where a select in it follows something around it: what that may be. Otherwise empty. */
  readonly surroundings: readonly Surrounding[];
}

/** A structure as far as a part of it needs to know it. */
export interface Surrounding {
  /** e.g. `in a message of the content type commit` */
  readonly says: string;
  /** The value that the structure selects on. */
  readonly selects: string;
  readonly enclosing: unknown;
}

const surroundings: ReadonlyMap<string, readonly Surrounding[]> = new Map([
  [
    "ClientKeyMaterial",
    [{ says: "in a KeyMaterialResponse of mls10", selects: "mls10", enclosing: { protocol: "mls10" } }],
  ],
  ["FramedContentAuthData", byContentType((contentType) => ({ content: { contentType } }))],
  ["PrivateMessageContent", byContentType((contentType) => ({ contentType }))],
]);

/** MIMI first, in the order of the drafts' sections, then MLS; in a section by the name they are exported under. */
export const structures: readonly NamedStructure[] = distinct([
  ...namedIn(framing),
  ...namedIn(keyMaterial),
  ...namedIn(update),
  ...namedIn(submit),
  ...namedIn(franking),
  ...namedIn(fanOut),
  ...namedIn(groupInfo),
  ...namedIn(consent),
  ...namedIn(discovery),
  ...namedIn(abuse),
  ...namedIn(pseudonyms),
  ...namedIn(room),
  ...room.components.flatMap(({ data, update: change }) => [named("", data), named("", change)]),
  ...namedIn(mls),
]);

/** The structure called `name`, whatever its case; undefined: there is none. */
export function structureNamed(name: string): NamedStructure | undefined {
  const wanted = name.toLowerCase();
  return structures.find((each) => each.name.toLowerCase() === wanted);
}

function namedIn(folder: object): (NamedStructure | undefined)[] {
  // The order of a module's exports is not the same in all runtimes.
  const byName = Object.entries(folder).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return byName.map(([name, exported]) => named(name, exported));
}

/** `exported` as a structure, where it is a declaration that says where it comes from. */
function named(exportedAs: string, exported: unknown): NamedStructure | undefined {
  const codec = exported as Codec<unknown> | undefined;
  const origin = codec?.notes?.origin;
  if (codec === undefined || origin === undefined) return undefined;
  const name = nameOf(codec.shape) ?? exportedAs;
  return { name, codec, ...origin, surroundings: surroundings.get(name) ?? [] };
}

/** The first of each name: of the two forms of MLS's ProtocolVersion, the open one. */
function distinct(all: readonly (NamedStructure | undefined)[]): NamedStructure[] {
  const byName = new Map<string, NamedStructure>();
  for (const each of all) if (each !== undefined && !byName.has(each.name)) byName.set(each.name, each);
  return [...byName.values()];
}

function byContentType(enclosing: (contentType: string) => unknown): Surrounding[] {
  return ["application", "proposal", "commit"].map((contentType) => ({
    says: `in a message of the content type ${contentType}`,
    selects: contentType,
    enclosing: enclosing(contentType),
  }));
}
