/** A message whose sender may not send, whatever name its submission has had. protocol-06 §5.4 */
import { describe, expect, it } from "vitest";
import { type RunOptions, run } from "../../../simulator/run/index.ts";
import {
  chapter,
  client,
  person,
  type RoomSetup,
  room,
  scenario,
} from "../../../simulator/scenario/index.ts";
import { a1, acquaintance, b1, bob, gathering, serverA, serverB } from "../../../simulator/scenarios/cast.ts";
import { plainRole } from "../../../simulator/scenarios/setups.ts";
import { parseChoice } from "../../../simulator/variants/index.ts";
import type { Output } from "../../../spec-model/actor.ts";
import { componentIds, RoleData } from "../../../spec-model/room/structures/index.ts";
import { SubmitMessageRequest } from "../../../spec-model/submit/index.ts";

const [muted, speaker, host] = [2, 3, 4] as const;
const hall = room("hall", serverA);
const ben = person("Ben", serverB);
const b2 = client("ClientB2", ben);
const roles = [
  plainRole(0, []),
  plainRole(muted, ["canReceiveMessage"]),
  plainRole(speaker, ["canSendMessage", "canReceiveMessage"]),
  plainRole(host, ["canSendMessage", "canReceiveMessage", "canAddParticipant"]),
].map((role) => ({
  ...role,
  authorizedRoleChanges: [{ fromRoleIndex: 0, targetRoleIndexes: [muted, speaker] }],
}));
const setup: RoomSetup = {
  creatorRole: host,
  components: [[componentIds.roles_list, RoleData.encode({ roles })]],
};
const story = scenario(
  "muted",
  "Bob may not send, and writes all the same",
  { providers: [serverA, serverB], clients: [a1, b1, b2] },
  acquaintance(serverA, serverB),
  gathering(
    hall,
    { host: a1, setup },
    { person: bob, clients: [b1], role: muted },
    { person: ben, clients: [b2], role: speaker },
  ),
  chapter("Ben writes, then Bob", "protocol-06 §5.4", b2.writes(hall, "Hello."), b1.writes(hall, "Me too.")),
);

/** Bob's provider submits everything in Ben's name, who is its user, too. */
function inBensName(output: Output): Output {
  if (output.type !== "request" || output.operation !== "submitMessage") return output;
  const request = SubmitMessageRequest.decode(output.request.body);
  const body = SubmitMessageRequest.encode({ ...request, sendingUri: { uri: ben.user } });
  return { ...output, request: { ...output.request, body } };
}

const lying: NonNullable<RunOptions["replace"]> = (actor) =>
  actor.id !== "b.example"
    ? actor
    : {
        ...actor,
        take(input, moment) {
          const outputs = actor.take(input, moment);
          return outputs instanceof Promise ? outputs : outputs.map(inBensName);
        },
      };

function heard(options: Partial<RunOptions>) {
  const { trace } = run(story, { seed: 1, mls: "symbolic", ...options });
  const shown = trace.events.flatMap((event) =>
    event.type === "shown" && event.actor === a1.setting.client ? [event.text] : [],
  );
  const noticed = trace.events.flatMap((event) =>
    event.type === "noticed" ? [`${event.actor} ${event.error.code}`] : [],
  );
  return { shown, noticed };
}

describe("a message of somebody who may not send", () => {
  it("is refused by the hub under its sender's name", () => {
    const { shown, noticed } = heard({});
    expect(shown).toEqual(['"Hello."']);
    expect(noticed).toEqual(["a.example canSendMessage"]);
  });

  it("is refused by every client where the hub does not look (SEMANTICS S44)", () => {
    const { shown, noticed } = heard({ variants: [parseChoice("hub-without-canSendMessage")] });
    expect(shown).toEqual(['"Hello."']);
    expect(noticed).toContain(`${a1.setting.client} canSendMessage`);
    expect(noticed).toContain(`${b2.setting.client} canSendMessage`);
  });

  it("passes the hub in the name of a user of the same provider, and is shown by nobody", () => {
    const { shown, noticed } = heard({ replace: lying });
    expect(shown).toEqual(['"Hello."']);
    expect(noticed).not.toContain("a.example canSendMessage");
    expect(noticed.filter((each) => each.startsWith(a1.setting.client))).toHaveLength(1);
  });
});
