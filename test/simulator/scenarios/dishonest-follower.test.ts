/** A follower that does not hand on franks as it got them: what its clients notice, and what they cannot. §5.4.1 */
import { describe, expect, it } from "vitest";
import type { DeliveryPolicy } from "../../../simulator/kernel/index.ts";
import { run } from "../../../simulator/run/index.ts";
import { chapter, ending, reports, reportsAtHub, room, scenario } from "../../../simulator/scenario/index.ts";
import {
  a1,
  acquaintance,
  b1,
  bob,
  c1,
  cathy,
  gathering,
  serverA,
  serverB,
  serverC,
} from "../../../simulator/scenarios/cast.ts";
import { roles } from "../../../simulator/scenarios/setups.ts";
import type { Trace } from "../../../simulator/trace/index.ts";
import { FanoutMessage } from "../../../spec-model/fan-out/index.ts";
import { DecodeError } from "../../../spec-model/wire/index.ts";

const club = room("club", serverA);
const story = scenario(
  "two-messages",
  "Bob writes twice, Cathy reads and reports the second message",
  { providers: [serverA, serverB, serverC], clients: [a1, b1, c1] },
  acquaintance(serverA, serverB, serverC),
  gathering(
    club,
    { host: a1 },
    { person: bob, clients: [b1], role: roles.ordinary },
    { person: cathy, clients: [c1], role: roles.ordinary },
  ),
  chapter("Bob writes twice", "protocol-06 §5.4", b1.writes(club, "First."), b1.writes(club, "Second.")),
  chapter("Cathy reports", "protocol-06 §5.9", reports(c1, bob, club)),
  ending(reportsAtHub(club, [cathy, bob, 1])),
);

type Change = (message: FanoutMessage, earlier: FanoutMessage | undefined) => FanoutMessage;

/** Cathy's provider changes messages on the last way to her; the handshakes it leaves alone. */
function follower(name: string, change: Change): DeliveryPolicy<unknown> {
  let earlier: FanoutMessage | undefined;
  return {
    name,
    deliver(link, envelope) {
      if (link.from !== "c.example" || link.to !== c1.setting.client) return { type: "deliver" };
      const fanned = decoded(envelope.bytes);
      if (fanned?.message.wireFormat !== "mls_private_message") return { type: "deliver" };
      const bytes = FanoutMessage.encode(change(fanned, earlier));
      earlier ??= fanned;
      return { type: "replace", bytes, what: name };
    },
  };
}

function decoded(bytes: Uint8Array): FanoutMessage | undefined {
  try {
    return FanoutMessage.decode(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

const { client } = c1.setting;
const seenBy = (trace: Trace) =>
  trace.events.flatMap((event) =>
    event.type === "shown" && event.actor === client
      ? [event.text]
      : event.type === "noticed" && event.actor === client
        ? [event.error.code]
        : [],
  );
const decisionsOf = (actor: string, trace: Trace) =>
  trace.events.flatMap((event) => (event.type === "decision" && event.actor === actor ? [event.text] : []));
const played = (change: Change) => run(story, { seed: 4, policies: [follower("dishonest", change)] }).trace;

describe("Cathy's dishonest provider", () => {
  it("changes nothing in the story where it is honest", () => {
    expect(run(story, { seed: 4 }).holds).toBe(true);
    expect(seenBy(played((fanned) => fanned))).toEqual(['"First."', '"Second."']);
  });

  it("takes the frank off: she refuses the message and says why", () => {
    expect(seenBy(played((fanned) => ({ ...fanned, frank: undefined })))).toEqual([
      ...["frankPresent", "frankPresent"],
      "cannotReport",
    ]);
  });

  it("changes the accepted time: the hub's signature does not fit", () => {
    const later: Change = (fanned) => ({ ...fanned, timestamp: fanned.timestamp + 1n });
    expect(seenBy(played(later))).toEqual(["frankSignature", "frankSignature", "cannotReport"]);
  });

  it("gives the second message the frank and time of the first: as drafted she does not notice", () => {
    const repaired = played((fanned, earlier) =>
      earlier === undefined ? fanned : { ...fanned, frank: earlier.frank, timestamp: earlier.timestamp },
    );
    expect(seenBy(repaired)).toEqual(['"First."', '"Second."']);
    const times = repaired.events.flatMap((event) =>
      event.type === "check" && !event.holds && event.property === "I35" ? [event.detail] : [],
    );
    // The timelines no longer agree: the second message is back-dated at Cathy's.
    expect(times).not.toEqual([]);
  });

  it("gives the second message the frank of the first where the hub signs the tag: she notices (variant tag)", () => {
    const franking = { integrity: "tag" as const };
    const policies = [
      follower("dishonest", (fanned, earlier) =>
        earlier === undefined ? fanned : { ...fanned, frank: earlier.frank, timestamp: earlier.timestamp },
      ),
    ];
    const repaired = run(story, { seed: 4, policies, franking }).trace;
    expect(repaired.header.variants).toEqual({ "franking.integrity": "tag" });
    expect(seenBy(repaired)).toEqual(['"First."', "frankSignature"]);
    expect(run(story, { seed: 4, franking }).holds).toBe(true);
  });

  it("takes franks off, and what she shows is marked where clients flag it (variant flag)", () => {
    const policies = [follower("dishonest", (fanned) => ({ ...fanned, frank: undefined }))];
    const { trace } = run(story, { seed: 4, policies, franking: { unfranked: "flag" } });
    expect(seenBy(trace)).toContain('"Second." (cannot be reported: frankPresent)');
    const unmarked = run(story, { seed: 4, policies, franking: { unfranked: "accept" } }).trace;
    expect(seenBy(unmarked)).toContain('"Second."');
  });

  it("so makes the message one that cannot be reported: the hub does not know the frank again", () => {
    const repaired = played((fanned, earlier) =>
      earlier === undefined ? fanned : { ...fanned, frank: earlier.frank, timestamp: earlier.timestamp },
    );
    expect(decisionsOf("a.example", repaired).at(-1)).toContain("(frankedHere)");
    expect(decisionsOf(client, repaired).at(-1)).toBe("the hub refuses the report: 400");
  });
});
