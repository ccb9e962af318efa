/** `operations.md`: all operations with their outcomes and members, for people. */
import { families } from "./case.ts";
import { type Operation, operations } from "./operations/index.ts";
import type { Member } from "./operations/operation.ts";

export function operationsDocument(): string {
  const chapters = families.flatMap((family) => {
    const own = operations.filter((each) => each.family === family);
    return own.length === 0 ? [] : [[`## ${family}`, ...own.map(section)].join("\n\n")];
  });
  return `${[
    "# Operations",
    "What cases ask for. Generated from `format/operations`; [README.md](README.md) explains the words.",
    overview(),
    ...chapters,
  ].join("\n\n")}\n`;
}

function overview(): string {
  const rows = operations.map(
    ({ name, family, says }) => `| [${name}](#${anchorOf(name)}) | ${family} | ${inCell(says)} |`,
  );
  return ["| operation | family | what it asks for |", "| --- | --- | --- |", ...rows].join("\n");
}

function section({ name, says, outcomes, input, output }: Operation): string {
  const outcomeRows = Object.entries(outcomes).map(
    ([outcome, meaning]) => `| \`${outcome}\` | ${inCell(meaning)} |`,
  );
  return [
    `### ${name}`,
    linked(says),
    ["| outcome | |", "| --- | --- |", ...outcomeRows].join("\n"),
    members("input", input),
    ...(Object.keys(output).length === 0 ? [] : [members("output", output)]),
  ].join("\n\n");
}

function members(title: string, declared: Operation["input"]): string {
  const rows = Object.entries(declared).map(
    ([name, member]) =>
      `| \`${name}\` | ${typeOf(member)}${member.optional === true ? ", may be left out" : ""} | ${inCell(member.says)} |`,
  );
  return [`| ${title} | type | |`, "| --- | --- | --- |", ...rows].join("\n");
}

/** In a word or two; the schemas say it exactly. */
function typeOf({ schema }: Member): string {
  const { $ref, type, pattern, items, enum: values } = schema;
  if ($ref !== undefined) return "object";
  if (Array.isArray(values)) return values.map((each) => `\`${each}\``).join(", ");
  if (type === "array")
    return `list of ${items === undefined ? "objects" : plural(items as Member["schema"])}`;
  if (typeof pattern === "string") return pattern.includes("a-f") ? "octets" : "integer as a text";
  if (type === "string") return "text";
  return typeof type === "string" ? type : "JSON";
}

function plural(items: Member["schema"]): string {
  const { properties, required = [] } = items as { properties?: object; required?: readonly string[] };
  if (properties !== undefined) {
    const names = Object.keys(properties).map((name) =>
      required.includes(name) ? `\`${name}\`` : `\`${name}\` (may be left out)`,
    );
    return `objects with ${names.join(", ")}`;
  }
  const word = typeOf({ schema: items, says: "" });
  return word === "octets" || word === "JSON" || word.startsWith("`") ? word : `${word}s`;
}

function linked(says: string): string {
  return says.replaceAll("](#", "](README.md#");
}

function inCell(says: string): string {
  return linked(says).replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

/** As Markdown renderers make anchors of headings: without the characters that are neither letters nor hyphens. */
function anchorOf(name: string): string {
  return name.replaceAll(/[^a-z0-9-]/g, "");
}
