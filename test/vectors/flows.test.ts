/** The flows: the model in each seat does what the run's actors did, and nothing that is compared is left to chance. */
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, hex } from "../../spec-model/bytes.ts";
import { GroupInfoResponse } from "../../spec-model/group-info/index.ts";
import { providerPlayer } from "../../vectors/adapters/typescript/flows/play.ts";
import { answer } from "../../vectors/adapters/typescript/index.ts";
import { isNegative, type Json, type JsonObject } from "../../vectors/format/case.ts";
import { messageFromJson, messageToJson } from "../../vectors/format/flow-messages.ts";
import { inOrder, type ProviderFlowOutput, stepsToPlay } from "../../vectors/format/flow-steps.ts";
import { flowRuns, recorded } from "../../vectors/generate/flows/runs.ts";
import { withoutFreeMembers } from "../../vectors/verify/free-members.ts";
import { type LoadedCase, loadFile, publishedPaths, vectorsFolder } from "../../vectors/verify/index.ts";
import { judge } from "../../vectors/verify/judge.ts";

const files = publishedPaths()
  .filter((path) => path.includes("/flows/"))
  .map((path) => loadFile(join(vectorsFolder, path)));
const cases = files.flatMap((file) => file.cases);
const whole = cases.filter((each) => !isNegative(each));
const ofProviders = whole.filter(({ operation }) => operation !== "flow.client");

function verdictOn(each: LoadedCase, steps: Json): string {
  return judge(each, withoutFreeMembers(each, { outcome: "played", output: { steps } })).verdict;
}

function isRefusal(status: Json | undefined): boolean {
  return typeof status === "number" && status >= 400 && status < 500;
}

