/** The sentences of a draft's prose, and those that say what somebody must, should or may do (BCP 14). */
import { sha256 } from "@noble/hashes/sha2.js";
import { hex, utf8 } from "../../bytes.ts";
import {
  type Draft,
  type Place,
  type Prose,
  placesOf,
  type Section,
  textOfLines,
} from "../document/index.ts";

export interface Sentence {
  /** As written, on one line. */
  readonly text: string;
  readonly section: Section;
  readonly place: Place;
}

export interface NormativeSentence extends Sentence {
  /** In their order, e.g. `MUST NOT`. */
  readonly keywords: readonly string[];
  /** The same for the same sentence in all forms of a draft. */
  readonly fingerprint: string;
}

const keyword =
  /\b(?:MUST NOT|MUST|SHALL NOT|SHALL|SHOULD NOT|SHOULD|NOT REQUIRED|REQUIRED|NOT RECOMMENDED|RECOMMENDED|MAY|OPTIONAL)\b/g;
const sentenceEnd = /[.!?][)"'*_`]*(?=\s+[A-Z"'`([*_{<]|\s*$)/g;
const abbreviation = /(?:\b(?:e\.g|i\.e|cf|vs|etc|Sec|Fig|No|ex|approx|resp|al)|\s[A-Z])\.$/;

/** The sentences of one paragraph or item. */
export function sentencesOf(prose: Prose): Sentence[] {
  const text = textOfLines(prose.lines);
  const placeAt = placesOf(prose.lines);
  const sentences: Sentence[] = [];
  let start = 0;
  const end = (at: number) => {
    const raw = text.slice(start, at);
    const lead = raw.length - raw.trimStart().length;
    if (raw.trim() !== "") {
      sentences.push({
        text: raw.trim().replace(/\s+/g, " "),
        section: prose.section,
        place: placeAt(start + lead),
      });
    }
    start = at;
  };
  for (const match of text.matchAll(sentenceEnd)) {
    const at = match.index + match[0].length;
    if (!abbreviation.test(text.slice(Math.max(0, match.index - 8), match.index + 1))) end(at);
  }
  end(text.length);
  return sentences;
}

/** The sentences with a keyword of BCP 14, in the draft's order, without the paragraph that explains the keywords. */
export function normativeSentences(draft: Draft): NormativeSentence[] {
  return draft.prose.flatMap((prose) =>
    sentencesOf(prose).flatMap((sentence) => {
      const keywords = sentence.text.match(keyword) ?? [];
      if (keywords.length === 0 || isBoilerplate(sentence.text)) return [];
      return [{ ...sentence, keywords, fingerprint: fingerprintOf(sentence.text) }];
    }),
  );
}

/** 16 hexadecimal digits of what the sentence says, whatever its line breaks, markup and references. */
export function fingerprintOf(sentence: string): string {
  const words = sentence
    .replace(/(?:[Ss]ections?|[Aa]ppendix)\s+[\dA-Z][\d.]*(?:\s+(?:of|in))?(?=[\s,;.)\]]|$)/g, " ")
    .replace(/\{\{[^{}]*\}\}|\[@[^\]]*\]|\(#[^)]*\)|\[[A-Z][\w.-]*\]/g, " ")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "");
  return hex(sha256(utf8(words))).slice(0, 16);
}

function isBoilerplate(text: string): boolean {
  return (text.match(keyword)?.length ?? 0) > 4 && /key\s*words/i.test(text);
}
