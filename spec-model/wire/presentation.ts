/** A declaration written out in the TLS presentation language (RFC 8446 §3), with meanings as comments. */
import type { Codec } from "./codec.ts";
import { type Length, nameOf, type Part, type Shape } from "./shape.ts";

type Enumeration = Extract<Shape, { kind: "enum" }>;

/**
 * The definition of a type with a name, e.g. `struct { ... } Role;`. A type without one is given `name`.
 * Lines end with a newline each; comments hold what the declaration says about fields.
 */
export function presentation(codec: Codec<unknown>, name?: string): string {
  const { shape } = codec;
  const called = nameOf(shape) ?? name ?? "value";
  switch (shape.kind) {
    case "struct":
      return `struct {\n${partLines(shape.parts, "  ").join("\n")}\n} ${called};\n`.replace("{\n\n}", "{\n}");
    case "enum":
      return enumeration(shape);
    case "bool":
      return "enum {\n  false(0),\n  true(1)\n} bool;\n";
    case "alias":
      return `${declared(shape.of, called)};\n`;
    case "sequence":
      return `/* one or more, to the end of the input */\n${typeText(shape.item.shape)} ${called};\n`;
    default:
      return `${declared(codec, called)};\n`;
  }
}

/** A field of this type and name: `opaque identity<V>`, `uint8 key[32]`, `optional<Welcome> welcome`. */
function declared({ shape }: Codec<unknown>, name: string): string {
  if (shape.kind === "rest") return shape.text;
  const { type, suffix } = split(shape);
  return `${type} ${name}${suffix}`;
}

function typeText(shape: Shape): string {
  const { type, suffix } = split(shape);
  return type + suffix;
}

/** What stands in front of a field's name, and what stands behind it. */
function split(shape: Shape): { readonly type: string; readonly suffix: string } {
  const name = nameOf(shape);
  if (name !== undefined) return { type: name, suffix: "" };
  switch (shape.kind) {
    case "uint":
      return { type: `uint${8 * shape.octets}`, suffix: "" };
    case "vector":
      return { type: typeText(shape.item.shape), suffix: lengthText(shape.length) };
    case "optional":
      return { type: `optional<${typeText(shape.item.shape)}>`, suffix: "" };
    case "restricted":
      return split(shape.of.shape);
    case "opaque":
      return { type: "opaque", suffix: lengthText(shape.length) };
    default:
      return { type: "opaque", suffix: "" };
  }
}

function lengthText(length: Length): string {
  if (length.kind === "variable") return "<V>";
  return length.kind === "exact" ? `[${length.octets}]` : `<${length.min}..${length.max}>`;
}

function partLines(parts: readonly Part[], indent: string): string[] {
  return parts.flatMap((part) => {
    if (part.kind === "field") {
      const meaning = part.codec.notes.meaning;
      const comment = meaning === undefined ? "" : ` /* ${meaning} */`;
      return [`${indent}${declared(part.codec, part.wireName)};${comment}`];
    }
    const arms = [...part.arms].flatMap(([tag, arm]) => armLines(`case ${tag}:`, arm, indent));
    const otherwise = part.otherwise === undefined ? [] : armLines("default:", part.otherwise, indent);
    return [`${indent}select (${part.on}) {`, ...arms, ...otherwise, `${indent}};`];
  });
}

function armLines(label: string, parts: readonly Part[], indent: string): string[] {
  const fields = partLines(parts, `${indent}    `);
  return [`${indent}  ${label}`, ...(fields.length > 0 ? fields : [`${indent}    struct {};`])];
}

function enumeration(shape: Enumeration): string {
  const values = [...shape.values].map(([name, number]) => `  ${name}(${number}),`);
  return `enum {\n${values.join("\n")}\n  (${256 ** shape.octets - 1})\n} ${shape.name};\n`;
}
