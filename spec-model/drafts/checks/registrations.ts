/** What a draft registers: rows of tables, and templates with a value and a name. RFC 8126 */
import type { Cell, Draft, Place, Section } from "../document/index.ts";

export interface Registration {
  readonly name: string;
  /** Undefined where IANA has yet to choose. */
  readonly value: number | undefined;
  /** Where a whole range is registered: its end. */
  readonly to: number | undefined;
  /** Kept free for later: the draft need not say what it is. */
  readonly isReserved: boolean;
  readonly place: Place;
  readonly valuePlace: Place;
}

export interface Registry {
  /** `component`, `extension`, `table` ... */
  readonly kind: string;
  readonly entries: readonly Registration[];
  readonly section: Section;
}

const valueHeading = /^(?:value|key|code|code ?point|id|number|component id|type|hex|no\.?)$/i;
const nameHeading = /^(?:name|label|identifier|description|keyword|capability|symbol|meaning)$/i;
const otherHeading =
  /^(?:ref|refs|reference|references|recommended|rec|r|where|messages?|semantics|document|status|policy|change controller|note)\b/i;

/** All registries that the draft fills. */
export function registriesIn(draft: Draft): Registry[] {
  return [...tablesIn(draft), ...templatesIn(draft)];
}

/** `0x0a`, `10`, `TBD1 (suggested value 0x0024)`; a range has an end. */
export function valueIn(text: string): { value: number; to: number | undefined } | undefined {
  const numbers = [...text.replace(/TBD\d*/gi, "").matchAll(/0x[\da-f]+|\b\d+\b/gi)].map(([number]) =>
    Number(number),
  );
  const [value, to] = numbers;
  if (value === undefined) return undefined;
  const isRange =
    to !== undefined && /^\W*(?:0x[\da-f]+|\d+)\W*(?:-|\u2013|to|\.\.)\W*(?:0x[\da-f]+|\d+)/i.test(text);
  return { value, to: isRange ? to : undefined };
}

function tablesIn({ tables }: Draft): Registry[] {
  return tables.flatMap(({ header, rows, section, title }) => {
    const values = header.findIndex(({ text }) => valueHeading.test(text));
    const names = header.findIndex(({ text }, i) => i !== values && nameHeading.test(text));
    const isRegistry =
      header.some(({ text }) => otherHeading.test(text)) ||
      /regist|iana|initial/i.test(`${title} ${section.title}`);
    if (values === -1 || names === -1 || !isRegistry) return [];
    const entries = rows.flatMap((row) => registration(row[names], row[values]));
    const numbered = entries.filter(({ value }) => value !== undefined).length;
    return numbered * 2 < entries.length || entries.length < 2 ? [] : [{ kind: "table", entries, section }];
  });
}

function registration(name: Cell | undefined, value: Cell | undefined): Registration[] {
  if (name === undefined || value === undefined) return [];
  const plain = name.text
    .replace(/`/g, "")
    .replace(/\s*\((?:reserved|obsolete|deprecated)\)\s*$/i, "")
    .trim();
  const number = valueIn(value.text.replace(/`/g, ""));
  const isReserved = /reserved|obsolete|deprecated/i.test(name.text);
  return [
    {
      name: plain,
      value: number?.value,
      to: number?.to,
      isReserved,
      place: name.place,
      valuePlace: value.place,
    },
  ];
}

/** `- Value: 0x0020` and `- Name: frank_aad`, in a section of their own. */
function templatesIn({ prose, sections }: Draft): Registry[] {
  const parents = parentsIn(sections);
  const found = new Map<string, { kind: string; entries: Registration[]; section: Section }>();
  let value: { text: string; place: Place; section: Section } | undefined;
  for (const { lines, section, depth } of prose) {
    const [line] = lines;
    if (line === undefined || depth === 0) continue;
    const field = /^(Value|Name)\s*:\s*(.*)$/i.exec(line.text.trim());
    if (field === null) continue;
    const [, label = "", text = ""] = field;
    const place = { file: line.file, line: line.line, column: line.column + line.text.indexOf(text) };
    if (label.toLowerCase() === "value") {
      value = { text, place, section };
    } else if (value?.section === section) {
      const number = valueIn(value.text);
      const parent = parents.get(section);
      const name = text.replace(/`/g, "").trim();
      const key = `${parent?.place.line ?? 0} ${kindOf(section, parent)}`;
      const registry = found.get(key) ?? { kind: kindOf(section, parent), entries: [], section };
      registry.entries.push({
        name,
        value: number?.value,
        to: undefined,
        isReserved: false,
        place,
        valuePlace: value.place,
      });
      found.set(key, registry);
      value = undefined;
    }
  }
  return [...found.values()];
}

/** The section around another; looked up once, since drafts may have many. */
function parentsIn(sections: readonly Section[]): Map<Section, Section> {
  const parents = new Map<Section, Section>();
  const open: Section[] = [];
  for (const section of sections) {
    while ((open.at(-1)?.level ?? -1) >= section.level) open.pop();
    const parent = open.at(-1);
    if (parent !== undefined) parents.set(section, parent);
    open.push(section);
  }
  return parents;
}

function kindOf(section: Section, parent: Section | undefined): string {
  const titles = `${section.title} ${parent?.title ?? ""}`.toLowerCase();
  const kinds = ["component", "extension", "proposal", "credential", "wire format", "label"];
  return (
    kinds.find((kind) => section.title.toLowerCase().includes(kind)) ??
    kinds.find((kind) => titles.includes(kind)) ??
    section.title
  );
}
