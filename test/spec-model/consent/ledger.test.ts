/** Which of several consents counts: rows U6 and U7 of the transition tables. protocol-06 §5.2, §5.7 and §8 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ConsentEntry,
  type ConsentEvent,
  type ConsentLedger,
  consentInForce,
  consentMachine,
  consentOf,
  entryFor,
  isDeniedForAnyRoom,
  mayRequest,
  mayUpdate,
  nextOrder,
  type Scope,
  scopeName,
  scopeOf,
} from "../../../spec-model/consent/index.ts";
import { step } from "../../../spec-model/machine.ts";

const alice = "mimi://a.example/u/alice";
const bob = "mimi://b.example/u/bob";
const club = "mimi://a.example/r/club";
const other = "mimi://a.example/r/other";
const about = (room: string | undefined): Scope => ({ requester: alice, target: bob, room });
type Decided = readonly [type: "grant" | "revoke" | "request" | "cancel", room: string | undefined];

function ledgerOf(decided: readonly Decided[]): ConsentLedger {
  let ledger: ConsentLedger = {};
  for (const [type, room] of decided) {
    const scope = about(room);
    const event: ConsentEvent =
      type === "grant" || type === "revoke"
        ? { type, order: nextOrder(ledger) }
        : type === "request"
          ? { type, isDeniedForAnyRoom: isDeniedForAnyRoom(ledger, scope) }
          : { type };
    const consent = consentOf(ledger, scope, { tellsRevocations: false });
    ledger = { ...ledger, [scopeName(scope)]: step(consentMachine, consent, event).snapshot };
  }
  return ledger;
}
const standing = (decided: readonly Decided[], precedence: "mostSpecific" | "latest" = "mostSpecific") =>
  consentInForce(ledgerOf(decided), about(club), precedence);

describe("the consents between two users", () => {
  it("are missing until something is granted: asking is not having", () => {
    expect(standing([])).toBe("missing");
    expect(standing([["request", undefined]])).toBe("missing");
    expect(standing([["revoke", undefined]])).toBe("missing");
  });

  it("hold for this room where they were granted for it or for any", () => {
    expect(standing([["grant", club]])).toBe("granted");
    expect(standing([["grant", undefined]])).toBe("granted");
    expect(
      standing([
        ["request", undefined],
        ["grant", club],
      ]),
    ).toBe("granted");
  });

  it("are for another room where only that was granted", () => {
    expect(standing([["grant", other]])).toBe("otherRoom");
    expect(
      standing([
        ["grant", undefined],
        ["revoke", club],
      ]),
    ).toBe("otherRoom");
  });

  it("deny single rooms, too, where they were revoked for any", () => {
    const denied = (...decided: readonly Decided[]) => isDeniedForAnyRoom(ledgerOf(decided), about(club));
    expect(denied(["revoke", undefined])).toBe(true);
    expect(denied(["revoke", undefined], ["request", undefined])).toBe(true);
    expect(denied(["revoke", other])).toBe(false);
    expect(denied(["revoke", undefined], ["grant", undefined])).toBe(false);
    expect(denied()).toBe(false);
  });

  it("are not needed for one's own other clients", () => {
    expect(consentInForce({}, { requester: bob, target: bob, room: club }, "mostSpecific")).toBe("granted");
  });

  it("do not hold the other way round", () => {
    const ledger = ledgerOf([["grant", undefined]]);
    const reversed = { requester: bob, target: alice, room: club };
    expect(consentInForce(ledger, reversed, "mostSpecific")).toBe("missing");
  });

  it("outside the context of a room hold only where any room was granted", () => {
    expect(consentInForce(ledgerOf([["grant", club]]), about(undefined), "mostSpecific")).toBe("otherRoom");
    expect(consentInForce(ledgerOf([["grant", undefined]]), about(undefined), "mostSpecific")).toBe(
      "granted",
    );
  });

  it("U6: go by what was said of this room, whenever it was said, by default", () => {
    expect(
      standing([
        ["grant", undefined],
        ["revoke", club],
      ]),
    ).toBe("otherRoom");
    expect(
      standing([
        ["revoke", club],
        ["grant", undefined],
      ]),
    ).toBe("otherRoom");
    expect(
      standing([
        ["grant", club],
        ["revoke", undefined],
      ]),
    ).toBe("granted");
  });

  it("U6: go by the later decision under `latest`", () => {
    expect(
      standing(
        [
          ["revoke", club],
          ["grant", undefined],
        ],
        "latest",
      ),
    ).toBe("granted");
    expect(
      standing(
        [
          ["grant", club],
          ["revoke", undefined],
        ],
        "latest",
      ),
    ).toBe("missing");
    expect(
      standing(
        [
          ["revoke", undefined],
          ["grant", club],
        ],
        "latest",
      ),
    ).toBe("granted");
  });

  it("the options agree unless both scopes were decided, differently (any history)", () => {
    const decided = fc.tuple(
      fc.constantFrom("grant" as const, "revoke" as const, "request" as const, "cancel" as const),
      fc.constantFrom(undefined, club, other),
    );
    fc.assert(
      fc.property(fc.array(decided, { maxLength: 8 }), (history) => {
        const isGranted = (precedence?: "latest") => standing(history, precedence) === "granted";
        if (isGranted() === isGranted("latest")) return;
        const last = (room: string | undefined) =>
          history.findLast(([type, of]) => of === room && (type === "grant" || type === "revoke"))?.[0];
        expect(new Set([last(undefined), last(club)])).toEqual(new Set(["grant", "revoke"]));
      }),
    );
  });
});

describe("the scope of a consent", () => {
  it("is what its entry says, and comes back from the wire (any scope and operation)", () => {
    const uri = fc.webUrl();
    fc.assert(
      fc.property(
        uri,
        uri,
        fc.option(uri, { nil: undefined }),
        fc.constantFrom("request" as const, "cancel" as const, "grant" as const, "revoke" as const),
        (requester, target, room, operation) => {
          const scope = { requester, target, room };
          const entry = ConsentEntry.decode(ConsentEntry.encode(entryFor(scope, operation)));
          expect(entry.consentOperation).toBe(operation);
          expect(scopeOf(entry)).toEqual(scope);
        },
      ),
    );
  });

  it("has a name of its own (any two scopes)", () => {
    const scope = fc.record({
      requester: fc.string(),
      target: fc.string(),
      room: fc.option(fc.string(), { nil: undefined }),
    });
    fc.assert(
      fc.property(scope, scope, (a, b) => {
        expect(scopeName(a) === scopeName(b)).toBe(
          a.requester === b.requester && a.target === b.target && a.room === b.room,
        );
      }),
    );
  });

  it("decides which provider may send what: requests the requester's, decisions the target's", () => {
    const toBob = { sender: "a.example", own: "b.example" };
    const toAlice = { sender: "b.example", own: "a.example" };
    expect(mayRequest(about(club), toBob)).toBe(true);
    expect(mayRequest(about(club), toAlice)).toBe(false);
    expect(mayUpdate(about(club), toAlice)).toBe(true);
    expect(mayUpdate(about(club), toBob)).toBe(false);
    expect(mayRequest(about(club), { sender: "c.example", own: "b.example" })).toBe(false);
  });
});
