import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { initialTransition, transition } from "xstate";
import { clientLinkMachine } from "../../spec-model/follower/index.ts";
import { begin, step } from "../../spec-model/machine.ts";

const event = fc.constantFrom(
  { type: "connect" as const },
  { type: "disconnect" as const },
  { type: "send" as const, item: "one" },
  { type: "send" as const, item: "two" },
);

describe("a machine's steps", () => {
  it("are those that XState's own transition function gives", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        const input = { client: "mimi://a.example/d/alice/1" };
        let ours = begin(clientLinkMachine, input).snapshot;
        let [theirs] = initialTransition(clientLinkMachine, input);
        for (const each of events) {
          const taken = step(clientLinkMachine, ours, each);
          const [next, actions] = transition(clientLinkMachine, theirs, each);
          expect(taken.snapshot.value).toEqual(next.value);
          expect(taken.snapshot.context).toEqual(next.context);
          expect(taken.effects.map(({ type }) => type)).toEqual(actions.map(({ type }) => type));
          [ours, theirs] = [taken.snapshot, next];
        }
      }),
    );
  });

  it("leave the snapshot that they start from as it was", () => {
    const { snapshot } = begin(clientLinkMachine, { client: "mimi://a.example/d/alice/1" });
    const away = step(clientLinkMachine, snapshot, { type: "disconnect" }).snapshot;
    const waiting = step(clientLinkMachine, away, { type: "send", item: "one" });
    const again = step(clientLinkMachine, away, { type: "send", item: "one" });
    expect(again.snapshot.context).toEqual(waiting.snapshot.context);
    expect(snapshot.value).not.toEqual(away.value);
  });
});
