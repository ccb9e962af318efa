/** Evidence that does not exist is none: every rule and every test that is named can be found. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { rules as contentRules } from "../../../spec-model/content/index.ts";
import { credentialRules } from "../../../spec-model/credentials/index.ts";
import { mlsRules } from "../../../spec-model/mls/index.ts";
import { evidence, type Link, requirements } from "../../../spec-model/requirements/index.ts";
import { capabilityRules, policyRules } from "../../../spec-model/room/index.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const links = Object.entries(evidence).flatMap(([id, all]) => all.map((link) => ({ id, link })));
const texts = new Map<string, string>();

function textOf(path: string): string {
  const known =
    texts.get(path) ?? (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "");
  texts.set(path, known);
  return known;
}

/** Catalogues of rules by the file that holds them; elsewhere a rule is an exported function or constant. */
const catalogues: Readonly<Record<string, object>> = {
  "spec-model/mls/rules.ts": mlsRules,
  "spec-model/content/rules.ts": contentRules,
  "spec-model/credentials/rules.ts": credentialRules,
  "spec-model/room/policy/rules.ts": policyRules,
};

function exists(link: Link): boolean {
  if (link.kind === "rule") {
    const catalogue = catalogues[link.file];
    if (catalogue !== undefined) return link.name in catalogue;
    return new RegExp(`^export (?:function|const) ${link.name}\\b`, "m").test(textOf(link.file));
  }
  return isTest(textOf(link.file), link.title) && (link.case === undefined || hasCase(link.file, link.case));
}

/** As the first argument of a call, quoted in whatever way. */
function isTest(source: string, title: string): boolean {
  return ['"', "'", "`"].some((quote) => new RegExp(`\\(\\s*${escaped(quote + title + quote)}`).test(source));
}

/** In the test's own folder; or one of the scenarios or the capabilities, all of which some tests are run for. */
function hasCase(file: string, name: string): boolean {
  if (file.endsWith("/every-scenario.test.ts"))
    return existsSync(join(root, `simulator/scenarios/${name}.ts`));
  if (name in capabilityRules) return /\beach\(names\)/.test(textOf(file));
  const folder = dirname(file);
  const word = new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`);
  return readdirSync(join(root, folder))
    .filter((each) => each.endsWith(".ts"))
    .some((each) => word.test(textOf(join(folder, each))));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

describe("evidence", () => {
  it("is for requirements that there are", () => {
    const ids = new Set(requirements.map(({ id }) => id));
    expect(Object.keys(evidence).filter((id) => !ids.has(id))).toEqual([]);
  });

  it("names rules, tests and cases that there are", () => {
    const missing = links.filter(({ link }) => !exists(link));
    expect(missing.map(({ id, link }) => ({ id, ...link }))).toEqual([]);
  });

  it("names nothing twice for one requirement", () => {
    for (const [id, all] of Object.entries(evidence)) {
      expect(new Set(all.map((link) => JSON.stringify(link))).size, id).toBe(all.length);
    }
  });

  it("is looked for by what is really there", () => {
    const link = { kind: "test", file: "test/spec-model/requirements/evidence.test.ts" } as const;
    expect(exists({ ...link, title: "names nothing twice for one requirement" })).toBe(true);
    expect(exists({ ...link, title: "names nothing" })).toBe(false);
    expect(
      exists({ ...link, title: "is looked for by what is really there", case: ["no", "such"].join(" ") }),
    ).toBe(false);
    expect(exists({ kind: "rule", file: "spec-model/mls/rules.ts", name: "toString2" })).toBe(false);
    expect(exists({ kind: "rule", file: "spec-model/closest.ts", name: "editDistance" })).toBe(false);
  });
});
