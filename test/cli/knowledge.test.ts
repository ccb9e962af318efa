/** `mimi knowledge`: what parties of a run have learned. */
import { describe, expect, it } from "vitest";
import { mimi } from "./in-process.ts";

interface Told {
  readonly facts: readonly {
    readonly kind: string;
    readonly what: string;
    readonly number?: number;
    readonly knownBy: readonly {
      readonly parties: string[];
      readonly seq: number;
      readonly microseconds: number;
    }[];
  }[];
}

async function data(...args: string[]): Promise<Told> {
  const { out } = await mimi("knowledge", ...args, "--format", "json");
  return JSON.parse(out) as Told;
}

describe("mimi knowledge kick", () => {
  it("tells of every message and epoch who knows it and since when, and counts the rest", async () => {
    const { code, out } = await mimi("knowledge", "kick");
    expect(code).toBe(0);
    expect(out).toMatch(/m1 {2}ClientC1's message 1: .* \(epoch 3\)\n {4}ClientC1 \d\.\d{3}s #\d+, ClientA1/);
    expect(out).toMatch(/epoch 1 of mimi:\/\/a\.example\/g\/club\n {4}ClientA1/);
    expect(out).toMatch(/ServerA +0 +0 +0/);
  });

  it("--who lists what several have learned together, in order", async () => {
    const { out } = await mimi("knowledge", "kick", "--who", "ClientB1,a.example");
    expect(out).toMatch(/^ClientB1 with ServerA: \d+ of \d+/);
    expect(out).toContain("participant mimi://c.example/u/cathy is a participant");
    expect(out).toContain("of these, none of them alone: 0");
  });

  it("--what m2 tells who reads the second message", async () => {
    const { facts } = await data("kick", "--what", "m2");
    expect(facts.map(({ number }) => number)).toEqual([2]);
    expect(facts[0]?.knownBy.map(({ parties }) => parties[0])).toEqual([
      expect.stringContaining("ClientA1"),
      expect.stringContaining("ClientB1"),
      expect.stringContaining("ClientC1"),
    ]);
  });

  it("--at leaves out what was learned later, in the trace's places and in time", async () => {
    const { facts } = await data("kick", "--kind", "epoch,message");
    const moments = facts.flatMap(({ knownBy }) => knownBy);
    const middle =
      moments.map(({ seq }) => seq).toSorted((a, b) => a - b)[Math.floor(moments.length / 2)] ?? 0;
    const byThen = (await data("kick", "--kind", "epoch,message", "--at", `${middle}`)).facts;
    expect(byThen.flatMap(({ knownBy }) => knownBy)).toEqual(moments.filter(({ seq }) => seq <= middle));
    const byTime = (await data("kick", "--kind", "epoch,message", "--at", "500ms")).facts;
    expect(byTime.flatMap(({ knownBy }) => knownBy)).toEqual(
      moments.filter(({ microseconds }) => microseconds <= 500_000),
    );
  });

  it("--compare tells what an adversary teaches, and whom", async () => {
    const { out } = await mimi("knowledge", "kick", "--variant", "client-returns-with-old-keys", "--compare");
    expect(out).toMatch(
      /ServerA\n {2}learns with the variant, and not without it\n.*extra message 1 comes from/,
    );
  });

  it("--network gives everybody's ears, and nobody's keys", async () => {
    const [own, all] = await Promise.all([
      data("kick", "--who", "b.example", "--kind", "message"),
      data("kick", "--who", "b.example", "--kind", "message", "--network"),
    ]);
    expect(own).toMatchObject({ network: false });
    expect(all.facts).toEqual(own.facts);
  });
});

it.each([
  [["kik"], 'did you mean "kick"?'],
  [["kick", "--who", "Mallory"], 'there is no party "Mallory"'],
  [["kick", "--format", "yaml"], 'there is no format "yaml"'],
  [["kick", "--what", "m99"], 'nothing is called "m99"'],
  [["kick", "--compare"], "takes a --variant"],
  [["mixed-stack"], "symbolic MLS only"],
])("mimi knowledge %j says what is wrong with it", async (args, says) => {
  const { code, error } = await mimi("knowledge", ...args);
  expect(code).toBe(2);
  expect(error).toContain(says);
  expect(error).not.toContain("\n");
});

it.each([
  [["--kind", "epochs"]],
  [["--at", "noon"]],
  [["--at", "-1"]],
  [["--seed", "-1"]],
  [["--variant", "none"]],
])("mimi knowledge kick %j is an error of its user", async (args) => {
  const { code, out } = await mimi("knowledge", "kick", ...args);
  expect([code, out]).toEqual([2, ""]);
});
