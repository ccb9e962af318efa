/**
 * What the harness and a program under test say to each other: one JSON object a line, on the program's standard
 * input and output. The program speaks first.
 */
import type { Json, JsonObject } from "../format/case.ts";

/** The program's first line: what it can do. Cases that ask for something else are skipped. */
export interface Capabilities {
  readonly type: "capabilities";
  /** Of this protocol: 1. */
  readonly protocol: 1;
  readonly name: string;
  readonly version: string;
  readonly operations: readonly string[];
  /** Where it does not know all structures: those it knows. */
  readonly structures?: readonly string[];
  /** Where it does not have all cipher suites of the cases: those it has. */
  readonly cipherSuites?: readonly number[];
}

/** One case. A program answers it before it is given the next. */
export interface CaseRequest {
  readonly type: "case";
  readonly id: string;
  readonly operation: string;
  readonly input: JsonObject;
}

/** `unsupported`: the program finds that it lacks something; the case is skipped. */
export interface Answer {
  readonly outcome: string;
  readonly output?: JsonObject;
  /** For people: why it came to this outcome. */
  readonly says?: string;
}

/** The capabilities that a line announces; a text that says what is wrong with it. */
export function readCapabilities(line: string): Capabilities | string {
  const given = objectIn(line);
  if (given === undefined || given["type"] !== "capabilities") {
    return `the first line has to be a JSON object of type "capabilities", not ${shortened(line)}`;
  }
  if (given["protocol"] !== 1) return `it speaks protocol ${JSON.stringify(given["protocol"])}, not 1`;
  const { name, version, operations, structures, cipherSuites } = given;
  const isRight =
    typeof name === "string" &&
    typeof version === "string" &&
    isListOf(operations, "string") &&
    (structures === undefined || isListOf(structures, "string")) &&
    (cipherSuites === undefined || isListOf(cipherSuites, "number"));
  if (!isRight) return "its capabilities have to have name, version and operations (vectors/README.md)";
  return given as unknown as Capabilities;
}

/** The answer to the case `id` that a line holds; a text that says what is wrong with it. */
export function readAnswer(line: string, id: string): Answer | string {
  const given = objectIn(line);
  if (given === undefined) return `not a JSON object: ${shortened(line)}`;
  if (given["id"] !== id) return `an answer to ${JSON.stringify(given["id"])}`;
  const { outcome, output } = given;
  if (typeof outcome !== "string") return "an answer without an outcome";
  const isObject = typeof output === "object" && output !== null && !Array.isArray(output);
  if (output !== undefined && !isObject) return "an output that is no JSON object";
  return given as unknown as Answer;
}

function objectIn(line: string): Record<string, Json> | undefined {
  try {
    const given: unknown = JSON.parse(line);
    const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
    return isObject ? (given as Record<string, Json>) : undefined;
  } catch {
    return undefined;
  }
}

function isListOf(value: Json | undefined, type: "string" | "number"): boolean {
  return Array.isArray(value) && (value as readonly Json[]).every((each) => typeof each === type);
}

function shortened(line: string): string {
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 79)}…` : line);
}
