/** A draft with its blocks sorted by what they hold, and what every check needs to know of its text. */
import { type Block, type Draft, type Place, placesOf, textOfLines } from "../document/index.ts";
import { type Parsed, parseTls } from "../tls/index.ts";
import { type Content, contentOf } from "./classify.ts";

/** A block with its text, and the way from an offset in it to a place. */
export interface TextBlock {
  readonly block: Block;
  readonly text: string;
  readonly placeAt: (offset: number) => Place;
}

export interface TlsBlock extends TextBlock {
  readonly parsed: Parsed;
}

export interface Analysed {
  readonly draft: Draft;
  readonly tls: readonly TlsBlock[];
  /** All other blocks that are of this kind. */
  readonly blocks: (content: Content) => readonly TextBlock[];
  /** How often a word stands in the draft and in what it includes. */
  readonly uses: (word: string) => number;
  /** The documents that the draft refers to, in lower case: `rfc9420`, `i-d.ietf-mls-extensions`. */
  readonly references: ReadonlySet<string>;
}

export function analyse(draft: Draft): Analysed {
  const byContent = new Map<Content, TextBlock[]>();
  for (const block of draft.blocks) {
    const text = textOfLines(block.lines);
    const content = contentOf(block);
    const found = byContent.get(content) ?? [];
    found.push({ block, text, placeAt: placesOf(block.lines) });
    byContent.set(content, found);
  }
  const tls = (byContent.get("tls") ?? []).map((each) => ({ ...each, parsed: parseTls(each.text) }));
  const words = wordCounts(draft);
  return {
    draft,
    tls,
    blocks: (content) => byContent.get(content) ?? [],
    uses: (word) => words.get(word) ?? 0,
    references: referencesOf(draft),
  };
}

function wordCounts(draft: Draft): Map<string, number> {
  const counts = new Map<string, number>();
  const texts = [draft.source, ...draft.includes.values()];
  for (const text of texts) {
    for (const line of text) {
      for (const word of line.match(/[A-Za-z_$][\w$]*/g) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

function referencesOf({ source }: Draft): Set<string> {
  const found = new Set<string>();
  for (const line of source) {
    for (const [word] of line.matchAll(/\b(?:RFC ?\d{3,5}|I-D\.[a-z0-9-]+|draft-[a-z]+-[a-z0-9-]+)/gi)) {
      found.add(
        word
          .toLowerCase()
          .replace(" ", "")
          .replace(/^draft-/, "i-d.")
          .replace(/-\d\d$/, ""),
      );
    }
  }
  return found;
}
