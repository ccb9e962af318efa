/** The catalogue beside the drafts: nothing that they demand is missing, and nothing is made up or copied. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type Draft,
  fingerprintOf,
  normativeSentences,
  readDraft,
  sentencesOf,
} from "../../../spec-model/drafts/index.ts";
import { drafts } from "../../../spec-model/drafts/revisions/index.ts";
import {
  earlierRevisions,
  notRequirements,
  type Requirement,
  requirements,
} from "../../../spec-model/requirements/index.ts";
import { sharedFolder } from "../../shared-folder.ts";

const shared = sharedFolder();
const folder = join(shared ?? "", "drafts");

/** Copies of a draft in all forms: of the modelled revision, or of the one before. */
function copiesOf(short: string): { readonly file: string; readonly isEarlier: boolean }[] {
  const document = drafts.find((draft) => draft.short === short)?.document.replace(/,.*/, "") ?? "";
  const base = document.replace(/-\d+$/, "");
  const files = shared === undefined ? [] : readdirSync(folder);
  return files
    .filter((file) => new RegExp(`^${base}(?:-\\d[\\d-]*)?\\.(?:md|xml|txt)$`).test(file))
    .map((file) => ({
      file,
      isEarlier: earlierRevisions[short] !== undefined && !file.startsWith(`${document}.`),
    }));
}

function read(file: string): Draft {
  return readDraft({ file, bytes: readFileSync(join(folder, file)) });
}

/** The fingerprint that a sentence of the modelled revision has in the copy. */
function inCopy(short: string, isEarlier: boolean): (fingerprint: string) => string {
  const changed = isEarlier ? (earlierRevisions[short]?.changed ?? {}) : {};
  return (fingerprint) => changed[fingerprint] ?? fingerprint;
}

const wordsOf = (text: string) => text.toLowerCase().match(/[a-z0-9_]+/g) ?? [];

describe.skipIf(shared === undefined || !existsSync(folder))("the catalogue beside the drafts", () => {
  const copies = drafts.flatMap(({ short }) => copiesOf(short).map((copy) => ({ short, ...copy })));

  it("can be compared with a copy of every draft", () => {
    expect([...new Set(copies.map(({ short }) => short))]).toEqual(drafts.map(({ short }) => short));
  });

  describe.each(copies)("$file", ({ short, file, isEarlier }) => {
    const draft = read(file);
    const rows = requirements.filter((requirement) => requirement.draft === short);
    const translated = inCopy(short, isEarlier);
    const sentences = draft.prose.flatMap((prose) =>
      sentencesOf(prose).map(({ text, section }) => ({
        text,
        section: section.number,
        fingerprint: fingerprintOf(text),
      })),
    );
    const fingerprintsOf = ({ fingerprints }: Requirement) => fingerprints.map(translated);

    it("has a requirement for each of its sentences with a keyword", () => {
      const known = new Set([
        ...rows.flatMap(fingerprintsOf),
        ...notRequirements.filter((each) => each.draft === short).map(({ fingerprint }) => fingerprint),
      ]);
      const missing = normativeSentences(draft).filter(({ fingerprint }) => !known.has(fingerprint));
      expect(missing.map(({ text, section }) => `§${section.number}: ${text}`)).toEqual([]);
    });

    it("has the sentences of each requirement, the first in its section", () => {
      // Plain text does not show where a sentence begins whose first word is a name in lower case.
      const comparable = draft.form === "text" ? rows.filter(({ level }) => level !== "declared") : rows;
      const sectionsOf = new Map<string, Set<string>>();
      for (const { fingerprint, section } of sentences) {
        sectionsOf.set(fingerprint, (sectionsOf.get(fingerprint) ?? new Set()).add(section));
      }
      const missing = comparable.filter((row) => fingerprintsOf(row).some((each) => !sectionsOf.has(each)));
      expect(missing.map(({ id }) => id)).toEqual([]);
      const elsewhere = comparable.filter(
        (row) => !sectionsOf.get(fingerprintsOf(row)[0] ?? "")?.has(row.section),
      );
      expect(elsewhere.map(({ id }) => id)).toEqual([]);
    });

    it("has each requirement's keyword in one of its sentences, and none where there is only a declaration", () => {
      const keywords = new Map(normativeSentences(draft).map((each) => [each.fingerprint, each.keywords]));
      const wrong = rows.filter((row) => {
        const found = fingerprintsOf(row).flatMap((fingerprint) => keywords.get(fingerprint) ?? []);
        if (row.level === "declared") return found.length > 0;
        return !found.includes(row.level);
      });
      expect(wrong.map(({ id, level }) => `${id} ${level}`)).toEqual([]);
    });

    it("has none of our sentences, nor eight of its words in a row in any", () => {
      const theirs = new Set<string>();
      for (const { text } of sentences) {
        const words = wordsOf(text);
        for (let i = 0; i + 8 <= words.length; i++) theirs.add(words.slice(i, i + 8).join(" "));
      }
      const copied = rows.filter(({ says }) => {
        const words = wordsOf(says);
        return words.some((_, i) => i + 8 <= words.length && theirs.has(words.slice(i, i + 8).join(" ")));
      });
      expect(copied.map(({ id, says }) => `${id}: ${says}`)).toEqual([]);
    });
  });

  it.each(Object.entries(earlierRevisions))("knows no change of %s that is none", (short, { changed }) => {
    const used = new Set(
      requirements.filter(({ draft }) => draft === short).flatMap(({ fingerprints }) => fingerprints),
    );
    for (const [now, before] of Object.entries(changed)) {
      expect(used.has(now)).toBe(true);
      expect(now).not.toBe(before);
    }
  });
});
