/** Names in prose that differ by a slip from a name that the draft defines. */
import { type Analysed, distanceOf, meant } from "../analysis/index.ts";
import { placeIn } from "../document/index.ts";
import { knownDefinitions, namesOfRfcs } from "../tls/known.ts";
import { fieldsOf } from "../tls/symbols.ts";
import type { CheckContext } from "./context.ts";

/** `snake_case`, `CamelCase` and `camelCase`. */
const nameWord =
  /(?<![\w.$/-])(?:[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+|[a-z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?![\w-])/g;
const shortest = 8;

export function checkSpelling(context: CheckContext): void {
  const known = knownNames();
  for (const analysed of context.drafts) {
    const own = namesDefined(analysed);
    if (own.size === 0) continue;
    const inBlocks = wordsInBlocks(analysed);
    for (const { lines, section } of analysed.draft.prose) {
      for (const line of lines) {
        for (const { 0: word, index } of line.text.matchAll(nameWord)) {
          if (word.length < shortest || own.has(word) || inBlocks.has(word) || known.has(word)) continue;
          // What is written so again and again is a name of its own.
          if (analysed.uses(word) > 2) continue;
          const candidates = [...own, ...known].filter((name) => isUpper(name) === isUpper(word));
          const near = meant(word, candidates);
          if (near === undefined || isAnother(word, near)) continue;
          context.report(
            "name-misspelt",
            placeIn(line, index),
            word,
            `${word} is called ${near} where it is defined`,
            {
              section,
              fix: `write ${near}`,
            },
          );
        }
      }
    }
  }
}

function isUpper(name: string): boolean {
  return /^[A-Z]/.test(name);
}

/** Plurals, numbers and words for something else are no slips. */
function isAnother(word: string, near: string): boolean {
  const plain = (name: string) => name.toLowerCase().replace(/[_\d]/g, "");
  if (word === `${near}s` || near === `${word}s` || word.replace(/\d/g, "") === near.replace(/\d/g, ""))
    return true;
  // Another style of the same name, e.g. of a variable of a type.
  if (distanceOf(word, near, 1) === 0.5) return word[0] !== near[0] || /_/.test(word) !== /_/.test(near);
  return plain(word).slice(0, 2) !== plain(near).slice(0, 2);
}

function namesDefined({ tls }: Analysed): Set<string> {
  const names = new Set<string>();
  for (const { parsed } of tls) {
    for (const definition of parsed.definitions) {
      names.add(definition.name.name);
      if (definition.kind === "enum") for (const { name } of definition.values) names.add(name);
      if (definition.kind === "struct")
        for (const { name } of fieldsOf(definition.parts)) names.add(name.name);
    }
  }
  return new Set([...names].filter((name) => name.length >= shortest && /[_A-Z]/.test(name.slice(1))));
}

function wordsInBlocks({ draft }: Analysed): Set<string> {
  const words = new Set<string>();
  const add = (text: string) => {
    for (const word of text.match(/\w+/g) ?? []) words.add(word);
  };
  for (const { lines } of draft.blocks) for (const { text } of lines) add(text);
  for (const { header, rows } of draft.tables) for (const { text } of [header, ...rows].flat()) add(text);
  for (const { title } of draft.sections) add(title);
  return words;
}

let knownCache: ReadonlySet<string> | undefined;

function knownNames(): ReadonlySet<string> {
  knownCache ??= new Set([
    ...namesOfRfcs,
    ...[...knownDefinitions().values()].flatMap(({ definition }) => {
      if (definition.kind === "struct")
        return [definition.name.name, ...fieldsOf(definition.parts).map(({ name }) => name.name)];
      return definition.kind === "enum"
        ? [definition.name.name, ...definition.values.map(({ name }) => name)]
        : [definition.name.name];
    }),
  ]);
  return knownCache;
}
