/** Abuse reports on the way: what a provider passes on for its users, and what a hub answers. protocol-06 §5.9 */
import { describe, expect, it } from "vitest";
import type { DeliveryPolicy } from "../../../simulator/kernel/index.ts";
import { run } from "../../../simulator/run/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import { AbuseReport, composeReport } from "../../../spec-model/abuse/index.ts";
import type { Input, Output } from "../../../spec-model/actor.ts";
import { endpointUrl } from "../../../spec-model/endpoints/index.ts";
import { cipherSuite } from "../../../spec-model/mls/index.ts";
import { newProvider, stepProvider } from "../../../spec-model/provider/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";

const random = expandEntropy(new Uint8Array(32), "report tests");
const client = "mimi://c.example/d/cathy/ClientC1";
const room = "mimi://a.example/r/club";
const fresh = newProvider("c.example", cipherSuite(1), random);
const hub = newProvider("a.example", cipherSuite(1), random);
const provider = { ...fresh, peers: { "a.example": hub.directory } };
const moment = { now: 0, entropy: new Uint8Array(32) };
const bodyFor = (reporter: string | undefined) =>
  AbuseReport.encode(composeReport({ reporter, alleged: "mimi://b.example/u/bob", note: "", evidence: [] }));

/** What becomes of a report that an own client hands in. */
function handedIn(body: Uint8Array): readonly Output[] {
  const message = { type: "ask", id: "1", operation: "reportAbuse", room, body } as const;
  return stepProvider(provider, { type: "local", from: client, message }, moment).outputs;
}

describe("a provider whose user reports abuse in another provider's room", () => {
  it("passes the report on to the hub, unchanged, in the user's name or in nobody's", () => {
    for (const reporter of ["mimi://c.example/u/cathy", undefined]) {
      const body = bodyFor(reporter);
      expect(handedIn(body)).toMatchObject([
        { type: "request", to: "a.example", operation: "reportAbuse", request: { body } },
      ]);
    }
  });

  it("does not let its user report in another's name, nor pass on what is no report", () => {
    for (const body of [bodyFor("mimi://c.example/u/chris"), new Uint8Array(3)]) {
      expect(handedIn(body)).toMatchObject([
        { type: "local", to: client, message: { type: "answer", status: 403 } },
      ]);
    }
  });
});

describe("a hub that gets a report", () => {
  it("answers 404 for a room that it does not have", () => {
    const endpoint = endpointUrl(hub.directory, "reportAbuse", room);
    if (!endpoint.ok) throw new Error("the directory has no such endpoint");
    const head = { method: "POST", host: "a.example", from: "mimi@c.example" } as const;
    const request = { ...head, path: endpoint.value.path, body: bodyFor(undefined) };
    const input: Input<never> = {
      type: "request",
      id: "1",
      from: "c.example",
      certificate: ["c.example"],
      request,
    };
    expect(stepProvider(hub, input, moment).outputs).toMatchObject([
      { type: "response", response: { status: 404 } },
    ]);
  });

  it("refuses what is no report, and notices it", () => {
    const told = scenarios.get("abuse-report");
    if (told === undefined) throw new Error("abuse-report is not among the scenarios");
    const cut: DeliveryPolicy<{ head?: { path?: string } }> = {
      name: "reports cut short",
      deliver: (link, { about, bytes }) =>
        link.to === "a.example" && about.head?.path?.includes("reportAbuse") === true
          ? { type: "replace", bytes: bytes.subarray(0, 20), what: "cut short" }
          : { type: "deliver" },
    };
    const { trace } = run(told, { seed: 1, mls: "symbolic", policies: [cut as DeliveryPolicy<unknown>] });
    const noticed = trace.events.flatMap((event) =>
      event.type === "noticed" ? [event.actor, event.error.type] : [],
    );
    expect(noticed.slice(0, 2)).toEqual(["a.example", "DecodeError"]);
    const told400 = trace.events.filter(
      (event) => event.type === "decision" && event.text === "the hub refuses the report: 400",
    );
    expect(told400).toHaveLength(3);
  });
});
