/** What a change in a draft touches here: structures, endpoints, requirements, rules, tests, scenarios, vectors. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { scenarios } from "../../simulator/scenarios/index.ts";
import type { Change } from "../../spec-model/drafts/index.ts";
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
  const structure = structureNamed(change.name);
  const touches = {
    requirements: touched.map(({ id }) => id),
    models: distinct([
      ...(structure === undefined ? [] : [`structure ${structure.name}`]),
      ...users.map((name) => `structure ${name}`),
      ...links.flatMap((link) => (link.kind === "rule" ? [`${link.file} ${link.name}`] : [])),
    ]),
    tests: distinct(links.flatMap((link) => (link.kind === "test" ? [link.file] : []))),
    endpoints: around,
    scenarios: scenariosTouched(change),
    vectors: change.area === "wire" ? vectorsTouched([change.name]) : [],
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
  return requirements.filter(
    (each) =>
      each.says.includes(name) ||
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
function scenariosTouched({ section, area }: Change): string[] {
  if (section === "" || area === "registry") return [];
  const plays = new RegExp(`§${section.replaceAll(".", "\\.")}(?![\\d.])`);
  return [...scenarios.values()]
    .filter(({ chapters }) => chapters.some(({ draft }) => plays.test(draft)))
    .map(({ name }) => name);
}

const vectorFolder = fileURLToPath(new URL("../../vectors/", import.meta.url));
let vectorTexts: ReadonlyMap<string, string> | undefined;

/** The published files that name one of these structures. */
function vectorsTouched(names: readonly string[]): string[] {
  vectorTexts ??= readVectors();
  return [...vectorTexts]
    .filter(([, text]) => names.some((name) => text.includes(`"${name}"`)))
    .map(([path]) => path);
}

function readVectors(): Map<string, string> {
  const manifest = `${vectorFolder}manifest.json`;
  if (!existsSync(manifest)) return new Map();
  const { files } = JSON.parse(readFileSync(manifest, "utf8")) as { files: readonly { path: string }[] };
  const present = files.filter(({ path }) => existsSync(vectorFolder + path));
  return new Map(present.map(({ path }) => [`vectors/${path}`, readFileSync(vectorFolder + path, "utf8")]));
}
