/** Key material at its owner's provider: row F2 of the transition tables, properties I19 to I22. protocol-06 §5.2 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ClaimRequested,
  type ClientMaterial,
  defaultKeyMaterialPolicy,
  type KeyMaterialPolicy,
  reservationsOf,
  type StockEvent,
  type StockedKeyPackage,
  stockMachine,
} from "../../../spec-model/key-material/index.ts";
import { stateName } from "../../../spec-model/machine.ts";
import { counting } from "../../machine-coverage.ts";

const machine = counting(stockMachine);
const keyPackage = (reference: string, overrides: Partial<StockedKeyPackage> = {}): StockedKeyPackage => ({
  reference,
  client: reference[0] ?? "",
  protocol: "mls10",
  cipherSuite: 1,
  notAfter: 1000,
  capabilities: ["app_data_update"],
  isLastResort: false,
  ...overrides,
});
const store = (...references: readonly string[]): StockEvent => ({
  type: "store",
  keyPackages: references.map((reference) => keyPackage(reference)),
});
const storeLastResort = (reference: string): StockEvent => ({
  type: "store",
  keyPackages: [keyPackage(reference, { isLastResort: true })],
});
const claim = (overrides: Partial<ClaimRequested> = {}): StockEvent => ({
  type: "claim",
  request: "1",
  requester: "mimi://a.example/u/alice",
  room: "mimi://a.example/r/x",
  protocol: "mls10",
  acceptableCiphersuites: [1],
  requiredCapabilities: [],
  now: 10,
  consent: "granted",
  refused: undefined,
  ...overrides,
});

function having(events: readonly StockEvent[], policy: Partial<KeyMaterialPolicy> = {}) {
  const input = { user: "mimi://b.example/u/bob", policy: { ...defaultKeyMaterialPolicy, ...policy } };
  return machine.run(events, input);
}

interface Answer {
  readonly type: string;
  readonly userStatus?: string;
  readonly clients?: readonly ClientMaterial[];
}

/** What the last event was answered. */
function answered(...events: readonly StockEvent[]): Answer {
  return having(events).effects[0] as unknown as Answer;
}
function answeredUnder(policy: Partial<KeyMaterialPolicy>, ...events: readonly StockEvent[]): Answer {
  return having(events, policy).effects[0] as unknown as Answer;
}
const detailed = { refusals: "detailed" } as const;

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

  it("tells apart a client that has run out from one that does not fit", () => {
    const events = [
      store("A1"),
      { type: "store" as const, keyPackages: [keyPackage("B1", { capabilities: [] }), keyPackage("C1")] },
      claim({ requiredCapabilities: ["app_data_update"] }),
      store("C2"),
      claim({ requiredCapabilities: ["app_data_update"] }),
    ];
    expect(answered(...events)).toMatchObject({
      userStatus: "partialSuccess",
      clients: [
        { client: "A", status: "keyMaterialExhausted" },
        { client: "B", status: "nothingCompatible" },
        { client: "C", status: "success", reference: "C2" },
      ],
    });
  });

  it("keeps to the required capabilities and cipher suites", () => {
    const needing = claim({ requiredCapabilities: ["self_remove"] });
    expect(answered(store("A1"), needing)).toMatchObject({ userStatus: "noCompatibleMaterial" });
    expect(answered(store("A1"), claim({ acceptableCiphersuites: [2] }))).toMatchObject({
      userStatus: "noCompatibleMaterial",
    });
  });

  it("says incompatibleProtocol where no client has anything for the protocol", () => {
    expect(answered(store("A1"), claim({ protocol: "other" }))).toMatchObject({
      userStatus: "incompatibleProtocol",
      clients: [],
    });
  });

  it("lists clients that do not fit only where the policy says so", () => {
    const needing = claim({ requiredCapabilities: ["self_remove"] });
    expect(answered(store("A1"), needing).clients).toEqual([]);
    expect(answeredUnder({ listsIncompatible: true }, store("A1"), needing).clients).toMatchObject([
      { client: "A", status: "nothingCompatible" },
    ]);
  });

  it("I20: hands out nothing that has expired", () => {
    expect(answered(store("A1"), claim({ now: 1000 }))).toMatchObject({ userStatus: "noCompatibleMaterial" });
    expect(answered(store("A1"), claim({ now: 999 }))).toMatchObject({ userStatus: "success" });
  });

  it("I22: hands out nothing without consent, and does not answer a forged request", () => {
    expect(answered(store("A1"), claim({ consent: "missing" }))).toMatchObject({
      userStatus: "noConsent",
      clients: [],
    });
    expect(answered(store("A1"), claim({ refused: "signature" }))).toMatchObject({ type: "rejectRequest" });
    expect(answered(claim({ refused: "signature" }))).toMatchObject({ type: "rejectRequest" });
    expect(answered({ type: "delete" }, claim({ refused: "signature" }))).toMatchObject({
      type: "rejectRequest",
    });
  });

  it("says that consent is for another room only under detailed refusals", () => {
    const forOther = claim({ consent: "otherRoom" });
    expect(answered(store("A1"), forOther)).toMatchObject({ userStatus: "noConsent" });
    expect(answeredUnder(detailed, store("A1"), forOther)).toMatchObject({
      userStatus: "noConsentForThisRoom",
    });
    expect(answeredUnder(detailed, store("A1"), claim({ consent: "missing" }))).toMatchObject({
      userStatus: "noConsent",
    });
  });

  it("U11: says that an account was deleted only under detailed refusals, and keeps none of its material", () => {
    const deleted: StockEvent = { type: "delete" };
    expect(answered(store("A1"), deleted, claim())).toMatchObject({ userStatus: "noConsent", clients: [] });
    expect(answeredUnder(detailed, store("A1"), deleted, claim())).toMatchObject({
      userStatus: "userDeleted",
    });
    expect(having([store("A1"), deleted]).snapshot.context).toMatchObject({ stock: [], clients: [] });
    expect(stateName(having([deleted, store("A1")]).snapshot)).toBe("deleted");
  });

  it("I19: never hands out the same KeyPackage twice (any order of stocking and claiming)", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 30 }), (stockings) => {
        let { snapshot } = having([]);
        let stocked = 0;
        const handedOut: string[] = [];
        for (const stocking of stockings) {
          const event = stocking ? store(`A${stocked}`, `B${stocked++}`) : claim();
          const next = machine.step(snapshot, event);
          const clients = (next.effects[0]?.["clients"] ?? []) as { reference?: string }[];
          handedOut.push(...clients.flatMap((each) => each.reference ?? []));
          snapshot = next.snapshot;
        }
        expect(new Set(handedOut).size).toBe(handedOut.length);
      }),
    );
  });

  it("takes a KeyPackage that was uploaded twice for one, even after it was handed out", () => {
    expect(answered(store("A1"), claim(), store("A1"), claim())).toMatchObject({
      userStatus: "noCompatibleMaterial",
    });
  });
});

