/** What a room that a client creates begins with. protocol-06 §7.2 and §7.4 */
import { describe, expect, it } from "vitest";
import { noBytes, utf8 } from "../../../spec-model/bytes.ts";
import {
  cipherSuite,
  cipherSuiteIds,
  componentData,
  ExternalSenders,
  GroupInfo,
} from "../../../spec-model/mls/index.ts";
import { newClient, stepClient } from "../../../spec-model/participant/index.ts";
import { expandEntropy } from "../../../spec-model/random.ts";
import { participantsIn, providerCredential } from "../../../spec-model/room/index.ts";
import { componentIds } from "../../../spec-model/room/structures/index.ts";

const user = "mimi://a.example/u/alice";
const room = "mimi://a.example/r/new";
const moment = { now: 1_767_225_600_000, entropy: new Uint8Array(32) };

function newRoomOf(suiteId: (typeof cipherSuiteIds)[number]) {
  const suite = cipherSuite(suiteId);
  const random = expandEntropy(utf8("new room"), "client");
  const hub = suite.signature.generateKeyPair(random).publicKey;
  const provider = { domain: "a.example", signatureKey: hub, frankingKey: hub };
  const client = newClient({ client: "mimi://a.example/d/alice/1", user }, provider, suite, random);
  const intention = { type: "createRoom", room, name: "New", role: 2 } as const;
  const { outputs } = stepClient(client, { type: "intention", intention }, moment);
  const created = outputs.flatMap((output) =>
    output.type === "local" && output.message.type === "createRoom" ? [output.message] : [],
  )[0];
  return { hub, groupContext: GroupInfo.decode(created?.groupInfo ?? noBytes).groupContext };
}

describe.each(cipherSuiteIds)("a new room with cipher suite %i", (suiteId) => {
  const { hub, groupContext } = newRoomOf(suiteId);

  it("lists its hub, with the hub's key, among the external senders", () => {
    const extension = groupContext.extensions.find(
      ({ extensionType }) => extensionType === "external_senders",
    );
    expect(ExternalSenders.decode(extension?.extensionData ?? noBytes)).toEqual([
      { signatureKey: hub, credential: providerCredential("a.example") },
    ]);
  });

  it("has its state in components of the dictionary: list, metadata, roles and base policy", () => {
    for (const name of ["participant_list", "room_metadata", "roles_list", "base_room_policy"] as const) {
      expect(componentData(groupContext.extensions, componentIds[name]), name).toBeDefined();
    }
    expect(participantsIn(groupContext)).toEqual([{ user, role: 2 }]);
  });
});
