import { describe, expect, it } from "vitest";
import { run } from "../../../simulator/run/index.ts";
import story from "../../../simulator/scenarios/unneeded-sender.ts";
import { parseChoice } from "../../../simulator/variants/index.ts";
import {
  durableState,
  type HubRoomEvent,
  hubRoomMachine,
  restoredFrom,
} from "../../../spec-model/hub/index.ts";
import { begin, step } from "../../../spec-model/machine.ts";
import { externalSenders, realMls } from "../../../spec-model/mls/index.ts";
import type { ProviderState } from "../../../spec-model/provider/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { providerOf } from "../../../spec-model/room/index.ts";
import { componentIds } from "../../../spec-model/room/structures/index.ts";
import {
  by,
  commitBy,
  contextOf,
  input,
  a1 as memberA,
  proposal,
  roles,
  surroundings,
} from "./room-example.ts";

const club = "mimi://a.example/r/club";

/** The hub's room at every rest. */
function hostedIn(mls: "real" | "symbolic") {
  const seen: ProviderState["hosted"][string][] = [];
  const keys: ProviderState["keys"][] = [];
  const made = run(story, {
    seed: 1,
    mls,
    atRest: (actors) => {
      const state = actors.find(({ id }) => id === "a.example")?.state() as ProviderState;
      keys.push(state.keys);
      const hosted = state.hosted[club];
      if (hosted !== undefined) seen.push(hosted);
    },
  });
  return { seen, made, keys: keys[0] as ProviderState["keys"] };
}

describe("a hub that looks after its room", () => {
  it.each(["real", "symbolic"] as const)(
    "takes a provider out of the external senders with its last participant (%s)",
    (mls) => {
      const { seen, made } = hostedIn(mls);
      const named = seen.map(({ group }) =>
        externalSenders(group.groupContext.extensions).map(({ credential }) => providerOf(credential)),
      );
      expect(named[0]).toEqual(["a.example", "b.example"]);
      expect(named.at(-1)).toEqual(["a.example"]);
      expect(made.holds).toBe(true);
    },
  );

  it("has the provider listed until the commit that takes it out", () => {
    const { seen } = hostedIn("real");
    const states = seen.map(({ group }) => ({
      proposed: [...group.pendingProposals.values()].some(
        ({ proposal }) => proposal.proposalType === "group_context_extensions",
      ),
      listed: externalSenders(group.groupContext.extensions).length,
    }));
    expect(states).toContainEqual({ proposed: true, listed: 2 });
    expect(states.filter(({ proposed }) => proposed).map(({ listed }) => listed)).not.toContain(1);
    expect(states.at(-1)).toEqual({ proposed: false, listed: 1 });
  });

  it("does not go on proposing what it is kept from", () => {
    const variants = [parseChoice("hub-never-unlists")];
    const { trace, results } = run(story, { seed: 1, mls: "symbolic", variants, mostSteps: 500 });
    expect(trace.events.at(-1)).toMatchObject({ reason: "nothing left to happen" });
    const broken = results.filter(({ violations }) => violations.length > 0);
    expect(broken.map(({ property }) => property.id)).toEqual(["I49"]);
  });

  it("writes down plain data from which the room is as it was", () => {
    const { seen, keys } = hostedIn("real");
    expect(seen.some(({ pending }) => pending.length > 0)).toBe(true);
    for (const hosted of seen) {
      const written = structuredClone(durableState(hosted));
      const turn = {
        state: undefined,
        now: 1_767_225_700_000,
        random: expandEntropy(new Uint8Array(32), "none"),
        mls: realMls,
        outputs: [],
      };
      const restored = restoredFrom(turn, keys, written);
      expect(durableState(restored)).toEqual(durableState(hosted));
      expect([...restored.group.pendingProposals.keys()]).toEqual([...hosted.group.pendingProposals.keys()]);
    }
  });
});

describe("what a hub keeps of a room", () => {
  const start = begin(hubRoomMachine, input).snapshot;

  it("follows a change of the roles from the commit on that makes it", () => {
    const next = roles.map((role) => (role.index === 2 ? { ...role, capabilities: [] } : role));
    const change = {
      kind: "changeComponent",
      component: componentIds.roles_list,
      op: "update",
      sets: { roles: next },
    } as const;
    const withRight = roles.map((role) =>
      role.index === 3 ? { ...role, capabilities: [...role.capabilities, "canChangeRoleDefinitions"] } : role,
    );
    const allowed = begin(hubRoomMachine, {
      ...input,
      policy: { roles: withRight, components: [] },
    }).snapshot;
    const event: HubRoomEvent = {
      type: "commit",
      request: "roles",
      from: "a.example",
      surroundings,
      epoch: 4,
      verified: commitBy(memberA, [proposal(by(memberA), [change])]),
      welcomed: [],
      reInit: false,
    };
    const { snapshot, effects } = step(hubRoomMachine, allowed, event);
    expect(effects.map(({ type }) => type)).toContain("accept");
    expect(contextOf(snapshot).policy.roles).toEqual(next);
  });

  it("forgets KeyPackages that have expired when new ones pass", () => {
    const passed = (now: number, reference: string): HubRoomEvent => ({
      type: "keyMaterialPassed",
      provider: "b.example",
      keyPackages: [{ reference, notAfterMs: now + 100 }],
      now,
    });
    const before = step(hubRoomMachine, start, passed(0, "old")).snapshot;
    const after = step(hubRoomMachine, before, passed(200, "new")).snapshot;
    expect(contextOf(after).keyPackageSources.map(({ keyPackage }) => keyPackage)).toEqual(["new"]);
  });
});
