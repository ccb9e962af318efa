/** A notify request at a follower, with bodies that a hub has sent in a run. */
import { expect, it } from "vitest";
import { run } from "../../../simulator/run/index.ts";
import { scenarios } from "../../../simulator/scenarios/index.ts";
import { fromHex, noBytes } from "../../../spec-model/bytes.ts";
import { NotifyBody } from "../../../spec-model/fan-out/index.ts";
import { receiveNotify, unknownRoom } from "../../../spec-model/follower/index.ts";
import { realMls } from "../../../spec-model/mls/index.ts";
import { takeTurn } from "../../../spec-model/turn.ts";

const room = "mimi://a.example/r/clubhouse";

/** The notify to c.example that has the external commit of Cathy's new device, and the one after it. */
function notifiesFromTheCommitOn(): Uint8Array[] {
  const clubhouse = scenarios.get("clubhouse");
  if (clubhouse === undefined) throw new Error("there is no clubhouse");
  const bodies = run(clubhouse, { seed: 1, keepBodies: true }).trace.events.flatMap((event) =>
    event.type === "send" &&
    event.kind === "request" &&
    event.operation === "notify" &&
    event.to === "c.example"
      ? [fromHex(event.body ?? "") ?? noBytes]
      : [],
  );
  const isJoin = (body: Uint8Array) =>
    NotifyBody.decode(body).some(
      ({ message }) =>
        message.wireFormat === "mls_public_message" &&
        message.publicMessage.content.sender.senderType === "new_member_commit",
    );
  return bodies.slice(bodies.findIndex(isJoin));
}

/** To whom a follower that knows nothing of the room yet hands these. */
function handedTo(path: string, bodies: readonly Uint8Array[]): string[] {
  const handed: string[] = [];
  const links = {
    answer: () => undefined,
    deliver: (client: string) => void handed.push(client),
    ownersOf: () => [],
    isOwn: (domain: string) => domain === "c.example",
  };
  const moment = { now: 1_767_225_600_000, entropy: new Uint8Array(32) };
  takeTurn(undefined, moment, realMls, (turn) => {
    let followed = unknownRoom(path, "a.example");
    bodies.forEach((body, i) => {
      followed = receiveNotify(turn, links, followed, { request: `${i}`, from: "a.example", body });
    });
  });
  return handed;
}

it("counts an own client that joins by an external commit among the room's", () => {
  expect(handedTo(room, notifiesFromTheCommitOn())).toContain("mimi://c.example/d/cathy/ClientC3");
});

it("hands nothing over that comes under the path of a room whose group the commit is not for", () => {
  expect(handedTo("mimi://a.example/r/another", notifiesFromTheCommitOn())).toEqual([]);
});