describe("the flows", () => {
  it("are there for every seat, for every scenario that runs on the model alone, and over bad links", () => {
    const seats = new Set(whole.map(({ operation }) => operation));
    expect([...seats].toSorted()).toEqual([
      "flow.client",
      "flow.follower",
      "flow.hub",
      "flow.requester",
      "flow.target",
    ]);
    expect(files).toHaveLength(flowRuns.length);
    expect(flowRuns.filter(({ faults }) => faults.length > 0).length).toBeGreaterThanOrEqual(10);
  });

  it("are reproduced by the model in each seat", () => {
    const wrong = cases.filter((each) => {
      const { id, operation, input } = each;
      const given = answer({ type: "case", id, operation, input });
      return judge(each, withoutFreeMembers(each, given)).verdict !== "passed";
    });
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  it("ask for nothing that depends on what a provider draws at random", () => {
    for (const each of ofProviders) {
      for (const salt of ["one", "another"]) {
        const steps = providerPlayer.outputsOf(each.input, salt) as Json;
        expect(verdictOn(each, steps), `${each.id} with ${salt}`).toBe("passed");
      }
    }
  });

  it("name as free nothing but what implementations differ in", () => {
    const differing = new Set<string>();
    for (const { input } of ofProviders) {
      const [one, another] = ["one", "another"].map((salt) => providerPlayer.outputsOf(input, salt));
      stepsToPlay<JsonObject>(input).forEach((step, i) => {
        const isSame = JSON.stringify(one?.[i]) === JSON.stringify(another?.[i]);
        const [free] = (step["free"] ?? []) as readonly { readonly structure: string }[];
        if (!isSame) differing.add(free?.structure ?? "nothing that is named");
      });
    }
    expect([...differing].toSorted()).toEqual(["GroupInfoResponse", "encapsulated response"]);
  });

  it("take one refusal for another, as no draft says with which status to refuse, and nothing else for one", () => {
    const refusing = cases.filter((each) => {
      const last = (each.output?.["last"] ?? []) as readonly JsonObject[];
      return each.operation !== "flow.client" && last.some(({ status }) => isRefusal(status));
    });
    expect(refusing.length).toBeGreaterThan(1000);
    fc.assert(
      fc.property(fc.constantFrom(...refusing), fc.integer({ min: 100, max: 599 }), (each, status) => {
        const last = each.output?.["last"] as readonly JsonObject[];
        const others = last.map((output) => (isRefusal(output["status"]) ? { ...output, status } : output));
        const steps = [
          ...stepsToPlay(each.input)
            .slice(1)
            .map(() => []),
          others,
        ];
        const { verdict } = judge(each, withoutFreeMembers(each, { outcome: "played", output: { steps } }));
        expect(verdict === "passed", `${each.id} with ${status}`).toBe(isRefusal(status));
      }),
    );
  });

  it("do not pass where an output is missing, is another, or is one too many", () => {
    const each = ofProviders.find(({ id }) => id === "flow-clubhouse-a-example") as LoadedCase;
    const right = each.output?.["steps"] as readonly (readonly JsonObject[])[];
    expect(judge(each, { outcome: "played", output: { steps: right } }).verdict).toBe("passed");
    right.forEach((outputs, i) => {
      const [first] = outputs;
      if (first === undefined) return;
      const others = [
        outputs.slice(1),
        [...outputs, first],
        [{ ...first, kind: "else" }, ...outputs.slice(1)],
      ];
      for (const other of others) {
        const steps = right.with(i, other) as unknown as Json;
        expect(judge(each, { outcome: "played", output: { steps } }).verdict, `step ${i}`).toBe("differs");
      }
    });
  });

  it("hold GroupInfoResponses that are opened, and refuse those of another room or with another signature", () => {
    const each = ofProviders.find(({ input }) =>
      JSON.stringify(input["steps"]).includes("openWith"),
    ) as LoadedCase;
    const steps = providerPlayer.outputsOf(each.input);
    const at = stepsToPlay<JsonObject>(each.input).findIndex((step) =>
      JSON.stringify(step).includes("openWith"),
    );
    const output = steps[at]?.[0] as Extract<ProviderFlowOutput, { kind: "answer" }>;
    const response = GroupInfoResponse.decode(fromHex(output.body) as Uint8Array);
    if (response.status !== "success") throw new Error("the first GroupInfoResponse is a refusal");
    const forged = hex(
      GroupInfoResponse.encode({ ...response, signature: response.signature.slice().reverse() }),
    );
    const given = (body: string) => steps.with(at, [{ ...output, body }]) as unknown as Json;
    expect(verdictOn(each, given(output.body))).toBe("passed");
    expect(verdictOn(each, given(forged))).toBe("differs");
    expect(verdictOn(each, given(""))).toBe("differs");
  });

  it("leave the whole flow as it is where a case changes it", () => {
    for (const { input, id } of cases.filter(isNegative)) {
      const before = (input["steps"] as readonly Json[]).length;
      const { at, remove, insert } = input["change"] as unknown as {
        at: number;
        remove: number;
        insert: Json[];
      };
      expect(at + remove, id).toBeLessThanOrEqual(before);
      expect(stepsToPlay(input).length, id).toBe(input["play"]);
      expect(insert.length + remove, id).toBeGreaterThan(0);
    }
  });
});

describe("a run that flows are taken from", () => {
  it("holds: recorded again, it is the same", () => {
    const [run] = flowRuns.filter(({ name }) => name === "witness-lossy");
    if (run === undefined) throw new Error("there is no such run");
    const [one, again] = [recorded(run), recorded(run)];
    const outputs = (of: typeof one) =>
      [...of.actors.values()].map(({ steps }) => steps.map((step) => step.outputs));
    expect(outputs(one)).toEqual(outputs(again));
  });
});

describe("the outputs of a step", () => {
  const output = fc.record({
    kind: fc.constant("answer" as const),
    exchange: fc.constantFrom("a", "b", "c"),
    status: fc.nat(600),
    body: fc.constant(""),
  });

  it("are in one order whichever way those to different receivers were made", () => {
    fc.assert(
      fc.property(fc.uniqueArray(output, { selector: ({ exchange }) => exchange }), (outputs) => {
        expect(inOrder(outputs.toReversed())).toEqual(inOrder(outputs));
      }),
    );
  });
});

describe("a message between a client and its provider", () => {
  it("is the same after it has been written as JSON", () => {
    const octets = fc.uint8Array().map((bytes) => new Uint8Array(bytes));
    const message = fc.record({
      type: fc.constant("ask" as const),
      id: fc.string(),
      operation: fc.constantFrom("update" as const, "keyMaterial" as const),
      room: fc.webUrl(),
      body: octets,
    });
    fc.assert(
      fc.property(message, (each) => {
        expect(messageFromJson(messageToJson(each))).toEqual(each);
      }),
    );
  });
});
