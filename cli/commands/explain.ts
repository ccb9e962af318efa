/** `mimi explain [TYPE]`: a type's definition, what it is for, and the readings chosen; without a type, all of them. */
import { Command } from "commander";
import { drafts } from "../../spec-model/drafts/revisions/index.ts";
import { type EndpointName, endpointNames, endpoints } from "../../spec-model/endpoints/index.ts";
import { type Format, formats } from "../../spec-model/formats/index.ts";
import { structureNamed, structures } from "../../spec-model/structures.ts";
import { type Codec, type Decision, nameOf, type Part } from "../../spec-model/wire/index.ts";
import { bold, dim } from "../colours.ts";
import { formatNamed } from "../decoding/format-named.ts";
import { columns, wrapped } from "../decoding/layout.ts";

export function explainCommand(): Command {
  return new Command("explain")
    .description("show a type's definition, meaning and format decisions; without a type, list all types")
    .argument("[type]")
    .action((type: string | undefined) => {
      const lines = type === undefined ? list() : explained(formatNamed("mimi explain", type));
      console.log(lines.join("\n"));
    });
}

function list(): string[] {
  const width = Math.max(...formats.map(({ name }) => name.length));
  const sources = [...drafts, { short: "RFC 9420", document: "RFC 9420" }];
  return sources.flatMap(({ short, document }) => {
    const own = formats.filter(({ source }) => source.startsWith(`${short} `));
    if (own.length === 0) return [];
    const lines = own.map(({ name, source, says }) =>
      listLine(name.padEnd(width), source.slice(short.length + 1), says),
    );
    return [bold(document), ...lines, ""];
  });
}

function listLine(name: string, section: string, says: string): string {
  const start = `  ${name}  ${section.split(/,? and |, /)[0]?.padEnd(10)}  `;
  const room = columns - start.length;
  return start + dim(says.length > room ? `${says.slice(0, room - 1)}\u2026` : says);
}

function explained(format: Format): string[] {
  const structure = structureNamed(format.name);
  const decisions = structure?.codec.notes.decisions ?? [];
  return [
    `${bold(format.name)} ${dim(`\u00b7 ${format.source}`)}`,
    ...wrapped(format.says, columns),
    "",
    ...definition(format.definition()),
    ...(structure === undefined ? [] : relations(structure.name, structure.codec)),
    ...decisions.flatMap(decisionLines),
  ];
}

/** Comments in a column of their own, where the lines leave room for one. */
function definition(text: string): string[] {
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line) => {
      const [, code = line, comment = ""] = /^(.*?) \/\* (.*) \*\/$/.exec(line) ?? [];
      return { code, comment };
    });
  const widths = lines.filter(({ comment }) => comment !== "").map(({ code }) => code.length);
  const column = Math.min(56, Math.max(0, ...widths)) + 2;
  return lines.flatMap(({ code, comment }) => {
    const [first = "", ...more] = wrapped(comment, columns - column - 4);
    if (first === "") return [`  ${code}`.trimEnd()];
    const start = `  ${code.padEnd(column)}`;
    return [start + dim(`# ${first}`), ...more.map((each) => " ".repeat(column + 2) + dim(`  ${each}`))];
  });
}

/** What it is made of, where it stands in other structures, and which requests carry it. */
function relations(name: string, codec: Codec<unknown>): string[] {
  const usedIn = structures.filter((each) => each.name !== name && typesIn(each.codec).has(name));
  const carriers = endpointNames.flatMap((endpoint) => carriedBy(endpoint, name));
  return [
    ...labelled(
      "made of",
      [...typesIn(codec)].filter((each) => each !== name),
    ),
    ...labelled(
      "used in",
      usedIn.map((each) => each.name),
    ),
    ...labelled("carried by", carriers),
  ];
}

function labelled(label: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const indent = 12;
  const lines = wrapped(names.join(", "), columns - indent);
  return ["", ...lines.map((line, i) => bold((i === 0 ? label : "").padEnd(indent)) + line)];
}

function carriedBy(name: EndpointName, type: string): string[] {
  const { method, request, response } = endpoints[name];
  const is = (body: Codec<unknown> | undefined) => body !== undefined && nameOf(body.shape) === type;
  return [
    ...(is(request) ? [`${method} ${name} (the request)`] : []),
    ...(is(response) ? [`${method} ${name} (the answer)`] : []),
  ];
}

/** The named types that a declaration mentions. */
function typesIn({ shape }: Codec<unknown>): Set<string> {
  switch (shape.kind) {
    case "struct":
      return new Set(shape.parts.flatMap((part) => [...typesInPart(part)]));
    case "vector":
    case "optional":
    case "sequence":
      return mentioned(shape.item);
    case "alias":
    case "restricted":
      return mentioned(shape.of);
    default:
      return new Set();
  }
}

function typesInPart(part: Part): string[] {
  if (part.kind === "field") return [...mentioned(part.codec)];
  return [...part.arms.values(), part.otherwise ?? []].flat().flatMap(typesInPart);
}

function mentioned(codec: Codec<unknown>): Set<string> {
  const name = nameOf(codec.shape);
  return name !== undefined && structureNamed(name) !== undefined ? new Set([name]) : typesIn(codec);
}

function decisionLines({ question, reading, reason, alternatives }: Decision, index: number): string[] {
  const rows = [
    ["question", question],
    ["reading", reading],
    ["because", reason],
    ["or else", alternatives.join("; ")],
  ].filter(([, text]) => text !== "");
  const lines = rows.flatMap(([label = "", text = ""]) =>
    wrapped(text, columns - 12).map((line, i) => `  ${dim((i === 0 ? label : "").padEnd(10))}${line}`),
  );
  return ["", ...(index === 0 ? [bold("Format decisions")] : []), ...lines];
}
