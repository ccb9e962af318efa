/** Properties: which there are, and that each of a choice of them notices what it is there for. */
import { describe, expect, it } from "vitest";
import {
  knownGap,
  mustHold,
  notImplemented,
  properties,
  propertyById,
} from "../../../simulator/properties/index.ts";
import { type RunOptions, run } from "../../../simulator/run/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import type { ClientState } from "../../../spec-model/participant/index.ts";
import type { ProviderState } from "../../../spec-model/provider/index.ts";

const kick = scenarios.get("kick");
if (kick === undefined) throw new Error("there is no scenario kick");

/** The violated properties of a run in which an actor's state looks otherwise than it is, from one of its steps on. */
function noticedWith<State>(actor: string, looks: (state: State) => State, from = 20): string[] {
  let steps = 0;
  const replace: NonNullable<RunOptions["replace"]> = (one) => ({
    ...one,
    take(input, moment) {
      if (one.id === actor) steps++;
      return one.take(input, moment);
    },
    state: () => (one.id === actor && steps > from ? looks(one.state() as State) : one.state()),
  });
  const { results } = run(kick as NonNullable<typeof kick>, { seed: 1, mls: "symbolic", replace });
  return results.filter(({ violations }) => violations.length > 0).map(({ property }) => property.id);
}

type Context = ProviderState["hosted"][string]["machine"]["context"];

function hub(change: (context: Context) => Partial<Context>): string[] {
  return noticedWith<ProviderState>("a.example", (state) => ({
    ...state,
    hosted: Object.fromEntries(
      Object.entries(state.hosted).map(([name, room]) => {
        const context = { ...room.machine.context, ...change(room.machine.context) };
        return [name, { ...room, machine: { ...room.machine, context } as typeof room.machine }];
      }),
    ),
  }));
}

function bob(
  change: (room: ClientState["rooms"][string]) => Partial<ClientState["rooms"][string]>,
  who = "mimi://b.example/d/bob/ClientB1",
): string[] {
  return noticedWith<ClientState>(
    who,
    (state) => ({
      ...state,
      rooms: Object.fromEntries(
        Object.entries(state.rooms).map(([name, room]) => [name, { ...room, ...change(room) }]),
      ),
    }),
    0,
  );
}

describe("the properties", () => {
  it("have each their own id, a sentence, a section and the parties that they rest on", () => {
    expect(new Set(properties.map(({ id }) => id)).size).toBe(properties.length);
    expect(propertyById.size).toBe(properties.length);
    for (const { says, draft, assumes } of properties) {
      expect(says).not.toBe("");
      expect(draft).toMatch(/-\d\d §|RFC \d+ §|user-discovery R\d/);
      for (const party of assumes) expect(["hub", "follower", "client"]).toContain(party);
    }
  });

  it("are all there: I01 to I63 and L01 to L14 are looked for, or it says why not", () => {
    const known = new Set([...properties, ...notImplemented].map(({ id }) => id));
    const all = [
      ...Array.from({ length: 63 }, (_, i) => `I${String(i + 1).padStart(2, "0")}`),
      ...Array.from({ length: 14 }, (_, i) => `L${String(i + 1).padStart(2, "0")}`),
    ];
    expect([...known].toSorted()).toEqual(all);
    expect(known.size).toBe(properties.length + notImplemented.length);
  });

  it("are fewer where somebody need not be honest", () => {
    const ids = (dishonest: readonly ("hub" | "follower" | "client")[]) =>
      mustHold(properties, dishonest).map(({ id }) => id);
    expect(ids([])).toEqual(properties.map(({ id }) => id));
    expect(ids(["hub"])).not.toContain("I02");
    expect(ids(["hub", "follower", "client"])).toContain("I28");
  });

  it("share nothing between two runs", () => {
    const made = () => run(kick, { seed: 1, mls: "symbolic" }).results.map(({ looked }) => looked);
    expect(made()).toEqual(made());
  });
});

describe("a property notices", () => {
  it("nothing in a run in which nothing is wrong", () => {
    expect(hub(() => ({}))).toEqual([]);
    expect(bob(() => ({}))).toEqual([]);
  });

  it("members without participants (I03)", () => {
    expect(hub(({ current }) => ({ current: { ...current, participants: [] } }))).toContain("I03");
  });

  it("members with the role of the banned (I04)", () => {
    const banned = ({ current }: Context) => ({
      current: { ...current, participants: current.participants.map(({ user }) => ({ user, role: 1 })) },
    });
    expect(hub(banned)).toContain("I04");
  });

  it("a user that is listed twice (I05)", () => {
    const twice = ({ current }: Context) => ({
      current: { ...current, participants: [...current.participants, ...current.participants.slice(0, 1)] },
    });
    expect(hub(twice)).toContain("I05");
  });

  it("a hub that goes back to an earlier epoch (I02), or believes in another than the group's (I08)", () => {
    const found = hub(({ current }) => ({ current: { ...current, epoch: 1 } }));
    expect(found).toContain("I02");
    expect(found).toContain("I08");
  });

  it("a hub that has lost its log (I47)", () => {
    const found = noticedWith<ProviderState>("a.example", (state) => ({
      ...state,
      hosted: Object.fromEntries(
        Object.entries(state.hosted).map(([name, room]) => [name, { ...room, log: {} }]),
      ),
    }));
    expect(found).toContain("I47");
  });

  it("a client that has a message twice (I28)", () => {
    expect(bob(({ messages }) => ({ messages: [...messages, ...messages] }))).toContain("I28");
  });

  it("a message that nobody has written (I29), and one that has another time elsewhere (I34)", () => {
    const foreign = bob(({ messages }) => ({
      messages: messages.map((each) => ({ ...each, messageId: `00${each.messageId.slice(2)}` })),
    }));
    expect(foreign).toContain("I29");
    const late = bob(({ messages }) => ({
      messages: messages.map((each) => ({ ...each, acceptedTimestamp: each.acceptedTimestamp + 1 })),
    }));
    expect(late).toContain("I34");
  });

  it("a message without proof that is shown as if it had one (I39)", () => {
    expect(bob(() => ({ evidence: {} }), "mimi://a.example/d/alice/ClientA1")).toContain("I39");
  });
});

describe("a gap of the drafts", () => {
  const [bar, pub] = ["mimi://a.example/r/bar", "mimi://a.example/r/pub"];
  const givenUp = (room: string) =>
    `b.example still lacks 2 events of ${room}, and its hub waits for another event`;
  const outside = (domain: string) =>
    `mimi://${domain}/d/bob/ClientB1 is in the group of ${pub}, and does not know it (outside)`;
  const gap = (property: string, detail: string, ...beside: readonly string[]) =>
    knownGap({ scenario: "kick", property, detail, faults: new Set(), beside })?.property;

  it("covers what follows from it in the same room, for clients of the provider that lacks something", () => {
    expect(gap("L08", outside("b.example"), givenUp(pub))).toBe("L08");
    expect(gap("L03", `${pub}: 2 proposals still wait in epoch 1`, givenUp(pub))).toBe("L03");
  });

  it("covers nothing by itself, in another room, or of another provider's clients", () => {
    expect(gap("L08", outside("b.example"))).toBeUndefined();
    expect(gap("L08", outside("b.example"), givenUp(bar))).toBeUndefined();
    expect(gap("L08", outside("c.example"), givenUp(pub))).toBeUndefined();
  });
});
