/** Random users in random rooms: what they want is refused or done, and what must hold holds after every step. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { knownAs } from "../../../simulator/properties/index.ts";
import { run } from "../../../simulator/run/index.ts";
import { randomRoom } from "./random-room.ts";
import { type Look, lookAt } from "./room-properties.ts";

it("keeps every room in order, whatever its users want", () => {
  fc.assert(
    fc.property(randomRoom, ({ scenario, latency, seed }) => {
      const problems: string[] = [];
      let look: Look | undefined;
      const made = run(scenario, {
        seed,
        latency,
        mls: "symbolic",
        atRest: (actors) => {
          look = lookAt(actors, look);
          problems.push(...look.problems);
        },
      });
      const failed = made.trace.events.flatMap((event) =>
        event.type === "check" && !event.holds && !event.detail?.includes(knownAs)
          ? [`${event.property} ${event.detail}`]
          : [],
      );
      // A refusal by policy is an answer; anything else that is noticed should not happen between honest parties.
      const expected = new Set(["PolicyError", "ClientError", "RoomError"]);
      const wrong = made.trace.events.flatMap((event) =>
        event.type === "noticed" && !expected.has(event.error.type)
          ? [`${event.actor}: ${event.error.type} ${event.error.code}: ${event.error.text}`]
          : [],
      );
      expect([...problems, ...failed, ...wrong]).toEqual([]);
      expect(made.trace.events.at(-1)).toMatchObject({ reason: "nothing left to happen" });
    }),
    { numRuns: Number(process.env["RANDOM_ROOMS"] ?? 60) },
  );
}, 300_000);
