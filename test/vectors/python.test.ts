/** The adapter in Python: proof that the published files are enough to write an implementation's codec from. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  loadFile,
  publishedPaths,
  startProgram,
  summaryOf,
  vectorsFolder,
  verify,
} from "../../vectors/verify/index.ts";

const adapter = fileURLToPath(new URL("../../vectors/adapters/python/adapter.py", import.meta.url));
const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe.skipIf(!hasPython)("the adapter in Python (skipped where there is no python3)", () => {
  it("passes every case of the operations that it has, all of the families codec, content and policy among them", async () => {
    const files = publishedPaths().map((path) => ({ ...loadFile(join(vectorsFolder, path)), path }));
    const program = await startProgram(`python3 ${adapter}`, { timeout: 20_000 });
    const results = await verify(files, program).finally(() => program.close());
    const wrong = results.filter(({ verdict }) => !["passed", "skipped"].includes(verdict.verdict));
    expect(wrong.map(({ case: { id }, verdict }) => [id, verdict])).toEqual([]);
    const codec = new Map(summaryOf(results).byFamily).get("codec");
    expect(codec).toMatchObject({ failed: 0, skipped: 0 });
    expect(codec?.passed).toBeGreaterThan(5000);
    const byFamily = new Map(summaryOf(results).byFamily);
    expect(byFamily.get("content")).toMatchObject({ failed: 0, skipped: 0 });
    expect(byFamily.get("policy")).toMatchObject({ failed: 0, skipped: 0 });
    // Without asymmetric cryptography.
    expect(byFamily.get("crypto")?.passed).toBeGreaterThan(100);
    expect(byFamily.get("state")?.passed).toBeGreaterThan(100);
  });
});
