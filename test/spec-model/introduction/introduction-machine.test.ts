/** The requester's way from an identifier to a conversation, branch by branch. */
import { describe, expect, it } from "vitest";
import { type IntroductionEvent, introductionMachine } from "../../../spec-model/introduction/index.ts";
import { stateName } from "../../../spec-model/machine.ts";
import { counting } from "../../machine-coverage.ts";

const machine = counting(introductionMachine);
const input = {
  identifier: "+12125551212",
  room: "mimi://a.example/r/talk",
  tag: undefined,
  service: undefined,
};
const bob = "mimi://b.example/u/bob";

const begin: IntroductionEvent = { type: "begin" };
const discovered: IntroductionEvent = {
  type: "discovered",
  isMapped: true,
  services: [
    { domain: "b.example", tags: ["Personal"] },
    { domain: "c.example", tags: ["Business"] },
  ],
};
const found: IntroductionEvent = { type: "found", code: "success", users: [bob] };
const nobody: IntroductionEvent = { type: "found", code: "notFound", users: [] };
const received: IntroductionEvent = { type: "requestAnswered", status: 201 };
const granted: IntroductionEvent = { type: "granted", isInRoom: true };
const created: IntroductionEvent = { type: "roomAnswered", status: 200 };
const claimed = (userStatus: string): IntroductionEvent => ({ type: "claimed", userStatus });
const accepted: IntroductionEvent = { type: "updateAnswered", code: "success" };
const failed: IntroductionEvent = { type: "failed", text: "no answer" };
const asked = [begin, discovered, found, received];

function having(
  events: readonly IntroductionEvent[],
  overrides: Partial<typeof input> | { service: string } | { tag: string } = {},
) {
  const { snapshot, effects } = machine.run(events, { ...input, ...overrides });
  const said = effects.map(({ type, ...params }) => [type, ...Object.values(params)].join(" "));
  return { state: stateName(snapshot), said };
}

describe("an introduction", () => {
  it("goes from discovery over query, consent and key material to the room", () => {
    expect(having([begin])).toEqual({ state: "discovering", said: ["discover"] });
    expect(having([begin, discovered])).toEqual({ state: "querying", said: ["queryIdentifier b.example"] });
    expect(having([begin, discovered, found])).toEqual({ state: "asking", said: [`requestConsent ${bob}`] });
    expect(having(asked).state).toBe("waiting");
    expect(having([...asked, granted])).toEqual({ state: "claiming", said: ["fetchKeyMaterial"] });
    expect(having([...asked, granted, claimed("success")])).toEqual({ state: "adding", said: ["addUser"] });
    expect(having([...asked, granted, claimed("partialSuccess"), accepted]).state).toBe("introduced");
  });

  it("creates the room where there is none yet", () => {
    const outside: IntroductionEvent = { type: "granted", isInRoom: false };
    expect(having([...asked, outside])).toEqual({ state: "creating", said: ["createRoom"] });
    expect(having([...asked, outside, created])).toEqual({ state: "claiming", said: ["fetchKeyMaterial"] });
    expect(having([...asked, outside, { type: "roomAnswered", status: 400 }]).said).toEqual([
      "report roomRefused",
    ]);
    expect(having([begin, discovered, found, outside]).state).toBe("creating");
  });

  it("begins with the query where the service is known", () => {
    const { state, said } = having([begin], { service: "b.example" });
    expect({ state, said }).toEqual({ state: "querying", said: ["queryIdentifier b.example"] });
  });

  it("keeps to the services that the person has tagged for the purpose, and to their order", () => {
    expect(having([begin, discovered], { tag: "Business" }).said).toEqual(["queryIdentifier c.example"]);
    expect(having([begin, discovered], { tag: "Soccer" })).toEqual({
      state: "unreachable",
      said: ["report noServiceForTag"],
    });
    expect(having([begin, discovered, nobody]).said).toEqual(["queryIdentifier c.example"]);
    expect(having([begin, discovered, nobody, nobody])).toEqual({
      state: "unreachable",
      said: ["report notFound"],
    });
  });

  it("tells apart who has no mapping and who has opted out: R5 wants senders to know", () => {
    expect(having([begin, { type: "discovered", isMapped: false, services: [] }]).said).toEqual([
      "report notMapped",
    ]);
    expect(having([begin, { type: "discovered", isMapped: true, services: [] }]).said).toEqual([
      "report optedOut",
    ]);
  });

  it("leaves the choice among several users to a person", () => {
    const two: IntroductionEvent = {
      type: "found",
      code: "success",
      users: [bob, "mimi://b.example/u/bobby"],
    };
    expect(having([begin, discovered, two])).toEqual({ state: "unreachable", said: ["report several"] });
  });

  it("waits for the grant, which can come before the answer to the request, or never", () => {
    expect(having([begin, discovered, found, granted]).state).toBe("claiming");
    expect(having([...asked, { type: "revoked" }]).state).toBe("refused");
    expect(having([...asked, { type: "giveUp" }])).toEqual({ state: "withdrawn", said: ["cancelConsent"] });
  });

  it("ends where the target's provider does not take the request", () => {
    expect(having([begin, discovered, found, { type: "requestAnswered", status: 404 }])).toEqual({
      state: "unreachable",
      said: ["report requestRefused"],
    });
  });

  it.each(["noConsent", "noConsentForThisRoom"])("is refused where the claim is answered %s", (code) => {
    expect(having([...asked, granted, claimed(code)]).state).toBe("refused");
  });

  it.each(["userUnknown", "userDeleted", "noCompatibleMaterial", "incompatibleProtocol"])(
    "fails where the claim is answered %s",
    (code) => {
      expect(having([...asked, granted, claimed(code)])).toEqual({
        state: "failed",
        said: ["report noMaterial"],
      });
    },
  );

  it("fails where the hub refuses the commit, or an answer cannot be used", () => {
    const adding = [...asked, granted, claimed("success")];
    expect(having([...adding, { type: "updateAnswered", code: "notAllowed" }]).said).toEqual([
      "report updateRefused",
    ]);
    for (const before of [
      [begin],
      [begin, discovered],
      [begin, discovered, found],
      [...asked, granted],
      adding,
    ]) {
      expect(having([...before, failed]).state).toBe("failed");
    }
  });

  it("has been in every state and taken every branch", () => {
    expect(machine.unvisited()).toEqual([]);
    expect(machine.untaken()).toEqual([]);
  });
});
