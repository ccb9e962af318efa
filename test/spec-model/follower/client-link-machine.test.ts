import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClientLinkEvent, clientLinkMachine } from "../../../spec-model/follower/index.ts";
import { counting } from "../../machine-coverage.ts";

const counted = counting(clientLinkMachine);
const send = (item: string): ClientLinkEvent => ({ type: "send", item });
const gone: ClientLinkEvent = { type: "disconnect" };
const back: ClientLinkEvent = { type: "connect" };

/** What has been handed to the client. */
function handed(...events: readonly ClientLinkEvent[]): string[] {
  let { snapshot } = counted.begin({ client: "B1" });
  return events.flatMap((event) => {
    const next = counted.step(snapshot, event);
    snapshot = next.snapshot;
    return next.effects.flatMap((effect) => (effect.type === "hand" ? (effect["items"] as string[]) : []));
  });
}

describe("a provider's way to its client", () => {
  it("hands over at once, or when the client is back", () => {
    expect(handed(send("1"))).toEqual(["1"]);
    expect(handed(send("1"), gone, send("2"), send("3"))).toEqual(["1"]);
    expect(handed(send("1"), gone, send("2"), send("3"), back, send("4"))).toEqual(["1", "2", "3", "4"]);
  });

  it("loses nothing and keeps the order, however often the client goes and comes (any events)", () => {
    const any = fc.constantFrom<"send" | "disconnect" | "connect">("send", "disconnect", "connect");
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (kinds) => {
        let items = 0;
        const events = kinds.map(
          (type): ClientLinkEvent => (type === "send" ? send(String(items++)) : { type }),
        );
        expect(handed(...events, back)).toEqual(Array.from({ length: items }, (_, i) => String(i)));
      }),
    );
  });

  it("has had every state and every branch in these tests", () => {
    expect(counted.unvisited()).toEqual([]);
    expect(counted.untaken()).toEqual([]);
  });
});
