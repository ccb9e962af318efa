import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    setupFiles: ["./test/one-seed.ts"],
    maxWorkers: "100%",
    testTimeout: 300_000,
    reporters: ["default", "./test/plain-count-reporter.ts"],
  },
});
