/**
 * The adapter in Python with an MLS of its own: it shares no line with the model, and comes to the same in every flow of a
 * client and most of providers, in handshakes, KeyPackages, SemiPrivateMessages, credentials and signed structures.
 */
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

const adapter = fileURLToPath(new URL("../../vectors/adapters/python-mls/adapter.py", import.meta.url));
// Debian's package is for Debian's interpreter, which need not be the first.
const python = ["python3", "/usr/bin/python3"].find(
  (each) => spawnSync(each, ["-c", "import cryptography"]).status === 0,
);
const families = ["crypto", "flows", "state"];

describe.skipIf(python === undefined)(
  "the adapter in Python with MLS (skipped where no python3 has the package cryptography)",
  () => {
    it("passes every case of the operations that it has, all of a client's flows among them, and most of providers", async () => {
      const files = publishedPaths()
        .filter((path) => families.some((family) => path.includes(`/${family}/`)))
        .map((path) => ({ ...loadFile(join(vectorsFolder, path)), path }));
      const program = await startProgram(`${python} ${adapter}`, { timeout: 20_000 });
      const results = await verify(files, program).finally(() => program.close());
      const wrong = results.filter(({ verdict }) => !["passed", "skipped"].includes(verdict.verdict));
      expect(wrong.map(({ case: { id }, verdict }) => [id, verdict])).toEqual([]);
      const passed = new Map<string, number>();
      for (const { case: each, verdict } of results) {
        if (verdict.verdict === "passed") passed.set(each.operation, (passed.get(each.operation) ?? 0) + 1);
      }
      expect(passed.get("flow.client")).toBeGreaterThan(2900);
      expect(passed.get("flow.follower")).toBeGreaterThan(900);
      expect(passed.get("flow.hub")).toBeGreaterThan(500);
      const byFamily = new Map(summaryOf(results).byFamily);
      expect(byFamily.get("crypto")).toMatchObject({ failed: 0, skipped: 0 });
      expect(byFamily.get("state")).toMatchObject({ failed: 0, skipped: 0 });
    });
  },
);
