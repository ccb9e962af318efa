/** What a hub answers about a room that it has not. protocol-06 §5.6 */
import { describe, expect, it } from "vitest";
import { noBytes } from "../../../spec-model/bytes.ts";
import { GroupInfoResponse } from "../../../spec-model/group-info/index.ts";
import { alice, aliceClient, clientNamed, post, providerB, sent } from "../provider/world.ts";

const nowhere = "mimi://b.example/r/nowhere";
const request = sent(clientNamed(aliceClient, alice), { type: "joinAsNewClient", room: nowhere });
const body = request.type === "ask" ? request.body : noBytes;

function answered(refusals: "uniform" | "detailed", asked = body) {
  const told = post(providerB({ policy: { refusals } }), "groupInfo", nowhere, asked);
  return told.status === 200 ? GroupInfoResponse.decode(told.body) : told.status;
}

describe("a GroupInfoRequest for a room that there is not", () => {
  it("is answered noSuchRoom where the provider's refusals are detailed", () => {
    expect(answered("detailed")).toMatchObject({ status: "noSuchRoom" });
  });

  it("is answered notAuthorized where they do not tell which rooms there are", () => {
    expect(answered("uniform")).toMatchObject({ status: "notAuthorized" });
  });

  it("is answered 400 where it does not decode", () => {
    expect(answered("detailed", body.subarray(1))).toBe(400);
  });
});
