import { afterEach, describe, expect, it, vi } from "vitest";

/** The suites as a fresh runtime would load them. */
async function freshlyLoaded() {
  vi.resetModules();
  return import("../../../../spec-model/mls/crypto/index.ts");
}

afterEach(() => vi.unstubAllGlobals());

describe("the provider of a cipher suite", () => {
  it("is node:crypto where there is one", async () => {
    const { cipherSuite } = await freshlyLoaded();
    expect(cipherSuite(1).provider).toBe("node");
    expect(cipherSuite(1, "portable").provider).toBe("portable");
  });

  it("is the portable one elsewhere", async () => {
    // Not nothing at all: what loads the modules asks for the platform.
    vi.stubGlobal("process", { platform: process.platform, env: {} });
    const { cipherSuite } = await freshlyLoaded();
    expect(cipherSuite(1).provider).toBe("portable");
    expect(() => cipherSuite(1, "node")).toThrow("there is no node:crypto here");
  });

  it("does not exist for cipher suites that are not modelled", async () => {
    const { cipherSuite } = await freshlyLoaded();
    expect(cipherSuite(4)).toBeUndefined();
  });
});
