/** Requirements on what passes between providers that only a whole run shows: the clubhouse, octet by octet. */
import { describe, expect, it } from "vitest";
import { run } from "../../../simulator/run/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import type { TraceEvent } from "../../../simulator/trace/index.ts";
import { fromHex, hex, noBytes, utf8 } from "../../../spec-model/bytes.ts";
import { FanoutMessage, NotifyBody } from "../../../spec-model/fan-out/index.ts";
import { KeyMaterialRequest } from "../../../spec-model/key-material/index.ts";
import { MLSMessage } from "../../../spec-model/mls/index.ts";
import { SubmitMessageRequest, SubmitMessageResponse } from "../../../spec-model/submit/index.ts";
import { UpdateRequest } from "../../../spec-model/update/index.ts";

const clubhouse = scenarios.get("clubhouse");
if (clubhouse === undefined) throw new Error("the clubhouse is not among the scenarios");
const { trace } = run(clubhouse, { seed: 1, keepBodies: true });
const sends = trace.events.filter(
  (event): event is TraceEvent<"send"> => event.type === "send" && event.kind !== "local",
);
const bodyOf = (event: TraceEvent<"send">) => fromHex(event.body ?? "") ?? noBytes;
const requestsTo = (operation: string) =>
  sends.filter((event) => event.kind === "request" && event.operation === operation);
const answerTo = (request: TraceEvent<"send">) => sends.find(({ inReplyTo }) => inReplyTo === request.id);
const nameOf = (message: MLSMessage) => hex(MLSMessage.encode(message));

const fannedOut = requestsTo("notify").flatMap((event) => NotifyBody.decode(bodyOf(event)));
const applications = fannedOut.filter((event) => "frank" in event);
const submitted = requestsTo("submitMessage").map((event) => ({
  request: SubmitMessageRequest.decode(bodyOf(event)),
  response: SubmitMessageResponse.decode(bodyOf(answerTo(event) as TraceEvent<"send">)),
}));

describe("what the hub fans out", () => {
  it("has the further proposals of the update, and no others", () => {
    const updates = requestsTo("update").map((event) => UpdateRequest.decode(bodyOf(event)).bundle);
    const proposed = new Map(
      updates.map(
        ({ proposalOrCommit, moreProposals }) => [nameOf(proposalOrCommit), moreProposals] as const,
      ),
    );
    const passedOn = fannedOut.flatMap(({ message, moreProposals }) =>
      moreProposals === undefined ? [] : [{ message, moreProposals }],
    );
    expect(passedOn.length).toBeGreaterThan(0);
    for (const { message, moreProposals } of passedOn) {
      expect(moreProposals.length).toBeGreaterThan(0);
      expect(moreProposals).toEqual(proposed.get(nameOf(message)));
    }
  });

  it("tells nowhere who sent an application message", () => {
    expect(applications.length).toBeGreaterThan(0);
    const senders = submitted.map(({ request }) => request.sendingUri.uri);
    expect(senders.length).toBeGreaterThan(0);
    for (const event of applications) {
      const octets = hex(FanoutMessage.encode(event));
      for (const sender of senders) expect(octets).not.toContain(hex(utf8(sender)));
      expect(octets).not.toContain(hex(utf8("/u/")));
    }
  });

  it("has the time that the sender was told, at every provider", () => {
    let compared = 0;
    for (const { request, response } of submitted) {
      if (response.statusCode !== "accepted") throw new Error(response.statusCode);
      const same = applications.filter(({ message }) => nameOf(message) === nameOf(request.appMessage));
      expect(new Set(same.map(({ timestamp }) => timestamp))).toEqual(new Set([response.acceptedTimestamp]));
      compared += same.length;
    }
    expect(compared).toBeGreaterThan(0);
  });

  it("is answered with 201 and no body", () => {
    const requests = requestsTo("notify");
    for (const request of requests) expect(answerTo(request)).toMatchObject({ status: 201, size: 0 });
  });
});

describe("a claim of key material in order to add a user", () => {
  const claims = requestsTo("keyMaterial").map((event) => KeyMaterialRequest.decode(bodyOf(event)));

  it("names the room, and at least one cipher suite", () => {
    expect(claims.length).toBeGreaterThan(0);
    for (const { roomId, acceptableCiphersuites } of claims) {
      expect(roomId.uri).toBe("mimi://a.example/r/clubhouse");
      expect(acceptableCiphersuites.length).toBeGreaterThan(0);
    }
  });
});
