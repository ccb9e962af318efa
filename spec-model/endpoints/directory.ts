/** The directory: where a provider's endpoints are. protocol-06 §5.1 */
import { parseDomain } from "../identifiers/index.ts";
import { type EndpointName, endpointNames } from "./endpoint.ts";
import { repeatedMember } from "./json-members.ts";
import { endpoints } from "./table.ts";

/** The path of the directory document at a provider's own domain. */
export const directoryPath = "/.well-known/mimi-protocol-directory";

/** A URI template for each endpoint that the provider offers. */
export type Directory = { readonly [name in EndpointName]?: string };

/** Why a text is not a directory document. */
export class DirectoryError extends Error {
  override readonly name = "DirectoryError";
  /** The member at fault; undefined where it is the document. */
  readonly member: string | undefined;
  readonly reason: string;

  constructor(member: string | undefined, reason: string) {
    super(member === undefined ? `directory: ${reason}` : `directory member ${member}: ${reason}`);
    this.member = member;
    this.reason = reason;
  }
}

export type ParsedDirectory =
  | { readonly ok: true; readonly value: Directory }
  | { readonly ok: false; readonly error: DirectoryError };

/**
 * The directory that `text` describes. Members of other names are ignored, as in ACME directories (RFC 8555 §7.1.1).
 * Errors: other texts than a JSON object, a member twice, a member that is no https URI with its one variable.
 */
export function parseDirectory(text: string): ParsedDirectory {
  const document = jsonObject(text);
  if (document === undefined) return refused(undefined, "this is not a JSON object");
  const twice = repeatedMember(text);
  if (twice !== undefined) return refused(twice, "it is there twice");
  const directory: { -readonly [name in EndpointName]?: string } = {};
  for (const name of endpointNames) {
    if (!Object.hasOwn(document, name)) continue;
    const template = document[name];
    const problem = problemOf(template, endpoints[name].variables);
    if (problem !== undefined) return refused(name, problem);
    directory[name] = template as string;
  }
  return { ok: true, value: directory };
}

/** The JSON document of `directory`, members in the draft's order. */
export function directoryDocument(directory: Directory): string {
  const members = endpointNames.flatMap((name) => {
    const template = directory[name];
    return template === undefined ? [] : [[name, template] as const];
  });
  return `${JSON.stringify(Object.fromEntries(members), null, 2)}\n`;
}

/** A directory of all endpoints below `base`, e.g. `https://mimi.a.example/v1`. */
export function directoryAt(base: string): Directory {
  return Object.fromEntries(
    endpointNames.map((name) => [name, `${base}/${name}/{${endpoints[name].variables[0]}}`]),
  );
}

function problemOf(template: unknown, variables: readonly string[]): string | undefined {
  if (typeof template !== "string") return "a URI template is a text";
  const rest = /^https:\/\/([^/?#{}]*)(\/[^#\s]*)$/.exec(template);
  const [, authority = "", path = ""] = rest ?? [];
  if (rest === null || /[^!-~]/.test(path)) return "this is not an https URI with a path";
  const [host = "", port, ...more] = authority.split(":");
  if (more.length > 0 || (port !== undefined && !/^[0-9]{1,5}$/.test(port)) || !parseDomain(host).ok) {
    return `"${authority}" is not a domain name with or without a port`;
  }
  const braces = path.match(/[{}]/g) ?? [];
  const variable = /\{([^{}]*)\}/.exec(path)?.[1];
  if (braces.length !== 2 || variable === undefined || !variables.includes(variable)) {
    return `its one variable has to be ${variables.map((name) => `{${name}}`).join(" or ")}`;
  }
  return undefined;
}

function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function refused(member: string | undefined, reason: string): ParsedDirectory {
  return { ok: false, error: new DirectoryError(member, reason) };
}
