/** What the vectors' documentation promises: its programs run, its links lead somewhere, it tells what there is. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { families } from "../../vectors/format/case.ts";
import { operations } from "../../vectors/format/operations/index.ts";
import { loadFile, startProgram, vectorsFolder, verify } from "../../vectors/verify/index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const textOf = (path: string) => readFileSync(join(root, path), "utf8");
const readme = textOf("vectors/README.md");
const example = textOf("docs/vectors-worked-example.md");
const programsIn = (text: string) =>
  [...text.matchAll(/```python\n([\s\S]*?)```/g)].map(([, program = ""]) => program);
const hasPython = spawnSync("python3", ["--version"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "mimi-vectors-"));
afterAll(() => rmSync(folder, { recursive: true }));

const anchorsIn = (text: string) =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(" ", "-")
      .replaceAll(/[^a-z0-9-]/g, ""),
  );

describe("vectors/README.md", () => {
  it("has what operations.md refers to, and every family", () => {
    const anchors = anchorsIn(readme);
    const wanted = [...textOf("vectors/operations.md").matchAll(/README\.md#([a-z0-9-]+)/g)].map(
      ([, anchor]) => anchor,
    );
    expect(wanted.length).toBeGreaterThan(5);
    expect(wanted.filter((anchor) => !anchors.includes(anchor ?? ""))).toEqual([]);
    for (const family of families) expect(readme).toContain(`| ${family} |`);
  });

  it("names every select that looks outside of its structure, and no other", () => {
    const definitions = JSON.parse(textOf("vectors/structures.json")) as Record<string, unknown>;
    const paths = [...JSON.stringify(definitions).matchAll(/"select":"([^"]+)"/g)].map(
      ([, path = ""]) => path,
    );
    const dotted = new Set(paths.filter((path) => path.includes(".")));
    // This one is within the structure: a field of a field.
    dotted.delete("content.sender.sender_type");
    for (const path of dotted) expect(readme).toContain(`| \`${path}\` |`);
    expect(dotted.size).toBe(4);
  });
});

describe("vectors/operations.md", () => {
  it("has every operation under the anchor that its table links to", () => {
    const text = textOf("vectors/operations.md");
    const anchors = anchorsIn(text);
    for (const { name } of operations) {
      const [, anchor = ""] =
        text.match(new RegExp(`\\[${name.replaceAll(".", "\\.")}\\]\\(#([^)]+)\\)`)) ?? [];
      expect(anchors, name).toContain(anchor);
    }
  });
});

describe("links in the vectors' documentation", () => {
  it("lead to files that are there", () => {
    for (const [path, text] of [
      ["vectors", readme],
      ["docs", example],
    ] as const) {
      const targets = [...text.replaceAll(/```[\s\S]*?```/g, "").matchAll(/\]\(([^)#]+)(#[^)]*)?\)/g)].map(
        ([, target = ""]) => target,
      );
      expect(targets.filter((target) => !existsSync(join(root, path, target)))).toEqual([]);
    }
  });
});

describe.skipIf(!hasPython)(
  "the programs in the vectors' documentation (skipped where there is no python3)",
  () => {
    it("of the README finds nothing wrong with the adapter, and everything with one that knows nothing", () => {
      const [consumer = ""] = programsIn(readme);
      const adapter = join(vectorsFolder, "adapters/python");
      const running = (implementation: string) => {
        writeFileSync(join(folder, "implementation.py"), implementation);
        writeFileSync(join(folder, "consumer.py"), consumer);
        const { stdout, stderr, status } = spawnSync("python3", [join(folder, "consumer.py")], {
          cwd: root,
          encoding: "utf8",
          maxBuffer: 64 * 1024 * 1024,
          env: { ...process.env, PYTHONPATH: adapter },
        });
        expect(stderr).toBe("");
        expect(status).toBe(0);
        return stdout.split("\n").filter((line) => line !== "");
      };
      const lines = running(
        [
          "import adapter, loop",
          "def answer(operation, input):",
          "    if operation not in adapter.OPERATIONS: return {'outcome': 'unsupported'}",
          "    return loop.answer(adapter.OPERATIONS, {'operation': operation, 'input': input})",
        ].join("\n"),
      );
      const lacking = lines.filter((line) => !/ (codec|uri|content|franking-tag|dictionary)-/.test(line));
      expect(lines).toEqual(lacking);
      expect(lines.length).toBeGreaterThan(1000);
      const all = running("def answer(operation, input): return {'outcome': 'unsupported'}");
      expect(all.length).toBeGreaterThan(10_000);
    });

    it("of the worked example does nothing, then one thing wrong, then all that it says", async () => {
      const [hello = "", wrong = "", whole = ""] = programsIn(example);
      const start = hello.slice(0, hello.indexOf("say({"));
      const paths = ["protocol-06/crypto/franking.json", "protocol-06/codec/consent.json"];
      const files = paths.map((path) => ({ ...loadFile(join(vectorsFolder, path)), path }));
      const resultsOf = async (program: string) => {
        const path = join(folder, "mine.py");
        writeFileSync(path, program);
        const started = await startProgram(`cd '${root}' && python3 '${path}'`, { timeout: 20_000 });
        const results = await verify(files, started).finally(() => started.close());
        const counts = { passed: 0, failed: 0, differs: 0, skipped: 0 };
        for (const { verdict } of results) counts[verdict.verdict]++;
        return counts;
      };
      const all = files.flatMap(({ cases }) => cases).length;
      expect(await resultsOf(hello)).toMatchObject({ passed: 0, failed: 0, skipped: all });
      expect(await resultsOf(start + wrong)).toMatchObject({ passed: 0, failed: 7 });
      const right = (start + wrong).replace("hmac.new(data, salt,", "hmac.new(salt, data,");
      expect(await resultsOf(right)).toMatchObject({ passed: 7, failed: 0 });
      expect(await resultsOf(whole)).toMatchObject({ passed: 103, failed: 0 });
    });
  },
);
