import { expect, it } from "vitest";
import { ParticipantListData, ParticipantListUpdate } from "../../../../spec-model/room/structures/index.ts";
import { octets, short, shortVector } from "../../octets.ts";

const alice = "mimi://a.example/u/alice";
const bob = "mimi://b.example/u/bob";

it("a participant list holds users and role indexes in order", () => {
  const bytes = shortVector(short(alice), "00000003", short(bob), "00000002");
  const list = {
    participants: [
      { user: alice, roleIndex: 3 },
      { user: bob, roleIndex: 2 },
    ],
  };
  expect(ParticipantListData.encode(list)).toEqual(bytes);
  expect(ParticipantListData.decode(bytes)).toEqual(list);
});

it("an update holds role changes, removals and additions, in that order", () => {
  const bytes = octets(
    shortVector("00000001 00000003"),
    shortVector("00000000 00000004"),
    shortVector(short(bob), "00000002"),
  );
  const update = {
    changedRoleParticipants: [{ userIndex: 1, roleIndex: 3 }],
    removedIndices: [0, 4],
    addedParticipants: [{ user: bob, roleIndex: 2 }],
  };
  expect(ParticipantListUpdate.encode(update)).toEqual(bytes);
  expect(ParticipantListUpdate.decode(bytes)).toEqual(update);
});

it("an update that changes nothing is three empty vectors", () => {
  const nothing = { changedRoleParticipants: [], removedIndices: [], addedParticipants: [] };
  expect(ParticipantListUpdate.encode(nothing)).toEqual(octets("00 00 00"));
});

it("indices of another width are refused at their list", () => {
  expect(() => ParticipantListUpdate.decode(octets("00 03 000000 00"))).toThrow(
    "ParticipantListUpdate.removedIndices: a length of 3 bytes at byte 1",
  );
});
