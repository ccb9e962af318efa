/** Rules of CDDL in one way of writing them, so that layout makes no difference. RFC 8610 */
import { hex } from "../../bytes.ts";
import type { Entry, Group, Rule, Type, Value } from "./syntax.ts";

/** A line for each field, key, value of an enumeration or choice of `rule`. */
export function linesOfRule({ type }: Rule): string[] {
  if (type.kind === "among" && type.of.kind === "group") return linesOfGroup(type.of.group);
  if (type.kind === "array" || type.kind === "map" || type.kind === "group") return linesOfGroup(type.group);
  if (type.kind === "choice") return type.of.map(textOfType);
  return [textOfType(type)];
}

function linesOfGroup(group: Group): string[] {
  return group.flatMap((entries, i) => [...(i === 0 ? [] : ["//"]), ...entries.map(textOfEntry)]);
}

function textOfEntry({ min, max, key, label, type }: Entry): string {
  const value = textOfType(type);
  const name = label === undefined ? (key === undefined ? "" : `${textOfType(key)} => `) : `${label}: `;
  return `${occurrence(min, max)}${name}${value}`;
}

function occurrence(min: number, max: number): string {
  if (min === 1 && max === 1) return "";
  if (min === 0 && max === 1) return "? ";
  const isOpen = !Number.isFinite(max) || max >= Number.MAX_SAFE_INTEGER;
  if (isOpen && min < 2) return min === 0 ? "* " : "+ ";
  return `${min}*${isOpen ? "" : max} `;
}

/** `type` on one line. */
function textOfType(type: Type): string {
  switch (type.kind) {
    case "choice":
      return type.of.map(textOfType).join(" / ");
    case "name":
      return type.args.length === 0 ? type.name : `${type.name}<${type.args.map(textOfType).join(", ")}>`;
    case "value":
      return textOfValue(type.value);
    case "array":
      return `[${inline(type.group)}]`;
    case "map":
      return `{${inline(type.group)}}`;
    case "group":
      return `(${inline(type.group)})`;
    case "range":
      return `${textOfType(type.from)}${type.exclusive ? "..." : ".."}${textOfType(type.to)}`;
    case "control":
      return `${textOfType(type.target)} ${type.operator.startsWith(".") ? "" : "."}${type.operator} ${textOfType(type.argument)}`;
    case "tag":
      return `#6${type.tag === undefined ? "" : `.${type.tag}`}(${textOfType(type.of)})`;
    case "major":
      return `#${type.major}${type.info === undefined ? "" : `.${type.info}`}`;
    case "among":
      return `&${textOfType(type.of)}`;
    case "unwrap":
      return `~${textOfType(type.of)}`;
    case "any":
      return "#";
  }
}

function inline(group: Group): string {
  return group.map((entries) => entries.map(textOfEntry).join(", ")).join(" // ");
}

function textOfValue(value: Value): string {
  if (value.kind === "text") return JSON.stringify(value.text);
  if (value.kind === "bytes") return value.bytes === undefined ? "h'...'" : `h'${hex(value.bytes)}'`;
  return String(value.value);
}
