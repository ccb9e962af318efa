/** Adversaries as the swarm draws them: by the seed, and as an actor that can play the part. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import {
  adversaries,
  brokenBy,
  formatChoice,
  playedBy,
  swarmAdversary,
} from "../../../simulator/variants/index.ts";

const scenario = fc.constantFrom(...scenarios.values());

describe("the swarm's adversary", () => {
  it("is the same for the same seed", () => {
    fc.assert(
      fc.property(scenario, fc.nat(), (each, seed) => {
        expect(formatChoice(swarmAdversary(each, seed))).toBe(formatChoice(swarmAdversary(each, seed)));
      }),
    );
  });

  it("is any of them, over enough seeds", () => {
    const [story] = scenarios.values();
    const drawn = Array.from({ length: 600 }, (_, seed) => story && swarmAdversary(story, seed).variant.id);
    expect(new Set(drawn).size).toBe(adversaries.length);
  });
});

describe("an adversary's part", () => {
  it("is a client's, a follower's or the hub's in the scenario, and nobody's where several act together", () => {
    fc.assert(
      fc.property(scenario, fc.constantFrom(...adversaries), fc.nat(), (each, adversary, who) => {
        const { actor } = playedBy(adversary, who, each);
        const clients = each.clients.map(({ client }) => client);
        const domains = each.providers.map(({ domain }) => domain);
        if (adversary.party === "client") expect(clients).toContain(actor);
        else if (adversary.party === "hub") expect(actor).toBe(domains[0]);
        else if (adversary.party === "follower") expect(domains).toContain(actor);
        else expect(actor).toBeUndefined();
      }),
    );
  });

  it("brings what it can break", () => {
    const cast = { providers: [{ domain: "a.example" }], clients: [{ client: "mimi://a.example/d/a/1" }] };
    for (const adversary of adversaries)
      expect([...brokenBy([playedBy(adversary, 0, cast)])]).toEqual([...new Set(adversary.breaks)]);
  });
});
