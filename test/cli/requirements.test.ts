/** `mimi requirements`: the matrix on a terminal and in files, and the published page beside it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { matrixAsMarkdown, matrixOf, requirements } from "../../spec-model/requirements/index.ts";
import { mimi } from "./in-process.ts";

describe("mimi requirements", () => {
  it("prints each requirement on a line, and how many are tested", async () => {
    const { code, out } = await mimi("requirements");
    expect(code).toBe(0);
    for (const { id } of requirements)
      expect(out).toMatch(new RegExp(` {2}${id.replaceAll(".", "\\.")}$`, "m"));
    expect(out).toMatch(/^ {2}protocol-06 +\d+ of \d+$/m);
    expect(out).toMatch(/^ {2}all +\d+ of \d+, and \d+ that cannot be$/m);
  });

  it("keeps to a draft, a level and an actor", async () => {
    const { out } = await mimi("requirements", "--draft", "protocol", "--level", "must", "--actor", "hub");
    const shown = out.split("\n").flatMap((line) => /^\w+ .* {2}(\S+)$/.exec(line)?.[1] ?? []);
    const wanted = matrixOf({ draft: "protocol-06", level: "MUST", actor: "hub" })[0]?.rows ?? [];
    expect(wanted.length).toBeGreaterThan(5);
    expect(shown).toEqual(wanted.map(({ requirement }) => requirement.id));
  });

  it("leaves out what is tested under --gaps", async () => {
    const { out } = await mimi("requirements", "--gaps");
    expect(out).not.toMatch(/^(?:tested|not here) /m);
  });

  it.each(["json", "markdown", "html"])("writes %s into a file", async (format) => {
    const folder = mkdtempSync(join(tmpdir(), "requirements-"));
    try {
      const file = join(folder, `matrix.${format}`);
      expect(await mimi("requirements", "--format", format, "--out", file)).toMatchObject({
        code: 0,
        out: file,
      });
      expect(readFileSync(file, "utf8")).toContain(requirements[0]?.id);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    [["--draft", "protocl"], 'mimi requirements: there is no draft "protocl". Did you mean "protocol"?'],
    [["--level", "MUZT"], 'mimi requirements: there is no level "MUZT". Did you mean "MUST"?'],
    [["--actor", "hubb"], 'mimi requirements: there is no actor "hubb". Did you mean "hub"?'],
    [["--format", "pdf"], 'mimi requirements: there is no format "pdf". There are: json, markdown, html.'],
    [["--out", "x.html"], "mimi requirements: --out needs --format: json, markdown or html"],
  ])("%j: one clear line and exit code 2", async (args, says) => {
    expect(await mimi("requirements", ...args)).toEqual({ code: 2, out: "", error: says });
  });
});

describe("docs/requirements.md", () => {
  it("is what mimi requirements --format markdown prints now", () => {
    const page = readFileSync(fileURLToPath(new URL("../../docs/requirements.md", import.meta.url)), "utf8");
    expect(page).toBe(matrixAsMarkdown(matrixOf()));
  });
});
