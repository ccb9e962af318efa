/** Who can read which message of a run, whatever they hear and keep. RFC 9420 §9.2, arch-03 §6 */
import { describe, expect, it } from "vitest";
import { knowledgeOfRun, type RunKnowledge } from "../../../simulator/knowledge/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";

function knowledgeIn(name: string): RunKnowledge {
  const scenario = scenarios.get(name);
  if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
  return knowledgeOfRun(scenario, 1);
}

const clubhouse = knowledgeIn("clubhouse");
const providers = ["a.example", "b.example", "c.example"];
const [bob, cathysNew, alice] = [
  "mimi://b.example/d/bob/ClientB1",
  "mimi://c.example/d/cathy/ClientC3",
  "mimi://a.example/d/alice/ClientA1",
];
const before = clubhouse.messages.filter(({ epoch }) => epoch === 3n);
const after = clubhouse.messages.filter(({ epoch }) => epoch === 5n);
const readable = (parties: readonly string[], messages = clubhouse.messages) =>
  messages.filter((message) => clubhouse.reads(parties, message)).map(({ number }) => number);

describe("in the clubhouse", () => {
  it("there are messages before Bob leaves, and after Cathy's new device has joined", () => {
    expect(clubhouse.parties).toEqual(expect.arrayContaining([...providers, bob, cathysNew, alice]));
    expect(before.length).toBeGreaterThan(0);
    expect(after.length).toBeGreaterThan(0);
  });

  it("a member who stays reads everything", () => {
    expect(readable([alice])).toEqual(clubhouse.messages.map(({ number }) => number));
  });

  it("hub and followers read nothing, not even all of them together", () => {
    expect(readable(providers)).toEqual([]);
  });

  it("who has left reads what was said before, and nothing afterwards, not with the hub either", () => {
    expect(readable([bob], before)).toHaveLength(before.length);
    expect(readable([bob, "a.example"], after)).toEqual([]);
  });

  it("who joins reads nothing of what was said before", () => {
    expect(readable([cathysNew], before)).toEqual([]);
    expect(readable([cathysNew], after)).toHaveLength(after.length);
  });

  it("who has left and who has joined read everything together, and neither of them alone", () => {
    expect(readable([bob, cathysNew])).toHaveLength(clubhouse.messages.length);
    for (const one of [bob, cathysNew])
      expect(readable([one]).length).toBeLessThan(clubhouse.messages.length);
  });

  it("a hub that is given a member's keys reads what the member reads", () => {
    const stolen = clubhouse.termsOf(alice);
    for (const message of clubhouse.messages) {
      expect(clubhouse.readsWith(["a.example"], stolen, message)).toBe(true);
      expect(clubhouse.readsWith(["a.example"], [], message)).toBe(false);
    }
  });
});

it("no provider reads a message in any scenario", () => {
  for (const { name, clients } of scenarios.values()) {
    if (clients.some(({ stack }) => stack !== undefined)) continue;
    const known = knowledgeIn(name);
    const servers = known.parties.filter((party) => !party.includes("/"));
    for (const message of known.messages) expect(known.reads(servers, message), name).toBe(false);
  }
});

describe("in a room whose handshakes are hidden from followers", () => {
  const salon = knowledgeIn("semiprivate-room");
  const readable = (party: string) => salon.hidden.filter((message) => salon.reads([party], message));

  it("the hub reads every handshake, and no message", () => {
    expect(salon.hidden.length).toBeGreaterThan(5);
    expect(readable("a.example")).toEqual(salon.hidden);
    expect(salon.messages.filter((message) => salon.reads(["a.example"], message))).toEqual([]);
  });

  it("followers read none, not even together", () => {
    expect(salon.hidden.filter((message) => salon.reads(["b.example", "c.example"], message))).toEqual([]);
  });

  it("who stays reads all, and who joins none of those from before", () => {
    const [stays, joins] = ["mimi://a.example/d/alice/ClientA1", "mimi://b.example/d/bob/ClientB2"];
    expect(readable(stays)).toEqual(salon.hidden);
    const read = readable(joins);
    expect(read.length).toBeGreaterThan(0);
    expect(read.length).toBeLessThan(salon.hidden.length);
  });
});
