/** What the hub of a minimal-metadata room sees, and what it can make of it. protocol-06 §6 */
import { describe, expect, it } from "vitest";
import { rootRandom } from "../../../simulator/random/index.ts";
import { run } from "../../../simulator/run/index.ts";
import {
  type Client,
  chapter,
  ending,
  type Masked,
  masked,
  maskedClient,
  type Person,
  person,
  provider,
  reports,
  reportsAtHub,
  room,
  type Scenario,
  scenario,
} from "../../../simulator/scenario/index.ts";
import { acquaintance, gathering } from "../../../simulator/scenarios/cast.ts";
import { exampleRoom, roles, withRules } from "../../../simulator/scenarios/setups.ts";
import type { Trace, TraceEvent } from "../../../simulator/trace/index.ts";
import { fromHex, noBytes } from "../../../spec-model/bytes.ts";
import { peopleKnownTo, type SeenLeaf } from "../../../spec-model/credentials/index.ts";
import {
  canRead,
  hasKeyOf,
  hears,
  keyTerms,
  learns,
  nothingKnown,
  symbolicMls,
} from "../../../spec-model/mls/symbolic/index.ts";
import { newProvider } from "../../../spec-model/provider/index.ts";
import { SubmitMessageRequest } from "../../../spec-model/submit/index.ts";
import { UpdateRequest } from "../../../spec-model/update/index.ts";

const hub = provider("ServerA", "a.example");
const follower = provider("ServerB", "b.example");
const other = provider("ServerC", "c.example");
const [alice, ben, bob, bartholomew] = [
  person("Alice", hub),
  person("Ben", follower),
  person("Bob", follower),
  person("Bartholomew", follower),
];
const carl = person("Carl", other);
const den = room("den", hub);

/** Alice's room, with two people behind two pseudonyms; nobody's link can be opened by octets where it is blank. */
function world(first: Person, second: Person, link: "sealed" | "blank" = "blank"): Scenario {
  const host = masked(alice, "3f0c1d52-8a0e-4b57-9c1a-5d2e7f604b81");
  const one = masked(first, "a7d94e06-21cb-4f3d-8e90-6b1c0d3f2a75");
  const two = masked(second, "5b82f1c9-e4d7-4a60-b3f2-0c9d8e7a6154");
  const of = (label: string, who: Masked, uuid: string): Client =>
    blanked(maskedClient(label, who, uuid), link);
  const a1 = of("ClientA1", host, "c95e2b70-6f1d-4d38-a2e4-918b7c0f5d36");
  // The labels are the same in both worlds: who is who shall not show in the names of clients.
  const x1 = of("ClientX1", one, "0d4a8c13-b97e-4e25-9f60-72e1a5c3b8d4");
  const y1 = of("ClientY1", two, "e61f7b94-35a2-4c0d-8b7e-d40c9f2a1e58");
  const setup = withRules(exampleRoom("cooperative", hub, roles.superAdmin), { pseudonymsAllowed: true });
  return scenario(
    "twin",
    "one of two worlds",
    { providers: [hub, follower, other], clients: [a1, x1, y1] },
    acquaintance(hub, follower, other),
    gathering(
      den,
      { host: a1, setup },
      { person: one, clients: [x1], role: roles.ordinary },
      { person: two, clients: [y1], role: roles.ordinary },
    ),
    chapter("They talk", "protocol-06 §5.4", x1.writes(den, "Hello."), y1.writes(den, "Hello, too.")),
    chapter("One reports the other", "protocol-06 §5.9", reports(x1, two, den)),
    ending(reportsAtHub(den, [one, two, 1])),
  );
}

function blanked(made: Client, link: "sealed" | "blank"): Client {
  const { behind } = made.setting;
  if (behind === undefined) throw new Error("the client goes by no pseudonym");
  Object.assign(behind, { link });
  return made;
}

type Sent = TraceEvent<"send">;

/** Everything that reaches the hub's provider or leaves it, with times and octets. */
function viewOfHub(trace: Trace) {
  return trace.events
    .filter((event): event is Sent => event.type === "send" && [event.from, event.to].includes("a.example"))
    .map(({ at, from, to, path, operation, body, size }) => ({ at, from, to, path, operation, body, size }));
}
const viewIn = (made: Scenario) => {
  const { trace, holds } = run(made, { seed: 5, keepBodies: true });
  expect(holds).toBe(true);
  return viewOfHub(trace);
};

