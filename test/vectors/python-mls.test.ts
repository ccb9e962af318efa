/**
 * The adapter in Python with an MLS of its own: it shares no line with the model, and comes to the same in all seats of all
 * flows, in handshakes, trees, KeyPackages, SemiPrivateMessages, credentials and signed structures. What it has in common
 * with the adapter of the standard library alone is in python.test.ts.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadFile, publishedPaths, startProgram, vectorsFolder, verify } from "../../vectors/verify/index.ts";

const adapter = fileURLToPath(new URL("../../vectors/adapters/python-mls/adapter.py", import.meta.url));
// Debian's package is for Debian's interpreter, which need not be the first.
const python = ["python3", "/usr/bin/python3"].find(
  (each) => spawnSync(each, ["-c", "import cryptography"]).status === 0,
);
const families = ["crypto", "flows", "state"];

describe.skipIf(python === undefined)(
  "the adapter in Python with MLS (skipped where no python3 has the package cryptography)",
  () => {
    it("passes every case that there is", async () => {
      const files = publishedPaths()
        .filter((path) => families.some((family) => path.includes(`/${family}/`)))
        .map((path) => ({ ...loadFile(join(vectorsFolder, path)), path }));
      const program = await startProgram(`${python} ${adapter}`, { timeout: 20_000 });
      const results = await verify(files, program).finally(() => program.close());
      const wrong = results.filter(({ verdict }) => verdict.verdict !== "passed");
      expect(wrong.map(({ case: { id }, verdict }) => [id, verdict])).toEqual([]);
      expect(results.length).toBeGreaterThan(6900);
    });
  },
);
