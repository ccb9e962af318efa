import { describe, expect, it } from "vitest";
import {
  type FannedOut,
  type FollowerRoomEvent,
  followerRoomMachine,
} from "../../../spec-model/follower/index.ts";
import { begin, stateName, step } from "../../../spec-model/machine.ts";

const start = begin(followerRoomMachine, { room: "mimi://a.example/r/x", hub: "a.example" }).snapshot;
const notify = (body: string, messages: readonly FannedOut[], from = "a.example"): FollowerRoomEvent => ({
  type: "notify",
  request: `request of ${body}`,
  from,
  body,
  messages,
});
const welcome = notify("w", [{ kind: "welcome", clients: ["B1", "B2"] }]);

function run(...events: readonly FollowerRoomEvent[]) {
  let next = { snapshot: start, effects: [] as readonly { readonly type: string }[] };
  for (const event of events) next = step(followerRoomMachine, next.snapshot, event);
  return { effects: next.effects, state: stateName(next.snapshot) };
}

describe("a follower's room", () => {
  it("begins with a Welcome, which goes to the clients it is for", () => {
    const { effects, state } = run(welcome);
    expect(state).toBe("participating");
    expect(effects).toMatchObject([
      { type: "deliver", deliveries: [{ index: 0, clients: ["B1", "B2"] }] },
      { type: "answer", status: 201 },
    ]);
  });

  it("answers a repeated body 201 and does nothing else", () => {
    expect(
      run(welcome, notify("m", [{ kind: "application" }]), notify("m", [{ kind: "application" }])).effects,
    ).toMatchObject([{ type: "answer", status: 201 }]);
  });

  it("takes nothing from a provider that is not the room's hub", () => {
    const { effects } = run(welcome, notify("m", [{ kind: "commit" }], "c.example"));
    expect(effects).toMatchObject([{ type: "answer", status: 403 }]);
  });

  it("knows no room before its Welcome", () => {
    expect(run(notify("m", [{ kind: "commit" }])).effects).toMatchObject([{ type: "answer", status: 404 }]);
  });

  it("delivers to a client that joined by itself, and no more once it has left", () => {
    const message = (body: string) => notify(body, [{ kind: "application" }]);
    const joined = run(welcome, { type: "clientJoined", client: "B3" }, message("m"));
    expect(joined.effects).toMatchObject([{ deliveries: [{ clients: ["B1", "B2", "B3"] }] }, {}]);
    const left = run(welcome, { type: "clientLeft", client: "B1" }, message("m"));
    expect(left.effects).toMatchObject([{ deliveries: [{ clients: ["B2"] }] }, {}]);
  });

  it("is outside again when its last client has left", () => {
    expect(
      run(welcome, { type: "clientLeft", client: "B1" }, { type: "clientLeft", client: "B2" }).state,
    ).toBe("outside");
  });
});