describe("KeyPackages of last resort (mls-extensions §6.4)", () => {
  it("are handed out when nothing else is left, again and again", () => {
    const events = [store("A1"), storeLastResort("A9"), claim()];
    expect(answered(...events).clients).toMatchObject([{ reference: "A1" }]);
    expect(answered(...events, claim()).clients).toMatchObject([{ reference: "A9" }]);
    expect(answered(...events, claim(), claim()).clients).toMatchObject([{ reference: "A9" }]);
  });

  it("are not handed out at all where the provider keeps to protocol-06 §5.2", () => {
    const events = [storeLastResort("A9"), claim()];
    expect(answeredUnder({ lastResort: "forbidden" }, ...events)).toMatchObject({
      userStatus: "noCompatibleMaterial",
    });
  });
});

describe("a request that comes twice (S32)", () => {
  it("takes fresh material each time by default", () => {
    expect(answered(store("A1", "A2"), claim(), claim()).clients).toMatchObject([{ reference: "A2" }]);
  });

  it("gets what it got before within the window under sameAnswer, also when nothing else is left", () => {
    const same = { claimReplay: "sameAnswer" } as const;
    const later = claim({ now: 69 });
    expect(answeredUnder(same, store("A1", "A2"), claim(), later).clients).toMatchObject([
      { reference: "A1" },
    ]);
    expect(answeredUnder(same, store("A1"), claim(), later)).toMatchObject({ userStatus: "success" });
  });

  it("gets fresh material where it is another request, the window is over, or the KeyPackage has expired", () => {
    const same = { claimReplay: "sameAnswer" } as const;
    const stocked = store("A1", "A2");
    for (const other of [claim({ request: "2" }), claim({ now: 70 })]) {
      expect(answeredUnder(same, stocked, claim(), other).clients).toMatchObject([{ reference: "A2" }]);
    }
    const late = { now: 990 };
    const expired = [stocked, claim(late), claim({ now: 1000 })];
    expect(answeredUnder(same, ...expired)).toMatchObject({ userStatus: "noCompatibleMaterial" });
  });
});

describe("what was handed out", () => {
  it("I21: is remembered with the requester and the room it is for", () => {
    const { context } = having([store("A1"), claim()]).snapshot;
    expect(reservationsOf(context, "A1")).toMatchObject([
      { requester: "mimi://a.example/u/alice", room: "mimi://a.example/r/x", at: 10 },
    ]);
    expect(reservationsOf(context, "A2")).toEqual([]);
  });

  it("of last resort is remembered for every room, the latest first", () => {
    const { context } = having([storeLastResort("A9"), claim(), claim({ room: "y" })]).snapshot;
    expect(reservationsOf(context, "A9").map(({ room }) => room)).toEqual(["y", "mimi://a.example/r/x"]);
  });

  it("is for any room where the request names none, and is forgotten when it has expired", () => {
    const { context } = having([store("A1"), claim({ room: "" })]).snapshot;
    expect(reservationsOf(context, "A1")).toMatchObject([{ room: undefined }]);
    const fresh = { type: "store" as const, keyPackages: [keyPackage("A2", { notAfter: 5000 })] };
    const later = having([store("A1"), claim(), fresh, claim({ now: 2000 })]).snapshot;
    expect(reservationsOf(later.context, "A1")).toEqual([]);
  });
});

describe("the machine", () => {
  it("has been in every state and taken every branch", () => {
    having([claim({ consent: "missing" })]);
    having([{ type: "delete" }]);
    expect(machine.unvisited()).toEqual([]);
    expect(machine.untaken()).toEqual([]);
  });
});
