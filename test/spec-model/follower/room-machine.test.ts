import { describe, expect, it } from "vitest";
import {
  type FannedOut,
  type FollowerRoomEvent,
  followerRoomMachine,
} from "../../../spec-model/follower/index.ts";
import { stateName } from "../../../spec-model/machine.ts";
import { counting } from "../../machine-coverage.ts";

const counted = counting(followerRoomMachine);
const input = { room: "mimi://a.example/r/x", hub: "a.example" };
const notify = (body: string, messages: readonly FannedOut[], from = "a.example"): FollowerRoomEvent => ({
  type: "notify",
  request: `request of ${body}`,
  from,
  body,
  messages,
});
const welcome = notify("w", [{ kind: "welcome", clients: ["B1", "B2"] }]);

function run(...events: readonly FollowerRoomEvent[]) {
  const { snapshot, effects } = counted.run(events, input);
  return { effects, state: stateName(snapshot) };
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

  it("has left when its last client has, and takes what still comes for nobody", () => {
    expect(
      run(welcome, { type: "clientLeft", client: "B1" }, { type: "clientLeft", client: "B2" }).state,
    ).toBe("left");
    const late = run(
      welcome,
      { type: "clientLeft", client: "B1" },
      { type: "clientLeft", client: "B2" },
      notify("m", []),
    );
    expect(late.effects).toEqual([{ type: "answer", request: "request of m", status: 201 }]);
  });

  it("learns from an external commit which own client has come in by it", () => {
    const joins = notify("j", [{ kind: "commit", joined: ["B3"] }, { kind: "application" }]);
    expect(run(welcome, joins).effects).toMatchObject([
      { deliveries: [{ clients: ["B1", "B2", "B3"] }, { clients: ["B1", "B2", "B3"] }] },
      { status: 201 },
    ]);
    expect(run(joins)).toMatchObject({ state: "participating" });
  });

  it("has had every state and every branch in these tests", () => {
    run(notify("x", [], "c.example"));
    run(notify("x", []), notify("x", []));
    run(welcome, notify("x", [], "c.example"));
    const gone: FollowerRoomEvent[] = [
      welcome,
      { type: "clientLeft", client: "B1" },
      { type: "clientLeft", client: "B2" },
    ];
    run(...gone, notify("again", [{ kind: "welcome", clients: ["B1"] }]));
    run(...gone, welcome);
    run(...gone, notify("x", [], "c.example"));
    run(...gone, { type: "clientJoined", client: "B3" });
    run({ type: "clientJoined", client: "B1" }, { type: "clientJoined", client: "B2" });
    expect(counted.unvisited()).toEqual([]);
    expect(counted.untaken()).toEqual([]);
  });
});
