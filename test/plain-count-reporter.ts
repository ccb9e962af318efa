/** Closes a test run with one plain line: N passed, N failed, N skipped; and says why tests were skipped. */
import type { Reporter, TestModule } from "vitest/node";
import { missingShared, sharedFolder } from "./shared-folder.ts";

export default class PlainCountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      let inModule = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== "pending") count[state]++;
        inModule++;
      }
      // A file that cannot be loaded has no tests: it counts as one failure.
      if (inModule === 0 && module.state() === "failed") count.failed++;
    }
    if (count.skipped > 0 && sharedFolder() === undefined) console.log(missingShared);
    console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  }
}