describe("two worlds in which two people of one provider have exchanged their pseudonyms", () => {
  it("look the same to the hub's provider, octet for octet (identity links apart, which it cannot open)", () => {
    const seen = viewIn(world(ben, bob));
    expect(seen.filter(({ operation }) => operation === "submitMessage")).not.toEqual([]);
    expect(viewIn(world(bob, ben))).toEqual(seen);
  });

  it("differ in the sealed links alone: every message is as long as in the other world", () => {
    const sizes = (made: Scenario) => viewIn(made).map(({ at, from, to, size }) => ({ at, from, to, size }));
    expect(sizes(world(bob, ben, "sealed"))).toEqual(sizes(world(ben, bob, "sealed")));
  });

  it("are told apart where the names are not equally long: the draft does not pad identity links", () => {
    const sizes = (made: Scenario) => viewIn(made).map(({ size }) => size);
    expect(sizes(world(bob, bartholomew))).not.toEqual(sizes(world(bartholomew, bob)));
  });

  it("are told apart where the two are of different providers: a pseudonym names its provider", () => {
    const domains = (made: Scenario) =>
      viewIn(made)
        .filter(({ operation }) => operation === "submitMessage")
        .map(({ from }) => from);
    expect(domains(world(ben, carl))).toEqual(["b.example", "c.example"]);
    expect(domains(world(carl, ben))).toEqual(["c.example", "b.example"]);
  });
});

describe("the hub of a minimal-metadata room", () => {
  const { trace } = run(world(ben, bob, "sealed"), { seed: 5, keepBodies: true });
  const bodies = (operation: string) =>
    trace.events
      .filter((event): event is Sent => event.type === "send" && event.to === "a.example")
      .filter((event) => event.operation === operation || event.label === operation)
      .map(({ body }) => fromHex(body ?? "") ?? noBytes);

  it("never sees a name of anybody of another provider", () => {
    const text = viewOfHub(trace)
      .map(({ body, path }) => `${Buffer.from(body ?? "", "hex").toString("latin1")} ${path ?? ""}`)
      .join("\n");
    expect(text).toContain("a7d94e06-21cb-4f3d-8e90-6b1c0d3f2a75");
    for (const name of ["/ben", "/bob", "/u/ben", "ClientX1", "ClientY1"]) expect(text).not.toContain(name);
  });

  it("knows which provider a pseudonym is of and which clients belong together, and not who is behind", () => {
    const update = UpdateRequest.decode(bodies("Commit, etc.")[0] ?? noBytes);
    const leaves = leavesIn(update);
    const seen = peopleKnownTo({ pseudonyms: "visible" }, leaves, 0n);
    expect(seen).toEqual([
      {
        user: "mimi://b.example/p/a7d94e06-21cb-4f3d-8e90-6b1c0d3f2a75",
        domain: "b.example",
        clients: ["mimi://b.example/d/0d4a8c13-b97e-4e25-9f60-72e1a5c3b8d4"],
        real: undefined,
      },
    ]);
    const guessed = { suite: 1 as const, key: new Uint8Array(16) };
    expect(peopleKnownTo({ basic: "asserted", pseudonyms: guessed }, leaves, 0n)).toEqual([]);
  });
});

describe("the knowledge of a hub that hears everything (symbolic MLS)", () => {
  const seed = 5;
  const { trace } = run(world(ben, bob, "sealed"), { seed, keepBodies: true, mls: "symbolic" });
  const submitted = trace.events.flatMap((event) =>
    event.type === "send" && event.operation === "submitMessage"
      ? [SubmitMessageRequest.decode(fromHex(event.body ?? "") ?? noBytes).appMessage]
      : [],
  );
  const keys = newProvider("a.example", symbolicMls.suite(1), rootRandom(seed).split("keys/a.example")).keys;
  const knowledge = learns(hears(nothingKnown, ...submitted), ...keyTerms(keys.signature, keys.franking));

  it("does not reach the content of any message", () => {
    expect(submitted).toHaveLength(2);
    expect(submitted.filter((message) => canRead(knowledge, message))).toEqual([]);
  });

  it("does not reach anybody's keys but its own", () => {
    expect(hasKeyOf(knowledge, keys.signature.publicKey)).toBe(true);
    expect(hasKeyOf(knowledge, new Uint8Array(32))).toBe(false);
  });
});

/** The leaves that a commit's Adds bring. */
function leavesIn(update: UpdateRequest): SeenLeaf[] {
  const message = update.bundle.proposalOrCommit;
  if (message.wireFormat !== "mls_public_message" || message.publicMessage.content.contentType !== "commit")
    return [];
  return message.publicMessage.content.commit.proposals.flatMap((each) =>
    each.type === "proposal" && each.proposal.proposalType === "add"
      ? [each.proposal.keyPackage.leafNode]
      : [],
  );
}
