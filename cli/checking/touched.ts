/** What a change in a draft touches here: structures, requirements, properties, rules, tests, scenarios, vectors. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { properties } from "../../simulator/properties/index.ts";
import { scenarios } from "../../simulator/scenarios/index.ts";
import { type Change, modelledRules } from "../../spec-model/drafts/index.ts";
import { endpointNames, endpoints } from "../../spec-model/endpoints/index.ts";
import {
  evidence,
  type Requirement,
  requirements,
  requirementsByFingerprint,
} from "../../spec-model/requirements/index.ts";
import { structureNamed, structures } from "../../spec-model/structures.ts";
import { nameOf, presentation } from "../../spec-model/wire/index.ts";

export interface Touched {
  readonly requirements: readonly string[];
  /** Files of the model, and rules in them. */
  readonly models: readonly string[];
  readonly tests: readonly string[];
  readonly endpoints: readonly string[];
  readonly scenarios: readonly string[];
  /** By their identifiers, e.g. `I03`. */
  readonly properties: readonly string[];
  readonly vectors: readonly string[];
  /** Readings that were chosen because the text is broken or ambiguous here. */
  readonly decisions: readonly string[];
}

export interface TouchingChange extends Change {
  readonly touches: Touched;
}

export function withTouched(change: Change): TouchingChange {
  const touched = requirementsTouched(change);
  const links = touched.flatMap(({ id }) => evidence[id] ?? []);
  const users = change.area === "wire" ? usersOf(change.name) : [];
  const around = endpointsTouched(change, users);
  const structure = change.area === "wire" ? structureNamed(change.name) : undefined;
  const vectors = vectorsTouched(change);
  const touches = {
    requirements: touched.map(({ id }) => id),
    models: distinct([
      ...(structure === undefined ? [] : [`structure ${structure.name}`]),
      ...users.map((name) => `structure ${name}`),
      ...(change.area === "schema" ? (modelledRules().get(change.name)?.files ?? []) : []),
      ...links.flatMap((link) => (link.kind === "rule" ? [`${link.file} ${link.name}`] : [])),
    ]),
    tests: distinct(links.flatMap((link) => (link.kind === "test" ? [link.file] : []))),
    endpoints: around,
    scenarios: distinct([...scenariosTouched(change), ...playedIn(vectors)]),
    properties: propertiesTouched(change),
    vectors,
    decisions: (structure?.codec.notes.decisions ?? []).map(({ reading }) => reading),
  };
  return { ...change, touches };
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}

function requirementsTouched({ area, fingerprints, name, section }: Change): Requirement[] {
  if (area === "rule") {
    const known = requirementsByFingerprint();
    return [...new Set(fingerprints.flatMap((each) => known.get(each) ?? []))];
  }
  const source = structureNamed(name)?.source ?? "";
  // Words of everyday language, such as a field called "context", are in many requirements that are not about it.
  const mention = /[A-Z_]/.test(name.slice(1)) ? new RegExp(`\\b${escaped(name)}\\b`) : undefined;
  return requirements.filter(
    (each) =>
      mention?.test(each.says) ||
      (area === "wire" &&
        section !== "" &&
        source === `${each.draft} §${each.section}` &&
        each.testable === "wire"),
  );
}

/** The structures that hold one called `name`, in how many steps whatever. */
function usersOf(name: string): string[] {
  const found = new Set<string>([name]);
  for (let size = 0; size < found.size; ) {
    size = found.size;
    for (const each of structures) {
      const text = definitions().get(each.name) ?? "";
      if ([...found].some((used) => new RegExp(`\\b${used}\\b(?!;?$)`).test(text))) found.add(each.name);
    }
  }
  found.delete(name);
  return [...found];
}

let written: ReadonlyMap<string, string> | undefined;

function definitions(): ReadonlyMap<string, string> {
  written ??= new Map(
    structures.map(({ name, codec }) => [
      name,
      presentation(codec, name).replace(new RegExp(`\\b${name};\\s*$`), ""),
    ]),
  );
  return written;
}

function endpointsTouched({ area, name }: Change, users: readonly string[]): string[] {
  if (area === "endpoint") return endpointNames.filter((each) => each === name);
  const names = new Set([name, ...users]);
  return endpointNames.filter((each) => {
    const { request, response } = endpoints[each];
    return [request, response].some((body) => body !== undefined && names.has(nameOf(body.shape) ?? ""));
  });
}

/** Those of which a chapter plays the section that changed. */
function scenariosTouched(change: Change): string[] {
  const cites = citing(change);
  return [...scenarios.values()]
    .filter(({ chapters }) => chapters.some(({ draft }) => cites(draft)))
    .map(({ name }) => name);
}

/** Scenarios whose messages are published as a flow. */
function playedIn(vectors: readonly string[]): string[] {
  const names = vectors.map((path) => /\/flows\/([\w-]+)\.json$/.exec(path)?.[1] ?? "");
  return names.filter((name) => scenarios.has(name));
}

/** Those that follow the section that changed. */
function propertiesTouched(change: Change): string[] {
  const cites = citing(change);
  return properties.filter(({ draft }) => cites(draft)).map(({ id }) => id);
}

/** Whether a text such as `protocol-06 §5.3, RFC 9420 §12` is about the section that changed. */
function citing({ draft, section, area }: Change): (text: string) => boolean {
  if (draft === "" || section === "" || area === "registry") return () => false;
  const cited = new RegExp(`(?:^|[ ,;])${escaped(draft)} (?:[^,;]*[ ])?§${escaped(section)}(?![\\d.])`);
  return (text) => cited.test(text);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

const vectorFolder = fileURLToPath(new URL("../../vectors/", import.meta.url));
let vectorTexts: ReadonlyMap<string, string> | undefined;

/** The published files that name the structure; of a format in CBOR, those of its draft. */
function vectorsTouched({ area, name, draft }: Change): string[] {
  if (area !== "wire" && area !== "schema") return [];
  vectorTexts ??= readVectors();
  const isTouched = ([path, text]: readonly [string, string]) =>
    area === "wire" ? text.includes(`"${name}"`) : draft !== "" && path.startsWith(`vectors/${draft}/`);
  return [...vectorTexts].filter(isTouched).map(([path]) => path);
}

function readVectors(): Map<string, string> {
  const manifest = `${vectorFolder}manifest.json`;
  if (!existsSync(manifest)) return new Map();
  const { files } = JSON.parse(readFileSync(manifest, "utf8")) as { files: readonly { path: string }[] };
  const present = files.filter(({ path }) => existsSync(vectorFolder + path));
  return new Map(present.map(({ path }) => [`vectors/${path}`, readFileSync(vectorFolder + path, "utf8")]));
}
