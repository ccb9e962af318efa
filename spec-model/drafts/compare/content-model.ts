/** What is modelled of the CBOR formats, as lines that can be compared with the rules of a schema. content-09 §4, message-status-01 §3 */
import { decodeStatusReport, dispositionOf, extensionKey } from "../../content/index.ts";
import { type FieldGroup, fieldGroups } from "../../formats/index.ts";

export interface ModelledRule {
  readonly lines: readonly string[];
  /** The revision that has it. */
  readonly draft: "content-09" | "message-status-01";
  /** Files of the model that read and write it. */
  readonly files: readonly string[];
}

/** A type that stands for whatever the draft has: how the values of this field are named is another rule. */
export const anyType = "(named elsewhere)";

const container = [
  "spec-model/content/decode.ts",
  "spec-model/content/encode.ts",
  "spec-model/content/container.ts",
];
const derived = ["spec-model/content/derived-values.ts"];
const dispositions = ["spec-model/content/dispositions.ts"];
const status = ["spec-model/content/message-status.ts"];

/** The rules by their names in the drafts' schemas. */
export function modelledRules(): ReadonlyMap<string, ModelledRule> {
  const content = (files: readonly string[], ...lines: readonly string[]): ModelledRule => ({
    lines,
    draft: "content-09",
    files,
  });
  const report = (...lines: readonly string[]): ModelledRule => ({
    lines,
    draft: "message-status-01",
    files: status,
  });
  return new Map<string, ModelledRule>([
    ["mimiContent", content(container, ...fieldsOf(fieldGroups.content))],
    ["NestedPart", content(container, ...partLines)],
    ["NullPart", content(container, ...ownFieldsOf(fieldGroups.nullpart))],
    ["SinglePart", content(container, ...ownFieldsOf(fieldGroups.single))],
    [
      "ExternalPart",
      content([...container, "spec-model/content/external.ts"], ...ownFieldsOf(fieldGroups.external)),
    ],
    ["MultiPart", content([...container, "spec-model/content/parts.ts"], ...ownFieldsOf(fieldGroups.multi))],
    ["Expiration", content(container, ...fieldsOf(fieldGroups.expiration))],
    ["baseDispos", content(dispositions, ...numbered(dispositionNames()))],
    ["extensions", content([...container, "spec-model/content/extension-keys.ts"], ...keyLines)],
    ["MessageId", content(["spec-model/content/message-id.ts"], "bstr .size 32")],
    ...constants(["nullpart", "single", "external", "multi"], container),
    ...constants(["chooseOne", "singleUnit", "processAll"], container),
    ["MessageDerivedValues", content(derived, ...fieldsOf(fieldGroups.derived))],
    ["MessageStatusReport", report("* PerMessageStatus")],
    ["PerMessageStatus", report(...fieldsOf(fieldGroups.entry))],
    ["baseStatus", report(...numbered(statusNames()))],
  ]);
}

/** Rules that only give a name to a part of the others, which name it themselves. */
export const auxiliaryRules: ReadonlySet<string> = new Set([
  ...["unknownDispos", "unknownStatus", "unknownExtension", "name", "value"],
  ...["MsgUri", "Timestamp", "MsecsSinceEpoch", "ExtendedTime"],
]);

const partLines = [
  `disposition: ${anyType}`,
  "language: tstr",
  "(NullPart // SinglePart // ExternalPart // MultiPart)",
];
const keyLines = Object.entries(extensionKey).map(([name, key]) => `? &(${name}: ${key}) => tstr`);

function fieldsOf({ fields }: FieldGroup): string[] {
  return fields.map(({ name, type }) => `${name}: ${isNamedElsewhere(type) ? anyType : type}`);
}

/** Without disposition and language, which all parts have and NestedPart declares. */
function ownFieldsOf(group: FieldGroup): string[] {
  return fieldsOf({ ...group, fields: group.fields.slice(2) });
}

function isNamedElsewhere(type: string): boolean {
  return type === "uint8" || type.includes("ext_time");
}

function numbered(names: readonly string[]): string[] {
  return names.map((name, value) => `${name}: ${value}`);
}

function constants(names: readonly string[], files: readonly string[]): [string, ModelledRule][] {
  return names.map((name, value) => [name, { lines: [String(value)], draft: "content-09", files }]);
}

function dispositionNames(): string[] {
  return namesFrom((value) => dispositionOf(value));
}

/** As the decoder names them in a report on one message. */
function statusNames(): string[] {
  return namesFrom((value) => {
    const entry = Uint8Array.of(0x81, 0x82, 0x58, 32, ...new Uint8Array(32), value);
    return decodeStatusReport(entry)[0]?.status ?? value;
  });
}

/** Numbers up to 23 take one octet in CBOR, and no registry has more names. */
function namesFrom(read: (value: number) => string | number): string[] {
  const values = Array.from({ length: 24 }, (_, value) => read(value));
  return values.filter((name) => typeof name === "string");
}
