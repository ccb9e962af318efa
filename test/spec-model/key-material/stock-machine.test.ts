import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ClaimRequested,
  type StockEvent,
  stockMachine,
} from "../../../spec-model/key-material/index.ts";
import { begin, step } from "../../../spec-model/machine.ts";

const start = begin(stockMachine, { user: "mimi://b.example/u/bob" }).snapshot;
const store = (...references: readonly string[]): StockEvent => ({
  type: "store",
  keyPackages: references.map((reference) => ({
    reference,
    client: reference[0] ?? "",
    cipherSuite: 1,
    notAfter: 1000,
    capabilities: ["app_data_update"],
  })),
});
const claim = (overrides: Partial<ClaimRequested> = {}): StockEvent => ({
  type: "claim",
  request: "1",
  requester: "mimi://a.example/u/alice",
  room: "mimi://a.example/r/x",
  acceptableCiphersuites: [1],
  requiredCapabilities: [],
  now: 10,
  consent: "granted",
  refused: undefined,
  ...overrides,
});

/** What the last event was answered. */
function answered(...events: readonly StockEvent[]) {
  let next = { snapshot: start, effects: [] as readonly Record<string, unknown>[] };
  for (const event of events) next = step(stockMachine, next.snapshot, event);
  return next.effects[0] as {
    type: string;
    userStatus?: string;
    clients?: { status: string; reference?: string }[];
  };
}

describe("a user's key material", () => {
  it("gives one KeyPackage for each client", () => {
    const { userStatus, clients } = answered(store("A1", "A2", "B1"), claim());
    expect(userStatus).toBe("success");
    expect(clients?.map((each) => each.reference)).toEqual(["A1", "B1"]);
  });

  it("says partialSuccess where a client has none left, and noCompatibleMaterial where none has", () => {
    expect(answered(store("A1", "A2", "B1"), claim(), claim())).toMatchObject({
      userStatus: "partialSuccess",
      clients: [{ status: "success" }, { status: "keyMaterialExhausted" }],
    });
    expect(answered(store("A1"), claim(), claim())).toMatchObject({
      userStatus: "noCompatibleMaterial",
      clients: [],
    });
  });

  it("keeps to the required capabilities and cipher suites", () => {
    const needing = claim({ requiredCapabilities: ["self_remove"] });
    expect(answered(store("A1"), needing)).toMatchObject({ userStatus: "noCompatibleMaterial" });
    expect(answered(store("A1"), claim({ acceptableCiphersuites: [2] }))).toMatchObject({
      userStatus: "noCompatibleMaterial",
    });
  });

  it("hands out nothing that has expired", () => {
    expect(answered(store("A1"), claim({ now: 1000 }))).toMatchObject({ userStatus: "noCompatibleMaterial" });
  });

  it("hands out nothing without consent, and does not answer a forged request", () => {
    expect(answered(store("A1"), claim({ consent: "missing" }))).toMatchObject({
      userStatus: "noConsent",
      clients: [],
    });
    expect(answered(store("A1"), claim({ refused: "signature" }))).toMatchObject({ type: "rejectRequest" });
  });

  it("never hands out the same KeyPackage twice (any order of stocking and claiming)", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 30 }), (stockings) => {
        let snapshot = start;
        let stocked = 0;
        const handedOut: string[] = [];
        for (const stocking of stockings) {
          const event = stocking ? store(`A${stocked}`, `B${stocked++}`) : claim();
          const next = step(stockMachine, snapshot, event);
          const clients = (next.effects[0]?.["clients"] ?? []) as { reference?: string }[];
          handedOut.push(...clients.flatMap((each) => each.reference ?? []));
          snapshot = next.snapshot;
        }
        expect(new Set(handedOut).size).toBe(handedOut.length);
      }),
    );
  });
});
